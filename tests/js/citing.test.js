import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { citedPassage, passagePages } from "../../static/js/keys/citing.js";

const cases = JSON.parse(readFileSync(new URL("../cases/citations.json", import.meta.url), "utf8"));
const LAMPS = cases[0].text;
const URL_OF = "https://quay.example/a/#p1";

for (const one of cases) {
  test(`a passage with its citation: ${one.name}`, () => {
    assert.equal(citedPassage(one.style, one.quote, one.text, one).text, one.written);
  });
}

test("a passage has the pages of its own blocks", () => {
  const pages = "5 5-6 6 6 0";
  assert.equal(passagePages(pages, 0, 0), "p. 5");
  assert.equal(passagePages(pages, 1, 1), "pp. 5–6");
  assert.equal(passagePages(pages, 0, 2), "pp. 5–6");
  assert.equal(passagePages(pages, 2, 3), "p. 6");
});

test("where a page is not known, none is given", () => {
  assert.equal(passagePages("5 0 6", 1, 1), "");
  assert.equal(passagePages("5 0 6", 0, 2), "");
  assert.equal(passagePages("", 0, 0), "");
  assert.equal(passagePages(undefined, 0, 0), "");
  assert.equal(passagePages("5", 3, 3), "");
});

test("text and HTML say the same", () => {
  const { html } = citedPassage("note", "One.[1]\n\nTwo.", LAMPS, { pages: "p. 5", url: URL_OF });
  assert.equal(
    html,
    `<blockquote cite="${URL_OF}"><p>“One.[1]</p><p>Two.”</p></blockquote>` +
      "<p>Zia Ur Rehman, “Lamps”, <cite>Tidewater Letter</cite> XX:3 (11 February 2022), p. 5. " +
      `<a href="${URL_OF}">${URL_OF}</a></p>`,
  );
});

test("an unknown style is a note", () => {
  const given = { url: URL_OF };
  assert.deepEqual(citedPassage("nonsense", "One.", LAMPS, given), citedPassage("note", "One.", LAMPS, given));
});

test("what looks like markup is text in the HTML of every style", () => {
  const hostile = { ...LAMPS, title: "<i>", periodical: '"&<u>', label: "<s>", day: "<b>" };
  for (const style of ["note", "author-date", "markdown"]) {
    const { html } = citedPassage(style, '<b>"lit" & out</b>', hostile, { url: 'https://quay.example/?a=1&b="' });
    assert.equal(/<(b|i|u|s)>/.test(html), false, style);
    assert.equal(html.includes('b="">'), false, style);
  }
});
