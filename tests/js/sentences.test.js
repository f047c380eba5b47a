import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { sentencesOf } from "../../static/js/sentences.js";

const CASES = JSON.parse(readFileSync(new URL("../cases/sentences.json", import.meta.url)));

const slice = (text, { start, end }) => [...text].slice(start, end).join("");

for (const { why, sentences, gap = " ", before = "", after = "" } of CASES) {
  test(why, () => {
    const text = before + sentences.join(gap) + after;
    assert.deepEqual(sentencesOf(text).map((range) => slice(text, range)), sentences);
  });
}

// Always the same strings of odd pieces.
function* oddTexts(count) {
  const pieces = ["U.S.", " ", "[1]", "Gen.", "The", "gate", ".", "?", "“", "”", "\n", "🌊", "A\u0301", "3.5", "no.", "(", ")", "\u00a0", "ا.", "。"];
  let seed = 11;
  const next = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
  for (let i = 0; i < count; i += 1) yield Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join("");
}

test("sentences are in order, apart, trimmed, and leave out nothing but blanks", () => {
  for (const text of oddTexts(2000)) {
    const points = [...text];
    let at = 0;
    for (const { start, end } of sentencesOf(text)) {
      assert.ok(at <= start && start < end && end <= points.length, text);
      assert.equal(points.slice(at, start).join("").trim(), "", text);
      assert.equal(slice(text, { start, end }).trim(), slice(text, { start, end }), text);
      at = end;
    }
    assert.equal(points.slice(at).join("").trim(), "", text);
  }
});

test("a long paragraph takes milliseconds", () => {
  const text = "The U.S. Department of Weirs held the gate (Dawn, Jan. 21).[1] ".repeat(2000);
  const began = performance.now();
  assert.equal(sentencesOf(text).length, 2000);
  assert.ok(performance.now() - began < 2000);
});
