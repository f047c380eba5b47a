// How well the surroundings of a place agree with those a passage had: the twin of context.py.
// A context is {before, after}, widely folded, each from the passage outwards; `others` are the sides without next lines.

import { Folded } from "./folding.js";
import { likeness, likestStretch } from "./likeness.js";

export const SIDE = 64;
const NEAR = 16;
const AGREES = 0.68;
const SLACK = 24;
const LINES = 4;
const LONGEST_LINES = 320;
const FALLEN_IN = 0.95;

const reversed = (text) => text.split("").reverse().join("");

export function contextOf(before, after) {
  const text = new Folded(`${before}¶${after}`);
  return contextAt(text, before.length, before.length + 1);
}

export function contextAt(text, start, end, length = SIDE) {
  const [first, last] = text.foldedRange(start, end);
  return {
    before: reversed(text.wide.text.slice(Math.max(0, first - length), first)),
    after: text.wide.text.slice(last, last + length),
    others: () => [pastLines(text, first, -1, length), pastLines(text, last, 1, length)],
  };
}

export function agreement(context, text, start, end) {
  const reach = Math.max(context.before.length, context.after.length) + SLACK;
  const before = reversed(text.wide.text.slice(Math.max(0, start - reach), start));
  const after = text.wide.text.slice(end, end + reach);
  const sides = [
    [side(context.before, before, () => context.others?.()[0] ?? [], () => pastLines(text, start, -1, reach)), context.before, before],
    [side(context.after, after, () => context.others?.()[1] ?? [], () => pastLines(text, end, 1, reach)), context.after, after],
  ].map(([value, wanted, there]) => ({ value, weight: Math.min(wanted.length, there.length, NEAR) / NEAR }));
  const agreeing = sides.filter(({ value }) => value !== null && value >= AGREES).map(({ weight }) => weight);
  const sum = agreeing.reduce((total, weight) => total + weight, 0);
  return {
    speaksFor: sum >= 0.5 && (agreeing.length > 1 || agreeing[0] >= 0.5),
    total: sides.reduce((total, { value, weight }) => total + (value === null ? 0 : (value - 0.4) * weight), 0),
  };
}

function side(wanted, there, lessWanted, lessThere) {
  if (!wanted || !there) return null;
  const value = sideLikeness(wanted, there);
  if (value >= AGREES) return value;
  const others = [
    ...lessWanted().filter((one) => one.length >= NEAR).map((one) => sideLikeness(one, there)),
    ...lessThere().filter((one) => one.length >= NEAR).map((one) => sideLikeness(wanted, one)),
  ];
  return Math.max(value, ...others.map((other) => other * FALLEN_IN));
}

function pastLines(text, at, step, reach) {
  const { wide, text: source } = text;
  const sides = [];
  let edge = step > 0 ? (at ? wide.ends[at - 1] : 0) : (wide.starts[at] ?? wide.ends.at(-1) ?? 0);
  const furthest = edge + step * LONGEST_LINES;
  for (let line = 0; line < LINES; line += 1) {
    edge = step < 0 ? (edge > 0 ? source.lastIndexOf("\n", edge - 1) : -1) : source.indexOf("\n", edge) + 1;
    if (step < 0 ? edge < Math.max(0, furthest) : edge === 0 || edge > furthest) break;
    if (step < 0) {
      const last = text.foldedRange(0, edge)[1];
      sides.push(reversed(wide.text.slice(Math.max(0, last - reach), last)));
    } else {
      const first = text.foldedRange(edge, source.length)[0];
      sides.push(wide.text.slice(first, first + reach));
    }
  }
  return sides;
}

function sideLikeness(wanted, there) {
  const length = Math.min(wanted.length, SIDE, there.length);
  const near = likeness(wanted.slice(0, Math.min(NEAR, length)), there.slice(0, Math.min(NEAR, length)));
  const middle = likeness(wanted.slice(0, length), there.slice(0, length));
  if (wanted.length <= SIDE || there.length < wanted.length) return (near + middle) / 2;
  const far = likestStretch(wanted.slice(-SIDE), there.slice(wanted.length - SIDE - SLACK, wanted.length + SLACK)).likeness;
  return near / 4 + middle / 4 + Math.max(0, far) / 2;
}
