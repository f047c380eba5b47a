// The printed page beside the text: frames the paragraph that is being read, and turns the page along with it.
// Without script the page that was asked for stands there, and its frames are links to the paragraphs.
class PagePane extends HTMLElement {
  connectedCallback() {
    this.frames = [...this.querySelectorAll(".region")];
    this.blocks = [...new Set(this.frames.map((frame) => frame.dataset.for))].map((id) => document.getElementById(id));
    this.follow = this.follow.bind(this);
    addEventListener("scroll", this.follow, { passive: true });
    this.follow();
  }

  disconnectedCallback() {
    removeEventListener("scroll", this.follow);
  }

  // The paragraph across a line in the upper third of the window; what an address points at, where it is in sight.
  follow() {
    const line = innerHeight / 3;
    const target = this.blocks.find((block) => block?.matches(":target"));
    const box = target?.getBoundingClientRect();
    const near = box && box.top >= 0 && box.top < line ? target : null;
    const now = near ?? this.blocks.findLast((block) => block && block.getBoundingClientRect().top < line) ?? this.blocks[0];
    if (!now || now === this.now) return;
    const first = this.now === undefined;
    this.now = now;
    for (const frame of this.frames) frame.classList.toggle("on", frame.dataset.for === now.id);
    const pages = this.frames.filter((frame) => frame.dataset.for === now.id).map((frame) => frame.closest(".leaf"));
    // The page that was asked for stays until its reader moves on.
    if (!first && pages.every((leaf) => leaf.hidden)) this.turn(pages[0]);
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
}
customElements.define("page-pane", PagePane);
