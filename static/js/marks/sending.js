// Sends an act and puts its answer on the page. A session that ended, a page that stood open over a new sign-in and a line
// that is down lose nothing: the caller learns of it and keeps what was written.
import { panel } from "./places.js";
import { taken } from "./redrawing.js";

export const AWAY = 0; // no answer came

const headers = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");

// Gives the status of the answer, and what it says if it could not be done; else that is on the page by then. AWAY: it may
// have been done, or not.
export async function send(address, fields) {
  let answer = await post(address, fields);
  if ([401, 403].includes(answer?.status) && (await isRenewed())) answer = await post(address, fields);
  if (!answer) return { status: AWAY, html: "" };
  if (answer.headers.get("HX-Refresh")) location.reload();
  const html = await answer.text();
  if (answer.ok || answer.status === 422) await show(html);
  return { status: answer.status, html };
}

async function post(address, fields) {
  try {
    const asked = { "HX-Request": "true", "HX-Current-URL": location.href, ...headers() };
    return await fetch(address, { method: "POST", body: new URLSearchParams(fields), headers: asked });
  } catch {
    return null;
  }
}

async function show(html) {
  for (const said of document.querySelectorAll("passing-word")) said.remove(); // what was said before has passed
  document.getElementById("said")?.replaceChildren();
  await new Promise((done) => {
    htmx.swap(document.body, taken(html), { swapStyle: "none" }, { afterSwapCallback: done });
  });
}

// Signing in anew gives new tokens. They are taken from the page as it is now, if it is still the same person's.
async function isRenewed() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const owner = page.getElementById("panel")?.dataset.user;
    if (!owner || owner !== panel()?.dataset.user) return false;
    document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
    return true;
  } catch {
    return false;
  }
}

export function sentenceFor(status) {
  return {
    [AWAY]: "The site cannot be reached. What you wrote is kept in this browser; save it again in a while.",
    401: "You were signed out. What you wrote is kept in this browser: sign in in another tab, then save again.",
    403: "This was refused. What you wrote is kept in this browser; perhaps somebody else is signed in by now.",
    409: "This was saved already, with other words.",
  }[status] ?? "The site could not save this. What you wrote is kept in this browser; try again.";
}
