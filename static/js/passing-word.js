// What was just done, said at the foot of the page and gone after a while; it stays while pointed at or in use. Several stand
// above each other, the newest lowest; the same words are said once. What was taken back by its button has passed as well.
import { toasts } from "./toasts.js";

const SHOWN_MS = 6000;
const LONG_SHOWN_MS = 20000; // of trouble, and of what can be taken back
const MOST = 3;

class PassingWord extends HTMLElement {
  connectedCallback() {
    if (!this.parentElement.matches(".toasts")) toasts().append(this); // which calls this again
    else this.arrive();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  arrive() {
    if (!this.heard) {
      this.heard = true;
      for (const begin of ["pointerenter", "focusin"]) this.addEventListener(begin, () => clearTimeout(this.timer));
      for (const end of ["pointerleave", "focusout"]) this.addEventListener(end, () => this.wait());
      this.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.successful) this.remove(); });
    }
    const earlier = [...this.parentElement.querySelectorAll("passing-word")].filter((each) => each !== this);
    for (const each of earlier) if (each.textContent.trim() === this.textContent.trim()) each.remove();
    for (const each of earlier.slice(0, 1 - MOST)) each.remove();
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    const shown = this.classList.contains("alert") || this.querySelector("form") ? LONG_SHOWN_MS : SHOWN_MS;
    this.timer = setTimeout(() => this.remove(), shown);
  }
}
customElements.define("passing-word", PassingWord);
