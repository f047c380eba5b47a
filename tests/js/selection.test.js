import assert from "node:assert/strict";
import { test } from "node:test";

import { passageOf, pointsIn, trimmed, unitsIn } from "../../static/js/marks/selection.js";

const TEXT = "a😀b 🇧🇷 e\u0301 字";

test("code points and units lead to each other and back", () => {
  assert.deepEqual([pointsIn("abc"), pointsIn("😀"), pointsIn("😀b", 2), pointsIn("")], [3, 1, 1, 0]);
  assert.deepEqual([unitsIn("😀b", 1), unitsIn("😀b", 2), unitsIn("ab", 9)], [2, 3, 2]);
  for (let points = 0; points <= [...TEXT].length; points += 1) assert.equal(pointsIn(TEXT, unitsIn(TEXT, points)), points);
});

test("half of a pair counts as one that stands alone", () => {
  assert.equal(pointsIn("\ud83dx"), 2);
});

test("blanks at the ends are left out", () => {
  assert.deepEqual(trimmed("  The lamps. ", 0, 13), { start: 2, end: 12 });
  assert.deepEqual(trimmed("The lamps were", 3, 10), { start: 4, end: 9 });
  assert.deepEqual(trimmed("The\u00a0lamps\n", 3, 10), { start: 4, end: 9 });
});

test("of a paragraph at whose start a selection ends nothing is taken", () => {
  for (const [from, to] of [[0, 0], [3, 4], [5, 5], [9, 2]]) assert.equal(trimmed("The lamps", from, to), null);
});

test("a selection that reaches beyond a paragraph is cut to it", () => {
  assert.deepEqual(trimmed("The lamps", -7, 400), { start: 0, end: 9 });
});

test("no sign is cut in half", () => {
  assert.deepEqual(trimmed("a😀b", 2, 4), { start: 1, end: 4 });
  assert.deepEqual(trimmed("a😀b", 0, 2), { start: 0, end: 3 });
});

test("a passage is counted from the beginning of its root", () => {
  const root = "😀 head\n\nThe lamps were lit.";
  const before = root.indexOf("The");
  assert.deepEqual(passageOf(root, before, { start: 4, end: 9 }), { start: 12, end: 17, quote: "lamps" });
});

test("any two places of any text give a passage whose words stand there", () => {
  const root = "\ud83d x 😀😀\n\n\ta\u0301😀 b\u2003";
  for (let from = 0; from <= root.length; from += 1) {
    for (let to = from; to <= root.length; to += 1) {
      const piece = trimmed(root, from, to);
      if (!piece) {
        assert.equal(root.slice(from, to).trim(), "");
        continue;
      }
      const { start, end, quote } = passageOf(root, 0, piece);
      assert.equal([...root].slice(start, end).join(""), quote);
      assert.equal(quote, quote.trim());
      assert.ok(quote.includes(root.slice(from, to).trim()));
    }
  }
});
