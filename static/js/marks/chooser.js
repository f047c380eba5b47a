// Where several annotations lie over each other, which one is meant: a list of them, the smallest first, chosen by a click, by
// Enter or by its number.
import { cardOf, marksOf, setCurrent } from "./current.js";
import { bring, isEmpty } from "./filling.js";
import { panel } from "./places.js";

const ROOM = 8;
const MOST_KEYS = 9;

let box = null;
let came = null;

const lengthOf = (key) => marksOf(key).reduce((sum, mark) => sum + mark.textContent.length, 0);

// The annotations that are shown, of these keys; the smallest first.
export function smallestFirst(keys) {
  const shown = [...new Set(keys)].filter((key) => cardOf(key) && !cardOf(key).hidden);
  const lengths = new Map(shown.map((key) => [key, lengthOf(key)]));
  return shown.sort((a, b) => lengths.get(a) - lengths.get(b));
}

// Goes to the only one, or asks which; `rect` is where the list may stand.
export async function choose(keys, rect) {
  const found = smallestFirst(keys);
  if (found.some((key) => isEmpty(cardOf(key)))) await bring(found.map(cardOf));
  const there = found.filter(cardOf);
  if (there.length === 1) panel().go(there[0]);
  else if (there.length) ask(there, rect);
}

function ask(keys, rect) {
  close();
  came = document.activeElement;
  box = document.createElement("div");
  box.className = "float lower chooser";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "chooser-head");
  box.tabIndex = -1;
  const head = document.createElement("p");
  head.className = "label menu-head";
  head.id = "chooser-head";
  head.textContent = `${keys.length} annotations here`;
  const list = document.createElement("ol");
  list.append(...keys.map(line));
  box.append(head, list);
  document.body.append(box);
  place(rect);
  box.addEventListener("keydown", keyed);
  box.addEventListener("click", (event) => { if (event.target.closest("a")) take(event, event.target.closest("a").dataset.key); });
  for (const type of ["focusin", "pointerover"]) box.addEventListener(type, (event) => show(event.target.closest("a")));
  box.querySelector("a").focus({ preventScroll: true });
}

function line(key, at) {
  const card = cardOf(key);
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${card.id}`;
  link.dataset.key = key;
  link.dataset.colour = card.dataset.colour;
  const words = document.createElement("span");
  const by = document.createElement("b");
  by.textContent = card.querySelector("header b")?.textContent ?? card.dataset.by;
  const quote = document.createElement("span");
  quote.className = "quote";
  quote.textContent = card.querySelector(".body")?.textContent.trim() || (card.querySelector(".quote")?.textContent ?? "");
  words.append(by, " ", quote);
  link.append(words);
  if (at < MOST_KEYS) {
    const cap = document.createElement("kbd");
    cap.textContent = at + 1;
    link.append(cap);
  }
  item.append(link);
  return item;
}

function place(rect) {
  const top = rect.bottom + box.offsetHeight + ROOM > innerHeight ? Math.max(rect.top - box.offsetHeight - ROOM, ROOM) : rect.bottom + ROOM;
  const left = Math.max(Math.min(rect.left, document.documentElement.clientWidth - box.offsetWidth - ROOM), ROOM);
  box.style.top = `${Math.round(top + scrollY)}px`;
  box.style.left = `${Math.round(left + scrollX)}px`;
}

// The marks of the one that has the focus stand out while one chooses.
function show(link) {
  if (!link) return;
  for (const each of box.querySelectorAll("a")) each.classList.toggle("on", each === link);
  setCurrent(link.dataset.key);
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...box.querySelectorAll("a")];
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (step) {
    event.preventDefault();
    links[(links.indexOf(document.activeElement) + step + links.length) % links.length].focus();
  } else if (digit && links[digit - 1]) take(event, links[digit - 1].dataset.key);
}

function take(event, key) {
  event.preventDefault();
  close();
  panel().go(key);
}

export function close() {
  if (!box) return;
  const had = box.contains(document.activeElement);
  box.remove();
  box = null;
  if (had && came?.isConnected) came.focus({ preventScroll: true });
}

// A click on marked words: not on a link among them, and not one that ends a selection.
document.addEventListener("click", (event) => {
  if (box && !box.contains(event.target)) close();
  const mark = event.target.closest?.("mark.a");
  if (!mark || event.defaultPrevented || event.button || event.target.closest("a") || !getSelection().isCollapsed) return;
  if (document.getElementById("text")?.contains(mark) || mark.closest(".note-text")) choose(mark.dataset.ids.split(" "), rectAt(mark, event));
});

// The line of the mark that was clicked on.
function rectAt(mark, { clientX, clientY }) {
  const line = [...mark.getClientRects()].find(({ top, bottom }) => clientY >= top && clientY <= bottom) ?? mark.getBoundingClientRect();
  return { top: line.top, bottom: line.bottom, left: clientX };
}
