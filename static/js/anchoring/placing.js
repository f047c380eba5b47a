// Where a passage marked in one text stands in another: the twin of placing.py, tested with the same cases. `anchor`
// takes and gives code points.

import { likelyPlaces } from "./alignment.js";
import { agreement } from "./context.js";
import { narrow, sameWords } from "./folding.js";
import { best, complete, occurrences, toldApart, twinContext } from "./wanted.js";
import { changedNames, cutsWord, wholeWords } from "./words.js";

const FLOOR = 0.8;
const FLOOR_IN_CONTEXT = 0.6;
const SHORT = 12;
const TELLING = 24;
const TELLING_SHARE = 0.6;
const OTHERS = 0.15;
const WHOLLY_AGREED = 1.1;
const NOT_QUITE = 0.99;
const UNPROVEN = 0.5;
const LONGEST_WORD = 24;
const orphan = (score = 0, candidate = null) => ({ status: "orphan", start: null, end: null, score, candidate });

export const codePoints = (text, units) => [...text.slice(0, units)].length;

export function units(text, points) {
  let at = 0;
  for (let left = points; left > 0 && at < text.length; left -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

export function anchor({ quote = null, position = null }, revision) {
  const { fresh, old } = revision;
  const total = codePoints((old ?? fresh).text, Infinity);
  const isInside = position && 0 <= position.start && position.start < position.end && position.end <= total;
  const of = (old ?? fresh).text;
  const inUnits = position && { start: isInside ? units(of, position.start) : -1, end: isInside ? units(of, position.end) : -1 };
  const placed = inUtf16({ quote, position: inUnits }, revision);
  if (placed.start === null) return placed;
  return { ...placed, start: codePoints(fresh.text, placed.start), end: codePoints(fresh.text, placed.end) };
}

function inUtf16(selector, revision) {
  const { fresh, old } = revision;
  if (!selector.quote && !old) {
    const { start, end } = selector.position ?? { start: -1, end: -1 };
    return 0 <= start && start < end ? { status: "fuzzy", start, end, score: UNPROVEN } : orphan();
  }
  const wanted = complete(selector, revision);
  if (!wanted) return orphan();
  const same = wanted.place && revision.samePlace(wanted.place.start, wanted.place.end);
  if (same && (old.text === fresh.text || isWhole(wanted, fresh, same))) return placedAt(wanted, fresh, ...same, 1);
  if (!wanted.key) return punctuation(wanted, fresh);
  return searched(toldApart(wanted, old), revision);
}

const isWhole = (wanted, fresh, [start, end]) =>
  !(wanted.edges[0] && cutsWord(fresh.text, start)) && !(wanted.edges[1] && cutsWord(fresh.text, end)) &&
  fresh.endsLetter(start) && fresh.endsLetter(end);

function placedAt(wanted, fresh, start, end, score) {
  if (sameWords(wanted.quote.text, fresh.text.slice(start, end))) return { status: "exact", start, end, score: 1 };
  return { status: "fuzzy", start, end, score: Math.min(score, NOT_QUITE) };
}

function punctuation(wanted, fresh) {
  const [key, fold] = [wanted.quote.narrow.text, fresh.narrow];
  const at = key ? fold.text.indexOf(key) : -1;
  if (at < 0 || fold.text.includes(key, at + 1)) return orphan();
  return placedAt(wanted, fresh, fold.starts[at], fold.ends[at + key.length - 1], 1);
}

function searched(wanted, revision) {
  const { fresh } = revision;
  const found = occurrences(fresh, wanted.key, wanted.context, wanted.edges);
  const [chosen] = best(found, fresh, wanted.expected);
  const isGiven = wanted.context.before || wanted.context.after;
  if (chosen && (!isGiven || (chosen.agreement.speaksFor && !isTwin(wanted, revision, chosen)))) return sameLetters(wanted, fresh, chosen);
  const likely = wanted.size < SHORT ? null : likeliest(wanted, revision);
  if (likely?.status === "fuzzy" && (!chosen || isBetter(likely, wanted, fresh, chosen))) return likely;
  if (chosen && isAcceptable(wanted, revision, chosen, found.length === 1)) return sameLetters(wanted, fresh, chosen);
  return chosen ? orphan(1, fresh.sourceRange(chosen.start, chosen.end)) : (likely ?? orphan());
}

function isBetter(likely, wanted, fresh, chosen) {
  const there = agreement(wanted.context, fresh, ...fresh.foldedRange(likely.start, likely.end));
  return there.speaksFor && there.total > chosen.agreement.total + OTHERS;
}

function isAcceptable(wanted, revision, chosen, isAlone) {
  if (wanted.size < SHORT) return false;
  if (!revision.old || !wanted.place) return isAlone || wanted.size >= 2 * TELLING;
  return !isTwin(wanted, revision, chosen);
}

function isTwin(wanted, { old, fresh }, { start, end, agreement: own }, twins = wanted.twins) {
  if (!old || own.total > WHOLLY_AGREED) return false;
  return twins.some((twin) => agreement(twinContext(old, twin, wanted.context), fresh, start, end).total > own.total + OTHERS);
}

function sameLetters(wanted, fresh, chosen) {
  let [start, end] = fresh.sourceRange(chosen.start, chosen.end);
  const words = narrow(wanted.quote.text);
  const before = words.startsWith("-") ? fresh.text.slice(0, start).match(/\p{Pd}\s*$/u) : null;
  const behind = words.endsWith("-") ? fresh.text.slice(end).match(/^\s*\p{Pd}+/u) : null;
  const [left, right] = [before ? before.index : start, behind ? end + behind[0].length : end];
  if (sameWords(wanted.quote.text, fresh.text.slice(left, right))) [start, end] = [left, right];
  return placedAt(wanted, fresh, start, end, 1);
}

function likeliest(wanted, revision) {
  const { fresh } = revision;
  const found = likelyPlaces(wanted, fresh)
    .map((place) => ({ ...place, agreement: agreement(wanted.context, fresh, place.start, place.end) }))
    .sort((one, other) => other.likeness + other.agreement.total - one.likeness - one.agreement.total || one.start - other.start);
  const enough = found.find((place) => isEnough(place, wanted, revision));
  if (!enough) return found.length ? orphan(found[0].likeness, fresh.sourceRange(found[0].start, found[0].end)) : null;
  let [start, end] = fresh.sourceRange(enough.start, enough.end);
  if (wanted.edges[0]) [start] = wholeWords(fresh.text, start, end);
  if (wanted.edges[1]) [, end] = wholeWords(fresh.text, start, end);
  return placedAt(wanted, fresh, start, end, enough.likeness);
}

function isEnough(place, wanted, revision) {
  const { fresh, old } = revision;
  const { speaksFor } = place.agreement;
  if (place.likeness < (speaksFor ? FLOOR_IN_CONTEXT : FLOOR) || isAnother(place, wanted, revision)) return false;
  const words = fresh.text.slice(...wholeWords(fresh.text, ...fresh.sourceRange(place.start, place.end), LONGEST_WORD));
  const changed = changedNames(wanted.quote.text, words, fresh, old);
  if (!changed.length) return true;
  const telling = place.likeness * wanted.key.length - changed.join("").length;
  return speaksFor && telling >= TELLING && telling >= TELLING_SHARE * wanted.key.length;
}

function isAnother(place, wanted, revision) {
  const { fresh, old } = revision;
  if (!old || !wanted.place) return false;
  const letters = fresh.wide.text.slice(place.start, place.end);
  const own = old.foldedRange(wanted.place.start, wanted.place.end);
  const others = [];
  for (let at = old.wide.text.indexOf(letters); at >= 0 && others.length < 20; at = old.wide.text.indexOf(letters, at + 1)) {
    if (at >= own[1] || at + letters.length <= own[0]) others.push({ start: at, end: at + letters.length });
  }
  return place.agreement.speaksFor ? isTwin(wanted, revision, place, others) : others.length > 0;
}
