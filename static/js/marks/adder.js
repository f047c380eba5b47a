// What can be done with a selection, at its end; on phones a sheet. It comes with a selection made by mouse, touch or keys,
// and with a passage picked by keys when one wants to write about it. It stands outside the text, unseen until it has its place.
import { perform } from "../keys/acts.js";
import { say } from "../keys/saying.js";
import { drop, keep } from "./drafts.js";
import { lastColour, make, newId } from "./making.js";
import { forget, mean, pending } from "./pending.js";
import { panel, passagesOf, rangeOf } from "./places.js";
import { sentenceFor } from "./sending.js";
import { keysUnder } from "./under.js";

const SETTLED_MS = 10; // after the last change of a selection
const TOUCH_SETTLED_MS = 350; // a finger is still dragging the ends about
const ROOM = 10; // pixels between adder, selection and the edges of the window
const SHEET = matchMedia("(max-width: 699px)");
const COARSE = matchMedia("(pointer: coarse)");

class MarkAdder extends HTMLElement {
  connectedCallback() {
    this.acts = this.querySelector(".acts");
    this.form = this.querySelector("form");
    this.listen = new AbortController();
    const { signal } = this.listen;
    document.addEventListener("selectionchange", () => this.soon(), { signal });
    document.addEventListener("pointerdown", (event) => this.pressed(event), { signal });
    for (const type of ["pointerup", "pointercancel"]) {
      document.addEventListener(type, () => { this.isPressed = false; this.soon(); }, { signal });
    }
    document.addEventListener("keydown", (event) => this.keyed(event), { signal, capture: true });
    addEventListener("resize", () => this.place(), { signal });
    this.addEventListener("click", (event) => this.clicked(event));
    // A press on a button must not take the selection away.
    this.acts.addEventListener("pointerdown", (event) => event.preventDefault());
    this.acts.addEventListener("mousedown", (event) => event.preventDefault());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    for (const type of ["input", "change"]) this.form.addEventListener(type, () => this.keep());
  }

  disconnectedCallback() {
    this.listen.abort();
    clearTimeout(this.timer);
  }

  get isWriting() {
    return !this.hidden && !this.form.hidden;
  }

  pressed(event) {
    this.isPressed = !this.contains(event.target) && event.button === 0;
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), COARSE.matches ? TOUCH_SETTLED_MS : SETTLED_MS);
  }

  look() {
    if (this.isPressed || this.isWriting || this.contains(document.activeElement)) return;
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const passages = range ? passagesOf(range) : [];
    if (passages.length) {
      this.isSelected = true;
      mean(passages);
      this.open();
    } else if (this.isSelected) {
      this.isSelected = false;
      forget();
      this.close();
    }
  }

  open() {
    this.acts.hidden = false;
    this.form.hidden = true;
    this.hidden = false;
    this.tellUnder();
    this.place();
  }

  tellUnder() {
    const button = this.acts.querySelector('[data-does="under"]');
    const count = keysUnder(pending()).length;
    button.hidden = !count;
    button.querySelector("span").textContent = `Show ${count} here`;
  }

  // Writing about what is meant; `draft` is one that was begun before.
  write(draft = { uid: newId(), passages: pending(), colour: lastColour() }, field = "comment") {
    this.draft = draft;
    this.came = this.contains(document.activeElement) ? this.came : document.activeElement;
    mean(draft.passages, true);
    const { elements } = this.form;
    for (const name of ["comment", "tags", "visibility"]) elements[name].value = draft[name] ?? "";
    elements.visibility.value ||= "private";
    elements.colour.value = draft.colour ?? lastColour();
    this.form.querySelector(".quote").textContent = draft.passages.map(({ quote }) => quote).join(" … ");
    this.trouble("");
    this.hidden = false;
    this.acts.hidden = true;
    this.form.hidden = false;
    this.place();
    elements[field].focus();
  }

  // Below the end of what is meant, or above it where there is no room; the sheet of a phone has its place from CSS.
  place() {
    if (this.hidden) return;
    this.style.visibility = SHEET.matches ? "" : "hidden";
    if (SHEET.matches) return;
    const box = this.end();
    const text = document.getElementById("text").getBoundingClientRect();
    const room = innerHeight - box.bottom - ROOM;
    const top = room >= this.offsetHeight + ROOM ? box.bottom + ROOM : Math.max(box.top - this.offsetHeight - ROOM, ROOM);
    const most = Math.min(text.right, document.documentElement.clientWidth - ROOM) - this.offsetWidth;
    this.style.left = `${Math.round(Math.max(Math.min(box.right - this.offsetWidth / 2, most), Math.min(text.left, ROOM)) + scrollX)}px`;
    this.style.top = `${Math.round(top + scrollY)}px`;
    this.style.visibility = "";
  }

  end() {
    const range = rangeOf(pending().at(-1));
    return [...(range?.getClientRects() ?? [])].at(-1) ?? document.getElementById("text").getBoundingClientRect();
  }

  keyed(event) {
    if (event.key !== "Escape" || event.isComposing || this.hidden) return;
    if (event.target.matches?.('[aria-expanded="true"]')) return; // a list that is open closes first
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  // Closes, forgets what was meant and gives the focus back. What is written stays a draft.
  leave() {
    const had = this.contains(document.activeElement);
    this.close();
    getSelection().removeAllRanges();
    this.isSelected = false;
    forget();
    if (had && this.came?.isConnected) this.came.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("marks:drafts"));
  }

  close() {
    this.hidden = true;
    this.form.hidden = true;
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (!button || button.type === "submit") return;
    const { tag, colour, does } = button.dataset;
    if (tag) this.mark({ tags: tag, colour });
    else if (colour) this.mark({ colour });
    else if (does === "name") this.name(button.dataset.at);
    else this.does(does);
  }

  does(name) {
    if (name === "close") {
      if (this.draft) drop(localStorage, this.target(this.draft));
      this.leave();
    } else if (name === "copy") perform("copy");
    else if (name === "link") this.link();
    else if (name === "under") setTimeout(() => perform("marks-under")); // after this press, which closes an open chooser
    else this.write(undefined, name === "tag" ? "tags" : "comment");
  }

  // Who stands there is said on a page of its own: what is picked goes along in the address.
  name(address) {
    const [{ start, note, quote }] = pending();
    location.assign(`${address}&${new URLSearchParams({ start, note: note ?? "", quote })}`);
  }

  async link() {
    const from = rangeOf(pending()[0]).startContainer.parentElement.closest('[id^="p"], li[id]');
    const address = new URL(location.href);
    address.hash = from?.id ?? "";
    await navigator.clipboard.writeText(address.href).then(() => say("Link copied"), () => say(address.href));
  }

  // Marks at once: one press. Gives whether it was saved; else it is a draft.
  async mark(facts) {
    const draft = { uid: newId(), passages: pending(), colour: lastColour(), ...facts };
    if (!draft.passages.length || this.isSending) return false;
    this.isSending = true;
    const status = await make(draft);
    this.isSending = false;
    if (status === 200) this.done(draft);
    else if (status !== 422) {
      keep(localStorage, this.target(draft), draft);
      this.write(draft);
      this.trouble(sentenceFor(status));
    }
    return status === 200;
  }

  async save() {
    if (this.isSending) return;
    this.keep();
    this.trouble("");
    const [visibility, team = ""] = this.draft.visibility.split(":");
    this.isSending = true;
    const status = await make({ ...this.draft, visibility, team });
    this.isSending = false;
    if (status === 200) this.done(this.draft);
    else if (status !== 422) this.trouble(sentenceFor(status));
  }

  done(draft) {
    drop(localStorage, this.target(draft));
    this.draft = null;
    this.leave();
    document.dispatchEvent(new CustomEvent("marks:made", { detail: draft.uid }));
  }

  // What is typed is kept with every stroke.
  keep() {
    const { comment, tags, visibility, colour } = this.form.elements;
    Object.assign(this.draft, { comment: comment.value, tags: tags.value, visibility: visibility.value, colour: colour.value });
    if (comment.value || tags.value) keep(localStorage, this.target(this.draft), this.draft);
    else drop(localStorage, this.target(this.draft));
  }

  target({ uid }) {
    return { user: panel().dataset.user, target: `article-${panel().dataset.article}`, uid };
  }

  trouble(sentence) {
    const line = this.form.querySelector(".trouble");
    line.textContent = sentence;
    line.hidden = !sentence;
  }
}
customElements.define("mark-adder", MarkAdder);
