import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenWords, isEvery, rangeBetween } from "../../static/js/notebook/choosing.js";

test("what is chosen is said with its number", () => {
  assert.equal(chosenWords(0, false, 147), "Nothing is chosen");
  assert.equal(chosenWords(1, false, 147), "1 annotation chosen");
  assert.equal(chosenWords(37, false, 147), "37 annotations chosen");
  assert.equal(chosenWords(3, true, 1470), "All 1,470 annotations that match are chosen, also those beyond this page");
  assert.equal(chosenWords(0, true, 1), "The one annotation that matches is chosen");
});

test("all that match are meant where the form says so", () => {
  assert.equal(isEvery(new Map([["every", "on"]])), true);
  assert.equal(isEvery(new Map([["every", ""]])), false);
  assert.equal(isEvery(new Map()), false);
});

test("a range goes from one to the other, whichever stands first", () => {
  const all = ["a", "b", "c", "d"];
  assert.deepEqual(rangeBetween(all, "b", "d"), ["b", "c", "d"]);
  assert.deepEqual(rangeBetween(all, "d", "b"), ["b", "c", "d"]);
  assert.deepEqual(rangeBetween(all, "a", "a"), ["a"]);
  assert.deepEqual(rangeBetween(all, "gone", "b"), []);
});
