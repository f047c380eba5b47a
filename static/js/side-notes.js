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
    if (this.arrange() > NEAR) {
      for (const item of this.items) item.classList.add("short");
      this.arrange();
    }
  }

  // Puts every note in its place and returns how far the farthest stands from its marker.
  arrange() {
    const origin = this.getBoundingClientRect().top;
    const wanted = this.wantedTops(origin);
    const tops = stacked(this.items.map((item, i) => ({ wanted: wanted[i], height: item.offsetHeight })), GAP);
    let end = 0;
    this.items.forEach((item, i) => {
      item.style.top = `${Math.round(tops[i])}px`;
      item.classList.add("placed");
      end = tops[i] + item.offsetHeight;
    });
    const sheet = this.parentElement;
    sheet.style.minBlockSize = `${Math.round(origin - sheet.getBoundingClientRect().top + end)}px`;
    return Math.max(0, ...tops.map((top, i) => Math.abs(top - wanted[i])));
  }

  // A note without a marker wants to follow the one before it.
  wantedTops(origin) {
    let last = 0;
    return this.items.map((item) => {
      const ref = document.getElementById(item.querySelector("a.back")?.hash.slice(1) ?? "");
      if (ref) last = ref.getBoundingClientRect().top - origin;
      return last;
    });
  }
}
customElements.define("side-notes", SideNotes);
