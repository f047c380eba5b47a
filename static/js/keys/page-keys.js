// Hears the keys of a page and holds the sheet that lists them. The map is the sheet itself, drawn by the server with the
// keys of this person; without a script nothing listens, and the link leads to the page that lists all keys.
import { isOffered, offer, perform } from "./acts.js";
import { prepareToSay } from "./saying.js";
import { isElsewhere, strokesOf } from "./strokes.js";
import "./waiting.js";

const SWITCHED_OFF = "keys-off"; // for visitors, who have no account to keep it
const OPEN = 'reading-card:not([hidden]), :popover-open, dialog[open], [role="dialog"]:not([hidden])';
const RIVALS = '[role="dialog"], dialog, [popover]';

class PageKeys extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("dialog");
    this.rows = [...this.querySelectorAll("[data-act]")];
    this.listen = new AbortController();
    const { signal } = this.listen;
    this.querySelector("[data-switch]")?.addEventListener("click", () => this.turn(), { signal });
    if (this.isOff && !this.hasAttribute("data-visitor")) return;
    offer("sheet", { run: () => this.open() });
    document.querySelector("[data-keys]")?.addEventListener("click", (event) => this.clicked(event), { signal });
    this.sheet.addEventListener("click", (event) => { if (event.target === this.sheet) this.sheet.close(); }, { signal });
    // What is open when Escape comes closes by itself, and may be gone by the time others hear of it.
    addEventListener("keydown", () => { this.wasOpen = Boolean(document.querySelector(OPEN)); }, { signal, capture: true });
    addEventListener("keydown", (event) => this.pressed(event), { signal });
    prepareToSay();
  }

  disconnectedCallback() {
    this.listen.abort();
  }

  get isOff() {
    return this.hasAttribute("data-off") || (this.hasAttribute("data-visitor") && localStorage.getItem(SWITCHED_OFF) === "yes");
  }

  pressed(event) {
    if (event.defaultPrevented) return;
    const leaving = event.key === "Escape" && !event.isComposing;
    if (leaving ? this.wasOpen : this.isOff || isElsewhere(event) || event.target.closest?.(RIVALS)) {
      if (!leaving) this.closeBySheetKey(event);
      return;
    }
    const name = this.actOf(strokesOf(event));
    if (name && perform(name, event)) event.preventDefault();
  }

  // The key that opens the sheet closes it too.
  closeBySheetKey(event) {
    if (!this.sheet.open || isElsewhere(event) || this.actOf(strokesOf(event)) !== "sheet") return;
    event.preventDefault();
    this.sheet.close();
  }

  // The rows stand with the most particular context first, so the first that can do something is meant.
  actOf(strokes) {
    for (const stroke of strokes) {
      const row = this.rows.find(({ dataset }) => dataset.stroke === stroke && isOffered(dataset.act));
      if (row) return row.dataset.act;
    }
    return null;
  }

  clicked(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.open();
  }

  open() {
    const off = this.isOff;
    for (const row of this.rows) row.hidden = off || !isOffered(row.dataset.act);
    for (const part of this.querySelectorAll("section")) part.hidden = !part.querySelector("[data-act]:not([hidden])");
    const turn = this.querySelector("[data-switch]");
    if (turn) turn.textContent = off ? "Switch keys on in this browser" : "Switch keys off in this browser";
    this.sheet.showModal();
  }

  turn() {
    localStorage.setItem(SWITCHED_OFF, this.isOff ? "no" : "yes");
    this.sheet.close();
  }
}
customElements.define("page-keys", PageKeys);
