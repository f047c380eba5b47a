// From name to name in the text. The link takes the focus, so that Enter opens its card.
import { offer } from "../keys/acts.js";
import { say } from "../keys/saying.js";

const names = () => [...document.querySelectorAll("#text .entity")];

function walk(step) {
  const all = names();
  const now = all.indexOf(document.activeElement);
  const next = now >= 0 ? (now + step + all.length) % all.length : fromHere(all, step);
  all[next].focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "center" });
  say(`Name ${next + 1} of ${all.length}: ${all[next].textContent}`);
}

// Where one is at none, the first in sight, or the last before it.
function fromHere(all, step) {
  const at = all.findIndex((each) => each.getBoundingClientRect().top >= 0);
  if (at < 0) return step > 0 ? 0 : all.length - 1;
  return step > 0 ? at : (at - 1 + all.length) % all.length;
}

offer("name-next", { when: () => names().length > 0, run: () => walk(1) });
offer("name-back", { when: () => names().length > 0, run: () => walk(-1) });
