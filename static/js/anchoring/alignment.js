// Finding a passage whose letters have changed: the twin of alignment.py. Places are ranges of the wide fold.

import { FALLEN_IN, GRAM, LONGEST_JUMP, candidates, chain, runs } from "./chains.js";
import { SIDE } from "./context.js";
import { distance, likestStretch } from "./likeness.js";

const JUMP = 8;
const LONGEST_LINES = 150;
const LONGEST_GAP = 1500;

// The places most like the passage: [{start, end, likeness}, ...].
export function likelyPlaces(wanted, text) {
  const before = wanted.context.before.slice(0, SIDE).split("").reverse().join("");
  const joined = before + wanted.key + wanted.context.after.slice(0, SIDE);
  const [start, end] = [before.length, before.length + wanted.key.length];
  return candidates(joined, text)
    .map((matches) => aligned(joined, text.wide.text, chain(runs(matches)), start, end, wanted))
    .filter((found) => found && found.start < found.end);
}

function aligned(joined, letters, row, start, end, wanted) {
  const inside = row.map((run) => clipped(run, start, end)).filter((run) => run.size > 0);
  const before = row.findLast((run) => run.ours + run.size <= start);
  const behind = row.find((run) => run.ours >= end);
  if (!inside.length) return inGap(wanted.key, letters, before, behind);
  const [first, last] = [inside[0], inside.at(-1)];
  const [left, right] = [first.theirs, last.theirs + last.size];
  const head = reversed(joined.slice(start, first.ours));
  const low = before ? before.theirs + before.size : 0;
  const toLeft = edge(head, reversed(letters.slice(low, left)), before && start - before.ours - before.size);
  const tail = joined.slice(last.ours + last.size, end);
  const toRight = edge(tail, letters.slice(right, behind?.theirs ?? letters.length), behind && behind.ours - end);
  let lost = toLeft.lost + toRight.lost;
  for (const [number, run] of inside.slice(1).entries()) {
    const from = inside[number];
    const ours = [from.ours + from.size, run.ours];
    lost += lostInGap(joined.slice(...ours), letters.slice(from.theirs + from.size, run.theirs), ours[0] - start, ours[1] - start, wanted);
  }
  return { start: left - toLeft.size, end: right + toRight.size, likeness: Math.max(0, 1 - lost / (end - start)) };
}

const reversed = (text) => text.split("").reverse().join("");

function clipped(run, start, end) {
  const skip = Math.max(0, start - run.ours);
  return { ours: run.ours + skip, theirs: run.theirs + skip, size: Math.min(run.ours + run.size, end) - run.ours - skip };
}

// How much of `there` belongs to an edge of the passage, and how many of its letters differ.
function edge(wanted, there, beyond) {
  if (!wanted || wanted.length > LONGEST_GAP) return { size: 0, lost: wanted.length };
  const room = Math.min(there.length, wanted.length + FALLEN_IN);
  let best = null;
  for (let size = 0; size <= room; size += 1) {
    const lost = distance(wanted, there.slice(0, size));
    const one = { size, lost, cost: lost + size / 2, off: Math.abs(size - wanted.length) };
    if (!best || one.cost < best.cost || (one.cost === best.cost && one.off < best.off)) best = one;
  }
  const fallen = beyond === undefined ? 0 : there.length - wanted.length - beyond;
  if (fallen >= JUMP && fallen <= LONGEST_JUMP) {
    const stop = there.length - beyond;
    const over = distance(wanted, there.slice(stop - wanted.length, stop));
    if (over + wanted.length / 2 < best.cost && over <= Math.floor(wanted.length / 2)) return { size: stop, lost: over + 1 };
  }
  return best;
}

function lostInGap(ours, theirs, start, end, wanted) {
  const grown = theirs.length - ours.length;
  if (Math.max(ours.length, theirs.length) > LONGEST_GAP) return Math.max(ours.length, theirs.length);
  if (grown >= JUMP) return FALLEN_IN + around(ours, theirs);
  const isShort = -grown >= JUMP && -grown <= Math.min(LONGEST_LINES, Math.floor(wanted.key.length / 2));
  if (isShort && standsOnLines(wanted, start, end)) return FALLEN_IN + around(theirs, ours);
  return distance(ours, theirs);
}

function around(short, long) {
  let least = Infinity;
  for (let at = 0; at <= short.length; at += 1) {
    const rest = long.slice(long.length - short.length + at);
    least = Math.min(least, distance(short.slice(0, at), long.slice(0, at)) + distance(short.slice(at), rest));
  }
  return least;
}

function standsOnLines(wanted, start, end) {
  const [left, right] = wanted.quote.sourceRange(start, Math.max(end, start + 1));
  return wanted.quote.text.slice(Math.max(0, left - 2), right + 2).split("\n").length > 2;
}

function inGap(quote, letters, before, behind) {
  if (!before && !behind) return null;
  const room = quote.length + 2 * GRAM;
  const low = before ? before.theirs + before.size : Math.max(0, behind.theirs - room);
  const high = behind ? behind.theirs : low + room;
  if (high <= low || high - low > quote.length + LONGEST_JUMP || quote.length > LONGEST_GAP) return null;
  const found = likestStretch(quote, letters.slice(low, high));
  return { start: low + found.start, end: low + found.end, likeness: Math.max(0, found.likeness) };
}
