// What keys can do here. A module offers the act that monitor/accounts/key_map.py names: `when` tells whether it would do
// something now, `run` does it. The keys themselves are on the page, in the sheet.
const offered = new Map();

export function offer(name, { when = () => true, run }) {
  offered.set(name, { when, run });
}

export function isOffered(name) {
  return Boolean(offered.get(name)?.when());
}

// Whether anything came of it: `run` returns false where a press is better left to the browser.
export function perform(name, event) {
  return offered.get(name).run(event) !== false;
}

export function isShown(element) {
  return Boolean(element?.getClientRects().length);
}

// An act that presses a link or button, which the page may have or not.
export function offerPress(name, selector) {
  const find = () => [...document.querySelectorAll(selector)].find(isShown);
  offer(name, { when: () => Boolean(find()), run: () => find().click() });
}
