// The notes of an article, beside their markers where the window is wide enough; a list below the text otherwise.
// They are one list in one place of the page: only their position on the screen changes.
import { stacked } from "./stacking.js";

const WIDE = matchMedia("(min-width: 1100px)");
const GAP = 10;
const NEAR = 40; // pixels from its marker; notes that would stand farther off are shown shortened

class SideNotes extends HTMLElement {
  connectedCallback() {
    this.items = [...this.querySelectorAll("li")];
    this.text = document.getElementById("text");
    this.place = this.place.bind(this);
    this.watcher = new ResizeObserver(this.place);
    this.watcher.observe(this.text);
    WIDE.addEventListener("change", this.place);
    document.fonts?.ready.then(this.place);
    this.text.addEventListener("pointerover", this);
    this.text.addEventListener("pointerout", this);
    this.place();
  }

  disconnectedCallback() {
    this.watcher.disconnect();
    WIDE.removeEventListener("change", this.place);
    this.text.removeEventListener("pointerover", this);
    this.text.removeEventListener("pointerout", this);
  }

  handleEvent(event) {
    const ref = event.target.closest?.(".ref");
    if (ref) document.getElementById(ref.hash.slice(1))?.classList.toggle("on", event.type === "pointerover");
  }

  place() {
    for (const item of this.items) item.classList.remove("short");
    if (!WIDE.matches) {
      this.parentElement.style.minBlockSize = "";
      return;
    }
    // Only the notes of a crowd are shortened; that may bring the next ones nearer, or free them.
    for (let far = this.arrange(); far.length; far = this.arrange()) {
      for (const item of far) item.classList.add("short");
    }
  }

  // Puts every note in its place and returns those, not yet short, that stand in a crowd too far from its markers.
  arrange() {
    const origin = this.getBoundingClientRect().top;
    const pieces = this.pieces(origin);
    const places = stacked(pieces, GAP);
    const crowds = new Set();
    pieces.forEach((piece, i) => {
      if (Math.abs(places[i].top - piece.wanted) > NEAR) crowds.add(places[i].group);
      this.move(piece.items, places[i].top);
    });
    this.makeRoom(origin, pieces.at(-1), places.at(-1));
    const crowded = pieces.flatMap((piece, i) => (crowds.has(places[i].group) ? piece.items : []));
    return crowded.filter((item) => !item.classList.contains("short"));
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
  makeRoom(origin, last, place) {
    const sheet = this.parentElement;
    const end = origin - sheet.getBoundingClientRect().top + place.top + last.height;
    sheet.style.minBlockSize = `${Math.round(end)}px`;
  }
}
customElements.define("side-notes", SideNotes);
