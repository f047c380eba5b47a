// Where notes stand in a column: each wants the height of its marker, none may overlap another or stand far from what it
// wants. Pure arithmetic on pixels, tested by tests/js/stacking.test.js.

// Gives the top of each piece, or null for those without room within `near` of what they want: as many as can be are
// kept, each as near as can be. `pieces` are {wanted, height} in order; none stands above `ceiling`.
export function squeezed(pieces, gap, near, ceiling = 0) {
  const kept = earliest(pieces, gap, near, ceiling).filter((piece) => !piece.isOut);
  let below = Infinity;
  for (const piece of kept.toReversed()) {
    piece.most = Math.max(Math.min(Math.max(piece.wanted, ceiling) + near, below - gap - piece.height), piece.least);
    below = piece.most;
  }
  const tops = pieces.map(() => null);
  let free = ceiling;
  for (const { index, wanted, height, most } of kept) {
    tops[index] = Math.min(Math.max(wanted, free), most);
    free = tops[index] + height + gap;
  }
  return tops;
}

// The highest each piece may stand, and whether that is too low; `isPushed` by the one before.
function earliest(pieces, gap, near, ceiling) {
  let free = ceiling;
  return pieces.map(({ wanted, height }, index) => {
    const own = Math.max(wanted - near, ceiling);
    const least = Math.max(own, free);
    const isOut = least > Math.max(wanted, ceiling) + near;
    if (!isOut) free = least + height + gap;
    return { index, wanted, height, least, isOut, isPushed: least > own };
  });
}

// Gives each piece's {top, level}: which of its `heights` (whole first, then ever shorter) it may have. Only crowds are
// shortened, and of them no more than must be; a top is null for those that have no room even at their shortest.
export function fitted(pieces, gap, near, ceiling = 0) {
  const levels = pieces.map(() => 0);
  const sized = () => pieces.map(({ wanted, heights }, i) => ({ wanted, height: heights[levels[i]] }));
  const out = () => earliest(sized(), gap, near, ceiling).filter((piece) => piece.isOut).length;
  while (shorten(earliest(sized(), gap, near, ceiling), levels, pieces));
  const least = out();
  levels.forEach((level, i) => {
    for (levels[i] = 0; levels[i] < level && out() > least; levels[i] += 1);
  });
  return squeezed(sized(), gap, near, ceiling).map((top, i) => ({ top, level: levels[i] }));
}

// Shortens by one level whatever pushes a piece out, with that piece; says whether anything could be.
function shorten(places, levels, pieces) {
  const crowd = new Set();
  for (const { index, isOut } of places) {
    if (!isOut) continue;
    crowd.add(index);
    for (let at = index - 1; at >= 0; at -= 1) {
      crowd.add(at);
      if (!places[at].isPushed && !places[at].isOut) break;
    }
  }
  const able = [...crowd].filter((i) => levels[i] < pieces[i].heights.length - 1);
  for (const i of able) levels[i] += 1;
  return able.length > 0;
}
