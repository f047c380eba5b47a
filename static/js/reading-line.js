// Which paragraph is being read: the last one that begins above a line in the window.
// Pure but for `beginning`, which measures; tested by tests/js/reading-line.test.js.

export const LINE = 1 / 3; // of the window's height: where eyes rest while a text is scrolled

// The index of the last of `count` things whose `beginning(index)` lies above `line`; -1 where none does. The things
// stand below each other, so that only a few of hundreds are measured.
export function lastAbove(count, beginning, line) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beginning(middle) < line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// How much of a text has passed, from 0 to 1: nothing while it begins below `line`, all once its end is in the window.
export function sharePassed(top, height, windowHeight, line = windowHeight * LINE) {
  const way = height - (windowHeight - line);
  if (way <= 0) return top + height <= windowHeight ? 1 : 0;
  return Math.min(Math.max((line - top) / way, 0), 1);
}

// Calls `act` at most once a frame while the window scrolls or changes; returns what ends it.
export function whileScrolling(act) {
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      act();
    });
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask);
  return () => {
    removeEventListener("scroll", ask);
    removeEventListener("resize", ask);
    cancelAnimationFrame(asked);
  };
}
