import assert from "node:assert/strict";
import { test } from "node:test";

import { drop, keep, kept } from "../../static/js/marks/drafts.js";

const DAY = 24 * 3600 * 1000;
const place = (uid, user = "7", target = "article-3") => ({ user, target, uid });

class Store {
  constructor() { this.held = new Map(); }
  get length() { return this.held.size; }
  key(at) { return [...this.held.keys()][at]; }
  getItem(key) { return this.held.get(key) ?? null; }
  setItem(key, value) { this.held.set(key, value); }
  removeItem(key) { this.held.delete(key); }
}

test("drafts come back, the newest first, until they are dropped", () => {
  const store = new Store();
  keep(store, place("a"), { comment: "One" }, 10);
  keep(store, place("b"), { comment: "Two" }, 20);
  keep(store, place("a"), { comment: "One more" }, 30);
  assert.deepEqual(kept(store, "7", "article-3", 40), [{ comment: "One more", uid: "a", at: 30 }, { comment: "Two", uid: "b", at: 20 }]);
  drop(store, place("a"));
  assert.deepEqual(kept(store, "7", "article-3", 40).map(({ uid }) => uid), ["b"]);
});

test("nobody sees another's drafts, nor those of another article", () => {
  const store = new Store();
  keep(store, place("a", "7"), { comment: "Mine" }, 1);
  for (const [user, target] of [["8", "article-3"], ["77", "article-3"], ["7", "article-33"], ["", "article-3"], ["7", "article-"]]) {
    assert.deepEqual(kept(store, user, target, 2), []);
  }
  assert.equal(store.length, 1);
});

test("a draft is thrown away after thirty days, and what cannot be read at once", () => {
  const store = new Store();
  keep(store, place("a"), { comment: "Old" }, 0);
  store.setItem("draft:7:article-3:b", "{");
  store.setItem("draft:7:article-3:c", '{"comment": "no time", "uid": "c"}');
  store.setItem("mark-colour", "teal");
  assert.deepEqual(kept(store, "7", "article-3", 30 * DAY - 1).map(({ comment }) => comment), ["Old"]);
  assert.deepEqual(kept(store, "7", "article-3", 30 * DAY), []);
  assert.deepEqual([...store.held.keys()], ["mark-colour"]);
});

test("a full store is no trouble but says so", () => {
  const store = new Store();
  store.setItem = () => { throw new Error("full"); };
  assert.equal(keep(store, place("a"), { comment: "One" }), false);
});
