// Jumps inside an article: to note markers, to the hits of a search, to the printed page. Each goes on from where one is.
import { isShown, offer } from "./acts.js";
import { blocks, cursorBlock, put } from "./paragraphs.js";
import { say } from "./saying.js";

const MARKERS = "#text .ref";
const HITS = "#text mark.hit[id]"; // of a hit in several pieces the first has an id
const PAGE_LINKS = '[data-act="page-pane"]:is(a, button), .pane-bar a[aria-label="Close the page"], .byline a[href*="page="]';

const found = (selector) => [...document.querySelectorAll(selector)].filter(isShown);

// What holds the focus, else the paragraph cursor, else the top of what is in sight.
function isPast(each, step) {
  const here = document.querySelector("#text :focus") ?? cursorBlock();
  if (here === each) return false;
  if (!here) return step > 0 ? each.getBoundingClientRect().top > 0 : each.getBoundingClientRect().top < 0;
  const order = here.compareDocumentPosition(each);
  return Boolean(order & (step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
}

function jump(selector, step, name) {
  const all = found(selector);
  const next = step > 0 ? all.find((each) => isPast(each, 1)) : all.findLast((each) => isPast(each, -1));
  const goal = next ?? (step > 0 ? all[0] : all.at(-1)); // round the end
  const block = goal.closest("[id^='p']");
  if (blocks().includes(block)) put(block);
  if (!goal.matches("a")) goal.tabIndex = -1;
  goal.focus({ preventScroll: true });
  goal.scrollIntoView({ block: "center" });
  say(`${name} ${all.indexOf(goal) + 1} of ${all.length}`);
}

function offerJumps(name, selector, word) {
  const when = () => found(selector).length > 0;
  offer(`${name}-next`, { when, run: () => jump(selector, 1, word) });
  offer(`${name}-back`, { when, run: () => jump(selector, -1, word) });
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
offerJumps("marker", MARKERS, "Note marker");
offerJumps("hit", HITS, "Hit");
