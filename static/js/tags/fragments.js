// What is being typed in a field that takes several tags with commas between them. Offsets are UTF-16 units of the field.

export function fragmentAt(value, caret, single = false) {
  const start = single || !caret ? 0 : value.lastIndexOf(",", caret - 1) + 1;
  const comma = single ? -1 : value.indexOf(",", caret);
  const end = comma < 0 ? value.length : comma;
  return { start, end, words: value.slice(start, end).trim() };
}

// The field with a tag in place of what was typed, ready for the next one.
export function withTag(value, caret, path, single = false) {
  if (single) return { value: path, caret: path.length };
  const { start, end } = fragmentAt(value, caret);
  const before = value.slice(0, start).trim();
  const after = value.slice(end).replace(/^,/, "").trim();
  const head = `${before && `${before} `}${path}, `;
  return { value: head + after, caret: head.length };
}

// The paths that stand in the field beside the one being typed: they are not suggested again.
export function others(value, caret, single = false) {
  if (single) return [];
  const { start, end } = fragmentAt(value, caret);
  return `${value.slice(0, start)},${value.slice(end)}`.split(",").map((one) => one.trim()).filter(Boolean);
}

// A tag as it is read: "violence / raid" for one below another.
export function spoken({ path, name }) {
  return [...path.split("/").slice(0, -1).map((step) => step.replaceAll("-", " ")), name].join(" / ");
}

// What stands in the field for a tag: its path, with its codebook where several have a tag there.
export function written(tag, single = false) {
  return single ? tag.path : (tag.written ?? tag.path);
}
