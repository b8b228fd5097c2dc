// Drafts that were left: the newest five of the last 30 days stay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dropOldDrafts } from "../../web/more/old-drafts.js";
import { makeUuid7 } from "../../web/more/uuid.js";
import { openStorage } from "../../web/panel/storage.js";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 27);

/** @param {number} days ago */
const idOf = (days) => makeUuid7(NOW - days * DAY_MS);

test("old ones go, and all but the newest five", () => {
  const storage = openStorage("demo", () => {
    throw new Error("blocked");
  });
  const ids = [40, 31, 29, 9, 8, 7, 6, 5].map(idOf);
  for (const id of ids) {
    storage.set(`draft.${id}`, "d");
    storage.set(`pictures.${id}`, "p");
  }
  storage.set("outbox.x", "o");
  dropOldDrafts(storage, NOW);
  const left = ids.slice(3);
  assert.deepEqual(
    storage.names("").sort(),
    [...left.map((id) => `draft.${id}`), ...left.map((id) => `pictures.${id}`), "outbox.x"].sort(),
  );
  dropOldDrafts(storage, NOW + 22 * DAY_MS);
  assert.deepEqual(
    storage.names("draft."),
    left.slice(2).map((id) => `draft.${id}`),
  );
});
