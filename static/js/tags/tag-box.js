// A field for tags that suggests them while one types: the combobox pattern with a list, by keys or pointer.
// Without script it is the plain field inside. `data-from`: where suggestions come from; `data-article`: what is read;
// `data-single`: the field takes one tag.
import { fragmentAt, others, spoken, withTag, written } from "./fragments.js";

const WAIT = 120; // ms after the last letter
let boxes = 0;

class TagBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    if (!this.field || this.list) return;
    this.options = [];
    this.at = -1;
    this.draw();
    const { field } = this;
    field.addEventListener("input", (event) => event.isComposing || this.later());
    field.addEventListener("compositionend", () => this.later());
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("click", () => this.ask());
    field.addEventListener("blur", () => this.close());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  draw() {
    const id = `tag-box-${(boxes += 1)}`;
    this.list = Object.assign(document.createElement("ul"), { id, hidden: true, className: "tag-options" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Tags");
    // The field keeps the focus: a press on an option must not take it, or the list would close first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
    this.said = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries({ ...facts, autocomplete: "off", autocapitalize: "none" })) {
      this.field.setAttribute(name, value);
    }
    this.append(this.list, this.said);
  }

  get single() {
    return "single" in this.dataset;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { value, selectionStart } = this.field;
    const { words } = fragmentAt(value, selectionStart, this.single);
    const asked = new URLSearchParams({ q: words, article: this.dataset.article ?? "" });
    try {
      const answer = await fetch(`${this.dataset.from}?${asked}`, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show((await answer.json()).tags, words);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // signed out, or no network: the field takes words as it is
    }
  }

  show(tags, words) {
    if (document.activeElement !== this.field) return;
    const there = new Set(others(this.field.value, this.field.selectionStart, this.single));
    this.options = tags.filter((tag) => !there.has(written(tag, this.single)));
    const known = tags.some((tag) => [tag.path, tag.name].some((name) => name.toLowerCase() === words.toLowerCase()));
    if (words && !known && !this.single) this.options.push({ path: words, name: words, isNew: true });
    this.list.replaceChildren(...this.options.map((tag, n) => this.option(tag, n)));
    this.point(-1);
    this.list.hidden = !this.options.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.said.textContent = this.options.length === 1 ? "1 suggestion" : `${this.options.length} suggestions`;
  }

  option(tag, n) {
    const row = Object.assign(document.createElement("li"), { id: `${this.list.id}-${n}`, className: "option" });
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    if (tag.colour) row.dataset.colour = tag.colour;
    const name = Object.assign(document.createElement("span"), { className: tag.isNew ? "" : "tag" });
    name.textContent = tag.isNew ? `New tag “${tag.name}”` : spoken(tag);
    row.append(name);
    if (tag.for) row.append(Object.assign(document.createElement("span"), { className: "push", textContent: tag.for }));
    return row;
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.ask();
      else this.point(this.next(event.key === "ArrowDown" ? 1 : -1));
    } else if (open && event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.take(this.at);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation(); // closes the list, not what the field stands in
      this.close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.point(-1);
    }
  }

  // The place after the last one is the field itself.
  next(step) {
    const places = this.options.length + 1;
    return ((this.at + 1 + step + places) % places) - 1;
  }

  point(at) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const row = this.list.children[at];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const now = withTag(this.field.value, this.field.selectionStart, written(this.options[at], this.single), this.single);
    this.field.value = now.value;
    this.field.setSelectionRange(now.caret, now.caret);
    this.close();
    this.said.textContent = `${this.options[at].name} added`;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.point(-1);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }
}

customElements.define("tag-box", TagBox);
