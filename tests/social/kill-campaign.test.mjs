// The short form of tests/soak/going-out: each place with some of the steps.
import { test } from "node:test";
import { runKills } from "./kill-campaign.mjs";

for (const database of /** @type {const} */ (["SQLite", "PostgreSQL"]))
  test(`${database}: the server is killed between two steps of a reply: sent at least once, once where it can be`, async () => {
    console.log(`# ${await runKills({ kills: 24, seed: 20261127, database })}`);
  });
