// The box of the search page: completes the word being typed, by keys or pointer. Without script it is the form inside.
// `data-from`: where completions come from.
import { withChosen, wordAt } from "./typed-word.js";

const WAIT = 120; // ms after the last letter

class QueryBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=search]");
    this.list = this.querySelector("[role=listbox]");
    this.said = this.querySelector("[data-said]");
    this.options = [];
    this.at = -1;
    const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(facts)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", (event) => event.isComposing || this.later());
    this.field.addEventListener("compositionend", () => this.later());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => this.close());
    // The field keeps the focus: a press on an option must not take it, or the list would close first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.querySelector("form").addEventListener("submit", () => this.close());
    addEventListener("popstate", this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.asking?.abort();
    removeEventListener("popstate", this);
  }

  // Going back brings the page of another address: its query belongs in the box.
  handleEvent() {
    this.field.value = new URL(location).searchParams.get("q") ?? "";
    this.close();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { words } = wordAt(this.field.value, this.field.selectionStart);
    if (!words) {
      this.close();
      return;
    }
    try {
      const answer = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: words })}`, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show((await answer.json()).completions);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // signed out, or no network: what is typed is taken as it is
    }
  }

  show(options) {
    if (document.activeElement !== this.field) return;
    this.options = options;
    this.list.replaceChildren(...options.map((option, n) => this.row(option, n)));
    this.point(-1);
    this.list.hidden = !options.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.said.textContent = options.length === 1 ? "1 suggestion" : `${options.length} suggestions`;
  }

  row({ kind, label, by, detail }, n) {
    const row = Object.assign(document.createElement("li"), { id: `${this.list.id}-${n}`, className: "option" });
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const parts = [["label", kind === "field" ? "" : kind], ["name", label], ["meta", by && `“${by}”`], ["push meta", detail]];
    row.append(...parts.filter(([, text]) => text).map(([className, text]) => span(className, text)));
    return row;
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) this.point(this.next(event.key === "ArrowDown" ? 1 : -1));
      else this.ask();
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

  // Behind the last one comes the field itself, then the first.
  next(step) {
    const size = this.options.length;
    return ((this.at + 1 + step + size + 1) % (size + 1)) - 1;
  }

  point(at) {
    this.at = at;
    [...this.list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    if (at < 0) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
    this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  clicked(event) {
    const row = event.target.closest("[role=option]");
    if (row) this.take([...this.list.children].indexOf(row));
  }

  take(at) {
    const { written } = this.options[at];
    const { value, caret } = withChosen(this.field.value, this.field.selectionStart, written);
    this.field.value = value;
    this.field.setSelectionRange(caret, caret);
    this.field.focus();
    this.close();
    if (written.endsWith(":")) this.ask();
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.point(-1);
    this.field.setAttribute("aria-expanded", "false");
  }
}

const span = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });
customElements.define("query-box", QueryBox);
