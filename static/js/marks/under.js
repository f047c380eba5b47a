// Which annotations lie under passages that are picked or selected.
import { smallestFirst } from "./chooser.js";
import { rangeOf } from "./places.js";

function marksIn(range) {
  const { commonAncestorContainer: common } = range;
  const root = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
  return [root.closest("mark.a"), ...root.querySelectorAll("mark.a")].filter((mark) => mark && range.intersectsNode(mark));
}

// Their keys, the smallest first; those that are filtered out are not shown here either.
export function keysUnder(passages) {
  const marks = passages.map(rangeOf).filter(Boolean).flatMap(marksIn);
  return smallestFirst(marks.flatMap((mark) => mark.dataset.ids.split(" ")));
}
