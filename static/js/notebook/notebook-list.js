// The notebook: which annotations are chosen, said as one ticks; without a script the form's own controls say it.
import { isShown, offer, offerPress } from "../keys/acts.js";
import { say } from "../keys/saying.js";
import { chosenWords, isEvery, rangeBetween } from "./choosing.js";

class NotebookList extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#bulk");
    if (!this.form || this.heard) return;
    this.heard = true;
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("click", (event) => this.clicked(event));
    this.form.addEventListener("submit", (event) => this.sending(event));
    document.addEventListener("click", this.outside);
    for (const act of this.form.querySelectorAll("details")) {
      act.addEventListener("toggle", () => act.open && act.querySelector(".floating :is(input, select, button)").focus());
    }
    this.tell();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.outside);
  }

  // A press elsewhere closes what is open of the bulk acts.
  outside = ({ target }) => {
    for (const open of this.form?.querySelectorAll("details[open]") ?? []) {
      if (!open.contains(target)) open.open = false;
    }
  };

  get boxes() {
    return [...this.querySelectorAll('input[name="marks"]')];
  }

  get every() {
    return isEvery(new FormData(this.form));
  }

  get ticked() {
    return new Set(this.boxes.filter((box) => box.checked).map(({ value }) => value)).size;
  }

  changed({ target }) {
    if (target.name === "marks") this.one(target);
    if (target.name === "marks" || target.name === "every") this.tell(true);
  }

  // The same annotation stands under each of its tags: it is ticked in all places or in none.
  one(box) {
    for (const twin of this.boxes) if (twin.value === box.value) twin.checked = box.checked;
    this.choose(false);
  }

  clicked(event) {
    const box = event.target.closest('input[name="marks"]');
    if (box && event.shiftKey && this.last) this.through(box);
    if (box) this.last = box;
    if (event.target.closest('[data-does="page"]')) this.page();
  }

  // Shift and a press tick all from the last one to this.
  through(box) {
    for (const each of rangeBetween(this.boxes, this.last, box)) if (each.checked !== box.checked) each.click();
  }

  page() {
    const boxes = this.boxes;
    const on = !boxes.every(({ checked }) => checked);
    for (const box of boxes) box.checked = on;
    this.choose(false);
    this.tell(true);
  }

  choose(every) {
    this.form.elements.every.value = every ? "on" : "";
  }

  tell(aloud = false) {
    const words = chosenWords(this.ticked, this.every, Number(this.dataset.total));
    this.form.querySelector("[data-count]").textContent = this.ticked ? `${this.ticked} ticked` : "Those ticked";
    this.classList.toggle("every", this.every);
    this.form.classList.toggle("none", !this.every && !this.ticked);
    if (aloud) say(words);
  }

  sending(event) {
    if (this.every || this.ticked) return;
    event.preventDefault();
    say("Tick annotations first, or take all that match.");
  }
}

const list = () => document.querySelector("notebook-list");
const row = () => document.activeElement?.closest?.("notebook-list .entry");
const boxOf = (entry) => entry?.querySelector('input[name="marks"]');

// The newest act is undone by a plain form: the list is then what it was.
async function turn(address) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: address, hidden: true });
  form.append(list().form.elements.csrfmiddlewaretoken.cloneNode());
  document.body.append(form);
  form.submit();
}

// On other pages these acts are others' to offer, and those may do so after this.
if (document.querySelector("notebook-list")) queueMicrotask(() => {
  offer("undo", { when: () => Boolean(list()?.form), run: () => { turn(list().dataset.undoes); } });
  offer("redo", { when: () => Boolean(list()?.form), run: () => { turn(list().dataset.redoes); } });
});
offer("row-tick", { when: () => isShown(row()) && Boolean(boxOf(row())), run: () => boxOf(row()).click() });
offerPress("page-tick", 'notebook-list [data-does="page"]');
offerPress("tick-every", 'notebook-list input[name="every"][value="on"]');
offerPress("bulk-tag", "notebook-list #bulk .tagging > summary");

customElements.define("notebook-list", NotebookList);
