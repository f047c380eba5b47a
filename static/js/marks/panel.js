// The annotations of an article: from 1440 px beside their passages, else a drawer, on phones a sheet from below. They stand
// outside the text, and nothing here moves it.
import { isShown as isOnScreen } from "../keys/acts.js";
import { lastAbove, whileScrolling } from "../reading-line.js";
import { besides } from "./beside.js";
import { cardOf, cards, current, setCurrent, show } from "./current.js";
import { bring, isEmpty } from "./filling.js";
import { apply, draw } from "./filters.js";
import { firstOf, forgetHeights, topOf } from "./first-pieces.js";
import { drawRuler, followView, makeRuler } from "./ruler.js";

const WIDE = matchMedia("(min-width: 1440px)");
const SHEET = matchMedia("(max-width: 699px)");
const SHEET_LINE = 0.15; // of the window: above the sheet, below the bar
const GAP = 12;
const MOST_BESIDE = 150; // cards; more are a list that scrolls by itself, and are not measured one by one
const SETTLED_MS = 120; // after the last scrolling: what has come into sight by then is fetched

class MarkPanel extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("#cards");
    this.ruler = makeRuler();
    this.openers = [...document.querySelectorAll('[data-opens="panel"]')];
    this.listen = new AbortController();
    const { signal } = this.listen;
    document.addEventListener("marks:changed", () => this.changed(), { signal });
    document.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("keydown", (event) => this.keyed(event), { signal });
    addEventListener("hashchange", () => this.arrive(), { signal });
    WIDE.addEventListener("change", () => this.renew(), { signal });
    this.list.addEventListener("focusin", (event) => this.at(event.target.closest(".card")));
    this.sizes = new WeakMap();
    this.watcher = new ResizeObserver((changes) => this.resized(changes));
    for (const each of [document.getElementById("text"), this.list]) this.watcher.observe(each);
    this.addEventListener("scroll", () => this.settle(), { passive: true });
    this.stop = whileScrolling(() => { this.follow(); this.settle(); });
    this.renew();
    this.arrive();
  }

  disconnectedCallback() {
    this.listen.abort();
    this.watcher.disconnect();
    clearTimeout(this.settling);
    clearTimeout(this.ordering);
    this.stop();
    this.ruler.remove();
  }

  get isBeside() {
    return WIDE.matches && !document.body.matches(".with-page");
  }

  // The first word of a watcher is that it watches. A list of many cards is as high as they are, and moves nothing.
  resized(changes) {
    const isNew = changes.map(({ target, contentRect: { width, height } }) => {
      const [before, size] = [this.sizes.get(target), `${width} ${height}`];
      this.sizes.set(target, size);
      return before && before !== size && !(target === this.list && this.isCrowded);
    });
    if (isNew.some(Boolean)) this.asked ||= requestAnimationFrame(() => { this.asked = 0; forgetHeights(); this.place(); });
  }

  // A card comes last from the site. Among thousands it goes to its place once it can be seen: that moves all after it.
  changed() {
    clearTimeout(this.ordering);
    if (this.isCrowded) this.ordering = setTimeout(() => this.order(), SETTLED_MS);
    else this.order();
    this.renew();
  }

  // After cards or marks came, changed or went.
  renew() {
    draw(this.querySelector("[data-filters]"), () => { apply(); this.place(); });
    apply();
    show();
    this.querySelector("#mark-count").textContent = cards().length;
    this.place();
  }

  // Cards stand in the order of the page. One that is written in stays where it is, or it would lose the focus.
  order() {
    const last = this.list.lastElementChild;
    const mark = firstOf(last?.dataset.mark);
    if (!mark) return;
    const next = cards().find((card) => {
      const other = card !== last && firstOf(card.dataset.mark);
      return other && other !== mark && mark.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    if (next && !last.contains(document.activeElement)) next.before(last);
  }

  place() {
    const shown = cards().filter((card) => !card.hidden);
    const origin = document.getElementById("text").getBoundingClientRect().top + scrollY;
    const isMany = shown.length > MOST_BESIDE || this.isWaiting(shown);
    const tops = shown.map((card) => topOf(card.dataset.mark, origin, isMany));
    const heights = this.isBeside && !isMany ? shown.map((card) => card.offsetHeight) : [];
    // A form that is open for a while does not make a crowd.
    const room = Math.max(document.querySelector(".sheet").offsetHeight, innerHeight) + (this.querySelector(".editing")?.offsetHeight ?? 0);
    this.isCrowded = isMany || heights.reduce((sum, height) => sum + height + GAP, 0) > room;
    const isApart = this.isBeside && !this.isCrowded;
    this.classList.toggle("crowded", this.isBeside && this.isCrowded);
    this.list.style.minBlockSize = "";
    if (isApart) this.stack(shown, tops, heights);
    else for (const card of this.list.querySelectorAll(".placed")) { card.classList.remove("placed"); card.style.top = ""; }
    this.tops = shown.flatMap((card, i) => (tops[i] === undefined ? [] : [{ top: tops[i], colour: card.dataset.colour, card }]));
    this.tops.sort((a, b) => a.top - b.top);
    if (this.isBeside) drawRuler(this.ruler, this.tops);
    this.tell();
    this.settle();
  }

  // Few enough to stand beside their passages, but not all here yet: how high they are is known when they come.
  isWaiting(shown) {
    const empty = shown.length > MOST_BESIDE ? [] : shown.filter(isEmpty);
    if (empty.length && isOnScreen(this)) bring(empty).then(() => this.place());
    return empty.length > 0;
  }

  // Once scrolling has come to rest: the list goes where one reads, unless one is in it, and what is in sight is fetched.
  settle() {
    clearTimeout(this.settling);
    if (this.isCrowded || this.matches(".open")) this.settling = setTimeout(() => this.rest(), SETTLED_MS);
  }

  rest() {
    if (!isOnScreen(this)) return;
    if (this.isBeside && this.isCrowded && !this.matches(":hover, :focus-within")) this.goAlong();
    const shown = cards().filter((card) => !card.hidden);
    const box = this.getBoundingClientRect();
    const beginning = (i) => shown[i].getBoundingClientRect().top;
    const first = Math.max(lastAbove(shown.length, beginning, box.top - box.height), 0);
    bring(shown.slice(first, lastAbove(shown.length, beginning, box.bottom + box.height) + 1));
  }

  goAlong() {
    const at = lastAbove(this.tops.length, (i) => this.tops[i].top, scrollY + this.getBoundingClientRect().top);
    const card = this.tops[Math.min(at + 1, this.tops.length - 1)]?.card;
    if (!card?.isConnected) return;
    const head = this.querySelector(".panel-head").offsetHeight;
    this.scrollTop += card.getBoundingClientRect().top - this.getBoundingClientRect().top - head;
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
    this.tell();
  }

  tell() {
    const top = (i) => this.tops[i].top;
    const above = lastAbove(this.tops.length, top, scrollY + 60);
    const below = lastAbove(this.tops.length, top, scrollY + innerHeight) + 1;
    const words = [[this.tops[above], `${above + 1} more above`], [this.tops[below], `${this.tops.length - below} more below`]].filter(([goal]) => goal);
    const line = this.querySelector(".beyond");
    line.hidden = !this.tops.length || !this.isBeside; // where all are in sight it stays, empty: nothing moves
    const said = words.map(([, word]) => word).join();
    if (line.dataset.said === said && this.beyond === this.tops[above]?.card.id) return;
    [line.dataset.said, this.beyond] = [said, this.tops[above]?.card.id];
    line.replaceChildren(...words.map(([goal, word]) => linkTo(goal.card, word)).flatMap((link) => [link, " "]));
  }

  at(card) {
    if (!card || card.dataset.mark === current()) return;
    setCurrent(card.dataset.mark);
    if (this.isBeside && !this.isCrowded) this.place();
  }

  // An address such as #a<uid> means a card: its passage comes into the window with it.
  arrive() {
    const card = /^#a[0-9a-f-]{36}$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
    if (card) this.go(card.dataset.mark, { behavior: "instant" });
  }

  // To an annotation: its passage comes into sight, its card has the focus where it is shown. Resolves when it is there.
  async go(key, { open = true, behavior = "auto" } = {}) {
    if (cardOf(key) && isEmpty(cardOf(key))) await bring([cardOf(key)]);
    const card = cardOf(key);
    if (!card) return;
    if (open && !isOnScreen(card)) this.open();
    setCurrent(key);
    if (!this.isCrowded) this.place();
    this.bringIntoSight(firstOf(key), behavior);
    if (!isOnScreen(card)) return;
    card.focus({ preventScroll: true });
    if (!card.matches(".placed")) this.bringCard(card);
  }

  // Within the panel alone: the window is where the passage is.
  bringCard(card) {
    const box = this.getBoundingClientRect();
    const head = this.querySelector(".panel-head").getBoundingClientRect();
    const top = Math.max(box.top, head.bottom);
    const { top: from, bottom: to } = card.getBoundingClientRect();
    if (from < top) this.scrollTop += from - top - GAP;
    else if (to > box.bottom) this.scrollTop += Math.min(to - box.bottom + GAP, from - top);
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
