// Cards that came empty, because an article has more annotations than a page can carry: they are fetched when they come
// into sight, or are gone to.
import { panel } from "./places.js";

const EACH = 50; // cards of one request

const underway = new Map();

export const isEmpty = (card) => card.matches(".empty");

// Resolves when these cards are as full as they can be. Those that are not there any more go from the panel; where the
// site cannot be reached they stay empty, and are asked for again another time.
export async function bring(cards) {
  const wanted = cards.filter(isEmpty);
  const fresh = wanted.filter(({ id }) => !underway.has(id));
  for (let at = 0; at < fresh.length; at += EACH) ask(fresh.slice(at, at + EACH));
  await Promise.all(new Set(wanted.map(({ id }) => underway.get(id))));
}

function ask(cards) {
  const asked = fetched(cards).finally(() => {
    for (const { id } of cards) underway.delete(id);
  });
  for (const { id } of cards) underway.set(id, asked);
}

async function fetched(cards) {
  const only = cards.map(({ id }) => id.slice(1)).join();
  const answer = await fetch(`${panel().dataset.cards}?only=${only}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const full = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const card of cards) {
    const came = full.getElementById(card.id);
    if (card.isConnected) put(card, came);
  }
}

function put(card, came) {
  if (!came) {
    card.remove();
    return;
  }
  came.hidden = card.hidden;
  came.classList.toggle("on", card.matches(".on"));
  card.replaceWith(came);
  htmx.process(came);
}
