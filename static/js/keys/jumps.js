// Jumps inside an article: to note markers, to the hits of a search, to the printed page. Each goes on from where one is.
import { isShown, offer, offerPress } from "./acts.js";
import { blocks, cursorBlock, put } from "./paragraphs.js";
import { say } from "./saying.js";

const MARKERS = "#text .ref";
const PAGE_LINKS = '[data-act="page-pane"]:is(a, button)';

const found = () => [...document.querySelectorAll(MARKERS)].filter(isShown);

// What holds the focus, else the paragraph cursor, else the top of what is in sight.
function isPast(each, step) {
  const here = document.querySelector("#text :focus") ?? cursorBlock();
  if (here === each) return false;
  if (!here) return step > 0 ? each.getBoundingClientRect().top > 0 : each.getBoundingClientRect().top < 0;
  const order = here.compareDocumentPosition(each);
  return Boolean(order & (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
}

function walkMarkers(step) {
  const all = found();
  const next = step > 0 ? all.find((each) => isPast(each, 1)) : all.findLast((each) => isPast(each, -1));
  const goal = next ?? (step > 0 ? all[0] : all.at(-1)); // round the end
  const block = blocks().find((each) => each.contains(goal));
  if (block) put(block);
  goal.focus({ preventScroll: true });
  goal.scrollIntoView({ block: "center" });
  say(`Note marker ${all.indexOf(goal) + 1} of ${all.length}`);
}

// The link that shows the printed page or closes it. From the paragraph one is at, its own page is shown.
const pageLink = () => [...document.querySelectorAll(PAGE_LINKS)].find(isShown);

function turnPage() {
  const link = pageLink();
  const address = new URL(link.href ?? location.href);
  const block = cursorBlock();
  const sheet = block && sheetOf(blocks().indexOf(block), Number(address.searchParams.get("page")));
  if (sheet) {
    address.searchParams.set("page", sheet);
    address.hash = block.id;
  }
  if (sheet) location.assign(address);
  else link.click();
}

// Sheets of a file may be counted otherwise than printed pages: the link names the sheet of the article's first page.
function sheetOf(position, firstSheet) {
  const pages = (document.getElementById("cite")?.dataset.pages ?? "").split(" ").map((page) => Number.parseInt(page, 10));
  const known = pages.filter((page) => page > 0);
  return firstSheet && pages[position] > 0 ? pages[position] - Math.min(...known) + firstSheet : 0;
}

offer("page-pane", { when: () => Boolean(pageLink()), run: turnPage });
offer("marker-next", { when: () => found().length > 0, run: () => walkMarkers(1) });
offer("marker-back", { when: () => found().length > 0, run: () => walkMarkers(-1) });
// These walk by themselves: with an entry in the history, and saying which hit it is.
offerPress("hit-next", "#hit-next");
offerPress("hit-back", "#hit-previous");
offerPress("mark-read", "#mark-read");
