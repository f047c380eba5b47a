// Copies the paragraph one is at, or what is selected of the text, with the article's citation and the passage's own page and address.
import { offer } from "./acts.js";
import { passagePages, withCitation, withPages } from "./citing.js";
import { blocks, cursorBlock } from "./paragraphs.js";
import { say } from "./saying.js";

const cited = () => document.querySelector("#cite .citation");

// The canonical text that is meant, and the first and last of its blocks; nothing where nothing is meant.
function passage() {
  const root = document.getElementById("text");
  const selection = getSelection();
  if (!root || !cited()) return null;
  if (selection.rangeCount && !selection.isCollapsed) {
    const range = clipped(selection.getRangeAt(0), root);
    const quote = range?.toString().trim();
    const touched = quote ? blocks().filter((block) => holds(range, block)) : [];
    if (touched.length) return { quote, first: touched[0], last: touched.at(-1) };
  }
  const block = cursorBlock();
  return block && { quote: block.textContent, first: block, last: block };
}

function clipped(range, root) {
  if (!range.intersectsNode(root)) return null;
  const kept = range.cloneRange();
  const all = document.createRange();
  all.selectNodeContents(root);
  if (kept.compareBoundaryPoints(Range.START_TO_START, all) < 0) kept.setStart(all.startContainer, all.startOffset);
  if (kept.compareBoundaryPoints(Range.END_TO_END, all) > 0) kept.setEnd(all.endContainer, all.endOffset);
  return kept;
}

// Whether a letter of the block is in the range; a triple click ends at the start of the next one, which is not meant.
function holds(range, block) {
  if (!range.intersectsNode(block)) return false;
  const inside = clipped(range, block);
  return inside.toString().trim() !== "";
}

// The pieces of the citation as the page gives it, but for its pages and its address.
function pieces(pages) {
  const found = [];
  const take = (node) => {
    if (node.nodeType === Node.TEXT_NODE) found.push({ text: node.data });
    else if (node.matches("a")) return;
    else if (node.matches("cite")) found.push({ text: node.textContent, tag: "cite" });
    else node.childNodes.forEach(take);
  };
  cited().childNodes.forEach(take);
  const spare = found.map(({ text, tag }) => ({ text: text.replace(/\s+/g, " "), tag })).filter(({ text }) => text);
  const last = spare.pop();
  return [...spare, { ...last, text: withPages(last.text.trimEnd(), document.getElementById("cite").dataset.range, pages) }];
}

function citation({ quote, first, last }) {
  const all = blocks();
  const { pages } = document.getElementById("cite").dataset;
  const own = passagePages(pages, all.indexOf(first), all.indexOf(last));
  const link = cited().querySelector("a");
  return withCitation(quote, pieces(own), `${link.textContent.trim()}#${first.id}`);
}

async function copy(given) {
  const { text, html } = citation(given);
  const said = (await written(text, html)) ? "Copied with its citation" : "The browser does not allow copying; select the text instead.";
  say(said);
}

async function written(text, html) {
  try {
    const kinds = { "text/plain": text, "text/html": html };
    const item = Object.entries(kinds).map(([type, body]) => [type, new Blob([body], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(item))]);
    return true;
  } catch {
    return handed(text, html);
  }
}

// Where the address is not a safe one, or leave is refused, the older way still works.
function handed(text, html) {
  let taken = false;
  const give = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    taken = true;
  };
  document.addEventListener("copy", give, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", give, { capture: true });
  return taken;
}

offer("copy", { when: () => Boolean(passage()), run: () => { copy(passage()); } });
