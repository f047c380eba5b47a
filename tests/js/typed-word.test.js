import assert from "node:assert/strict";
import { test } from "node:test";

import { withChosen, wordAt } from "../../static/js/search/typed-word.js";

const at = (marked) => [marked.replace("|", ""), marked.indexOf("|")];
const put = (marked, written) => {
  const { value, caret } = withChosen(...at(marked), written);
  return `${value.slice(0, caret)}|${value.slice(caret)}`;
};

test("the word at the caret goes back to a blank or parenthesis, over quotes", () => {
  const cases = {
    "act|": "act",
    "lamp act|or": "act",
    '(lamp OR actor:"south a|sia")': 'actor:"south a',
    '"a phrase" x|': "x",
    "a |": "",
    "|a": "",
    "(-tag:esc|": "-tag:esc",
    "region:“upper ar|del” b": "region:“upper ar",
  };
  for (const [marked, words] of Object.entries(cases)) assert.equal(wordAt(...at(marked)).words, words, marked);
});

test("what is chosen takes the place of the whole word, and the caret stands ready for the next one", () => {
  assert.equal(put("lamp act|or weir", "actor:"), "lamp actor:|weir");
  assert.equal(put('lamp actor:"so|me one" weir', 'actor:"Some One"'), 'lamp actor:"Some One" |weir');
  assert.equal(put("-tag:es|", "tag:escape"), "-tag:escape |");
  assert.equal(put("(tal|", "actor:TTP"), "(actor:TTP |");
  assert.equal(put("tal|)", "actor:TTP"), "actor:TTP |)");
  assert.equal(put("|", "actor:"), "actor:|");
});

test("an open quote at the end of the query is a word to its end", () => {
  assert.equal(put('actor:"pak|istani tal', "actor:TTP"), "actor:TTP |");
});

const bracketed = [
  ["actor:(Islamic St|", "actor:Islamic St", 'actor:("Islamic State" '],
  ["actor:(TTP OR Islamic St|) x", "actor:Islamic St", 'actor:(TTP OR "Islamic State" ) x'],
  ["-actor:=(TTP, isl|", "actor:isl", '-actor:=(TTP, "Islamic State" '],
  ['actor:(TTP OR "Islamic St|"', 'actor:"Islamic St', 'actor:(TTP OR "Islamic State" '],
  ["(a OR Actor:(-isl|))", "Actor:isl", '(a OR Actor:(-"Islamic State" ))'],
  ["actor:(region:I|", "region:I", 'actor:(actor:"Islamic State" '],
  ["actor:(TTP) isl|", "isl", 'actor:(TTP) actor:"Islamic State" '],
  ["title:(prison isl|", "isl", 'title:(prison actor:"Islamic State" '],
  ["region:Iraq,isl|", "isl", 'region:Iraq,actor:"Islamic State" '],
  ["factor:(isl|", "isl", 'factor:(actor:"Islamic State" '],
];
for (const [typed, asked, chosen] of bracketed) {
  test(`what is typed in ${typed} is completed as its brackets' field says`, () => {
    const [value, caret] = [typed.replace("|", ""), typed.indexOf("|")];
    assert.equal(wordAt(value, caret).words, asked);
    assert.equal(withChosen(value, caret, 'actor:"Islamic State"').value, chosen);
  });
}
