// Changing an annotation in its card: the forms of its own page, brought here. What is written stays a draft until it is saved;
// who was overtaken by another change sees both texts and chooses.
import { say } from "../keys/saying.js";
import { cardOf } from "./current.js";
import { drop, keep, kept } from "./drafts.js";
import { bring } from "./filling.js";
import { panel } from "./places.js";
import { send, sentenceFor } from "./sending.js";

const SIGNED_OUT = 401;
const STALE = 412;

const addressOf = (card) => card.querySelector("a.when").getAttribute("href");
const uidOf = (card) => card.id.slice(1);
const placeOf = (card) => ({ user: panel().dataset.user, target: `article-${panel().dataset.article}`, uid: uidOf(card) });

// Opens the card's forms; the focus goes into the first field.
export async function edit(key, words) {
  await panel().go(key);
  const card = cardOf(key);
  if (!card || card.querySelector(".editing")) return;
  const page = await pageOf(card);
  if (page) {
    const draft = draftOf(card);
    fill(card, page, words ?? draft?.comment, draft?.revision);
    panel().place();
  }
}

async function pageOf(card) {
  try {
    const answer = await fetch(addressOf(card), { headers: { "HX-Request": "true" } });
    if (answer.ok) return await answer.text();
    say(answer.status === SIGNED_OUT ? "You were signed out. Sign in in another tab, then try again." : "This annotation is not there any more.");
  } catch {
    say("The site cannot be reached just now.");
  }
  return null;
}

function draftOf(card) {
  const { user, target, uid } = placeOf(card);
  return kept(localStorage, user, target).find((draft) => draft.uid === uid);
}

// `html` is the part of the annotation's page that holds its card and its forms; the card is here already.
// Words that were begun on an older revision are sent as such: the site then shows both texts.
function fill(card, html, words, revision) {
  const part = new DOMParser().parseFromString(html, "text/html").body;
  part.querySelector(".card")?.remove();
  const place = document.createElement("div");
  place.className = "editing";
  place.append(...part.childNodes);
  // The same ids may be open in another card.
  for (const each of place.querySelectorAll("[id]")) rename(place, each, uidOf(card));
  place.addEventListener("submit", (event) => submitted(event, card));
  place.addEventListener("keydown", (event) => keyed(event, card));
  const field = place.querySelector('form [name="comment"]');
  if (field && words !== undefined) field.value = words;
  if (field?.form.elements.revision && revision) field.form.elements.revision.value = revision;
  place.addEventListener("input", () => keepWords(card, place));
  place.append(closer(card));
  card.querySelector(".editing")?.remove();
  card.append(place);
  field?.focus();
}

function rename(place, each, uid) {
  const id = `${each.id}-${uid}`;
  for (const label of place.querySelectorAll(`[for="${CSS.escape(each.id)}"]`)) label.htmlFor = id;
  for (const named of place.querySelectorAll(`[aria-labelledby="${CSS.escape(each.id)}"]`)) named.setAttribute("aria-labelledby", id);
  each.id = id;
}

function closer(card) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button bare small";
  button.textContent = "Close";
  button.addEventListener("click", () => close(card));
  return button;
}

function keepWords(card, place) {
  const field = place.querySelector('form[action*="/change/"] [name="comment"]');
  if (field) keep(localStorage, placeOf(card), { comment: field.value, revision: field.form.elements.revision?.value, changes: true });
}

function keyed(event, card) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  close(card);
}

// What was changed and not saved stays a draft: a slip of the finger loses nothing.
export function close(card) {
  const field = card.querySelector('.editing form[action*="/change/"] [name="comment"]');
  if (!field || field.value === field.defaultValue) drop(localStorage, placeOf(card));
  card.querySelector(".editing")?.remove();
  card.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("marks:drafts"));
}

async function submitted(event, card) {
  event.preventDefault();
  const form = event.target;
  const { status, html } = await send(form.getAttribute("action"), new FormData(form));
  if (status === 200) {
    if (form.action.includes("/change/")) drop(localStorage, placeOf(card));
    panel().place();
  } else if (status === STALE) fill(card, html);
  else if (status !== 422) trouble(form, sentenceFor(status));
}

function trouble(form, sentence) {
  const line = form.querySelector(".trouble") ?? document.createElement("p");
  line.className = "trouble error";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  form.append(line);
  panel().place();
}

// Sends the form of the annotation with other tags: the one that `path` names is put on, or taken off.
export async function toggleTag(key, path) {
  await bring([cardOf(key)]);
  const card = cardOf(key);
  const page = await pageOf(card);
  const form = page && new DOMParser().parseFromString(page, "text/html").querySelector('form[action*="/change/"]');
  if (!form) return;
  const fields = new FormData(form);
  const tags = String(fields.get("tags")).split(",").map((tag) => tag.trim()).filter(Boolean);
  fields.set("tags", (tags.includes(path) ? tags.filter((tag) => tag !== path) : [...tags, path]).join(", "));
  await send(form.getAttribute("action"), fields);
}

export async function remove(key) {
  await bring([cardOf(key)]);
  const card = cardOf(key);
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const had = card.contains(document.activeElement);
  const { status } = await send(`${addressOf(card)}delete/`, {});
  if (status !== 200 && status !== 422) say(sentenceFor(status));
  else if (had && next?.isConnected) next.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('#cards [data-act="edit-mark"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  edit(link.closest(".card").dataset.mark);
});
