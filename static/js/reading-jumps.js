// A jump inside the page takes the focus along, so that a screen reader goes on there; Back gives it to the link again
// from which it went, also when that stood in a card, or on the page before. The browser brings the scrolling back.
const PLAIN = ["button", "ctrlKey", "metaKey", "shiftKey", "altKey"];

class ReadingJumps extends HTMLElement {
  connectedCallback() {
    this.line = this.querySelector(".lost");
    document.addEventListener("click", this, true);
    addEventListener("popstate", this);
    setTimeout(() => this.settle()); // once the notes have their places: what is hidden takes no focus
  }

  disconnectedCallback() {
    document.removeEventListener("click", this, true);
    removeEventListener("popstate", this);
  }

  handleEvent(event) {
    if (event.type === "popstate") {
      setTimeout(() => this.settle()); // the browser itself lets go of the focus after this event
      return;
    }
    const link = event.target.closest?.("a[href]");
    if (!link || PLAIN.some((name) => event[name])) return;
    const from = document.querySelector("reading-card")?.contains(link) ? document.querySelector("reading-card").link : link;
    if (from) history.replaceState({ ...history.state, from: this.nameOf(from) }, "");
    if (link.hash && link.href === location.href) setTimeout(() => this.arrive());
  }

  // A link is known by its id, or by how many stand before it: the page is the same when its reader comes back.
  nameOf(link) {
    return link.id || String(this.links().indexOf(link));
  }

  linkOf(name) {
    if (!name) return null;
    return /^\d+$/.test(name) ? this.links()[name] : document.getElementById(name);
  }

  links() {
    return [...document.querySelectorAll("a[href]")].filter((link) => !link.closest("reading-card"));
  }

  settle() {
    const link = this.linkOf(history.state?.from);
    if (!link) this.arrive();
    else {
      this.line.hidden = true;
      link.focus({ preventScroll: true });
    }
  }

  arrive() {
    const id = this.fragment();
    const target = document.getElementById(id);
    const isTold = !id || (/^h\d+$/.test(id) && document.querySelector("hit-walk")); // the line of hits says it
    this.line.hidden = Boolean(target || isTold);
    if (!target) {
      if (!isTold) this.line.textContent = this.sentence(id);
      return;
    }
    if (!target.matches("a[href], button, input, [tabindex]")) {
      target.tabIndex = -1;
      target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
    }
    target.focus({ preventScroll: true });
  }

  fragment() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return location.hash.slice(1);
    }
  }

  sentence(id) {
    const [, letter, number] = /^([pnrh])(\d{1,6})(?:-\d{1,4})?$/.exec(id) ?? [];
    const paragraphs = document.querySelectorAll("#text [id^=p]").length;
    return {
      p: `This address means paragraph ${number}; the text has ${paragraphs}. It may have been read anew since.`,
      n: `This address means note ${number}, which this article does not have.`,
      r: `This address means the marker of note ${number}, which this text does not have.`,
      h: `This address means hit ${number}, which this text does not have.`,
    }[letter] ?? "What this address means is not on this page.";
  }
}
customElements.define("reading-jumps", ReadingJumps);
