// Where words begin and end, and whether two passages tell of other people, places or numbers: the twins of
// word_edges.py and names_and_numbers.py.

import { likeness, distance, replacedBlocks } from "./likeness.js";

const UNSPACED = /[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\u{20000}-\u{3ffff}]/u;
const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SAME_NAME = 0.6;
const before = (text, at) => [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
const after = (text, at) => [...text.slice(at, at + 2)][0] ?? "";

export function cutsWord(text, at) {
  const [left, right] = [before(text, at), after(text, at)];
  if (!left || !right) return false;
  if (LETTER.test(left) && LETTER.test(right)) return !(UNSPACED.test(left) || UNSPACED.test(right));
  if (DIGIT.test(left)) return DIGIT.test(right) || (",.:/".includes(right) && DIGIT.test(after(text, at + 1)));
  return ",.:/".includes(left) && DIGIT.test(right) && DIGIT.test(before(text, at - 1));
}

// The range with the rest of the words it cuts, where that rest is at most `reach` letters.
export function wholeWords(text, start, end, reach = 2) {
  let [left, right] = [start, end];
  while (left > 0 && start - left <= reach && cutsWord(text, left)) left -= 1;
  while (right < text.length && right - end <= reach && cutsWord(text, right)) right += 1;
  return [cutsWord(text, left) ? start : left, cutsWord(text, right) ? end : right];
}

const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const vocabularies = new WeakMap();

// How often each word of a text occurs, counted once.
function vocabulary(text) {
  if (!vocabularies.has(text)) {
    const counts = new Map();
    for (const word of wordsOf(text.text.toLowerCase())) counts.set(word, (counts.get(word) ?? 0) + 1);
    vocabularies.set(text, counts);
  }
  return vocabularies.get(text);
}

export function changedNames(quote, found, newText, oldText) {
  const [ours, theirs] = [wordsOf(quote), wordsOf(found)];
  const known = vocabulary(oldText ?? newText);
  const isWord = (word) => (known.get(word) ?? 0) > (oldText ? 0 : 1);
  const pairs = replacedBlocks(ours.map((word) => word.toLowerCase()), theirs.map((word) => word.toLowerCase())).flatMap(
    ([mine, yours]) => pairsOf(mine.map((at) => ours[at]), yours.map((at) => theirs[at])),
  );
  return pairs.filter(([mine, yours]) => isKey(mine) && isOther(mine, yours, isWord)).map(([mine]) => mine);
}

const alike = (one, other) => likeness(one.toLowerCase(), other.toLowerCase());

function pairsOf(old, fresh) {
  if (old.length === fresh.length) return old.map((word, at) => [word, fresh[at]]);
  if (!fresh.length || alike(old.join(""), fresh.join("")) > SAME_NAME) return [];
  return old.map((word) => [word, fresh.toSorted((one, other) => alike(word, other) - alike(word, one))[0]]);
}

const isKey = (word) => /^[\p{Lu}\p{Nd}]/u.test(word);

function isOther(mine, yours, isWord) {
  if (/^\p{Nd}+$/u.test(mine)) return /^\p{Nd}+$/u.test(yours) || alike(mine, yours) === 0;
  const [one, other] = [mine.toLowerCase(), yours.toLowerCase()];
  if (isWord(other)) return true;
  if (one.length <= 3) return distance(one, other) > 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return alike(one, other) < SAME_NAME || (long.length - short.length > 1 && (long.startsWith(short) || long.endsWith(short)));
}
