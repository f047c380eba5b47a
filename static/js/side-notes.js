// The notes of an article, beside their markers where the window is wide enough; a list below the text otherwise.
// They are one list in one place of the page: only their position on the screen changes.
import { fitted } from "./stacking.js";

const WIDE = matchMedia("(min-width: 1100px)");
const GAP = 10;
const NEAR = 40; // pixels from its marker; notes that would stand farther off are shown shortened, then left out
const SHORTER = ["short", "brief"]; // three lines of a note, one line

class SideNotes extends HTMLElement {
  connectedCallback() {
    this.items = [...this.querySelectorAll("li")];
    this.text = document.getElementById("text");
    this.place = this.place.bind(this);
    this.more = this.more.bind(this);
    // What stands above the text moves the markers as well, and the column's width the notes.
    this.watcher = new ResizeObserver(() => requestAnimationFrame(this.place));
    for (const each of [this.text, this.querySelector("ol"), ...this.before()]) this.watcher.observe(each);
    WIDE.addEventListener("change", this.place);
    addEventListener("afterprint", this.place);
    document.fonts?.ready.then(this.place);
    this.text.addEventListener("pointerover", this);
    this.text.addEventListener("pointerout", this);
    this.place();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    WIDE.removeEventListener("change", this.place);
    removeEventListener("afterprint", this.place);
    this.text.removeEventListener("pointerover", this);
    this.text.removeEventListener("pointerout", this);
  }

  handleEvent(event) {
    const ref = event.target.closest?.(".ref");
    if (ref) document.getElementById(ref.hash.slice(1))?.classList.toggle("on", event.type === "pointerover");
  }

  before() {
    const children = [...this.parentElement.children];
    return children.slice(0, children.indexOf(this.text));
  }

  place() {
    for (const item of this.items) item.classList.remove(...SHORTER, "folded");
    for (const button of this.querySelectorAll(".more")) button.remove();
    if (!WIDE.matches) {
      this.parentElement.style.minBlockSize = "";
      return;
    }
    const pieces = this.pieces();
    const places = fitted(pieces, GAP, this.isOpen ? Infinity : NEAR);
    pieces.forEach((piece, i) => this.put(piece, places[i]));
    this.fold(pieces, places);
    this.makeRoom(pieces.findLast((_, i) => places[i].top !== null));
  }

  // What stands in the column, and how high each is whole, shortened and brief. All are measured at once: the browser
  // lays the page out three times and not once for each. A note without a marker goes with the one before it.
  pieces() {
    const origin = this.getBoundingClientRect().top;
    const heights = [null, ...SHORTER].map((name) => {
      for (const item of this.items) if (name) item.classList.add(name);
      return this.items.map((item) => item.offsetHeight);
    });
    const pieces = [];
    this.items.forEach((item, i) => {
      item.classList.remove(...SHORTER);
      const ref = document.getElementById(item.querySelector("a.back")?.hash.slice(1) ?? "");
      const own = heights.map((level) => level[i]);
      if (ref || !pieces.length) pieces.push({ items: [item], ref, heights: own });
      else {
        pieces.at(-1).items.push(item);
        pieces.at(-1).heights = pieces.at(-1).heights.map((height, level) => height + GAP + own[level]);
      }
    });
    for (const piece of pieces) piece.wanted = piece.ref ? piece.ref.getBoundingClientRect().top - origin : 0;
    return pieces;
  }

  put(piece, { top, level }) {
    for (const item of piece.items) {
      if (level) item.classList.add(...SHORTER.slice(0, level));
      item.classList.toggle("folded", top === null);
    }
    let at = top ?? piece.wanted;
    for (const item of piece.items) {
      item.style.top = `${Math.round(at)}px`;
      item.classList.add("placed");
      at += item.offsetHeight + GAP;
    }
    piece.end = at;
  }

  // Where even one line of each is too much, those without room are left to their markers, which open them in a card.
  fold(pieces, places) {
    let shown = null;
    let hidden = 0;
    pieces.forEach((piece, i) => {
      if (places[i].top === null) {
        hidden += piece.items.length;
        return;
      }
      this.offer(shown, hidden);
      [shown, hidden] = [piece.items[0], 0];
    });
    this.offer(shown, hidden);
  }

  offer(item, hidden) {
    if (!item || !hidden) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "more";
    button.lang = "en";
    button.textContent = `+${hidden}`;
    button.setAttribute("aria-label", hidden === 1 ? "Show one more note here" : `Show ${hidden} more notes here`);
    button.addEventListener("click", this.more);
    item.append(button);
  }

  // Who asks for all gets all, whole, below each other.
  more(event) {
    this.isOpen = true;
    const item = event.target.closest("li");
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
    this.place();
  }

  // Notes that reach below the article's end must not hang over the page's.
  makeRoom(last) {
    const sheet = this.parentElement;
    const end = this.getBoundingClientRect().top - sheet.getBoundingClientRect().top + last.end;
    sheet.style.minBlockSize = `${Math.round(end)}px`;
  }
}
customElements.define("side-notes", SideNotes);
