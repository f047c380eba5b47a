// What was begun on this article and not saved, offered again: in the panel, and once in a line at the foot of the page.
import { cardOf } from "./current.js";
import { drop, kept } from "./drafts.js";
import { edit } from "./editing.js";
import { keyOf } from "./making.js";
import { panel } from "./places.js";

const drafts = () => kept(localStorage, panel().dataset.user, `article-${panel().dataset.article}`);
const place = (draft) => ({ user: panel().dataset.user, target: `article-${panel().dataset.article}`, uid: draft.uid });

function list() {
  const box = document.getElementById("drafts");
  const isOpen = Boolean(document.querySelector("mark-adder").isWriting);
  const shown = isOpen ? [] : drafts().filter((draft) => draft.passages || cardOf(keyOf(draft.uid)));
  if (!shown.length && !box.children.length) return;
  box.replaceChildren(...shown.map(entry));
  panel().place();
}

function entry(draft) {
  const item = document.createElement("section");
  item.className = "draft";
  item.setAttribute("aria-label", "Draft");
  const head = document.createElement("p");
  head.className = "label";
  head.textContent = draft.changes ? "A change not saved" : "Not saved yet";
  const words = document.createElement("p");
  words.textContent = draft.comment || draft.tags || "A highlight";
  const row = document.createElement("div");
  row.className = "row";
  row.append(button("Go on", "button small", () => goOn(draft)), button("Discard", "button small bare", () => discard(draft)));
  item.append(head, ...quoteOf(draft), words, row);
  return item;
}

function quoteOf(draft) {
  if (!draft.passages?.length) return [];
  const quote = document.createElement("blockquote");
  quote.className = "quote";
  quote.textContent = draft.passages.map((passage) => passage.quote).join(" … ");
  return [quote];
}

function button(words, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function goOn(draft) {
  document.querySelector(".toast.drafted")?.remove();
  if (draft.changes) edit(keyOf(draft.uid), draft.comment);
  else {
    panel().close();
    document.querySelector("mark-adder").write(draft);
  }
  list();
}

function discard(draft) {
  drop(localStorage, place(draft));
  list();
}

// Once, when the page comes: where the panel is closed nobody would see it.
function tell() {
  const [newest] = drafts().filter((draft) => draft.passages);
  if (!newest) return;
  const line = document.createElement("passing-word");
  line.className = "toast drafted";
  line.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "What you were writing here is still here.";
  line.append(words, button("Go on", "button small", () => goOn(newest)));
  document.body.append(line);
}

document.addEventListener("marks:drafts", list);
if (document.querySelector("mark-adder")) {
  list();
  tell();
}
