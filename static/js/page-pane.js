// The printed page beside the text: frames the paragraph that is being read, and turns the page along with it.
// Without script the page that was asked for stands there, and its frames are links to the paragraphs.
import { LINE, lastAbove, whileScrolling } from "./reading-line.js";

class PagePane extends HTMLElement {
  connectedCallback() {
    this.frames = [...this.querySelectorAll(".region")];
    const ids = [...new Set(this.frames.map((frame) => frame.dataset.for))];
    this.blocks = ids.map((id) => document.getElementById(id)).filter(Boolean);
    this.blocks.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    for (const picture of this.querySelectorAll(".scan")) this.watch(picture);
    this.stop = whileScrolling(() => this.follow());
    this.follow();
  }

  disconnectedCallback() {
    this.stop();
  }

  // A picture that does not come leaves a sentence in its place, and the frames over nothing go.
  watch(picture) {
    const miss = () => {
      picture.closest("figure").classList.add("without");
      picture.parentElement.querySelector(".missing").hidden = false;
    };
    if (picture.complete && picture.currentSrc && !picture.naturalWidth) miss();
    else picture.addEventListener("error", miss, { once: true });
  }

  // The paragraph across a line in the upper third of the window; what an address points at, where it is in sight.
  follow() {
    const line = innerHeight * LINE;
    const target = this.blocks.find((block) => block.matches(":target"));
    const box = target?.getBoundingClientRect();
    const near = box && box.top >= 0 && box.top < line ? target : null;
    const at = lastAbove(this.blocks.length, (i) => this.blocks[i].getBoundingClientRect().top, line);
    const now = near ?? this.blocks[Math.max(at, 0)];
    if (!now || now === this.now) return;
    const first = this.now === undefined;
    this.now = now;
    for (const frame of this.frames) frame.classList.toggle("on", frame.dataset.for === now.id);
    const pages = this.frames.filter((frame) => frame.dataset.for === now.id).map((frame) => frame.closest(".leaf"));
    // The page that was asked for stays until its reader moves on.
    if (!first && pages.every((leaf) => leaf.hidden)) this.turn(pages[0]);
    this.prepare(pages.at(-1));
  }

  turn(leaf) {
    const held = this.contains(document.activeElement) ? document.activeElement : null;
    for (const each of this.querySelectorAll(".leaf")) each.hidden = each !== leaf;
    // A hidden button loses the focus: the same one of the next page takes it, or the one that all pages have.
    if (held) {
      const buttons = [...leaf.querySelectorAll(".pane-bar a")];
      const name = (each) => each.ariaLabel || each.textContent;
      (buttons.find((each) => name(each) === name(held)) ?? buttons.at(-1)).focus({ preventScroll: true });
    }
    const address = new URL(location);
    address.searchParams.set("page", leaf.dataset.page);
    history.replaceState(history.state, "", address);
  }

  // The next page's picture is fetched while this one is read, the others when their turn comes.
  prepare(leaf) {
    const next = leaf?.nextElementSibling?.querySelector(".scan");
    if (next) next.loading = "eager";
  }
}
customElements.define("page-pane", PagePane);
