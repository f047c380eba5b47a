// The paragraph cursor of an article: which paragraph one is at. It takes the real focus, so that Tab goes on from there and a
// screen reader reads it; a bar in the margin shows it. Its elements get nothing but a class and, while they are it, a
// tabindex: the text stays what it is.
import { offer } from "./acts.js";
import { onBackOut } from "./everywhere.js";

const BLOCK = /^p\d+$/;
const EDGE = 24; // pixels kept free below the bar and above the window's foot
const SMOOTH_MS = 600; // the most a browser takes to get there
const STEP = 0.5; // of the window, inside a paragraph longer than it

let cursor;
let heading; // where the window is scrolling to,
let until = 0; // and by when it will be there

export function blocks() {
  return [...document.querySelectorAll('#text [id^="p"]')].filter((each) => BLOCK.test(each.id));
}

export function cursorBlock() {
  return cursor?.isConnected ? cursor : null;
}

// What is free of the window between the bar and the dock.
function view() {
  const bar = document.querySelector(".topbar")?.getBoundingClientRect();
  const dock = document.querySelector(".dock")?.getBoundingClientRect();
  return { top: (bar?.bottom ?? 0) + EDGE, bottom: (dock?.height ? dock.top : innerHeight) - EDGE };
}

// A block's place in the window as it will be when the scrolling has ended.
function boxOf(block) {
  const shift = scrollFrom() - scrollY;
  const { top, bottom, height } = block.getBoundingClientRect();
  return { top: top - shift, bottom: bottom - shift, height };
}

function scrollTo(top, behavior = "auto") {
  heading = Math.max(0, Math.min(top, document.documentElement.scrollHeight - innerHeight));
  until = behavior === "instant" ? 0 : performance.now() + SMOOTH_MS;
  window.scrollTo({ top: heading, behavior });
}

function scrollFrom() {
  return performance.now() < until ? heading : scrollY;
}

// Moves on by one; returns false at the ends, where the browser may scroll.
function walk(step, repeated) {
  const all = blocks();
  const behavior = repeated ? "instant" : "auto";
  const here = placeOf(all);
  if (!here || isAway(here)) {
    put(firstInSight(all), behavior);
    return true;
  }
  if (scrollInside(here, step, behavior)) {
    hold(here);
    return true;
  }
  const next = all[all.indexOf(here) + step];
  if (next) put(next, behavior, step);
  return Boolean(next);
}

// Where the focus is on a hit, a marker or a link, it is in that one's paragraph that one is.
function placeOf(all) {
  const held = document.activeElement;
  return all.find((block) => block !== held && block.contains(held)) ?? cursorBlock();
}

function isAway(block) {
  const { top, bottom } = boxOf(block);
  const room = view();
  return bottom < room.top || top > room.bottom;
}

function scrollInside(block, step, behavior) {
  const { top, bottom } = boxOf(block);
  const room = view();
  const left = step > 0 ? bottom - room.bottom : room.top - top;
  if (left <= 1 || bottom - top <= room.bottom - room.top) return false;
  scrollTo(scrollFrom() + step * Math.min(left, (room.bottom - room.top) * STEP), behavior);
  return true;
}

// What the address points at, where it is in sight; else the first that begins in sight; else the one that fills it.
function firstInSight(all) {
  const room = view();
  const inSight = (block) => boxOf(block).top >= room.top - EDGE && boxOf(block).top < room.bottom;
  const target = all.find((block) => block.matches(":target") && inSight(block));
  return target ?? all.find(inSight) ?? all.findLast((block) => boxOf(block).top < room.top) ?? all[0];
}

function hold(block) {
  const before = cursorBlock();
  if (before === block && document.activeElement === block) return;
  cursor = block;
  block.classList.add("cursor");
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  if (before && before !== block) release(before);
}

export function put(block, behavior = "auto", step = 1) {
  hold(block);
  const { top, bottom, height } = boxOf(block);
  const room = view();
  if (top >= room.top && bottom <= room.bottom) return;
  const tall = height > room.bottom - room.top;
  // Going on, a paragraph comes to stand high in the window; going back, a long one is met at its end.
  if (tall && step < 0) scrollTo(scrollFrom() + bottom - room.bottom, behavior);
  else scrollTo(scrollFrom() + top - room.top - (tall ? 0 : Math.min((room.bottom - room.top) / 5, room.bottom - room.top - height)), behavior);
}

function release(block) {
  block.classList.remove("cursor");
  block.removeAttribute("tabindex");
  if (!block.className) block.removeAttribute("class");
}

addEventListener("scrollend", () => { until = 0; });

offer("paragraph-down", { when: () => blocks().length > 0, run: (event) => walk(1, event.repeat) });
offer("paragraph-up", { when: () => blocks().length > 0, run: (event) => walk(-1, event.repeat) });

onBackOut(() => {
  const block = cursorBlock();
  if (!block) return false;
  cursor = undefined;
  release(block);
  return true;
});
