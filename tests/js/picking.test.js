import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, less, more, units, wordsOf } from "../../static/js/marks/picking.js";

const TEXTS = ["Lamps burn.[1] Nobody came. 😀 Gates shut.", "The Weir", "It rained on Gen. Smith. Then not."];
const sentences = (text) => units("sentence", text);
const words = (text) => units("word", text);
const said = (pick) => {
  const parts = TEXTS.map((text, i) => [...text].slice(i === pick.first ? pick.start : 0, i === pick.last ? pick.end : undefined).join(""));
  return parts.slice(pick.first, pick.last + 1).join("|");
};

test("words are those of the language, with the marker behind them", () => {
  const text = "Lamps burn.[1] 😀 Wasn’t it?";
  const found = wordsOf(text).map(({ start, end }) => [...text].slice(start, end).join(""));
  assert.deepEqual(found, ["Lamps", "burn.[1]", "Wasn’t", "it"]);
});

test("sentence after sentence is picked, on into the next paragraphs, and given back", () => {
  const seen = [];
  for (let pick = more(null, 0, TEXTS, sentences); pick; pick = more(pick, 0, TEXTS, sentences)) seen.push(pick);
  assert.deepEqual(seen.map(said), [
    "Lamps burn.[1]",
    "Lamps burn.[1] Nobody came.",
    "Lamps burn.[1] Nobody came. 😀 Gates shut.",
    "Lamps burn.[1] Nobody came. 😀 Gates shut.|The Weir",
    "Lamps burn.[1] Nobody came. 😀 Gates shut.|The Weir|It rained on Gen. Smith.",
    "Lamps burn.[1] Nobody came. 😀 Gates shut.|The Weir|It rained on Gen. Smith. Then not.",
  ]);
  for (let at = seen.length - 1; at > 0; at -= 1) assert.deepEqual(less(seen[at], TEXTS, sentences), seen[at - 1]);
  assert.equal(less(seen[0], TEXTS, sentences), null);
});

test("words round off what sentences picked", () => {
  const one = more(null, 2, TEXTS, sentences);
  assert.equal(said(less(one, TEXTS, words)), "It rained on Gen");
  assert.equal(said(more(one, 2, TEXTS, words)), "It rained on Gen. Smith. Then");
  assert.equal(said(more(null, 0, TEXTS, words)), "Lamps");
  assert.equal(less(more(null, 0, TEXTS, words), TEXTS, words), null);
});

test("the pick goes from sentence to sentence, both ways, and stops at the ends", () => {
  const seen = [];
  let pick = null;
  for (let next = beside(pick, 0, 1, TEXTS, sentences); next; next = beside(pick, 0, 1, TEXTS, sentences)) {
    pick = next;
    seen.push(said(pick));
  }
  assert.deepEqual(seen, ["Lamps burn.[1]", "Nobody came.", "😀 Gates shut.", "The Weir", "It rained on Gen. Smith.", "Then not."]);
  const back = [];
  for (let next = beside(pick, 0, -1, TEXTS, sentences); next; next = beside(pick, 0, -1, TEXTS, sentences)) {
    pick = next;
    back.push(said(pick));
  }
  assert.deepEqual(back, seen.slice(0, -1).reverse());
});

test("a text without sentences or words gives nothing", () => {
  assert.equal(more(null, 0, ["", " "], sentences), null);
  assert.equal(more(null, 0, ["…"], words), null);
});
