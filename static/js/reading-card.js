// A card over the text: the note behind a marker where notes do not stand beside it, and what is known of a citation, or
// of an actor or region that is named.
// It opens on a click or Enter, and takes the focus then; or while a mouse rests on the link. Without script both are
// plain links.
const WIDE = matchMedia("(min-width: 1100px)");
const REST = 350; // milliseconds a mouse must rest before a card opens, and may be away before it closes
const ROOM = 12; // pixels between card, link and the edges of the window

class ReadingCard extends HTMLElement {
  connectedCallback() {
    this.inside = this.querySelector(".inside");
    this.places = [document.getElementById("text"), document.querySelector("side-notes")].filter(Boolean);
    for (const place of this.places) {
      for (const type of ["click", "pointerover", "pointerout"]) place.addEventListener(type, this);
    }
    this.addEventListener("pointerenter", this);
    this.addEventListener("pointerleave", this);
    document.addEventListener("keydown", this);
    document.addEventListener("click", this);
    this.querySelector(".close").addEventListener("click", () => this.close());
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("click", this);
    clearTimeout(this.timer);
  }

  handleEvent(event) {
    const link = this.linkOf(event.target);
    if (event.type === "keydown") {
      if (event.key === "Escape") this.close();
    } else if (event.type === "click") this.clicked(event, link);
    else if (event.pointerType !== "mouse" || this.pinned) return;
    else if (event.type === "pointerover" && link) this.later(() => this.open(link));
    else if (event.type === "pointerenter") clearTimeout(this.timer);
    else if (event.type === "pointerleave" || (event.type === "pointerout" && link)) this.later(() => this.close());
  }

  linkOf(target) {
    const link = target.closest?.(".ref, .cite, .entity");
    if (!link || !this.places.some((place) => place.contains(link))) return null;
    const isBeside = WIDE.matches && !document.body.matches(".with-page");
    const hasNote = link.matches(".ref") && !document.getElementById(link.hash.slice(1))?.matches(".folded");
    return isBeside && hasNote ? null : link;
  }

  clicked(event, link) {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (event.currentTarget === document) {
      if (!this.contains(event.target) && !this.linkOf(event.target)) this.close(false);
    } else if (link && plain) {
      event.preventDefault();
      this.open(link, true);
    }
  }

  later(act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, REST);
  }

  async open(link, pinned = false) {
    clearTimeout(this.timer);
    this.link = link;
    this.pinned = pinned;
    const came = link.matches(".ref") ? this.showNote(link) : await this.showCitation(link);
    if (this.link !== link) return; // closed, or another was asked for, while this one was on its way
    if (!came) {
      this.close();
      return;
    }
    this.hidden = false;
    this.place(link);
    if (pinned) this.focus();
  }

  showNote(ref) {
    const item = document.getElementById(ref.hash.slice(1));
    const note = item.querySelector(":scope > div").cloneNode(true);
    for (const each of note.querySelectorAll("[id]")) each.removeAttribute("id");
    for (const back of note.querySelectorAll(".again, .more")) back.remove();
    const all = document.createElement("a");
    all.className = "button small";
    all.href = ref.hash;
    all.textContent = "Among the notes";
    all.addEventListener("click", () => this.close(false));
    this.setAttribute("aria-label", `Note ${ref.textContent.replace(/[^0-9]/g, "")}`);
    this.inside.replaceChildren(note, all);
    return true;
  }

  // Returns whether it came; if not, trouble.js says why, and what the card held of another link must not be shown.
  async showCitation(link) {
    const before = this.inside.firstElementChild;
    htmx.trigger(this, "htmx:abort"); // or htmx would first finish one that nobody wants any more
    try {
      await htmx.ajax("GET", link.dataset.card, { source: this, target: this.inside, swap: "innerHTML" });
    } catch {
      return false;
    }
    if (this.inside.firstElementChild === before) return false;
    const what = link.matches(".cite") ? "Source" : "Named";
    if (this.link === link) this.setAttribute("aria-label", `${what}: ${link.textContent}`);
    return true;
  }

  // Below the link's first line, or above it where there is no room; on phones CSS makes it a sheet.
  place(link) {
    const rect = link.getClientRects()[0];
    const top = rect.bottom + this.offsetHeight + ROOM > innerHeight ? rect.top - this.offsetHeight - ROOM / 2 : rect.bottom + ROOM / 2;
    const left = Math.min(Math.max(rect.left, ROOM), document.documentElement.clientWidth - this.offsetWidth - ROOM);
    this.style.top = `${Math.round(top + scrollY)}px`;
    this.style.left = `${Math.round(left + scrollX)}px`;
  }

  close(back = true) {
    clearTimeout(this.timer);
    const link = this.link;
    this.link = null; // one that is still on its way stays closed
    this.pinned = false;
    if (this.hidden) return;
    const had = this.contains(document.activeElement);
    this.hidden = true;
    if (back && had) link?.focus();
  }
}
customElements.define("reading-card", ReadingCard);
