// A status that changes with every key is said when the typing pauses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCalm } from "../../web/more/calm.js";

/** @param {number} text @param {number} number @param {string} [label] @param {number} [key] */
const status = (text, number, label = "", key = 1) =>
  /** @type {import("../../web/panel/protocol.js").ViewNode} */ (
    /** @type {unknown} */ ({ role: 15, key, text, number, label, extra: "" })
  );
const COUNT = 5;
const NONE = 6;

test("other numbers wait for a pause, another sentence does not, nor does the same number again", (t) => {
  t.mock.timers.enable(["setTimeout", "clearTimeout"]);
  let draws = 0;
  const calm = makeCalm(() => draws++);
  const shown = (/** @type {ReturnType<typeof status>} */ node) => {
    const { text, number } = calm(node);
    return [text, number];
  };
  assert.deepEqual(shown(status(0, 0)), [0, 0]);
  assert.deepEqual(shown(status(COUNT, 20)), [COUNT, 20], "at once: nothing was said before");
  assert.deepEqual(shown(status(COUNT, 18)), [COUNT, 20]);
  t.mock.timers.tick(400);
  assert.deepEqual(shown(status(COUNT, 18)), [COUNT, 20], "drawn again for something else");
  assert.deepEqual(shown(status(COUNT, 5)), [COUNT, 20], "another key: the pause begins anew");
  t.mock.timers.tick(400);
  assert.deepEqual([draws, ...shown(status(COUNT, 5))], [0, COUNT, 20]);
  t.mock.timers.tick(100);
  assert.deepEqual([draws, ...shown(status(COUNT, 5))], [1, COUNT, 5]);
  assert.deepEqual(shown(status(COUNT, 7)), [COUNT, 5]);
  assert.deepEqual(shown(status(COUNT, 5)), [COUNT, 5]);
  t.mock.timers.tick(1000);
  assert.equal(draws, 1, "back at what is said: nothing is said");
  assert.deepEqual(shown(status(COUNT, 9)), [COUNT, 5]);
  assert.deepEqual(shown(status(NONE, 0)), [NONE, 0]);
  t.mock.timers.tick(1000);
  assert.equal(draws, 1);
  // Another status goes its own way.
  assert.deepEqual(shown(status(COUNT, 1, "", 2)), [COUNT, 1]);
  assert.deepEqual(shown(status(NONE, 0)), [NONE, 0]);
});
