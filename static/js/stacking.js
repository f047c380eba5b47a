// Where notes stand in a column: each wants the height of its marker, none may overlap the one before.
// Pure arithmetic on pixels, tested by tests/js/stacking.test.js.

// Gives each piece's {top, group}. `pieces` are {wanted, height} in order; those that crowd make a group and share the
// way: some stand a little above what they want, the others a little below, and none above `ceiling`.
export function stacked(pieces, gap, ceiling = 0) {
  const groups = [];
  for (const piece of pieces) {
    groups.push({ members: [piece], sum: piece.wanted, height: piece.height });
    while (groups.length > 1 && collide(groups.at(-2), groups.at(-1), gap, ceiling)) {
      const last = groups.pop();
      join(groups.at(-1), last, gap);
    }
  }
  return groups.flatMap((group, i) => spread(group, gap, ceiling).map((place) => ({ top: place, group: i })));
}

function top(group, ceiling) {
  return Math.max(group.sum / group.members.length, ceiling);
}

function collide(before, after, gap, ceiling) {
  return top(before, ceiling) + before.height + gap > top(after, ceiling);
}

// A group stands where the mean distance of its members from what they want is nothing.
function join(group, other, gap) {
  const shift = group.height + gap;
  group.sum += other.sum - shift * other.members.length;
  group.height = shift + other.height;
  group.members.push(...other.members);
}

function spread(group, gap, ceiling) {
  let at = top(group, ceiling);
  return group.members.map((piece) => {
    const own = at;
    at += piece.height + gap;
    return own;
  });
}

// Keeps each piece within `near` of what it wants, and leaves out those for which there is no room: gives each piece's
// top, or null. `pieces` are {wanted, height} in order; as many as can be are kept, and each as near as can be.
export function squeezed(pieces, gap, near, ceiling = 0) {
  const kept = [];
  let free = ceiling;
  pieces.forEach(({ wanted, height }, index) => {
    const least = Math.max(wanted - near, free);
    if (least > Math.max(wanted, ceiling) + near) return;
    kept.push({ index, wanted, height, least });
    free = least + height + gap;
  });
  let below = Infinity;
  for (const piece of kept.toReversed()) {
    piece.most = Math.max(Math.min(Math.max(piece.wanted, ceiling) + near, below - gap - piece.height), piece.least);
    below = piece.most;
  }
  const tops = pieces.map(() => null);
  free = ceiling;
  for (const { index, wanted, height, most } of kept) {
    tops[index] = Math.min(Math.max(wanted, free), most);
    free = tops[index] + height + gap;
  }
  return tops;
}
