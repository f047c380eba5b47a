// The passage that is meant but not yet marked: what is selected, or what keys have picked. A transient highlight shows what
// keys picked, and either while one writes about it; where a browser has none, an outline round its paragraph does.
import { rangeOf } from "./places.js";

const NAME = "sentence"; // as reading.css calls the highlight
const canPaint = typeof Highlight === "function" && Boolean(globalThis.CSS?.highlights);

let passages = [];
let outlined = [];

export function pending() {
  return passages;
}

export function mean(found, isPainted = false) {
  passages = found;
  paint(isPainted ? passages : []);
}

export function forget() {
  mean([]);
}

// Also to be called when the paragraph beneath was drawn anew: its ranges have gone with it.
export function paint(shown = passages) {
  for (const block of outlined) block.classList.remove("meant");
  outlined = [];
  const ranges = shown.map(rangeOf).filter(Boolean);
  if (!canPaint) outline(ranges);
  else if (ranges.length) CSS.highlights.set(NAME, new Highlight(...ranges));
  else CSS.highlights.delete(NAME);
}

function outline(ranges) {
  outlined = ranges.map((range) => range.startContainer.parentElement.closest('[id^="p"], .note-text')).filter(Boolean);
  for (const block of outlined) block.classList.add("meant");
}

export function isPainted() {
  return canPaint ? CSS.highlights.has(NAME) : outlined.length > 0;
}

addEventListener("beforeprint", () => paint([]));
