// Where all that is said at the foot of the page stands, one above the other.
export function toasts() {
  const there = document.querySelector("body > .toasts");
  if (there) return there;
  const made = document.createElement("div");
  made.className = "toasts";
  document.body.append(made);
  return made;
}
