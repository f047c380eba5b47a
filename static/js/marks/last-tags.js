// The tags that were used last, and their colour, for the next passage like it. Kept by person: names can be private.
import { panel } from "./places.js";

const nameOf = (user) => `last-tags:${user}`;

export function rememberTags({ tags, colour }) {
  if (tags) localStorage.setItem(nameOf(panel().dataset.user), JSON.stringify({ tags, colour }));
}

// {tags, colour}, or null where none was used yet in this browser.
export function lastTags() {
  try {
    return JSON.parse(localStorage.getItem(nameOf(panel()?.dataset.user)));
  } catch {
    return null;
  }
}
