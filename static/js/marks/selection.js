// What a selection means, as the server counts: half-open ranges of code points. Pure; browsers count units of UTF-16, and
// this is the only place where one becomes the other. The cases are in tests/js/selection.test.js.

// Code points in the first `units` of a text.
export function pointsIn(text, units = text.length) {
  let points = 0;
  for (let at = 0; at < units; at += isPair(text, at) ? 2 : 1) points += 1;
  return points;
}

// Units of UTF-16 in the first `points` code points of a text.
export function unitsIn(text, points) {
  let at = 0;
  for (let left = points; left > 0 && at < text.length; left -= 1) at += isPair(text, at) ? 2 : 1;
  return at;
}

function isPair(text, at) {
  return text.codePointAt(at) > 0xffff;
}

// The part of a paragraph between two places (in units) without the blanks at its ends, as {start, end} in units; null where
// nothing is left, as of a paragraph at whose very start a triple click ends.
export function trimmed(text, from, to) {
  const [first, last] = [Math.max(from, 0), Math.min(to, text.length)];
  const piece = text.slice(first, Math.max(first, last));
  const kept = piece.trim();
  if (!kept) return null;
  const start = first + piece.length - piece.trimStart().length;
  return { start: whole(text, start, -1), end: whole(text, start + kept.length, 1) };
}

// A sign of two units is taken whole.
function whole(text, at, step) {
  return at > 0 && at < text.length && isPair(text, at - 1) ? at + step : at;
}

// A passage for the server, of a text that begins `before` units into its root's.
export function passageOf(rootText, before, { start, end }) {
  const first = pointsIn(rootText, before + start);
  const quote = rootText.slice(before + start, before + end);
  return { start: first, end: first + pointsIn(quote), quote };
}
