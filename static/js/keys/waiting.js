// Keys that come while what they are meant for is on its way: they wait, and act on what then stands there. So it is until
// all modules run, and while an element with `data-keys-wait` is fetched anew.
import { isTyping } from "./strokes.js";

const MOVING = 'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]';
let waiting = [...(window.keysPressedEarly?.() ?? [])];
let awaited = "modules"; // or the element that is fetched, or nothing

addEventListener("keydown", heard, { capture: true });
addEventListener("keyup", (event) => { if (awaited && event.key === " " && isMeant(event)) event.preventDefault(); }, { capture: true });
addEventListener("DOMContentLoaded", goOn);
document.addEventListener("htmx:beforeSend", ({ detail: { target, xhr } }) => {
  if (!target.matches?.("[data-keys-wait]")) return;
  awaited = target;
  // The answer is on the page then, but htmx itself needs another moment until its forms are forms of htmx.
  xhr.addEventListener("loadend", () => setTimeout(() => { if (awaited === target) goOn(); }, window.htmx.config.defaultSettleDelay));
});

function heard(event) {
  if (!awaited || !event.key || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") waiting = [];
  else if (isMeant(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    // Held down it would decide on what nobody has looked at.
    if (!event.repeat) waiting.push(event);
  }
}

// Whether a press is for what comes: not what is typed elsewhere, and on a new page not what a browser does by itself.
function isMeant(event) {
  if (awaited === "modules") return event.key.length === 1 && event.key !== " " && !isTyping(event.target);
  if (event.key.length > 1 && event.key !== "Enter" && event.key !== "Tab") return false;
  return awaited.contains(event.target) || !awaited.isConnected || event.target === document.body;
}

function goOn() {
  awaited = null;
  const pressed = waiting;
  waiting = [];
  for (const event of pressed) press(event);
}

// As if it were pressed now. What a browser does for a real key and not for ours is done here; a press that has something
// fetched lets those after it wait again.
function press({ key, code, shiftKey }) {
  const here = document.activeElement ?? document.body;
  const again = new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true, composed: true });
  if (!here.dispatchEvent(again)) return;
  if (key === "Tab") move(here, shiftKey ? -1 : 1);
  else if (isTyping(here)) typeInto(here, key);
  else if ((key === "Enter" || key === " ") && here !== document.body) here.click();
}

function typeInto(field, key) {
  if (key === "Enter") field.form?.requestSubmit();
  else if (key.length === 1) document.execCommand("insertText", false, key); // the one way that keeps the field's own undo
}

function move(here, step) {
  const all = [...document.querySelectorAll(MOVING)].filter((each) => !each.disabled && each.getClientRects().length);
  all[all.indexOf(here) + step]?.focus();
}
