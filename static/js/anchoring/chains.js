// Rows of matching letters between a passage and a text: seeds, runs, chains. The first half of alignment.py's twin.

export const GRAM = 5;
export const LONGEST_JUMP = 400;
export const FALLEN_IN = 4;
const COMMON = 64;
const DIAGONALS = 256;
const CANDIDATES = 5;
const LEAST_VOTE = 0.25;
const REPEATED = 8;
const RUNS = 80;
const EACH_LETTER = 0.04;
const seedsOf = new WeakMap();

function seeds(text) {
  if (!seedsOf.has(text)) seedsOf.set(text, gramsOf(text.wide.text));
  return seedsOf.get(text);
}

function gramsOf(letters, most = Infinity) {
  const grams = new Map();
  for (let at = 0; at + GRAM <= letters.length; at += 1) {
    const gram = letters.slice(at, at + GRAM);
    const places = grams.get(gram);
    if (!places) grams.set(gram, [at]);
    else if (places.length < most) places.push(at);
  }
  return grams;
}

// Groups of seeds, the likeliest first: [[place in the passage, place in the text], ...].
export function candidates(joined, text) {
  const votes = new Map();
  for (const [gram, ours] of gramsOf(joined)) {
    const places = seeds(text).get(gram) ?? [];
    if (places.length > COMMON) continue;
    for (const theirs of places) {
      for (const at of ours) {
        const group = Math.floor((theirs - at) / DIAGONALS);
        votes.set(group, (votes.get(group) ?? 0) + 1 / places.length);
      }
    }
  }
  const total = (group) => votes.get(group) + Math.max(votes.get(group - 1) ?? 0, votes.get(group + 1) ?? 0);
  const ranked = [...votes.keys()].sort((one, other) => total(other) - total(one) || one - other).slice(0, CANDIDATES);
  const grams = gramsOf(joined, REPEATED);
  return ranked
    .filter((group) => total(group) >= LEAST_VOTE * total(ranked[0]))
    .map((group) => gathered(grams, joined.length, text.wide.text, (group - 1) * DIAGONALS, (group + 2) * DIAGONALS));
}

function gathered(grams, size, letters, low, high) {
  const matches = [];
  for (let theirs = Math.max(0, low); theirs <= Math.min(letters.length - GRAM, high + size); theirs += 1) {
    for (const ours of grams.get(letters.slice(theirs, theirs + GRAM)) ?? []) {
      if (low <= theirs - ours && theirs - ours < high) matches.push([ours, theirs]);
    }
  }
  return matches;
}

export function runs(matches) {
  const found = [];
  for (const [ours, theirs] of matches.sort((one, other) => one[1] - one[0] - (other[1] - other[0]) || one[0] - other[0])) {
    const last = found.at(-1);
    if (last && last.theirs - last.ours === theirs - ours && ours <= last.ours + last.size) last.size = ours + GRAM - last.ours;
    else found.push({ ours, theirs, size: GRAM });
  }
  found.sort((one, other) => other.size - one.size || one.ours - other.ours || one.theirs - other.theirs);
  return found.slice(0, RUNS).sort((one, other) => one.ours - other.ours || one.theirs - other.theirs);
}

const overlapOf = (before, run) =>
  Math.max(before.ours + before.size - run.ours, before.theirs + before.size - run.theirs, 0);

function gain(before, run) {
  const shift = Math.abs(run.theirs - run.ours - (before.theirs - before.ours));
  const overlap = overlapOf(before, run);
  if (run.ours <= before.ours || run.theirs <= before.theirs || overlap >= run.size || shift > LONGEST_JUMP) return -Infinity;
  return run.size - overlap - (shift ? Math.min(shift, FALLEN_IN) + EACH_LETTER * shift : 0);
}

// The best row of runs that follow each other in both texts, cut where they overlap.
export function chain(found) {
  const best = found.map((run) => ({ score: run.size, link: -1 }));
  for (const [number, run] of found.entries()) {
    for (let before = 0; before < number; before += 1) {
      const score = best[before].score + gain(found[before], run);
      if (score > best[number].score) best[number] = { score, link: before };
    }
  }
  let at = best.reduce((top, one, number) => (top < 0 || one.score > best[top].score ? number : top), -1);
  const row = [];
  for (; at >= 0; at = best[at].link) row.unshift(found[at]);
  return row.reduce((kept, run) => {
    const over = kept.length ? overlapOf(kept.at(-1), run) : 0;
    return [...kept, { ours: run.ours + over, theirs: run.theirs + over, size: run.size - over }];
  }, []);
}
