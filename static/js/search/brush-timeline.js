// Bars of hits over time: a drag over several, or Shift with the arrows, takes the days from the first to the last of them.
// Each bar alone is a link; without script the two dates beside the chart do the rest.
class BrushTimeline extends HTMLElement {
  connectedCallback() {
    this.from = this.held = -1;
    this.addEventListener("pointerdown", (event) => this.began(event));
    this.addEventListener("pointermove", (event) => this.moved(event));
    this.addEventListener("pointerup", (event) => this.ended(event));
    this.addEventListener("dragstart", (event) => event.preventDefault());
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
  }

  get bars() {
    return [...this.querySelectorAll("a[data-first]")];
  }

  barOf(event) {
    return event.target.closest?.("a[data-first]") ?? document.elementFromPoint(event.clientX, event.clientY)?.closest("a[data-first]");
  }

  began(event) {
    if (event.button || event.pointerType === "touch") return;
    this.from = this.bars.indexOf(this.barOf(event));
    this.to = this.from;
  }

  moved(event) {
    if (this.from < 0 || !event.buttons) return;
    const at = this.bars.indexOf(this.barOf(event));
    if (at >= 0) this.mark(this.from, (this.to = at));
  }

  ended() {
    this.dragged = this.from >= 0 && this.to !== this.from;
    if (this.dragged) this.go(this.from, this.to);
    this.from = -1;
  }

  // The click that ends a drag is none.
  clicked(event) {
    if (this.dragged) event.preventDefault();
    this.dragged = false;
  }

  pressed(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = this.bars.indexOf(document.activeElement);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && this.held >= 0 && this.held !== here) {
      event.preventDefault();
      this.go(this.held, here);
    } else if (step) {
      event.preventDefault();
      if (event.shiftKey && this.held < 0) this.held = here;
      if (!event.shiftKey) this.held = -1;
      const there = Math.min(Math.max(here + step, 0), this.bars.length - 1);
      this.bars[there].focus();
      if (this.held >= 0) this.mark(this.held, there);
      else this.mark(0, -1);
    }
  }

  // From one to the other; to -1: none.
  mark(one, other) {
    const [first, last] = other < 0 ? [0, -1] : [Math.min(one, other), Math.max(one, other)];
    this.bars.forEach((bar, n) => bar.classList.toggle("brushed", n >= first && n <= last));
  }

  go(one, other) {
    const [first, last] = [Math.min(one, other), Math.max(one, other)].map((at) => this.bars[at]);
    const form = document.getElementById("query");
    document.getElementById("f-from").value = first.dataset.first;
    document.getElementById("f-to").value = last.dataset.last;
    form.requestSubmit();
  }
}
customElements.define("brush-timeline", BrushTimeline);
