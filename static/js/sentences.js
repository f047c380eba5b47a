// The sentences of a paragraph, as half-open ranges of code points. Pure; the cases are in tests/cases/sentences.json.
// Intl.Segmenter finds where sentences may end. Three things it cannot know of printed text: a note's marker belongs to the
// sentence before it, "Gen." and "U.S." end none, and neither does the initial of a name.
const MARKER = /\[\d{1,3}\]/g;
const NUMBER_AFTER = /\.["”’)]{0,3}\s{1,20}(?=\d)/g;
const LAST_WORD = /(\p{L}{1,12})\.$/u;
const BEFORE_NUMBERS = new Set(["art", "fig", "no", "nos", "p", "pp"]); // or else a word at an end
const SHORT = new Set(
  `adm al approx art assoc brig bros ca capt cf ch cmdr co col corp cpl dept dr ed eds eg est esp etc ft gen gov hon ie inc
   jan feb mar apr jun jul aug sep sept oct nov dec jr lt ltd maj mgr mr mrs ms mt mx op para pres prof pvt rep rev
   sect sen sgt sr st supt trans v viz vol vols vs`.split(/\s+/),
);
// These stand at a sentence's end as often as before a name; what follows decides.
const EITHER_WAY = new Set(["al", "bros", "co", "corp", "etc", "inc", "jr", "ltd", "sr"]);
const OPENERS = /^["'“‘«(\[¿¡\s]*/u;
const INITIALS = /(?:^|[\s("“‘[.-])\p{Lu}\.$/u; // "Samuel W."
const DOTTED = /\p{L}\.\p{L}{1,2}\.$/u; // "U.S.", "a.m.", "Ph.D."

let segmenter;

// Gives the {start, end} of each sentence of `text`, without the blanks between them, in order.
export function sentencesOf(text, language = "en") {
  segmenter ??= new Intl.Segmenter(language, { granularity: "sentence" });
  // Markers and line breaks read as blanks of the same length, so that what follows them decides.
  const seen = text.replace(MARKER, (marker) => " ".repeat(marker.length)).replace(/[\n\r\u2028\u2029]/g, " ");
  const pieces = [];
  for (const { segment } of segmenter.segment(seen)) for (const piece of beforeNumbers(segment)) take(pieces, piece);
  return ranges(text, pieces);
}

// A segmenter runs on from "held. 200 boats", as if a small letter followed.
function beforeNumbers(segment) {
  const pieces = [];
  let from = 0;
  for (const { index, 0: end } of segment.matchAll(NUMBER_AFTER)) {
    pieces.push(segment.slice(from, index + end.length));
    from = index + end.length;
  }
  return [...pieces, segment.slice(from)];
}

function take(pieces, piece) {
  if (pieces.length && goesOn(pieces.at(-1), piece)) pieces[pieces.length - 1] += piece;
  else pieces.push(piece);
}

// Whether the sentence before did not end: at an abbreviation, an initial, or before what no sentence begins with.
function goesOn(before, after) {
  const said = before.trimEnd().slice(-40);
  const next = after.replace(OPENERS, "");
  if (!said || !next || /^[\p{Ll},;:)\]%.]/u.test(next)) return true;
  if (!said.endsWith(".")) return false;
  if (DOTTED.test(said)) return !isStarter(next);
  if (INITIALS.test(said)) return true;
  const word = LAST_WORD.exec(said)?.[1].toLowerCase() ?? "";
  if (BEFORE_NUMBERS.has(word)) return /^\p{N}/u.test(next);
  return SHORT.has(word) && !(EITHER_WAY.has(word) && isStarter(next));
}

// Words that seldom go on after an abbreviation, but often begin a sentence.
const STARTERS = new Set(
  `a according additionally after although an and as at before both but by despite during each even finally for from given he her
   his how however if in indeed it its last many meanwhile most moreover no not now on once one only other our over several she
   since so some such that the their then there these they this those though through thus to today two under unlike until we
   what when where whether which while who why with within without yet you`.split(/\s+/),
);

function isStarter(next) {
  const word = /^\p{Lu}[\p{L}’']*/u.exec(next)?.[0].toLowerCase();
  return word !== undefined && STARTERS.has(word);
}

function ranges(text, pieces) {
  const found = [];
  let at = 0;
  let units = 0;
  for (const { length } of pieces) {
    const piece = text.slice(units, units + length);
    const start = at + lengthOf(piece) - lengthOf(piece.trimStart());
    const kept = lengthOf(piece.trim());
    if (kept) found.push({ start, end: start + kept });
    at += lengthOf(piece);
    units += length;
  }
  return found;
}

// Code points, as the server counts, not the units of UTF-16.
function lengthOf(text) {
  return [...text].length;
}
