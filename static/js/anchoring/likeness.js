// How much two strings or lists are alike. Pure arithmetic, on short pieces only.

// The least number of letters to put in, take out or replace.
export function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let mine = 1; mine <= one.length; mine += 1) {
    const next = [mine];
    for (let theirs = 1; theirs <= other.length; theirs += 1) {
      const kept = row[theirs - 1] + (one[mine - 1] === other[theirs - 1] ? 0 : 1);
      next.push(Math.min(kept, row[theirs] + 1, next[theirs - 1] + 1));
    }
    row = next;
  }
  return row[other.length];
}

export const likeness = (one, other) => 1 - distance(one, other) / Math.max(one.length, other.length, 1);

// The likest stretch of `long` that is as long as `short`: {start, end, likeness}.
export function likestStretch(short, long) {
  let best = { start: 0, end: Math.min(short.length, long.length), likeness: -1 };
  for (let start = 0; start <= Math.max(0, long.length - short.length); start += 1) {
    const end = Math.min(start + short.length, long.length);
    const found = likeness(short, long.slice(start, end));
    if (found > best.likeness) best = { start, end, likeness: found };
  }
  return best;
}

// The blocks of two lists that stand in each other's place: [[ours, theirs], ...].
export function replacedBlocks(ours, theirs) {
  const costs = Array.from({ length: ours.length + 1 }, (_, at) => [at]);
  costs[0] = Array.from({ length: theirs.length + 1 }, (_, at) => at);
  for (let i = 1; i <= ours.length; i += 1) {
    for (let j = 1; j <= theirs.length; j += 1) {
      const kept = costs[i - 1][j - 1] + (ours[i - 1] === theirs[j - 1] ? 0 : 1);
      costs[i][j] = Math.min(kept, costs[i - 1][j] + 1, costs[i][j - 1] + 1);
    }
  }
  const blocks = [];
  let [i, j, open] = [ours.length, theirs.length, null];
  const close = () => {
    if (open) blocks.unshift([ours.slice(i, open[0]).map((_, at) => i + at), theirs.slice(j, open[1]).map((_, at) => j + at)]);
    open = null;
  };
  while (i > 0 || j > 0) {
    const equal = i > 0 && j > 0 && ours[i - 1] === theirs[j - 1] && costs[i][j] === costs[i - 1][j - 1];
    if (equal) close();
    else open ??= [i, j];
    if (equal || (i > 0 && j > 0 && costs[i][j] === costs[i - 1][j - 1] + 1)) [i, j] = [i - 1, j - 1];
    else if (i > 0 && costs[i][j] === costs[i - 1][j] + 1) i -= 1;
    else j -= 1;
  }
  close();
  return blocks;
}

// How long the common beginning is.
export function commonStart(one, other) {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return at;
}

export function commonEnd(one, other, most = Infinity) {
  let at = 0;
  while (at < Math.min(one.length, other.length, most) && one.at(-1 - at) === other.at(-1 - at)) at += 1;
  return at;
}
