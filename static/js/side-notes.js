// The notes of an article, beside their markers where the window is wide enough; a list below the text otherwise.
// They are one list in one place of the page: only their position on the screen changes.
import { squeezed, stacked } from "./stacking.js";

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
    for (const button of this.querySelectorAll(".more")) if (button !== document.activeElement) button.remove();
    if (!WIDE.matches) {
      this.parentElement.style.minBlockSize = "";
      return;
    }
    if (this.isOpen) {
      this.arrange();
      return;
    }
    // Only the notes of a crowd are shortened; that may bring the next ones nearer, or free them.
    for (const name of SHORTER) {
      for (let far = this.arrange(name); far.length; far = this.arrange(name)) {
        for (const item of far) item.classList.add(name);
      }
    }
    this.fold();
  }

  // Puts every note in its place and returns those, not yet shortened so, that stand in a crowd too far from markers.
  arrange(name) {
    const origin = this.getBoundingClientRect().top;
    const pieces = this.pieces(origin);
    const places = stacked(pieces, GAP);
    const crowds = new Set();
    pieces.forEach((piece, i) => {
      if (Math.abs(places[i].top - piece.wanted) > NEAR) crowds.add(places[i].group);
      this.move(piece.items, places[i].top);
    });
    this.makeRoom(origin, pieces.at(-1), places.at(-1).top);
    const crowded = pieces.flatMap((piece, i) => (crowds.has(places[i].group) ? piece.items : []));
    return crowded.filter((item) => !item.classList.contains(name));
  }

  // Where even one line of each is too much, those without room are left to their markers, which open them in a card.
  fold() {
    const origin = this.getBoundingClientRect().top;
    const pieces = this.pieces(origin);
    const tops = squeezed(pieces, GAP, NEAR);
    let shown = null;
    let hidden = 0;
    pieces.forEach((piece, i) => {
      this.move(piece.items, tops[i] ?? piece.wanted);
      if (tops[i] === null) {
        for (const item of piece.items) item.classList.add("folded");
        hidden += piece.items.length;
        return;
      }
      this.offer(shown, hidden);
      [shown, hidden] = [piece.items[0], 0];
      this.makeRoom(origin, piece, tops[i]);
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

  // A note without a marker goes with the one before it.
  pieces(origin) {
    const pieces = [];
    for (const item of this.items) {
      const ref = document.getElementById(item.querySelector("a.back")?.hash.slice(1) ?? "");
      if (ref || !pieces.length) {
        const wanted = ref ? ref.getBoundingClientRect().top - origin : 0;
        pieces.push({ items: [item], wanted, height: item.offsetHeight });
      } else {
        pieces.at(-1).items.push(item);
        pieces.at(-1).height += GAP + item.offsetHeight;
      }
    }
    return pieces;
  }

  move(items, top) {
    let at = top;
    for (const item of items) {
      item.style.top = `${Math.round(at)}px`;
      item.classList.add("placed");
      at += item.offsetHeight + GAP;
    }
  }

  // Notes that reach below the article's end must not hang over the page's.
  makeRoom(origin, last, top) {
    const sheet = this.parentElement;
    const end = origin - sheet.getBoundingClientRect().top + top + last.height;
    sheet.style.minBlockSize = `${Math.round(end)}px`;
  }
}
customElements.define("side-notes", SideNotes);
