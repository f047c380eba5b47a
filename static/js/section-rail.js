// The contents beside the text say which section is being read, how much of the text has passed and what is left.
// Where there is no room beside the text they open over it, from the bar or the dock, and go again by Escape.
import { LINE, lastAbove, sharePassed, whileScrolling } from "./reading-line.js";

class SectionRail extends HTMLElement {
  connectedCallback() {
    this.rail = this.closest(".rail");
    this.text = document.getElementById("text");
    this.links = [...this.querySelectorAll("ol ol a")].filter((link) => document.getElementById(link.hash.slice(1)));
    this.heads = this.links.map((link) => document.getElementById(link.hash.slice(1)));
    this.parts = [...document.querySelectorAll(".passed .part, .progress .part")];
    this.left = this.querySelector("[data-left]");
    this.openers = [...document.querySelectorAll('[data-opens="rail"]')];
    this.stop = whileScrolling(() => this.follow());
    document.addEventListener("click", this);
    document.addEventListener("keydown", this);
    this.follow();
  }

  disconnectedCallback() {
    this.stop();
    document.removeEventListener("click", this);
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const opener = event.target.closest?.('[data-opens="rail"]');
    if (event.type === "keydown") {
      if (event.key === "Escape") this.show(false);
    } else if (opener) this.show(!this.rail.matches(".open"), opener);
    else if (event.target.closest?.(".close") && this.contains(event.target)) this.show(false);
    else if (!this.rail.contains(event.target) || event.target.closest("a")) this.show(false, null);
  }

  // `opener` is what the focus returns to; null leaves the focus where the reader has put it.
  show(open, opener = this.opener) {
    if (open === this.rail.matches(".open")) return;
    this.rail.classList.toggle("open", open);
    for (const each of this.openers) each.setAttribute("aria-expanded", open && each === opener);
    if (open) {
      this.opener = opener;
      this.querySelector(".close").focus();
    } else opener?.focus();
  }

  follow() {
    const now = lastAbove(this.heads.length, (i) => this.heads[i].getBoundingClientRect().top, innerHeight * LINE);
    this.links.forEach((link, i) => {
      if (i === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const box = this.text.getBoundingClientRect();
    // Where the head is low, the text begins above the line, and nothing of it has passed all the same.
    this.tell(sharePassed(box.top, box.height, innerHeight, Math.min(innerHeight * LINE, box.top + scrollY)));
  }

  tell(share) {
    for (const part of this.parts) part.setAttribute("width", (share * 100).toFixed(1));
    const minutes = Math.ceil(this.dataset.minutes * (1 - share));
    const words = minutes ? `About ${minutes} ${minutes === 1 ? "minute" : "minutes"}${share ? " left" : ""}` : "Read to the end";
    if (this.left.textContent !== words) this.left.textContent = words;
  }
}
customElements.define("section-rail", SectionRail);
