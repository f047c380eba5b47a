// The word of a query that is being typed, quotes and field included. Offsets are UTF-16 units of the field.
const QUOTES = /["\u201c\u201d\u201e\u00ab\u00bb]/;
const BREAKS = /[\s(),;\uff08\uff09\uff0c\uff1b]/;

export function wordAt(value, caret) {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    if (QUOTES.test(value[at])) quoted = !quoted;
    else if (!quoted && BREAKS.test(value[at])) start = at + 1;
  }
  let end = caret;
  while (end < value.length && (quoted ? !QUOTES.test(value[end]) : !BREAKS.test(value[end]))) end += 1;
  if (quoted && end < value.length) end += 1;
  return { start, end, words: value.slice(start, caret) };
}

// The query with what was chosen in the place of the word. A field alone waits for its value; a minus stays.
export function withChosen(value, caret, written) {
  const { start, end, words } = wordAt(value, caret);
  const sign = words.startsWith("-") ? "-" : "";
  const rest = value.slice(end).replace(/^\s+/, "");
  const gap = written.endsWith(":") ? "" : " ";
  const head = `${value.slice(0, start)}${sign}${written}${gap}`;
  return { value: head + rest, caret: head.length };
}
