// A ruler at the window's edge: where in the article annotations are dense, and of which colours. It is drawn of what is
// measured anyway when cards get their places; `view` follows the scrolling.
import { grouped } from "./beside.js";

const SVG = "http://www.w3.org/2000/svg";
const NEAR = 60; // pixels of text within which marks are one group
const WIDTH = 14;

export function makeRuler() {
  const ruler = document.createElementNS(SVG, "svg");
  ruler.setAttribute("class", "ruler");
  ruler.setAttribute("preserveAspectRatio", "none");
  ruler.setAttribute("aria-hidden", "true"); // the cards say the same in words
  document.body.append(ruler); // not amid the page, where it would have every style worked out anew
  return ruler;
}

// `places` are {top, colour} in pixels of the page, in order.
export function drawRuler(ruler, places) {
  const [height, view] = [document.documentElement.scrollHeight, Math.round(scrollY)]; // read before anything is written
  ruler.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  const unit = height / innerHeight; // one pixel of the window
  const parts = [rect("view", 0, view, WIDTH, innerHeight)];
  for (const [first, last] of grouped(places.map(({ top }) => top), NEAR)) {
    const tall = places[last].top - places[first].top + 8 * unit;
    parts.push(rect("density", 0, places[first].top, Math.min(3 + 2 * (last - first), WIDTH), tall));
  }
  let before = -Infinity;
  for (const { top, colour } of places) {
    if (top - before < 3 * unit) continue; // would lie on the one before
    before = top;
    parts.push(rect("tick", 2, top, 10, 3 * unit, colour));
  }
  ruler.replaceChildren(...parts);
}

function rect(name, x, y, width, height, colour) {
  const part = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({ class: name, x, y, width, height })) part.setAttribute(key, value);
  if (colour) part.dataset.colour = colour;
  return part;
}

export function followView(ruler) {
  ruler.querySelector(".view")?.setAttribute("y", Math.round(scrollY));
}
