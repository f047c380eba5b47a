// Keys that mark, and that go from annotation to annotation.
import { offer } from "../keys/acts.js";
import { cursorBlock } from "../keys/paragraphs.js";
import { say } from "../keys/saying.js";
import { choose, smallestFirst } from "./chooser.js";
import { cardOf, cards, current, marksOf } from "./current.js";
import { edit, remove, toggleTag } from "./editing.js";
import { bring } from "./filling.js";
import { firstOf } from "./first-pieces.js";
import { lastTags } from "./last-tags.js";
import { keyOf, lastColour, newId } from "./making.js";
import { mean, pending } from "./pending.js";
import { paragraphHere, unpick } from "./picks.js";
import { panel, rangeOf } from "./places.js";
import { send } from "./sending.js";
import { nameFrom } from "./tag-words.js";
import { keysUnder } from "./under.js";

const AHEAD = 10; // cards fetched before and after the one that keys have gone to

let justMade = null; // what `n` comments on, until one goes on
let madeAt = null;

const adder = () => document.querySelector("mark-adder");
const isWriting = () => Boolean(adder()?.isWriting);
const isOnCard = () => Boolean(current()) && Boolean(document.activeElement?.closest?.(`#cards .card`));
const own = () => (current() && cardOf(current()).dataset.by === "me" ? current() : null);

// What an act would mark: what is picked or selected, else the paragraph one is at.
const meant = () => (pending().length ? pending() : paragraphHere());
const canMark = () => Boolean(adder()) && !isWriting() && (pending().length > 0 || Boolean(cursorBlock()));

async function mark(facts = {}) {
  mean(meant(), true);
  await adder().mark(facts);
}

function fresh() {
  return justMade && !pending().length && cardOf(justMade) && madeAt === cursorBlock() ? justMade : null;
}

function comment() {
  if (fresh()) edit(fresh());
  else {
    mean(meant(), true);
    adder().write();
  }
}

document.addEventListener("marks:made", ({ detail: uid }) => {
  unpick();
  justMade = keyOf(uid);
  madeAt = cursorBlock();
});

offer("highlight", { when: canMark, run: () => { mark(); } });
offer("comment", { when: () => !isWriting() && (Boolean(fresh()) || canMark()), run: comment });

const pin = (digit) => document.querySelector(`mark-adder .code[data-key="${digit}"]`);
for (let digit = 1; digit <= 9; digit += 1) {
  offer(`code-${digit}`, {
    when: () => Boolean(pin(digit)) && ((isOnCard() && Boolean(own())) || canMark()),
    run: () => {
      const { tag, colour } = pin(digit).dataset;
      if (isOnCard() && own()) toggleTag(own(), tag);
      else mark({ tags: tag, colour });
    },
  });
}

// What was used last: a digit for it may not be pinned.
offer("code-again", {
  when: () => Boolean(lastTags()) && ((isOnCard() && Boolean(own())) || canMark()),
  run: () => {
    if (isOnCard() && own()) toggleTag(own(), lastTags().tags);
    else mark(lastTags());
  },
});

// The words themselves as a tag: they stand in the field, to be kept or changed before anything is made of them.
offer("in-vivo", {
  when: canMark,
  run: () => {
    mean(meant(), true);
    adder().write({ uid: newId(), passages: pending(), colour: lastColour(), tags: nameFrom(pending()) }, "tags");
  },
});

// -- From annotation to annotation -----------------------------------------------------------------------------------------
const shown = () => cards().filter((card) => !card.hidden);

async function walk(step) {
  const all = shown();
  const at = current() ? all.indexOf(cardOf(current())) : nearest(all, step);
  const goal = Math.min(Math.max(at + step, 0), all.length - 1);
  const key = all[goal].dataset.mark;
  bring(all.slice(Math.max(goal - AHEAD, 0), goal + AHEAD + 1)); // who presses again finds the next one there
  await panel().go(key, { open: false });
  if (cardOf(key)) say(`${goal + 1} of ${all.length}: ${label(cardOf(key))}`);
}

// Before the first that comes after the paragraph one is at, or after the top of the window.
function nearest(all, step) {
  const isAfter = (card) => {
    const mark = firstOf(card.dataset.mark);
    if (!mark) return false;
    const block = cursorBlock();
    if (!block) return mark.getBoundingClientRect().top > 0;
    return block.contains(mark) || Boolean(block.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
  };
  const at = all.findIndex(isAfter);
  if (at < 0) return step > 0 ? all.length - 2 : all.length;
  return step > 0 ? at - 1 : at;
}

function label(card) {
  const words = card.querySelector(".body")?.textContent.trim() || card.querySelector(".quote")?.textContent.trim() || "";
  return `${card.querySelector("header b")?.textContent ?? card.dataset.by}, ${words.slice(0, 80)}`;
}

function here() {
  if (current()) return smallestFirst(marksOf(current()).flatMap((each) => each.dataset.ids.split(" ")));
  const marks = [...(cursorBlock()?.querySelectorAll("mark.a") ?? [])];
  return smallestFirst(marks.flatMap((each) => each.dataset.ids.split(" ")));
}

const rectHere = () => (marksOf(here()[0])[0] ?? cursorBlock()).getBoundingClientRect();
// Enter belongs to a link or button that has the focus.
const isFree = () => !document.activeElement?.closest?.("a[href], button, summary, input, select, textarea");

offer("mark-next", { when: () => Boolean(panel()) && shown().length > 0, run: () => walk(1) });
offer("mark-before", { when: () => Boolean(panel()) && shown().length > 0, run: () => walk(-1) });
offer("mark-edit", { when: () => Boolean(current()) && isFree(), run: () => { edit(current()); } });
offer("mark-delete", { when: () => Boolean(own()) && isFree(), run: () => { remove(own()); } });
offer("marks-here", { when: () => Boolean(panel()) && here().length > 0, run: () => choose(here(), rectHere()) });
offer("marks-under", {
  when: () => Boolean(panel()) && !isWriting() && keysUnder(meant()).length > 0,
  run: () => { choose(keysUnder(meant()), rangeOf(meant()[0]).getBoundingClientRect()); },
});
// Its link may lie in a drawer that is closed.
const namesLink = () => document.querySelector('a[data-act="review-names"]');
offer("review-names", { when: () => Boolean(namesLink()), run: () => namesLink().click() });
offer("panel", { when: () => Boolean(panel()), run: () => panel().toggle() });
const hasDone = () => Boolean(panel());
offer("undo", { when: hasDone, run: () => { send(panel().dataset.undoes, {}); } });
offer("redo", { when: hasDone, run: () => { send(panel().dataset.redoes, {}); } });
