// What was just done, said at the foot of the page and gone after a while; it stays while pointed at.
const SHOWN_MS = 6000;
const TROUBLE_SHOWN_MS = 20000;

class PassingWord extends HTMLElement {
  connectedCallback() {
    this.wait();
    this.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.addEventListener("pointerleave", () => this.wait());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    const shown = this.classList.contains("alert") ? TROUBLE_SHOWN_MS : SHOWN_MS;
    this.timer = setTimeout(() => this.remove(), shown);
  }
}
customElements.define("passing-word", PassingWord);
