// The printed page and its paragraphs point at each other.

class PageProof extends HTMLElement {
  connectedCallback() {
    this.listen = new AbortController();
    const { signal } = this.listen;
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    this.addEventListener("focusin", (event) => this.show(this.anchorOf(event.target)), { signal });
    this.addEventListener("pointerover", (event) => this.show(this.anchorOf(event.target)), { signal });
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
}
customElements.define("page-proof", PageProof);
