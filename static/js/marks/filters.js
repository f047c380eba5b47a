// Which annotations are shown: mine, or by author, tag, colour, for whom, open or resolved. Chips where few values are, in
// place; what is filtered out is gone from the panel, and its marks lose their colour but not their words.
import { cards } from "./current.js";

const KINDS = [
  ["by", "Author", (card) => [card.dataset.by === "me" ? "Mine" : card.dataset.by]],
  ["scope", "For", (card) => [SCOPES[card.dataset.scope]]],
  ["colour", "Colour", (card) => [card.dataset.colour]],
  ["tag", "Tag", tagsOf],
  ["state", "State", (card) => [card.matches(".done") ? "Resolved" : "Open"]],
];
const SCOPES = { private: "Only me", team: "Team", everyone: "Everyone" };

const chosen = new Map();

// An empty card has the words of its tags beside it.
function tagsOf(card) {
  if (card.matches(".empty")) return card.dataset.tags?.split("\n") ?? [];
  return [...card.querySelectorAll(".tags li")].map((tag) => tag.textContent.trim());
}

export function isShown(card) {
  return !isFiltered() || KINDS.every(([name, , values]) => !chosen.get(name) || values(card).includes(chosen.get(name)));
}

export function isFiltered() {
  return chosen.size > 0;
}

export function clear() {
  chosen.clear();
}

// Draws the choices anew: only those that would make a difference.
export function draw(place, changed) {
  const all = cards();
  const held = place.contains(document.activeElement) ? document.activeElement.name : null;
  const fields = KINDS.map(([name, label, values]) => {
    const found = [...new Set(all.flatMap(values))].sort();
    if (chosen.get(name) && !found.includes(chosen.get(name))) chosen.delete(name);
    return found.length > 1 ? field(name, label, found, changed) : null;
  });
  place.replaceChildren(...fields.filter(Boolean));
  if (held) place.querySelector(`[name="${held}"]`)?.focus();
}

function field(name, label, values, changed) {
  const select = document.createElement("select");
  select.name = name;
  select.setAttribute("aria-label", label);
  select.append(new Option(label, ""), ...values.map((value) => new Option(value, value)));
  select.value = chosen.get(name) ?? "";
  select.classList.toggle("chosen", chosen.has(name));
  select.addEventListener("change", () => {
    if (select.value) chosen.set(name, select.value);
    else chosen.delete(name);
    changed();
  });
  return select;
}

// Hides cards, and the marks of which nothing is left to show.
export function apply() {
  for (const card of cards()) card.hidden = !isShown(card);
  for (const mark of document.querySelectorAll("mark.a.out")) mark.classList.remove("out");
  if (!isFiltered()) return;
  const shown = new Set(cards().filter((card) => !card.hidden).map((card) => card.dataset.mark));
  for (const mark of document.querySelectorAll("mark.a")) {
    if (!mark.dataset.ids.split(" ").some((key) => shown.has(key))) mark.classList.add("out");
  }
}
