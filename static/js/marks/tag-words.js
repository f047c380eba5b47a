// A tag out of the words of a passage. Pure; tests/js/tag-words.test.js holds it.
const LONGEST = 80; // characters; of more than that the first words

// Commas part tags, slashes those within each other, and brackets name a codebook: none is left. Nor are note markers, or
// signs at the ends.
export function nameFrom(passages) {
  const words = passages.map(({ quote }) => quote).join(" ").replace(/\[\d{1,4}\]/g, " ").replace(/[,/[\]]/g, " ");
  const plain = words.replace(/\s+/g, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  if (plain.length <= LONGEST) return plain;
  const cut = plain.slice(0, LONGEST + 1);
  return cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : LONGEST);
}
