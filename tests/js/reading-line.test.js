import assert from "node:assert/strict";
import { test } from "node:test";

import { lastAbove, sharePassed } from "../../static/js/reading-line.js";

test("the last thing that begins above the line is being read", () => {
  const tops = [-300, -20, 100, 299, 300, 800];
  assert.equal(lastAbove(tops.length, (i) => tops[i], 300), 3);
});

test("nothing is being read before the first begins, and of nothing none", () => {
  assert.equal(lastAbove(2, (i) => [400, 900][i], 300), -1);
  assert.equal(lastAbove(0, () => assert.fail(), 300), -1);
});

test("of hundreds of things only a few are measured", () => {
  let measured = 0;
  const top = (i) => {
    measured += 1;
    return i * 50 - 9000;
  };
  assert.equal(lastAbove(400, top, 300), 185);
  assert.ok(measured <= 10);
});

test("a long text has passed from nothing to all", () => {
  assert.equal(sharePassed(400, 3000, 900), 0);
  assert.equal(sharePassed(300, 3000, 900), 0);
  assert.equal(sharePassed(-900, 3000, 900), 0.5);
  assert.equal(sharePassed(-2100, 3000, 900), 1);
  assert.equal(sharePassed(-9000, 3000, 900), 1);
});

test("nothing has passed before the first scrolling, however high the text begins", () => {
  assert.equal(sharePassed(200, 3000, 900, 200), 0);
  assert.equal(sharePassed(-2100, 3000, 900, 200), 1);
});

test("a text that fits the window has passed once its end is in it", () => {
  assert.equal(sharePassed(200, 500, 900), 1);
  assert.equal(sharePassed(600, 500, 900), 0);
});
