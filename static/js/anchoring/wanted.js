// What to look for, and where its letters stand: the twins of wanted.py, occurrences.py and revision.py.

import { SIDE, agreement, contextAt, contextOf } from "./context.js";
import { Folded } from "./folding.js";
import { commonEnd, commonStart } from "./likeness.js";
import { cutsWord } from "./words.js";

const MOST = 1000;
const AS_GOOD = 0.04;
const ADJACENT = 5;
const LONGEST_CONTEXT = 4096;
const reversed = (text) => text.split("").reverse().join("");

// Two versions of a text; `old` is null when the one the annotation was made on is not known.
export class Revision {
  constructor(fresh, old = null) {
    Object.assign(this, { fresh, old, growth: old ? fresh.text.length - old.text.length : 0 });
    this.keptStart = old ? commonStart(old.text, fresh.text) : 0;
    this.keptEnd = old ? commonEnd(old.text, fresh.text) : 0;
  }
  samePlace(start, end) {
    if (!this.old) return null;
    if (end <= this.keptStart) return [start, end];
    return start >= this.old.text.length - this.keptEnd ? [start + this.growth, end + this.growth] : null;
  }
  expected(start) {
    if (!this.old || start <= this.keptStart) return start;
    const changed = this.old.text.length - this.keptEnd - this.keptStart;
    if (start >= this.keptStart + changed) return start + this.growth;
    return start + Math.floor((this.growth * (start - this.keptStart)) / changed);
  }
}

// {start, end, agreement} of each place of the key in the wide fold that cuts no word the passage did not cut.
export function occurrences(text, key, context, edges) {
  const found = [];
  for (let at = text.wide.text.indexOf(key); at >= 0 && found.length < MOST; at = text.wide.text.indexOf(key, at + 1)) {
    if (standsAlone(text, at, at + key.length, context, edges)) {
      found.push({ start: at, end: at + key.length, agreement: agreement(context, text, at, at + key.length) });
    }
  }
  return found;
}

function standsAlone(text, start, end, context, edges) {
  const [left, right] = text.sourceRange(start, end);
  const [before, after] = [context.before.slice(0, ADJACENT), context.after.slice(0, ADJACENT)];
  const isCutLeft = edges[0] && cutsWord(text.text, left);
  const isCutRight = edges[1] && cutsWord(text.text, right);
  return (
    !(isCutLeft && !(before && text.wide.text.slice(0, start).endsWith(reversed(before)))) &&
    !(isCutRight && !(after && text.wide.text.startsWith(after, end)))
  );
}

// The one whose surroundings agree best, of equals the nearest, and the others as good.
export function best(found, text, near) {
  if (!found.length) return [null, []];
  const top = Math.max(...found.map((one) => one.agreement.total));
  const leading = found.filter((one) => one.agreement.total >= top - AS_GOOD);
  const off = (one) => Math.abs(text.wide.starts[one.start] - near);
  const chosen = leading.toSorted((one, other) => off(one) - off(other) || one.start - other.start)[0];
  return [chosen, leading.filter((one) => one !== chosen)];
}

// What a selector asks for, or null if it names no passage. Offsets are UTF-16 units of the old text.
export function complete({ quote, position }, revision) {
  const { old } = revision;
  if (!quote) {
    if (!old || !position || !(0 <= position.start && position.start < position.end && position.end <= old.text.length)) return null;
    return fromOld(new Folded(old.text.slice(position.start, position.end)), position, revision);
  }
  if (!quote.exact.trim()) return null;
  const passage = new Folded(quote.exact);
  const [prefix, suffix] = [(quote.prefix ?? "").toWellFormed(), (quote.suffix ?? "").toWellFormed()];
  const context = contextOf(prefix, suffix);
  const place = old && inOld(passage, quote, position, old, context);
  if (place) return fromOld(passage, place, revision);
  const edges = [!cutsWord(prefix + quote.exact, prefix.length), !cutsWord(quote.exact + suffix, quote.exact.length)];
  return asked(passage, context, null, revision.expected(Math.max(position?.start ?? 0, 0)), edges);
}

function asked(quote, context, place, expected, edges) {
  const key = quote.wide.text;
  const size = [...key.slice(0, 600)].reduce((sum, letter) => sum + (letter >= "\u2e80" ? 2 : 1), 0);
  return { quote, key, context, place, expected, edges, size, twins: [] };
}

function inOld(passage, quote, position, old, context) {
  const key = passage.wide.text;
  if (position && old.text.slice(Math.max(position.start, 0), position.end) === quote.exact) {
    const isSame = old.text.slice(0, position.start).endsWith(quote.prefix ?? "") && old.text.startsWith(quote.suffix ?? "", position.end);
    if (isSame || !key) return position;
  }
  if (!key) return null;
  const [chosen, others] = best(occurrences(old, key, context, [false, false]), old, position?.start ?? 0);
  if (!chosen || (others.length && !position)) return null;
  const [start, end] = old.sourceRange(chosen.start, chosen.end);
  if (position && Math.abs(start - position.start) + Math.abs(end - position.end) <= quote.exact.length) {
    const given = old.text.slice(Math.max(position.start, 0), position.end);
    if (new Folded(given).wide.text === key) return { start: Math.max(position.start, 0), end: position.end };
  }
  return { start, end };
}

function fromOld(passage, place, revision) {
  const { old } = revision;
  const edges = [!cutsWord(old.text, place.start), !cutsWord(old.text, place.end)];
  return asked(passage, contextAt(old, place.start, place.end), place, revision.expected(place.start), edges);
}

// Lengthen the context until it tells the passage from the others with its letters.
export function toldApart(wanted, old) {
  if (!old || !wanted.place || !wanted.key) return wanted;
  const [first, last] = old.foldedRange(wanted.place.start, wanted.place.end);
  const letters = old.wide.text;
  const twins = occurrences(old, wanted.key, wanted.context, wanted.edges)
    .filter((one) => !(one.start < last && first < one.end))
    .sort((one, other) => other.agreement.total - one.agreement.total || one.start - other.start)
    .slice(0, 60);
  if (!twins.length) return wanted;
  const reaches = twins.map((twin) =>
    Math.min(
      commonEnd(letters.slice(Math.max(0, first - LONGEST_CONTEXT), first), letters.slice(Math.max(0, twin.start - LONGEST_CONTEXT), twin.start)),
      commonStart(letters.slice(last, last + LONGEST_CONTEXT), letters.slice(twin.end, twin.end + LONGEST_CONTEXT)),
    ),
  );
  const reach = Math.max(...reaches);
  if (reach < SIDE / 2) return { ...wanted, twins };
  const context = contextAt(old, wanted.place.start, wanted.place.end, Math.min(reach + SIDE, LONGEST_CONTEXT));
  return { ...wanted, twins, context };
}

export function twinContext(text, twin, like) {
  const length = Math.max(like.before.length, like.after.length, SIDE);
  return contextAt(text, ...text.sourceRange(twin.start, twin.end), length);
}
