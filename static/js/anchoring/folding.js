// Text folded for comparison, with a map back to the offsets of the text as it is: the twin of folding.py.
// Offsets are UTF-16 units here; placing.js turns them into code points.

const LINE_END_HYPHEN = "\u00ad";
const QUOTES = /[\u2018\u2019\u201a\u201b\u2039\u203a\u00b4\u0060\u02bc\u2032]/gu;
const DOUBLE_QUOTES = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e]/gu;
const DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d";
const DASH = new RegExp(`[${DASHES}]`, "gu");
const MARKS = "\\p{M}\\u1160-\\u11ff\\ud7b0-\\ud7ff\\uff9e\\uff9f";
const IGNORED = /[\s\x1c-\x1f\x85\p{Cf}\ufe00-\ufe0f]/gu;
const STROKES = { ı: "i", ł: "l", ø: "o", đ: "d", ħ: "h", ŧ: "t", ð: "d", þ: "th", æ: "ae", œ: "oe", ـ: "" };
const STROKED = new RegExp(`[${Object.keys(STROKES).join("")}]`, "gu");
// Marks whose combining class is not that of vowel signs, of kana voicing or of viramas: JavaScript does not tell it.
const ACCENT = new RegExp(
  "[" +
  "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a" +
  "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3" +
  "\u07fd\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0898-\u089f\u08ca-\u08e1" +
  "\u08e3-\u08ff\u093c\u0951-\u0954\u09bc\u09fe\u0a3c\u0abc\u0b3c\u0c3c\u0c55-\u0c56\u0cbc\u0e38-\u0e39" +
  "\u0e48-\u0e4b\u0eb8-\u0eb9\u0ec8-\u0ecb\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f72\u0f74\u0f7a-\u0f7d" +
  "\u0f80\u0f82-\u0f83\u0f86-\u0f87\u0fc6\u1037\u108d\u135d-\u135f\u17dd\u18a9\u1939-\u193b\u1a17-\u1a18" +
  "\u1a75-\u1a7c\u1a7f\u1ab0-\u1abd\u1abf-\u1ace\u1b34\u1b6b-\u1b73\u1be6\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce0" +
  "\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8-\u1cf9\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u2cef-\u2cf1" +
  "\u2de0-\u2dff\u302a-\u302f\ua66f\ua674-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua8e0-\ua8f1\ua92b-\ua92d\ua9b3" +
  "\uaab0\uaab2-\uaab4\uaab7-\uaab8\uaabe-\uaabf\uaac1\ufb1e\ufe20-\ufe2f" +
  "]", "gu");
const TOKEN = new RegExp(
  "(?<broken>(?<=\\p{L})[-\\u2010](?=[ \\t\\r]{0,8}\\n\\s{0,8}\\p{L}))" +
  `|(?<dash>[${DASHES}]+)|(?<one>\\S[${MARKS}]{0,30})`, "gu");
const STARTS_WITH_MARK = new RegExp(`[${MARKS}]`, "uy");

const alike = (text) => text.replace(QUOTES, "'").replace(DOUBLE_QUOTES, '"').replace(DASH, "-").replace(/\u2044/gu, "/");
const narrowLetter = (cluster) => alike(alike(cluster).normalize("NFKC")).replace(IGNORED, "");
const wideCache = new Map();

function wideLetter(cluster) {
  if (!wideCache.has(cluster)) {
    const folded = narrowLetter(cluster).toLowerCase().toUpperCase().toLowerCase();
    const bare = folded.normalize("NFKD").replace(ACCENT, "").replace(STROKED, (letter) => STROKES[letter]);
    wideCache.set(cluster, bare.normalize("NFKC").replaceAll("-", ""));
  }
  return wideCache.get(cluster);
}

function fold(source, isWide) {
  let text = "";
  const starts = [];
  const ends = [];
  for (const token of source.matchAll(TOKEN)) {
    const { broken, one } = token.groups;
    let folded = isWide ? "" : broken ? LINE_END_HYPHEN : "-";
    if (one) folded = isWide ? wideLetter(one) : narrowLetter(one);
    text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(token.index);
      ends.push(token.index + token[0].length);
    }
  }
  return { text, starts, ends };
}

export const narrow = (text) => fold(text, false).text;

// Whether two passages have the same words: equal narrow folds, a hyphen at a line end counting as none or one.
export function sameWords(one, other) {
  const [left, right] = [narrow(one), narrow(other)];
  if (left === right) return true;
  if (!(left + right).includes(LINE_END_HYPHEN)) return false;
  let here = 0;
  let there = 0;
  while (here < left.length || there < right.length) {
    const [mine, theirs] = [left[here] ?? "", right[there] ?? ""];
    if (mine === theirs) [here, there] = [here + 1, there + 1];
    else if (mine === LINE_END_HYPHEN) [here, there] = [here + 1, there + (theirs === "-" ? 1 : 0)];
    else if (theirs === LINE_END_HYPHEN) [here, there] = [here + (mine === "-" ? 1 : 0), there + 1];
    else return false;
  }
  return true;
}

const firstFrom = (sorted, wanted) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};

// A text folded once for all the annotations on it.
export class Folded {
  #wide;
  constructor(text) { this.text = text; }
  get wide() { return (this.#wide ??= fold(this.text, true)); }
  get narrow() { return fold(this.text, false); }
  sourceRange(start, end) { return [this.wide.starts[start], this.wide.ends[end - 1]]; }
  // The folded letters that come from a range of the text, those cut by its edges included.
  foldedRange(start, end) { return [firstFrom(this.wide.ends, start + 1), firstFrom(this.wide.starts, end)]; }
  endsLetter(at) {
    STARTS_WITH_MARK.lastIndex = at;
    return !STARTS_WITH_MARK.test(this.text);
  }
}
