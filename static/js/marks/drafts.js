// What is being written and not yet saved, kept in this browser under its person, its target and its id. Pure but for the
// store, which is given; tests/js/drafts.test.js holds it. Nobody is ever shown what another wrote here.
const ROOT = "draft:";
const KEPT_MS = 30 * 24 * 3600 * 1000;

const keyOf = (user, target, uid) => `${ROOT}${user}:${target}:${uid}`;

// Keeps words as they are typed. A store that is full or closed loses nothing else.
export function keep(store, { user, target, uid }, draft, now = Date.now()) {
  try {
    store.setItem(keyOf(user, target, uid), JSON.stringify({ ...draft, uid, at: now }));
    return true;
  } catch {
    return false;
  }
}

export function drop(store, { user, target, uid }) {
  store.removeItem(keyOf(user, target, uid));
}

// The drafts of one person on one target, the newest first. What is too old, or cannot be read, is thrown away.
export function kept(store, user, target, now = Date.now()) {
  sweep(store, now);
  const own = keyOf(user, target, "");
  return keysOf(store).filter((key) => key.startsWith(own)).map((key) => read(store, key)).sort((a, b) => b.at - a.at);
}

function sweep(store, now) {
  for (const key of keysOf(store)) {
    const draft = read(store, key);
    if (!draft || !(now - draft.at < KEPT_MS)) store.removeItem(key);
  }
}

function keysOf(store) {
  return Array.from({ length: store.length }, (_, i) => store.key(i)).filter((key) => key.startsWith(ROOT));
}

function read(store, key) {
  try {
    const draft = JSON.parse(store.getItem(key));
    return typeof draft?.at === "number" && typeof draft.uid === "string" ? draft : null;
  } catch {
    return null;
  }
}
