// The contents beside the text say which section is being read.
class SectionRail extends HTMLElement {
  connectedCallback() {
    this.links = [...this.querySelectorAll("ol ol a")];
    this.heads = this.links.map((link) => document.getElementById(link.hash.slice(1)));
    this.follow = this.follow.bind(this);
    addEventListener("scroll", this.follow, { passive: true });
    this.follow();
  }

  disconnectedCallback() {
    removeEventListener("scroll", this.follow);
  }

  follow() {
    const line = innerHeight / 3;
    const now = this.heads.findLastIndex((head) => head && head.getBoundingClientRect().top < line);
    this.links.forEach((link, i) => {
      if (i === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
customElements.define("section-rail", SectionRail);
