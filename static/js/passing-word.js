// What was just done, said at the foot of the page and gone after a while; it stays while pointed at or in use.
const SHOWN_MS = 6000;
const LONG_SHOWN_MS = 20000; // of trouble, and of what can be taken back

class PassingWord extends HTMLElement {
  connectedCallback() {
    this.wait();
    for (const begin of ["pointerenter", "focusin"]) this.addEventListener(begin, () => clearTimeout(this.timer));
    for (const end of ["pointerleave", "focusout"]) this.addEventListener(end, () => this.wait());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    clearTimeout(this.timer);
    const shown = this.classList.contains("alert") || this.querySelector("form") ? LONG_SHOWN_MS : SHOWN_MS;
    this.timer = setTimeout(() => this.remove(), shown);
  }
}
customElements.define("passing-word", PassingWord);
