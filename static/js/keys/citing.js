// A passage with its citation, as text and as HTML. Pure: it knows strings, not pages on a screen.
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

// `pages` are the printed pages of all blocks, "5 5-6 0"; the passage reaches from block `first` to `last`, counted from 0.
// Gives ", p. 5" or ", pp. 5–6", or null where a page is not known.
export function passagePages(pages, first, last) {
  const places = (pages ?? "").split(" ").filter(Boolean).slice(first, last + 1);
  const numbers = places.flatMap((place) => place.split("-").map(Number));
  if (!numbers.length || numbers.includes(0)) return null;
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  return from === to ? `, p. ${from}` : `, pp. ${from}–${to}`;
}

// The end of a citation, "(February 2022), pp. 5-8.", with the passage's own pages in the place of the article's range.
export function withPages(end, range, pages) {
  if (!pages) return end;
  const bare = end.replace(/\.$/, "");
  return `${range && bare.endsWith(`, ${range}`) ? bare.slice(0, -range.length - 2) : bare}${pages}.`;
}

// `quote` is canonical text, its paragraphs divided by a blank line; `pieces` are those of the citation:
// {text, tag?} in order. Words only: whatever stands in them is text in the HTML too.
export function withCitation(quote, pieces, address) {
  const paragraphs = quote.split("\n\n").map((text) => `<p>${escaped(text)}</p>`);
  const cited = pieces.map(({ text, tag }) => (tag ? `<${tag}>${escaped(text)}</${tag}>` : escaped(text))).join("");
  return {
    text: `${quote}\n\n${pieces.map(({ text }) => text).join("")} ${address}`,
    html: `<blockquote cite="${escaped(address)}">${paragraphs.join("")}</blockquote>` +
      `<p>${cited} <a href="${escaped(address)}">${escaped(address)}</a></p>`,
  };
}
