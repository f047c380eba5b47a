// Puts what an act changed of the text in its place. The paragraphs themselves stay, only what is in them is exchanged: the
// cursor, what the address points at and what watches them stay as well; focus and selection come back by their offsets.
import { renewIn } from "./first-pieces.js";
import { isPainted, paint } from "./pending.js";
import { panel, pointAt, unitsTo } from "./places.js";

// Draws the parts of an answer that belong to the text; gives back the rest of it, for htmx. What was changed on another
// article (an undo reaches everywhere) only says so here.
export function taken(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const about = answer.querySelector("template[data-article]");
  if (!about) return html;
  if (about.dataset.article !== panel()?.dataset.article) return answer.querySelector("[data-said]")?.outerHTML ?? "";
  const wasPainted = isPainted();
  for (const template of answer.querySelectorAll("template[data-redraws]")) redraw(template.dataset.redraws, template.content);
  if (wasPainted) paint();
  for (const card of answer.querySelectorAll(".card[data-mark]")) putCard(card);
  for (const gone of answer.querySelectorAll('[hx-swap-oob="delete"]')) remove(gone);
  for (const template of answer.querySelectorAll("template")) template.remove();
  queueMicrotask(() => document.dispatchEvent(new CustomEvent("marks:changed")));
  return answer.body.innerHTML;
}

// A card that is there is exchanged, one that is not (made, or brought back by an undo) comes last; the panel sorts it in.
function putCard(card) {
  const here = document.getElementById(card.id);
  const held = here?.contains(document.activeElement);
  const around = card.closest('[hx-swap-oob="beforeend:#cards"]');
  card.removeAttribute("hx-swap-oob");
  if (here?.matches(".placed")) {
    card.classList.add("placed"); // or it would be hidden until it has its place, and lose the focus
    card.style.top = here.style.top;
  }
  if (here) here.replaceWith(card);
  else document.getElementById("cards").append(card);
  around?.remove();
  htmx.process(card);
  if (held) card.focus({ preventScroll: true });
}

function remove(gone) {
  document.getElementById(gone.id)?.remove();
  gone.remove();
}

function redraw(id, content) {
  const block = document.getElementById(id);
  const drawn = content.querySelector(`[id="${CSS.escape(id)}"]`);
  if (!block || !drawn) return;
  const selected = selectionIn(block);
  const held = linkIn(block);
  const hit = block.querySelector(".hit.now")?.dataset.hit;
  block.replaceChildren(...drawn.childNodes);
  renewIn(block);
  for (const mark of hit ? block.querySelectorAll(`.hit[data-hit="${hit}"]`) : []) mark.classList.add("now");
  if (held !== null) block.querySelectorAll("a")[held]?.focus({ preventScroll: true });
  if (selected) getSelection().setBaseAndExtent(...selected());
}

// Which link of the paragraph has the focus, by its number: marks come and go round links, but links stay.
function linkIn(block) {
  const link = document.activeElement?.closest?.("a");
  return link && block.contains(link) ? [...block.querySelectorAll("a")].indexOf(link) : null;
}

// What finds the selection again, or null if it does not touch the paragraph.
function selectionIn(block) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  if (!anchorNode || (!block.contains(anchorNode) && !block.contains(focusNode))) return null;
  const ends = [[anchorNode, anchorOffset], [focusNode, focusOffset]].map(([node, offset]) => {
    if (!block.contains(node)) return () => [node, offset];
    const units = unitsTo(block, node, offset);
    return () => pointAt(block, units, true);
  });
  return () => ends.flatMap((end) => end());
}

// Forms on the page that htmx sends by itself, such as the Undo of what was just said, are answered likewise.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.serverResponse?.includes("data-redraws") || event.detail.serverResponse?.includes("data-article")) {
    event.detail.serverResponse = taken(event.detail.serverResponse);
  }
});
