import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, squeezed } from "../../static/js/stacking.js";

test("pieces with room stand where they want to", () => {
  assert.deepEqual(squeezed([{ wanted: 5, height: 20 }, { wanted: 60, height: 20 }], 10, 40), [5, 60]);
});

test("a crowd on one line keeps as many as stand near it, and the rest is left out", () => {
  const pieces = Array.from({ length: 6 }, () => ({ wanted: 100, height: 20 }));
  assert.deepEqual(squeezed(pieces, 10, 40), [80, 110, 140, null, null, null]);
});

test("nothing stands above the ceiling, and what wants to counts from there", () => {
  assert.deepEqual(squeezed([{ wanted: -80, height: 20 }, { wanted: -80, height: 20 }], 10, 40), [0, 30]);
});

test("a piece taller than its way is kept alone", () => {
  assert.deepEqual(squeezed([{ wanted: 50, height: 400 }, { wanted: 60, height: 20 }, { wanted: 500, height: 20 }], 10, 40), [50, null, 500]);
});

test("whatever crowds, what is kept is near, in order and apart", () => {
  for (let seed = 1; seed < 60; seed += 1) {
    let at = 0;
    const pieces = Array.from({ length: 20 }, (_, i) => {
      at += (seed * (i + 3) * 7919) % 45;
      return { wanted: at, height: 20 + ((seed * i) % 30) };
    });
    const tops = squeezed(pieces, 10, 40);
    const kept = pieces.map((piece, i) => ({ ...piece, top: tops[i] })).filter((piece) => piece.top !== null);
    assert.ok(kept.length > 0);
    assert.ok(kept.every((piece) => Math.abs(piece.top - piece.wanted) <= 40));
    assert.ok(kept.every((piece, i) => !i || kept[i - 1].top + kept[i - 1].height + 10 <= piece.top));
  }
});

test("no pieces, no places", () => {
  assert.deepEqual(squeezed([], 10, 40), []);
  assert.deepEqual(fitted([], 10, 40), []);
});

test("pieces that have room stay whole", () => {
  const pieces = [{ wanted: 0, heights: [100, 60, 20] }, { wanted: 120, heights: [300, 60, 20] }];
  assert.deepEqual(fitted(pieces, 10, 40), [{ top: 0, level: 0 }, { top: 120, level: 0 }]);
});

test("of a crowd no more is shortened than must be", () => {
  const pieces = [{ wanted: 0, heights: [200, 60, 20] }, { wanted: 60, heights: [200, 60, 20] }, { wanted: 900, heights: [90, 60, 20] }];
  assert.deepEqual(fitted(pieces, 10, 40), [{ top: 0, level: 1 }, { top: 70, level: 0 }, { top: 900, level: 0 }]);
});

test("without a bound all stay whole below each other", () => {
  const pieces = [1, 2, 3].map(() => ({ wanted: 5, heights: [200, 60, 20] }));
  assert.deepEqual(fitted(pieces, 10, Infinity).map(({ level }) => level), [0, 0, 0]);
  assert.deepEqual(fitted(pieces, 10, Infinity).map(({ top }) => top), [5, 215, 425]);
});

test("a crowd that is too large at its shortest leaves some out", () => {
  const pieces = Array.from({ length: 5 }, () => ({ wanted: 300, heights: [100, 60, 20] }));
  const tops = fitted(pieces, 10, 40).map(({ top }) => top);
  assert.equal(tops.filter((top) => top === null).length, 2);
});

test("hundreds of notes are placed in no time", () => {
  const pieces = Array.from({ length: 400 }, (_, i) => ({ wanted: i * 25, heights: [120, 60, 20] }));
  const began = performance.now();
  fitted(pieces, 10, 40);
  assert.ok(performance.now() - began < 400);
});
