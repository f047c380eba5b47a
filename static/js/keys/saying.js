// One sentence about what a key just did: seen at the foot of the page for a while, and read out politely.
import { toasts } from "../toasts.js";

const SHOWN_MS = 4000;
let timer;

export function say(sentence) {
  const line = document.getElementById("said") ?? made();
  clearTimeout(timer);
  line.textContent = sentence;
  timer = setTimeout(() => { line.textContent = ""; }, SHOWN_MS);
}

// It is on the page before it says anything, or it would not be read out.
export function prepareToSay() {
  if (!document.getElementById("said")) made();
}

function made() {
  const line = document.createElement("p");
  line.id = "said";
  line.className = "toast said";
  line.setAttribute("role", "status");
  toasts().append(line);
  return line;
}
