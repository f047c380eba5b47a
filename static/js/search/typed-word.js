// The word of a query that is being typed, quotes and field included. Offsets are UTF-16 units of the field.
// Inside `actor:(TTP OR Islamic St` that is all since the bracket or the joint, and belongs to the field of the bracket.
const QUOTES = /["\u201c\u201d\u201e\u00ab\u00bb]/;
const BREAKS = /[\s(),;\uff08\uff09\uff0c\uff1b]/;
const OPEN = /[(\uff08]/;
const CLOSE = /[)\uff09]/;
const FIELD = /(?:^|[\s(),;\uff08\uff09\uff0c\uff1b-])(actor|region|about|source|cites|author|tag|periodical|by):=?$/i; // of names
const JOINTS = /[,;\uff0c\uff1b]|\s(?:OR|AND|NOT)\s/gu;

export function wordAt(value, caret) {
  const { brackets, quoted, start } = openedBefore(value, caret);
  const field = FIELD.exec(value.slice(0, brackets.at(-1) ?? 0))?.[1] ?? "";
  const begin = field && !quoted ? memberAt(value, brackets.at(-1) + 1, caret) : start;
  let end = caret;
  while (end < value.length && (quoted ? !QUOTES.test(value[end]) : !BREAKS.test(value[end]))) end += 1;
  if (quoted && end < value.length) end += 1;
  const typed = value.slice(begin, caret);
  // A field of its own in the brackets of another is completed as it stands.
  const words = field && typed && !typed.includes(":") ? `${field}:${typed.replace(/^-/, "")}` : typed;
  return { start: begin, end, words, typed, field: words === typed ? "" : field };
}

// The brackets that are open, whether quotes are, and where the word begins.
function openedBefore(value, caret) {
  const brackets = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    if (QUOTES.test(value[at])) quoted = !quoted;
    else if (!quoted && BREAKS.test(value[at])) {
      start = at + 1;
      if (OPEN.test(value[at])) brackets.push(at);
      else if (CLOSE.test(value[at])) brackets.pop();
    }
  }
  return { brackets, quoted, start };
}

// Where what is typed inside a field's brackets begins: behind the bracket or the last joint.
function memberAt(value, open, caret) {
  const inside = value.slice(open, caret);
  const last = [...inside.matchAll(JOINTS)].at(-1);
  const begin = last ? last.index + last[0].length : 0;
  return open + begin + /^\s*/.exec(inside.slice(begin))[0].length;
}

// The query with what was chosen in the place of the word. A field alone waits for its value; a minus stays.
export function withChosen(value, caret, written) {
  const { start, end, typed, field } = wordAt(value, caret);
  const sign = typed.startsWith("-") ? "-" : "";
  const rest = value.slice(end).replace(/^\s+/, "");
  const gap = written.endsWith(":") ? "" : " ";
  const chosen = field ? written.slice(written.indexOf(":") + 1) : written;
  const head = `${value.slice(0, start)}${sign}${chosen}${gap}`;
  return { value: head + rest, caret: head.length };
}
