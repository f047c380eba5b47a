// Keys that work on every page that has what they need.
import { isShown, offer, offerPress } from "./acts.js";

// The page's own box first, that of the whole archive last.
const SEARCH = ["[data-search]", "main input[type=search]", ".find input"];
const SEARCH_PAGE = "a[data-search-page]";
const UP = '[rel~="up"], .crumbs li:nth-last-child(2) a, .pagehead .kicker a';

let came; // from where one went to the search box

const box = () => SEARCH.flatMap((boxes) => [...document.querySelectorAll(boxes)]).find(isShown);

// A page without a box in sight leads to the page that is one.
const searchPage = () => document.querySelector(SEARCH_PAGE);

offer("search", {
  when: () => Boolean(box() ?? searchPage()),
  run: () => {
    if (!box()) {
      searchPage().click();
      return;
    }
    came = document.activeElement;
    box().focus();
    box().select();
  },
});

// The page above: what it says of itself, and from pages that say nothing the shelf.
function up() {
  const above = [...document.querySelectorAll(UP)].at(-1);
  const shelf = document.querySelector(".wordmark[href]");
  return above ?? (shelf && shelf.href !== location.href.split("#")[0] ? shelf : null);
}

offer("up", { when: () => Boolean(up()), run: () => up().click() });
offerPress("turn-back", 'main [rel~="prev"], .reader [rel~="prev"]');
offerPress("turn-on", 'main [rel~="next"], .reader [rel~="next"]');

const lettingGo = [];

// What Escape lets go of when nothing is open; the first that has something to let go of does. What is picked within
// something goes before it.
export function onBackOut(letGo, { first = false } = {}) {
  if (first) lettingGo.unshift(letGo);
  else lettingGo.push(letGo);
}

onBackOut(() => {
  const here = document.activeElement;
  if (here !== box() || here.value) return false;
  here.blur();
  if (came?.isConnected && came !== document.body) came.focus();
  return true;
});

offer("back-out", { run: () => lettingGo.some((letGo) => letGo()) });
