import assert from "node:assert/strict";
import { test } from "node:test";
import { fragmentAt, others, spoken, withTag, written } from "../../static/js/tags/fragments.js";

// `|` is the caret.
function at(written) {
  return [written.replace("|", ""), written.indexOf("|")];
}

test("what is typed is what stands between commas round the caret", () => {
  for (const [written, words] of [
    ["|", ""],
    ["ra|", "ra"],
    ["raid, bo|", "bo"],
    ["raid, b|o, x", "bo"],
    ["|raid, boats", "raid"],
    ["raid,|", ""],
    ["raid,| boats", "boats"],
    [" two words| ", "two words"],
  ]) {
    assert.equal(fragmentAt(...at(written)).words, words, written);
  }
});

test("a tag takes the place of what was typed and leaves the others", () => {
  for (const [written, after] of [
    ["ra|", "violence/raid, |"],
    ["|", "violence/raid, |"],
    ["boats, ra|", "boats, violence/raid, |"],
    ["boats,ra|,x", "boats, violence/raid, |x"],
    ["ra|, boats", "violence/raid, |boats"],
  ]) {
    const { value, caret } = withTag(...at(written), "violence/raid");
    assert.equal(`${value.slice(0, caret)}|${value.slice(caret)}`, after, written);
  }
});

test("a field for one tag has no fragments", () => {
  assert.equal(fragmentAt("a, b", 1, true).words, "a, b");
  assert.deepEqual(withTag("a, b", 1, "raid", true), { value: "raid", caret: 4 });
  assert.deepEqual(others("a, b", 1, true), []);
});

test("tags beside the one being typed are known", () => {
  assert.deepEqual(others(...at("raid, bo|, x/y ")), ["raid", "x/y"]);
  assert.deepEqual(others(...at("bo|")), []);
});

test("a tag is read with the steps above it", () => {
  assert.equal(spoken({ path: "violence/prison-break", name: "Prison break" }), "violence / Prison break");
  assert.equal(spoken({ path: "raid", name: "Raid" }), "Raid");
});

test("a tag of a path that several codebooks have is written with its codebook", () => {
  assert.equal(written({ path: "water/weir", written: "water/weir [shared]" }), "water/weir [shared]");
  assert.equal(written({ path: "water/weir", written: "water/weir [shared]" }, true), "water/weir");
  assert.equal(written({ path: "new words", isNew: true }), "new words");
});
