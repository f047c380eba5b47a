// The annotations of an article: from 1440 px beside their passages, else a drawer, on phones a sheet from below. They stand
// outside the text, and nothing here moves it.
import { isShown as isOnScreen } from "../keys/acts.js";
import { whileScrolling } from "../reading-line.js";
import { besides } from "./beside.js";
import { cardOf, cards, current, marksOf, setCurrent, show } from "./current.js";
import { apply, draw } from "./filters.js";
import { drawRuler, followView, makeRuler } from "./ruler.js";

const WIDE = matchMedia("(min-width: 1440px)");
const SHEET = matchMedia("(max-width: 699px)");
const SHEET_LINE = 0.15; // of the window: above the sheet, below the bar
const GAP = 12;
const MOST_BESIDE = 150; // cards; more are a list that scrolls by itself, and are not measured one by one

class MarkPanel extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("#cards");
    this.ruler = makeRuler();
    this.openers = [...document.querySelectorAll('[data-opens="panel"]')];
    this.listen = new AbortController();
    const { signal } = this.listen;
    document.addEventListener("marks:changed", () => { this.order(); this.renew(); }, { signal });
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("keydown", (event) => this.keyed(event), { signal });
    addEventListener("hashchange", () => this.arrive(), { signal });
    WIDE.addEventListener("change", () => this.renew(), { signal });
    this.list.addEventListener("focusin", (event) => this.at(event.target.closest(".card")));
    this.watcher = new ResizeObserver(() => this.soon());
    for (const each of [document.getElementById("text"), this.list]) this.watcher.observe(each);
    this.stop = whileScrolling(() => this.follow());
    this.renew();
    this.arrive();
  }

  disconnectedCallback() {
    this.listen.abort();
    this.watcher.disconnect();
    this.stop();
    this.ruler.remove();
  }

  get isBeside() {
    return WIDE.matches && !document.body.matches(".with-page");
  }

  soon() {
    this.asked ||= requestAnimationFrame(() => { this.asked = 0; this.place(); });
  }

  // After cards or marks came, changed or went.
  renew() {
    draw(this.querySelector("[data-filters]"), () => { apply(); this.place(); });
    apply();
    show();
    this.place();
  }

  // Cards stand in the order of the page; a new one comes last from the site.
  order() {
    const last = this.list.lastElementChild;
    const firsts = this.firsts();
    const mark = firsts.get(last?.dataset.mark);
    if (!mark) return;
    const next = cards().find((card) => {
      const other = card !== last && firsts.get(card.dataset.mark);
      return other && other !== mark && mark.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (next) next.before(last);
  }

  place() {
    const shown = cards().filter((card) => !card.hidden);
    const tops = this.topsOf(shown);
    const isMany = shown.length > MOST_BESIDE;
    const heights = this.isBeside && !isMany ? shown.map((card) => card.offsetHeight) : [];
    // A form that is open for a while does not make a crowd.
    const room = Math.max(document.querySelector(".sheet").offsetHeight, innerHeight) + (this.querySelector(".editing")?.offsetHeight ?? 0);
    this.isCrowded = isMany || heights.reduce((sum, height) => sum + height + GAP, 0) > room;
    const isApart = this.isBeside && !this.isCrowded;
    this.classList.toggle("crowded", this.isBeside && this.isCrowded);
    this.list.style.minBlockSize = "";
    if (isApart) this.stack(shown, tops, heights);
    else for (const card of shown) { card.classList.remove("placed"); card.style.top = ""; }
    this.tops = shown.flatMap((card, i) => (tops[i] === undefined ? [] : [{ top: tops[i], colour: card.dataset.colour, card }]));
    this.tops.sort((a, b) => a.top - b.top);
    if (this.isBeside) drawRuler(this.ruler, this.tops);
    this.follow();
  }

  // The first piece of each mark, in one walk over the page.
  firsts() {
    const found = new Map();
    for (const mark of document.querySelectorAll("mark.a")) {
      for (const key of mark.dataset.ids.split(" ")) if (!found.has(key)) found.set(key, mark);
    }
    return found;
  }

  topsOf(shown) {
    const firsts = this.firsts();
    return shown.map((card) => {
      const mark = firsts.get(card.dataset.mark);
      return mark && mark.getBoundingClientRect().top + scrollY;
    });
  }

  stack(shown, tops, heights) {
    const origin = this.list.getBoundingClientRect().top + scrollY;
    const pieces = shown.map((_, i) => ({ wanted: (tops[i] ?? origin) - origin, height: heights[i] }));
    const places = besides(pieces, GAP, shown.findIndex((card) => card.dataset.mark === current()));
    shown.forEach((card, i) => {
      card.style.top = `${Math.round(places[i])}px`;
      card.classList.add("placed");
    });
    const end = Math.ceil((places.at(-1) ?? 0) + (heights.at(-1) ?? 0));
    this.list.style.minBlockSize = `${end}px`;
  }

  // How many lie above and below what is in the window, and a way there.
  follow() {
    followView(this.ruler);
    const above = this.tops.filter(({ top }) => top < scrollY + 60);
    const below = this.tops.filter(({ top }) => top > scrollY + innerHeight);
    const words = [["up", above.at(-1), `${above.length || "none"} above`], ["down", below[0], `${below.length || "none"} below`]];
    const line = this.querySelector(".beyond");
    line.hidden = !this.tops.length || !this.isBeside;
    const said = words.map(([, , word]) => word).join();
    if (line.dataset.said === said && this.beyond === above.at(-1)?.card) return;
    [line.dataset.said, this.beyond] = [said, above.at(-1)?.card];
    line.replaceChildren(...words.map(([, goal, word]) => (goal ? linkTo(goal.card, word) : word)).flatMap((part) => [part, " "]));
  }

  at(card) {
    if (!card || card.dataset.mark === current()) return;
    setCurrent(card.dataset.mark);
    if (this.isBeside) this.place();
  }

  // An address such as #a<uid> means a card: its passage comes into the window with it.
  arrive() {
    const card = /^#a[0-9a-f-]{36}$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
    if (card) this.go(card.dataset.mark, { behavior: "instant" });
  }

  // To an annotation: its passage comes into sight, its card has the focus where it is shown.
  go(key, { open = true, behavior = "auto" } = {}) {
    const card = cardOf(key);
    if (!card) return;
    if (open && !isOnScreen(card)) this.open();
    setCurrent(key);
    this.place();
    this.bringIntoSight(marksOf(key)[0], behavior);
    if (!isOnScreen(card)) return;
    card.focus({ preventScroll: true });
    if (!card.matches(".placed")) card.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // Where the sheet of a phone covers the lower part of the window, what is left above it counts.
  bringIntoSight(mark, behavior) {
    if (!mark) return;
    if (!this.matches(".open") || !SHEET.matches) mark.scrollIntoView({ block: "center", behavior });
    else window.scrollBy({ top: mark.getBoundingClientRect().top - innerHeight * SHEET_LINE, behavior });
  }

  clicked(event) {
    const opener = event.target.closest?.('[data-opens="panel"]');
    if (opener) this.toggle(opener);
    else if (this.contains(event.target) && event.target.closest(".close")) this.close();
  }

  keyed(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.matches(".open")) return;
    event.preventDefault();
    this.close();
  }

  toggle(opener = document.activeElement) {
    if (this.isBeside) this.querySelector("#panel-head").focus();
    else if (this.matches(".open")) this.close();
    else this.open(opener);
  }

  open(opener = document.activeElement) {
    if (this.isBeside || this.matches(".open")) return;
    this.opener = opener;
    this.classList.add("open");
    for (const each of this.openers) each.setAttribute("aria-expanded", "true");
    this.querySelector(".close").focus();
    this.place();
  }

  close() {
    this.classList.remove("open");
    for (const each of this.openers) each.setAttribute("aria-expanded", "false");
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }
}

function linkTo(card, words) {
  const link = document.createElement("a");
  link.href = `#${card.id}`;
  link.textContent = words;
  return link;
}
customElements.define("mark-panel", MarkPanel);
