// Says what htmx alone keeps quiet about: an answer that did not come, or not as it should. And a page that the browser
// kept from before (perhaps from before signing out) is asked for again.
import { toasts } from "./toasts.js";

const SENTENCES = {
  401: "You were signed out. Sign in again in another tab; nothing on this page is lost.",
  403: "This was refused. Reload the page and try again; perhaps your role does not include it.",
  404: "This is not there any more.",
  429: "Too many requests; wait a moment.",
  503: "The site is busy or being looked after; it tries again by itself.",
};
const OTHER = "Something went wrong on the site; nothing was changed.";
const SILENCE = "The site cannot be reached just now.";

// A list that asks every second must not say the same every second.
function say(sentence) {
  if (document.getElementById("trouble")?.textContent === sentence) return;
  hush();
  const line = document.createElement("p");
  line.id = "trouble";
  line.className = "toast";
  line.setAttribute("role", "alert");
  line.textContent = sentence;
  toasts().append(line);
}

function hush() {
  document.getElementById("trouble")?.remove();
}

addEventListener("htmx:responseError", (event) => say(SENTENCES[event.detail.xhr.status] ?? OTHER));
addEventListener("htmx:sendError", () => say(SILENCE));
addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.successful) hush(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
