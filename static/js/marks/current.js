// Which annotation one is at. Its card and its marks are shown as such; keys and the chooser go from there.
let key = null;

export const cards = () => [...document.querySelectorAll("#cards > .card")];
export const cardOf = (wanted) => document.querySelector(`#cards > .card[data-mark="${CSS.escape(wanted)}"]`);
// One mark may be many pieces, and one piece may lie under many marks.
export const marksOf = (wanted) => [...document.querySelectorAll(`mark.a[data-ids~="${CSS.escape(wanted)}"]`)];

export function current() {
  return key && cardOf(key) ? key : null;
}

export function setCurrent(wanted) {
  key = wanted;
  show();
}

// Also after anything was drawn anew.
export function show() {
  for (const each of document.querySelectorAll(".card.on, mark.a.on")) each.classList.remove("on");
  if (!current()) return;
  cardOf(key).classList.add("on");
  for (const mark of marksOf(key)) mark.classList.add("on");
}
