// What is chosen in the notebook, in words. Pure.

export const isEvery = (sent) => sent.get("every") === "on";

const annotations = (count) => (count === 1 ? "1 annotation" : `${count.toLocaleString("en")} annotations`);

export function chosenWords(ticked, every, total) {
  if (every) return total === 1 ? "The one annotation that matches is chosen" : `All ${annotations(total)} that match are chosen, also those beyond this page`;
  return ticked ? `${annotations(ticked)} chosen` : "Nothing is chosen";
}

// All from one element of a list to another, whichever stands first.
export function rangeBetween(all, from, to) {
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  return first < 0 ? [] : all.slice(first, last + 1);
}
