// What somebody began and left is not kept for good.
import { timeOf } from "./uuid.js";

const MOST = 5;
const MOST_MS = 30 * 86_400_000;

/**
 * Drops drafts older than 30 days and all but the newest five, with their lists of pictures.
 * @param {import("../panel/storage.js").Storage} storage
 * @param {number} [now]
 */
export function dropOldDrafts(storage, now = Date.now()) {
  const ids = storage.names("draft.").map((name) => name.slice("draft.".length));
  for (const [i, id] of ids.sort().reverse().entries()) {
    if (i < MOST && now - timeOf(id) < MOST_MS) continue;
    for (const name of [`draft.${id}`, `pictures.${id}`]) storage.set(name, "");
  }
}
