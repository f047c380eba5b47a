import assert from "node:assert/strict";
import { test } from "node:test";

import { passagePages, withCitation, withPages } from "../../static/js/keys/citing.js";

test("a passage has the pages of its own blocks", () => {
  const pages = "5 5-6 6 6 0";
  assert.equal(passagePages(pages, 0, 0), ", p. 5");
  assert.equal(passagePages(pages, 1, 1), ", pp. 5–6");
  assert.equal(passagePages(pages, 0, 2), ", pp. 5–6");
  assert.equal(passagePages(pages, 2, 3), ", p. 6");
});

test("where a page is not known, none is given", () => {
  assert.equal(passagePages("5 0 6", 1, 1), null);
  assert.equal(passagePages("5 0 6", 0, 2), null);
  assert.equal(passagePages("", 0, 0), null);
  assert.equal(passagePages(undefined, 0, 0), null);
  assert.equal(passagePages("5", 3, 3), null);
});

test("the passage's pages stand in the place of the article's", () => {
  assert.equal(withPages(" XII:7 (2022), pp. 5–8.", "pp. 5–8", ", p. 6"), " XII:7 (2022), p. 6.");
  assert.equal(withPages(" XII:7 (2022), p. 5.", "p. 5", null), " XII:7 (2022), p. 5.");
  assert.equal(withPages(" XII:7 (2022).", "", ", p. 6"), " XII:7 (2022), p. 6.");
  assert.equal(withPages(" XII:7.", undefined, null), " XII:7.");
});

test("text and HTML say the same", () => {
  const pieces = [{ text: "Ines Varrow, “Lamps,” " }, { text: "Tidewater Letter", tag: "cite" }, { text: " XII:7, p. 5." }];
  assert.deepEqual(withCitation("One.[1]\n\nTwo.", pieces, "https://quay.example/a/#p1"), {
    text: "One.[1]\n\nTwo.\n\nInes Varrow, “Lamps,” Tidewater Letter XII:7, p. 5. https://quay.example/a/#p1",
    html:
      '<blockquote cite="https://quay.example/a/#p1"><p>One.[1]</p><p>Two.</p></blockquote>' +
      "<p>Ines Varrow, “Lamps,” <cite>Tidewater Letter</cite> XII:7, p. 5. " +
      '<a href="https://quay.example/a/#p1">https://quay.example/a/#p1</a></p>',
  });
});

test("what looks like markup is text in the HTML", () => {
  const { text, html } = withCitation('<b>"lit" & out</b>', [{ text: "<i>" }], 'https://quay.example/?a=1&b="');
  assert.equal(text, '<b>"lit" & out</b>\n\n<i> https://quay.example/?a=1&b="');
  assert.equal(
    html,
    '<blockquote cite="https://quay.example/?a=1&amp;b=&quot;"><p>&lt;b&gt;&quot;lit&quot; &amp; out&lt;/b&gt;</p></blockquote>' +
      '<p>&lt;i&gt; <a href="https://quay.example/?a=1&amp;b=&quot;">https://quay.example/?a=1&amp;b=&quot;</a></p>',
  );
});
