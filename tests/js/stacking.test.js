import assert from "node:assert/strict";
import { test } from "node:test";

import { squeezed, stacked } from "../../static/js/stacking.js";

const tops = (...asked) => stacked(...asked).map((place) => place.top);
const groups = (...asked) => stacked(...asked).map((place) => place.group);

test("notes with room stand beside their markers", () => {
  assert.deepEqual(tops([{ wanted: 5, height: 20 }, { wanted: 60, height: 20 }], 10), [5, 60]);
});

test("two notes of one line share the way", () => {
  assert.deepEqual(tops([{ wanted: 100, height: 20 }, { wanted: 100, height: 20 }], 10), [85, 115]);
});

test("no note stands above the ceiling", () => {
  assert.deepEqual(tops([{ wanted: 0, height: 40 }, { wanted: 0, height: 40 }], 10), [0, 50]);
});

test("a crowd pushes its neighbour on only as far as needed", () => {
  const pieces = [{ wanted: 100, height: 50 }, { wanted: 110, height: 50 }, { wanted: 400, height: 20 }];
  assert.deepEqual(tops(pieces, 10), [75, 135, 400]);
});

test("those that crowd are told from those that do not", () => {
  const pieces = [{ wanted: 0, height: 9 }, { wanted: 100, height: 50 }, { wanted: 110, height: 50 }, { wanted: 400, height: 20 }];
  assert.deepEqual(groups(pieces, 10), [0, 1, 1, 2]);
});

test("no notes, no places", () => {
  assert.deepEqual(tops([], 10), []);
});

// A small generator of cases, always the same ones.
function* cases(count) {
  let seed = 7;
  const next = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
  for (let i = 0; i < count; i += 1) {
    const pieces = Array.from({ length: 1 + next(12) }, () => ({ wanted: next(900), height: 10 + next(80) }));
    yield pieces.sort((a, b) => a.wanted - b.wanted);
  }
}

test("notes keep their order and never overlap", () => {
  for (const pieces of cases(500)) {
    const found = tops(pieces, 10);
    assert.equal(found.length, pieces.length);
    assert.ok(found[0] >= 0);
    for (let i = 1; i < found.length; i += 1) {
      assert.ok(found[i] >= found[i - 1] + pieces[i - 1].height + 10 - 1e-6, JSON.stringify(pieces));
    }
  }
});

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
