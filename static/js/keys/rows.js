// Lists: a key goes from row to row. The row's own link takes the focus, so that Enter opens it, Tab goes on from there
// and a screen reader reads it; the bar beside the row only follows.
import { isShown, offer } from "./acts.js";
import { onBackOut } from "./everywhere.js";

const ROWS = "[data-row], .shelf > li, .contents > li, .entries > li, .register > li, .passage, .entry, .result, .rows > li, .table tbody tr, " +
  "page-proof #findings > .findings > .finding";
const MAIN_LINK = ":is(h2, h3, h4) a[href], a[href]";

let last; // the row one was at, where the focus has gone elsewhere

const linkOf = (row) => (row.matches("[tabindex]") ? row : row.querySelector(":is(h2, h3, h4) a[href]") ?? row.querySelector(MAIN_LINK));

function rows() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.closest("main") && linkOf(row) && isShown(row));
}

// Where one is: in the focused row, else in the last one, else in the one whose page one comes from.
function current(all) {
  const focused = document.activeElement.closest?.(ROWS);
  return [focused, last, all.find((row) => linkOf(row).href === document.referrer)].find((row) => row && all.includes(row));
}

function walk(step) {
  const all = rows();
  const at = all.indexOf(current(all));
  const next = at < 0 ? firstInSight(all) : all[Math.min(Math.max(at + step, 0), all.length - 1)];
  linkOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  mark(next);
}

function firstInSight(all) {
  const bar = document.querySelector(".topbar")?.getBoundingClientRect().bottom ?? 0;
  return all.find((row) => row.getBoundingClientRect().top >= bar) ?? all[0];
}

function mark(row) {
  if (last !== row) last?.classList.remove("cursor");
  last = row;
  row?.classList.add("cursor");
}

offer("row-down", { when: () => rows().length > 0, run: () => walk(1) });
offer("row-up", { when: () => rows().length > 0, run: () => walk(-1) });
// Enter is the link's own; it is listed, and left to the browser.
offer("row-open", { when: () => rows().length > 0, run: () => false });

// The row's own button for it, while one is at the row.
const marking = () => document.activeElement.closest?.(ROWS)?.querySelector('button[id^="mark-"]');

offer("row-read", { when: () => isShown(marking()), run: () => marking().click() });

onBackOut(() => {
  if (!last?.matches(".cursor")) return false;
  last.classList.remove("cursor");
  if (last.contains(document.activeElement)) document.activeElement.blur();
  return true;
});
