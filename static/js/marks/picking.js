// Picking a passage by keys, sentence by sentence and word by word, over the ends of paragraphs. Pure: `texts` are those of
// the paragraphs, a pick is {first, start, last, end}: from a place in one of them to a place in the same or a later one, all
// in code points. tests/js/picking.test.js holds it.
import { sentencesOf } from "../sentences.js";
import { pointsIn } from "./selection.js";

const byWords = new Map();

// The words of a text as ranges of code points; a marker "[4]" goes with the word before it.
export function wordsOf(text, language = "en") {
  if (!byWords.has(language)) byWords.set(language, new Intl.Segmenter(language, { granularity: "word" }));
  const found = [];
  for (const { segment, index, isWordLike } of byWords.get(language).segment(text)) {
    if (!isWordLike) continue;
    const start = pointsIn(text, index);
    const closing = /^\d{1,3}$/.test(segment) && text[index - 1] === "[" && text[index + segment.length] === "]";
    if (closing && found.length) found.at(-1).end = start + pointsIn(segment) + 1;
    else found.push({ start, end: start + pointsIn(segment) });
  }
  return found;
}

export function units(name, text, language) {
  return name === "word" ? wordsOf(text, language) : sentencesOf(text, language);
}

// One sentence or word more: the first of paragraph `at` where nothing is picked yet. Null where the texts end.
export function more(pick, at, texts, unitsOf) {
  const [from, after] = pick ? [pick.last, pick.end] : [at, -1];
  for (let i = from; i < texts.length; i += 1) {
    const next = unitsOf(texts[i]).find(({ end }) => i > from || end > after);
    if (!next) continue;
    return pick ? { ...pick, last: i, end: next.end } : { first: i, start: next.start, last: i, end: next.end };
  }
  return null;
}

// One less at the end, where it has only part of one that part; null where nothing is left.
export function less(pick, texts, unitsOf) {
  for (let i = pick.last; i >= pick.first; i -= 1) {
    const touched = unitsOf(texts[i]).filter(({ start, end }) => (i < pick.last || start < pick.end) && (i > pick.first || end > pick.start));
    const before = touched.at(i < pick.last ? -1 : -2);
    if (before) return { ...pick, last: i, end: before.end };
  }
  return null;
}

// The sentence after the pick, or before it, instead of it; null where there is none.
export function beside(pick, at, step, texts, unitsOf) {
  if (!pick) return more(null, at, texts, unitsOf);
  if (step > 0) {
    const next = more(pick, at, texts, unitsOf);
    if (!next) return null;
    const unit = unitsOf(texts[next.last]).find(({ end }) => end === next.end);
    return { first: next.last, start: Math.max(unit.start, next.last === pick.last ? pick.end : 0), last: next.last, end: next.end };
  }
  for (let i = pick.first; i >= 0; i -= 1) {
    const unit = unitsOf(texts[i]).findLast(({ start }) => i < pick.first || start < pick.start);
    if (unit) return { first: i, start: unit.start, last: i, end: unit.end };
  }
  return null;
}
