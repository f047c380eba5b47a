import assert from "node:assert/strict";
import { test } from "node:test";

import { besides, grouped } from "../../static/js/marks/beside.js";

const crowd = (count, wanted = 100, height = 20) => Array.from({ length: count }, () => ({ wanted, height }));

test("cards with room stand beside their passages", () => {
  assert.deepEqual(besides([{ wanted: 5, height: 20 }, { wanted: 60, height: 20 }], 10), [5, 60]);
});

test("a crowd shares the way: some stand higher, some lower", () => {
  assert.deepEqual(besides(crowd(3), 10), [70, 100, 130]);
});

test("nothing stands above the head of the column", () => {
  assert.deepEqual(besides(crowd(3, 10), 10), [0, 30, 60]);
  assert.deepEqual(besides([{ wanted: -40, height: 20 }, { wanted: 50, height: 20 }], 10), [0, 50]);
});

test("the card that is read stands at its passage, and the others make room", () => {
  const tops = besides(crowd(3), 10, 2);
  assert.ok(Math.abs(tops[2] - 100) < 0.01);
  assert.ok(Math.abs(tops[0] - 40) < 0.01);
});

test("whatever the heights, all stand in order and apart", () => {
  for (let seed = 1; seed < 80; seed += 1) {
    let at = -30;
    const pieces = Array.from({ length: 25 }, (_, i) => {
      at += (seed * (i + 3) * 7919) % 45;
      return { wanted: at, height: 20 + ((seed * i) % 60) };
    });
    const tops = besides(pieces, 8, seed % 26 === 25 ? -1 : seed % 26);
    assert.equal(tops.length, pieces.length);
    assert.ok(tops[0] >= 0);
    for (let i = 1; i < tops.length; i += 1) assert.ok(tops[i] - (tops[i - 1] + pieces[i - 1].height) > 7.999);
  }
});

test("no cards, no places", () => {
  assert.deepEqual(besides([], 10), []);
});

test("places near each other are one group", () => {
  assert.deepEqual(grouped([0, 50, 100, 300, 310, 900], 60), [[0, 2], [3, 4], [5, 5]]);
  assert.deepEqual(grouped([], 60), []);
});
