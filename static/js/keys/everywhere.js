// Keys that work on every page that has what they need.
import { isShown, offer, offerPress } from "./acts.js";

const SEARCH = '[data-search], .find input, [role="search"] input[type="search"], input[type="search"]';
const UP = '[rel~="up"], .crumbs li:nth-last-child(2) a, .pagehead .kicker a';

let came; // from where one went to the search box

const box = () => [...document.querySelectorAll(SEARCH)].find(isShown);

offer("search", {
  when: () => Boolean(box()),
  run: () => {
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
