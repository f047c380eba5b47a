// A passage with its citation, as text and as HTML, in the styles analysts write in. Pure: it knows strings, not pages on a
// screen. `monitor/interchange/passage_citations.py` writes the same text, by the same cases (tests/cases/citations.json).
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const MARKDOWN_SIGNS = /([\\`*_[\]<>#|~])/g;

export const STYLES = ["note", "author-date", "markdown"];

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
const joined = (between, parts) => parts.filter(Boolean).join(between);
const listed = (names) => joined(" and ", [names.slice(0, -1).join(", "), names.at(-1)]);
const spoken = (name) => name.literal || joined(" ", [name.given, name.family, name.suffix]);
const inverted = (name) => (name.family ? joined(", ", [name.family, name.given, name.suffix]) : name.literal);

// `pages` are the printed pages of all blocks, "5 5-6 0"; the passage reaches from block `first` to `last`, counted from 0.
// Gives "p. 5" or "pp. 5–6", or "" where a page is not known.
export function passagePages(pages, first, last) {
  const places = (pages ?? "").split(" ").filter(Boolean).slice(first, last + 1);
  const numbers = places.flatMap((place) => place.split("-").map(Number));
  if (!numbers.length || numbers.includes(0)) return "";
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  return from === to ? `p. ${from}` : `pp. ${from}–${to}`;
}

// `text` is what is cited: {authors, title, periodical, label, day, year, pages}; `pages` are the passage's own, `note` the
// number of the endnote it stands in.
export function citedPassage(style, quote, text, { pages = "", note = null, url }) {
  const where = joined(", ", [pages || text.pages, note === null ? "" : `n. ${note}`]);
  const write = { markdown: inMarkdown, "author-date": inAuthorDate }[style] ?? inNote;
  return write(quote, text, where, url);
}

function inNote(quote, text, where, url) {
  const said = joined(", ", [listed(text.authors.map(spoken)), text.title && `“${text.title}”`]);
  const rest = joined(" ", [text.label, text.day && `(${text.day})`]);
  const cited = joined(", ", [said, joined(" ", [text.periodical, rest]), where]);
  const drawn = joined(", ", [escaped(said), joined(" ", [text.periodical && `<cite>${escaped(text.periodical)}</cite>`, escaped(rest)]), where]);
  return { text: `“${quote}” ${cited}. ${url}`, html: `${quoted(`“${quote}”`, url)}<p>${drawn}. ${linked(url)}</p>` };
}

function inAuthorDate(quote, text, where, url) {
  const short = joined(", ", [`${who(text)} ${text.year || "n.d."}`, where]);
  const entry = reference(text);
  return {
    text: `“${quote}” (${short})\n\n${entry} ${url}`,
    html: `${quoted(`“${quote}” (${short})`, url)}<p>${escaped(entry)} ${linked(url)}</p>`,
  };
}

function who({ authors, periodical }) {
  const names = authors.map(({ family, literal }) => family || literal);
  if (names.length === 2) return names.join(" and ");
  return names.length ? `${names[0]}${names.length > 2 ? " et al." : ""}` : periodical;
}

function reference({ authors, title, periodical, label, day, year, pages }) {
  const first = authors.length ? listed([inverted(authors[0]), ...authors.slice(1).map(spoken)]) : "";
  const issue = joined(" ", [periodical, label, day && `(${day})`]);
  const parts = [first, year || "n.d.", title && `“${title}”`, joined(", ", [issue, pages])];
  return parts.filter(Boolean).map((part) => `${part.replace(/\.+$/, "")}.`).join(" ");
}

function inMarkdown(quote, text, where, url) {
  const title = text.title && `“${plain(text.title)}”`;
  const issue = joined(" ", [text.periodical && `*${plain(text.periodical)}*`, plain(text.label), plain(text.day && `(${text.day})`)]);
  const lines = quote.split("\n").map((line) => `> ${plain(line)}`.trimEnd());
  const said = joined(", ", [plain(listed(text.authors.map(spoken))), `[${title || "Passage"}](${url})`, issue, where]);
  const written = `${lines.join("\n")}\n\n— ${said}`;
  return { text: written, html: `<pre>${escaped(written)}</pre>` };
}

const plain = (words) =>
  words.replace(MARKDOWN_SIGNS, "\\$1").replace(/^(\d{1,9})([.)])/, "$1\\$2").replace(/^([-+=])/, "\\$1");

const linked = (url) => `<a href="${escaped(url)}">${escaped(url)}</a>`;

function quoted(words, url) {
  const paragraphs = words.split("\n\n").map((text) => `<p>${escaped(text)}</p>`);
  return `<blockquote cite="${escaped(url)}">${paragraphs.join("")}</blockquote>`;
}
