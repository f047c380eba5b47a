// Passages on the page: from a browser's range to what the server stores, and back. A root is the article's text or one
// note; its words are those of Range.toString(), which are the canonical ones whatever is hidden of them.
import { blocks } from "../keys/paragraphs.js";
import { passageOf, trimmed, unitsIn } from "./selection.js";

export const panel = () => document.getElementById("panel");

// The notes by the key that the server knows them by: "n1:33 n2:34" in the panel.
function notes() {
  const pairs = (panel()?.dataset.notes ?? "").split(" ").filter(Boolean).map((pair) => pair.split(":"));
  return pairs.map(([id, key]) => ({ root: document.getElementById(`${id}-text`), note: Number(key) })).filter(({ root }) => root);
}

// What a range holds: a passage for each paragraph, head and note that it touches with more than blanks.
export function passagesOf(range) {
  const root = document.getElementById("text");
  if (!root || !panel()) return [];
  const text = root.textContent;
  const found = blocks().map((block) => ({ block, root, text, note: null }));
  found.push(...notes().map(({ root: own, note }) => ({ block: own, root: own, text: own.textContent, note })));
  return found.flatMap(({ block, root: own, text: words, note }) => {
    const piece = pieceOf(range, block);
    if (!piece) return [];
    return [{ ...passageOf(words, lengthBefore(own, block), piece), note, version: Number(panel().dataset.version) }];
  });
}

export function wholeBlock(block) {
  const range = document.createRange();
  range.selectNodeContents(block);
  return passagesOf(range);
}

// Where a range begins and ends in a paragraph, in units; null where it holds nothing of it.
export function pieceOf(range, block) {
  if (!range.intersectsNode(block)) return null;
  const all = document.createRange();
  all.selectNodeContents(block);
  const from = all.comparePoint(range.startContainer, range.startOffset) < 0 ? 0 : unitsTo(block, range.startContainer, range.startOffset);
  const isPast = all.comparePoint(range.endContainer, range.endOffset) > 0;
  const to = isPast ? block.textContent.length : unitsTo(block, range.endContainer, range.endOffset);
  return trimmed(block.textContent, from, to);
}

export function unitsTo(element, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(element);
  if (before.comparePoint(node, offset) < 0) return 0;
  before.setEnd(node, offset);
  return before.toString().length;
}

export function lengthBefore(root, block) {
  return root === block ? 0 : unitsTo(root, block, 0);
}

// The place of a unit of an element's text in its text nodes. At an edge between two, `last` takes the end of the first.
export function pointAt(element, units, last = false) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  let node = null;
  while (walker.nextNode()) {
    node = walker.currentNode;
    if (left < node.length || (last && left === node.length && left > 0)) return [node, left];
    left -= node.length;
  }
  return node ? [node, node.length] : [element, 0];
}

// The range of a passage on the page as it is drawn now; null where its note is not there.
export function rangeOf({ note, start, end }) {
  const root = note === null ? document.getElementById("text") : notes().find((each) => each.note === note)?.root;
  if (!root) return null;
  const text = root.textContent;
  const range = document.createRange();
  range.setStart(...pointAt(root, unitsIn(text, start)));
  range.setEnd(...pointAt(root, unitsIn(text, end), true));
  return range;
}
