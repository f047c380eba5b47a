// Where each annotation begins on the page: the first piece of its mark, and its height in the text. A walk over thousands
// of pieces is made once; what is drawn anew is walked alone, and since marks move no letter, heights stay until the text
// gets another size.
const firsts = new Map();
const shares = new WeakMap(); // of the letters of its paragraph, how many come before a piece: 0 to 1
const heights = new Map();
const boxes = new Map();
let isWalked = false;

export function firstOf(key) {
  if (!isWalked) walk(document);
  isWalked = true;
  return firsts.get(key);
}

// To be called when what is in an element was exchanged.
export function renewIn(element) {
  if (!isWalked) return;
  for (const [key, mark] of firsts) {
    if (mark.isConnected) continue;
    firsts.delete(key);
    heights.delete(key);
  }
  walk(element);
}

function walk(root) {
  for (const mark of root.querySelectorAll("mark.a")) {
    for (const key of mark.dataset.ids.split(" ")) {
      const known = firsts.get(key);
      if (known && known.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) continue;
      if (known !== mark) heights.delete(key);
      firsts.set(key, mark);
    }
  }
}

// The height of an annotation on the page, in pixels; undefined for one that has no mark. `isRough` takes it from the letters
// before it: to measure thousands of pieces takes the browser longer than to draw them.
export function topOf(key, textTop, isRough) {
  const mark = firstOf(key);
  if (!mark) return undefined;
  if (!mark.closest("#text")) return (isRough ? boxOf(mark.closest("li, section") ?? mark) : mark.getBoundingClientRect()).top + scrollY;
  if (isRough) return roughTop(mark, mark.closest("#text > *")) + textTop;
  if (!heights.has(key)) heights.set(key, mark.getBoundingClientRect().top + scrollY - textTop);
  return heights.get(key) + textTop;
}

function roughTop(mark, block) {
  if (!shares.has(mark)) count(block);
  const { top, height } = boxOf(block);
  return top - boxOf(block.parentElement).top + shares.get(mark) * height;
}

function boxOf(element) {
  if (!boxes.has(element)) boxes.set(element, element.getBoundingClientRect());
  return boxes.get(element);
}

function count(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const length = block.textContent.length || 1;
  let before = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) before += node.length;
    else if (node.localName === "mark") shares.set(node, before / length);
  }
}

export function forgetHeights() {
  heights.clear();
  boxes.clear();
}
