import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Folded, sameWords } from "../../static/js/anchoring/folding.js";
import { anchor, codePoints, units } from "../../static/js/anchoring/placing.js";
import { Revision } from "../../static/js/anchoring/wanted.js";

const { cases } = JSON.parse(readFileSync(new URL("../annotations/anchoring_cases.json", import.meta.url), "utf8"));

const inCodePoints = ({ position, quote }, unit, old) => ({
  quote,
  position: position && unit === "utf16" ? { start: codePoints(old, position.start), end: codePoints(old, position.end) } : position,
});

for (const { id, old, selector, unit, new: fresh, expect } of cases) {
  test(`anchoring: ${id}`, () => {
    const revision = new Revision(new Folded(fresh), new Folded(old));
    const { status, start, end } = anchor(inCodePoints(selector, unit, old), revision);
    assert.deepEqual({ status, start, end }, { status: expect.status, start: expect.start ?? null, end: expect.end ?? null });
  });
}

test("code points and UTF-16 units are counted to and fro", () => {
  const text = "a\u{1f30a}b";
  assert.deepEqual([0, 1, 3, 4].map((at) => codePoints(text, at)), [0, 1, 2, 3]);
  assert.deepEqual([0, 1, 2, 3].map((at) => units(text, at)), [0, 1, 3, 4]);
});

test("the same words, however they are set, and others", () => {
  assert.ok(sameWords("the govern-\nment “fell”", 'the government "fell"'));
  assert.ok(sameWords("a well-\nknown trick", "a well-known trick"));
  assert.ok(!sameWords("re-sign", "resign"));
  assert.ok(!sameWords("café", "cafe"));
});

test("a place without a quote and without its text is taken unproven", () => {
  const revision = new Revision(new Folded("abcdef"));
  assert.deepEqual(anchor({ position: { start: 2, end: 5 } }, revision), { status: "fuzzy", start: 2, end: 5, score: 0.5 });
  assert.equal(anchor({ position: { start: 2, end: 9 } }, revision).status, "orphan");
});
