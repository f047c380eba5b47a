// Tells the site how far its reader has come, now and then and when they leave; nobody waits for it, and where it fails
// nothing is said. Reaching the end of the text marks it as read. What the reader says by the button counts for more.
import { LINE, lastAbove, whileScrolling } from "./reading-line.js";

const REST_MS = 1000; // a place counts once the text has stood still for so long
const SHORT_MS = 4000; // a text that fits the window counts as read after so long
const PAUSE_MS = 10000; // between two messages

class ReadingPlace extends HTMLElement {
  connectedCallback() {
    this.text = document.getElementById("text");
    this.blocks = [...this.text.querySelectorAll("[id]")].filter((block) => /^p\d+$/.test(block.id));
    this.isRead = "read" in this.dataset;
    this.leave = this.leave.bind(this);
    this.stop = whileScrolling(() => this.rest(REST_MS));
    addEventListener("pagehide", this.leave);
    document.addEventListener("visibilitychange", this.leave);
    this.addEventListener("submit", this);
    if (this.isAtEnd()) this.rest(SHORT_MS);
  }

  disconnectedCallback() {
    this.stop();
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.leave);
    document.removeEventListener("visibilitychange", this.leave);
  }

  handleEvent() {
    this.isRead = true; // or marked as unread: then what the page sees by itself does not count any more
    if (this.querySelector("[name=read]").value === "no") this.isSilent = true;
  }

  isAtEnd() {
    return this.text.getBoundingClientRect().bottom <= innerHeight;
  }

  rest(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), wait);
  }

  look() {
    if (document.hidden || !this.blocks.length) return;
    const last = this.blocks.length;
    const at = lastAbove(last, (i) => this.blocks[i].getBoundingClientRect().top, innerHeight * LINE);
    this.paragraph = this.isAtEnd() ? last : Math.max(at, 0) + 1;
    const atEnd = this.isAtEnd() || (last > 1 && this.paragraph === last);
    if (atEnd && !this.isRead) this.tell({ read: "yes" });
    else if (Date.now() - (this.told ?? 0) > PAUSE_MS) this.tell();
  }

  leave() {
    if (document.hidden || !this.isSilent) this.tell({}, true);
  }

  message(more) {
    const token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    return new URLSearchParams({ csrfmiddlewaretoken: token, paragraph: this.paragraph, ...more });
  }

  async tell(more = {}, isLast = false) {
    if (this.isSilent || !this.paragraph || (this.paragraph === this.said && !more.read)) return;
    [this.said, this.told] = [this.paragraph, Date.now()];
    const body = this.message(more);
    if (isLast) {
      navigator.sendBeacon(this.dataset.keeps, body);
      return;
    }
    if (more.read) this.isRead = true;
    try {
      const answer = await fetch(this.dataset.keeps, { method: "POST", body, keepalive: true, redirect: "error" });
      if (answer.status === 200) this.show(await answer.text());
    } catch {
      // Offline, or signed out elsewhere: the text is read all the same.
    }
  }

  show(state) {
    if (this.contains(document.activeElement)) return; // never under somebody's finger
    this.innerHTML = state;
    htmx.process(this);
  }
}
customElements.define("reading-place", ReadingPlace);
