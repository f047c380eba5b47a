// An annotation is changed in its line of the notebook: the form of its own page, brought here. Without a script the link
// leads to that page. What is typed is a draft until it is saved; who was overtaken by another change sees both texts.
import { say } from "../keys/saying.js";
import { drop, keep, kept } from "../marks/drafts.js";
import { sentenceFor } from "../marks/sending.js";

const TARGET = "notebook";
const STALE = 412;
const CHANGE = 'form[action$="/change/"]';

const placeOf = (entry) => ({ user: entry.closest("notebook-list").dataset.user, target: TARGET, uid: entry.dataset.uid });
const headers = () => ({ "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") });

async function ask(address, options = {}) {
  try {
    const answer = await fetch(address, { ...options, headers: headers() });
    return { status: answer.status, html: await answer.text() };
  } catch {
    return { status: 0, html: "" };
  }
}

async function open(entry, link) {
  if (entry.querySelector(".editing")) return;
  const { status, html } = await ask(link.getAttribute("href"));
  if (status === 200) fill(entry, html);
  else location.assign(link.href); // its own page says what is the matter
}

// `html` is the part of the annotation's page with its forms; of these the one that changes it.
function fill(entry, html) {
  const part = new DOMParser().parseFromString(html, "text/html");
  const form = part.querySelector(CHANGE);
  if (!form) return;
  const place = document.createElement("div");
  place.className = "editing";
  const told = part.querySelector('.error[role="alert"]');
  const now = told && part.querySelector(".card .body");
  place.append(...[told, now, form].filter(Boolean));
  for (const each of place.querySelectorAll("[id]")) {
    const label = place.querySelector(`[for="${CSS.escape(each.id)}"]`);
    each.id = `${each.id}-${entry.dataset.uid}`;
    if (label) label.htmlFor = each.id;
  }
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "button bare", textContent: "Close" });
  close.addEventListener("click", () => leave(entry));
  form.querySelector('[type="submit"]').after(" ", close);
  const { user, target, uid } = placeOf(entry);
  const draft = told ? null : kept(localStorage, user, target).find((each) => each.uid === uid);
  if (draft) {
    form.elements.comment.value = draft.comment;
    form.elements.revision.value = draft.revision;
  }
  const { comment, revision } = form.elements;
  form.addEventListener("input", () => keep(localStorage, placeOf(entry), { comment: comment.value, revision: revision.value }));
  form.addEventListener("submit", (event) => { event.preventDefault(); save(entry, form); });
  place.addEventListener("keydown", (event) => keyed(event, entry, form));
  entry.querySelector(".editing")?.remove();
  entry.querySelector(":scope > div").append(place);
  comment.focus();
}

function keyed(event, entry, form) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  if (event.key !== "Escape" || event.isComposing || event.target.matches('[aria-expanded="true"]')) return;
  event.preventDefault();
  event.stopPropagation();
  leave(entry);
}

// What was typed and not saved stays a draft.
function leave(entry) {
  const { comment } = entry.querySelector(CHANGE).elements;
  if (comment.value === comment.defaultValue) drop(localStorage, placeOf(entry));
  entry.querySelector(".editing").remove();
  entry.querySelector('[data-act="edit-entry"]').focus();
}

async function save(entry, form) {
  const { status, html } = await ask(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const said = new DOMParser().parseFromString(html, "text/html").querySelector("[data-said] passing-word");
  if (status === STALE) fill(entry, html);
  else if (status === 200 || status === 204) {
    drop(localStorage, placeOf(entry));
    await renew(entry.dataset.uid);
  } else if (!said) say(sentenceFor(status));
  if (said) document.body.append(said);
  if (said) htmx.process(said);
}

// The list may have the entry elsewhere now, or no longer.
async function renew(uid) {
  await htmx.ajax("GET", location.pathname + location.search, { target: "#notebook", swap: "outerHTML" });
  const link = document.querySelector(`.entry[data-uid="${CSS.escape(uid)}"] [data-act="edit-entry"]`);
  link?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('notebook-list [data-act="edit-entry"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.closest(".entry"), link);
});
