// The link from a selection to all occurrences of its words: it gets the words when it is pressed.
import { pending } from "../marks/pending.js";

const LONGEST = 200; // characters of a phrase

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[data-phrase]");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("phrase", (pending()[0]?.quote ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST));
  link.href = address.href;
}, { capture: true });
