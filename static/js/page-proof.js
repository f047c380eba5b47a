// The printed page and its paragraphs point at each other; j and k walk the findings, [ and ] turn the page.
const TYPING = "input, textarea, select, [contenteditable]";

class PageProof extends HTMLElement {
  connectedCallback() {
    this.listen = new AbortController();
    const { signal } = this.listen;
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("focusin", (event) => this.show(this.anchorOf(event.target)), { signal });
    this.addEventListener("pointerover", (event) => this.show(this.anchorOf(event.target)), { signal });
    document.addEventListener("keydown", (event) => this.key(event), { signal });
  }

  disconnectedCallback() {
    this.listen.abort();
  }

  anchorOf(element) {
    const found = element.closest("[data-anchor], [data-frame], [data-block]");
    return found && (found.dataset.anchor ?? found.dataset.frame ?? found.dataset.block);
  }

  show(anchor) {
    if (!anchor || anchor === this.shown) return;
    this.shown = anchor;
    for (const frame of this.querySelectorAll("[data-frame]")) {
      frame.firstElementChild.classList.toggle("on", frame.dataset.frame === anchor);
    }
    for (const block of this.querySelectorAll("[data-anchor]")) block.classList.toggle("on", block.dataset.anchor === anchor);
  }

  clicked(event) {
    const frame = event.target.closest("[data-frame]");
    if (!frame) return;
    event.preventDefault();
    const block = document.getElementById(frame.dataset.frame);
    block?.focus({ preventScroll: true });
    block?.scrollIntoView({ block: "center" });
    this.show(frame.dataset.frame);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    if (event.key === "j" || event.key === "k") this.walk(event.key === "j" ? 1 : -1);
    else if (event.key === "[") this.querySelector('a[rel="prev"]')?.click();
    else if (event.key === "]") this.querySelector('a[rel="next"]')?.click();
  }

  walk(step) {
    const findings = [...this.querySelectorAll("#findings > .findings > .finding")];
    if (!findings.length) return;
    const at = findings.indexOf(document.activeElement.closest?.(".finding"));
    const next = findings[Math.min(Math.max(at + step, 0), findings.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("page-proof", PageProof);
