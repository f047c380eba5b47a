// Copies the paragraph one is at, or what is selected of text or endnotes, with the citation of its own page and address, in the
// style its reader chose last.
import { offer } from "./acts.js";
import { STYLES, citedPassage, passagePages } from "./citing.js";
import { blocks, cursorBlock } from "./paragraphs.js";
import { say } from "./saying.js";

const COOKIE = "citing"; // outlives a sign-out, which empties the browser's other stores
const A_YEAR = 365 * 24 * 60 * 60;

const cite = () => document.querySelector("#cite[data-cited]");
const choice = () => cite()?.querySelector("select[name=style]");

// The canonical text that is meant, and the first and last of its blocks; nothing where nothing is meant.
function passage() {
  const root = document.getElementById("text");
  const selection = getSelection();
  if (!root || !cite()) return null;
  if (selection.rangeCount && !selection.isCollapsed) {
    const found = selected(selection.getRangeAt(0), root) ?? inNote(selection.getRangeAt(0));
    if (found) return found;
  }
  const block = cursorBlock();
  return block && { quote: block.textContent, first: block, last: block };
}

function selected(whole, root) {
  const range = clipped(whole, root);
  const quote = range?.toString().trim();
  const touched = quote ? blocks().filter((block) => holds(range, block)) : [];
  return touched.length ? { quote, first: touched[0], last: touched.at(-1) } : null;
}

// What is selected in one endnote stands on the page on which its number does.
function inNote(range) {
  const text = [...document.querySelectorAll(".note-text")].find((each) => range.intersectsNode(each));
  const quote = text && clipped(range, text).toString().trim();
  if (!quote) return null;
  const { id } = text.closest("li");
  const block = document.querySelector(`#text a[href="#${CSS.escape(id)}"]`)?.closest("#text > *");
  return { quote, first: block, last: block, note: id };
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

function citation({ quote, first, last, note }) {
  const all = blocks();
  const { cited, pages } = cite().dataset;
  const own = first ? passagePages(pages, all.indexOf(first), all.indexOf(last)) : "";
  const address = cite().querySelector(".citation a").textContent.trim();
  const facts = { pages: own, note: note ? Number.parseInt(note.slice(1), 10) : null, url: `${address}#${note ?? first.id}` };
  return citedPassage(choice()?.value ?? "note", quote, JSON.parse(cited), facts);
}

// The choice is kept by the browser, for this site.
function remember() {
  document.cookie = `${COOKIE}=${choice().value}; path=/; max-age=${A_YEAR}; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  say("Passages are copied so from now on");
}

function recall() {
  const kept = document.cookie.split("; ").find((one) => one.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  if (choice() && STYLES.includes(kept)) choice().value = kept;
  choice()?.addEventListener("change", remember);
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
recall();
