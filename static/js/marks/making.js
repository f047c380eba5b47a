// Makes an annotation of what is meant. Its id is made here, so that sending it twice makes one.
import { rememberTags } from "./last-tags.js";
import { panel } from "./places.js";
import { send } from "./sending.js";

const COLOUR = "mark-colour";
const KEY_LENGTH = 10; // as web/marks.py shortens an id for `data-ids`

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the address is a safe one
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function keyOf(uid) {
  return uid.replaceAll("-", "").slice(0, KEY_LENGTH);
}

export function lastColour() {
  return localStorage.getItem(COLOUR) ?? "yellow";
}

// `draft` is {uid, passages, comment, colour, tags, visibility, team}. Gives the status of the answer.
export async function make(draft) {
  rememberTags(draft);
  if (draft.colour) localStorage.setItem(COLOUR, draft.colour);
  const { uid, passages, comment = "", colour = "", tags = "", visibility = "", team = "" } = draft;
  const { article, makes } = panel().dataset;
  const { status } = await send(makes, { uid, article, passages: JSON.stringify(passages), comment, colour, tags, visibility, team });
  return status;
}
