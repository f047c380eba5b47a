import assert from "node:assert/strict";
import { test } from "node:test";

import { nameFrom } from "../../static/js/marks/tag-words.js";

const from = (...quotes) => nameFrom(quotes.map((quote) => ({ quote })));

test("a tag is the words, without what would part it or name a codebook", () => {
  assert.equal(from("Kurdistan Workers’ Party"), "Kurdistan Workers’ Party");
  assert.equal(from("“ports, harbours/quays”[12]"), "ports harbours quays");
  assert.equal(from("the gate [of the]\n weir."), "the gate of the weir");
  assert.equal(from("Tête", "à tête"), "Tête à tête");
  assert.equal(from("… — [3]"), "");
});

test("a long passage gives its first whole words", () => {
  assert.equal(from("word ".repeat(40)), "word ".repeat(16).trim());
  assert.equal(from("x".repeat(200)), "x".repeat(80));
});
