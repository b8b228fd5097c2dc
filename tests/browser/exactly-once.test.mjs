// Thirty visitors of the campaign (tests/soak/panel has the thousand): whatever the network, the
// browser and they themselves do, each request is stored once and nothing typed is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENTS, eventOf } from "./campaign/exactly-once.mjs";
import { playSeeds } from "./campaign/run.mjs";

const SEEDS = 30;

test(`${SEEDS} visitors among faults: each request exactly once`, async (t) => {
  const events = new Set(Array.from({ length: SEEDS }, (_, seed) => eventOf(seed)));
  assert.deepEqual([...events].sort(), Object.keys(EVENTS).sort(), "every event is among them");
  /** @type {string[]} */
  const failures = [];
  const { requests, posts, faults, failed } = await playSeeds(0, SEEDS, (text) =>
    failures.push(text),
  );
  assert.deepEqual(failed, [], failures.join("\n\n"));
  t.diagnostic(`${requests} requests, ${posts} posts, ${faults} faults`);
  assert.ok(faults >= SEEDS, "the faults were there");
});
