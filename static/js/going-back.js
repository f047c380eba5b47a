// Back and Forward over addresses that htmx wrote: the page is fetched anew. Who goes back twice in a row means the last one,
// so an answer that comes late must not take its place; and where none comes the address is opened as any other.
import { prepareToSay } from "./keys/saying.js";

let asked = null;

document.addEventListener("htmx:historyCacheMiss", ({ detail: { xhr } }) => {
  asked?.abort();
  asked = xhr;
  xhr.addEventListener("error", () => location.reload());
  xhr.addEventListener("loadend", () => { if (asked === xhr) asked = null; });
});
// Signed out meanwhile, or not there any more: the site says so itself.
document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
document.addEventListener("htmx:historyRestore", () => prepareToSay());
