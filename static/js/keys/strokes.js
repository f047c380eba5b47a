// What a key press is called: "j", "?", "Shift+f", "ArrowDown". Pure; monitor/accounts/key_map.py reads typed keys the
// same way, and tests/js/strokes.test.js holds both to the cases in tests/cases/strokes.json.
const ARROWS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);
const NAMED = new Set([...ARROWS, "Enter", "Escape", "Delete"]);
const NOT_TYPED = ["checkbox", "button", "submit", "reset", "image", "file", "color"];
const TYPING = `input${NOT_TYPED.map((type) => `:not([type="${type}"])`).join("")}, textarea, select, [role="textbox"], ` +
  '[role="combobox"], [role="listbox"], [role="menu"], [role="slider"], [role="spinbutton"]';

// The names by which a press may be meant, the likeliest first: as it is written on this keyboard; then, for keyboards
// of other scripts, the Latin letter in that place; and digits by their place, for on some keyboards they need Shift.
export function strokesOf(event) {
  const found = [named(event.key, event.shiftKey)];
  const letter = /^Key([A-Z])$/.exec(event.code ?? "")?.[1];
  if (letter && isForeign(event.key)) found.push(named(letter.toLowerCase(), event.shiftKey));
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code ?? "")?.[1];
  if (digit && !event.shiftKey) found.push(digit);
  return [...new Set(found.filter(Boolean))];
}

function named(key, shifted) {
  if (NAMED.has(key)) return shifted ? `Shift+${key}` : key;
  if ([...(key ?? "")].length !== 1 || key === " ") return "";
  // Shift, not the capital, counts: the lock for capitals may be on.
  return isCased(key) ? `${shifted ? "Shift+" : ""}${key.toLowerCase()}` : key;
}

// One letter, but none of ours; what only begins a letter ("Dead") is none.
function isForeign(key) {
  return [...key].length === 1 && key > "\x7f";
}

function isCased(key) {
  const [small, capital] = [key.toLowerCase(), key.toUpperCase()];
  return small !== capital && [...small].length === 1 && [...capital].length === 1;
}

// Whether a press belongs to somebody else: to the browser, an input method, or what is being typed.
export function isElsewhere(event) {
  if (event.isComposing || event.keyCode === 229) return true;
  // The third level of a keyboard, where some have their signs, looks like Ctrl and Alt on some systems.
  const modified = event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState?.("AltGraph"));
  return modified || isTyping(event.composedPath?.()[0] ?? event.target);
}

export function isTyping(target) {
  return Boolean(target?.isContentEditable || target?.closest?.(TYPING));
}
