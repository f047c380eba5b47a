// Picking a passage by keys, from the paragraph one is at. What is picked is shown and said; it is let go of with Escape, or
// when one goes to another paragraph.
import { isShown, offer } from "../keys/acts.js";
import { onBackOut } from "../keys/everywhere.js";
import { blocks, cursorBlock, put } from "../keys/paragraphs.js";
import { say } from "../keys/saying.js";
import { isTyping } from "../keys/strokes.js";
import { forget, mean } from "./pending.js";
import { beside, less, more, units } from "./picking.js";
import { panel, passagesOf, pointAt, wholeBlock } from "./places.js";
import { unitsIn } from "./selection.js";

const SAID = 60; // characters of a passage that are read out at each end

let pick = null;

// A selection made with the browser's own keys or a mouse goes its own way.
const isSelecting = () => !getSelection().isCollapsed;
const isReady = () => Boolean(panel() && document.getElementById("text")) && !isSelecting() && blocks().length > 0;
const language = () => document.getElementById("text").lang || "en";
const texts = () => blocks().map((block) => block.textContent);

// The paragraph one is at; at the first press it is what ↓ would go to.
function here() {
  const all = blocks();
  if (!cursorBlock()) {
    const bar = document.querySelector(".topbar")?.getBoundingClientRect().bottom ?? 0;
    put(all.find((block) => isShown(block) && block.getBoundingClientRect().top >= bar) ?? all.at(-1));
  }
  return all.indexOf(cursorBlock());
}

function extend(name, step) {
  const at = here();
  const unitsOf = (text) => units(name, text, language());
  if (step < 0 && !pick) return;
  const next = step > 0 ? more(pick, at, texts(), unitsOf) : less(pick, texts(), unitsOf);
  if (next || step < 0) take(next);
}

function move(step) {
  const next = beside(pick, here(), step, texts(), (text) => units("sentence", text, language()));
  if (next) take(next);
}

function take(next) {
  pick = next;
  if (!pick) {
    forget();
    say("Nothing is picked");
    return;
  }
  const all = blocks();
  if (all[pick.first] !== cursorBlock()) put(all[pick.first]);
  const range = document.createRange();
  range.setStart(...pointAt(all[pick.first], unitsIn(all[pick.first].textContent, pick.start)));
  range.setEnd(...pointAt(all[pick.last], unitsIn(all[pick.last].textContent, pick.end), true));
  mean(passagesOf(range), true);
  keepInSight(range);
  say(`Picked: ${short(range.toString())}`);
}

// The end of what is picked must be seen, as a caret would be.
function keepInSight(range) {
  const end = [...range.getClientRects()].at(-1);
  const foot = document.querySelector(".dock")?.getBoundingClientRect().top || innerHeight;
  if (end && end.bottom > foot - 24) window.scrollBy({ top: end.bottom - foot + 96, behavior: "instant" });
}

function short(text) {
  const words = text.replace(/\s+/g, " ");
  return words.length > 2 * SAID + 3 ? `${words.slice(0, SAID).trimEnd()} … ${words.slice(-SAID).trimStart()}` : words;
}

// Lets the picked passage go without a word: something came of it, or one went on.
export function unpick() {
  if (!pick) return false;
  pick = null;
  forget();
  return true;
}

export function paragraphHere() {
  return cursorBlock() ? wholeBlock(cursorBlock()) : [];
}

document.addEventListener("focusin", (event) => {
  const at = event.target.closest?.("#text [id^=p]");
  if (pick && at && at !== blocks()[pick.first]) unpick();
});
onBackOut(() => !isTyping(document.activeElement) && unpick(), { first: true });

offer("sentence-more", { when: isReady, run: () => extend("sentence", 1) });
offer("sentence-less", { when: () => isReady() && Boolean(pick), run: () => extend("sentence", -1) });
offer("word-more", { when: isReady, run: () => extend("word", 1) });
offer("word-less", { when: () => isReady() && Boolean(pick), run: () => extend("word", -1) });
offer("sentence-next", { when: () => isReady() && Boolean(cursorBlock()), run: () => move(1) });
offer("sentence-before", { when: () => isReady() && Boolean(pick), run: () => move(-1) });
