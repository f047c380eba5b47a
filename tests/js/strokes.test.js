import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { isElsewhere, strokesOf } from "../../static/js/keys/strokes.js";

const CASES = JSON.parse(readFileSync(new URL("../cases/strokes.json", import.meta.url)));

for (const { why, event, strokes } of CASES) {
  test(why, () => assert.deepEqual(strokesOf(event), strokes));
}

const page = { closest: () => null };

test("keys with Ctrl, Alt or Cmd are somebody else's, but for the third level of a keyboard", () => {
  const level = (name) => name === "AltGraph";
  assert.equal(isElsewhere({ key: "j", target: page }), false);
  for (const held of ["ctrlKey", "altKey", "metaKey"]) assert.equal(isElsewhere({ key: "j", target: page, [held]: true }), true);
  assert.equal(isElsewhere({ key: "@", target: page, ctrlKey: true, altKey: true, getModifierState: level }), false);
  assert.equal(isElsewhere({ key: "@", target: page, metaKey: true, getModifierState: level }), true);
});

test("what is being composed is somebody else's", () => {
  assert.equal(isElsewhere({ key: "j", target: page, isComposing: true }), true);
  assert.equal(isElsewhere({ key: "j", target: page, keyCode: 229 }), true);
});

test("what is being written in a page made editable is somebody else's", () => {
  assert.equal(isElsewhere({ key: "j", target: { isContentEditable: true, closest: () => null } }), true);
  assert.equal(isElsewhere({ key: "j", target: null }), false);
});
