// Where cards stand in a column beside the text: each as near to its passage as can be, none over another, all of them.
// Pure arithmetic on pixels, tested by tests/js/beside.test.js.
const HOLDING = 1e6; // how much more the card that is read counts than the others

// The top of each of `pieces`, {wanted, height} in order; none above 0. The piece at index `held` stands where it wants,
// the others make room. Pieces that would overlap become one row, which stands where the sum of the ways is least.
export function besides(pieces, gap, held = -1) {
  const rows = [];
  pieces.forEach(({ wanted, height }, i) => {
    rows.push({ first: i, weight: i === held ? HOLDING : 1, wanted: Math.max(wanted, 0), height });
    while (rows.length > 1 && overlap(rows.at(-2), rows.at(-1), gap)) join(rows, gap);
  });
  // A row that must come down from above the head of the column may meet the next.
  for (const row of rows) row.wanted = Math.max(row.wanted, 0);
  const tops = [];
  let free = 0;
  rows.forEach(({ first, wanted }, at) => {
    let top = Math.max(wanted, free);
    for (let i = first; i < (rows[at + 1]?.first ?? pieces.length); i += 1) {
      tops.push(top);
      top += pieces[i].height + gap;
    }
    free = top;
  });
  return tops;
}

function overlap(above, below, gap) {
  return above.wanted + above.height + gap > below.wanted;
}

function join(rows, gap) {
  const below = rows.pop();
  const above = rows.at(-1);
  const weight = above.weight + below.weight;
  above.wanted = (above.wanted * above.weight + (below.wanted - above.height - gap) * below.weight) / weight;
  above.height += gap + below.height;
  above.weight = weight;
}

// Groups places that are within `near` of the one before, as [first, last] indices.
export function grouped(places, near) {
  const groups = [];
  places.forEach((place, i) => {
    if (i && place - places[i - 1] <= near) groups.at(-1)[1] = i;
    else groups.push([i, i]);
  });
  return groups;
}
