// The requests that were sent from this device: one value of the storage each, `mine.<id>`, written
// by the page when the server has acknowledged it, and here with what the server said since.
import { readRequest } from "./own-request.js";

const NAME = "mine.";
/** Of the newest so many the status is asked for when the panel is opened; the rest are kept. */
const ASKED = 20;

/**
 * @typedef {object} Kept
 * @property {string} id
 * @property {number} number
 * @property {string} token
 * @property {string} title
 * @property {string} status of docs/http-api.md
 * @property {string} created
 * @property {number} replies how many there are
 * @property {number} seen how many of them were shown
 */

export class Mine {
  /** @param {import("../panel/storage.js").Storage} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /** @returns {Kept[]} the newest first */
  list() {
    return this.storage
      .names(NAME)
      .sort()
      .reverse()
      .flatMap((name) => this.#read(name.slice(NAME.length)) ?? []);
  }

  /** @param {string} id @returns {Kept | null} null: what is kept under it is none of ours */
  #read(id) {
    try {
      const { number, token, title, status, created, replies, seen } = JSON.parse(
        this.storage.get(NAME + id),
      );
      return {
        ...{ id, number: Number(number), token: String(token), title: String(title) },
        ...{ status: String(status ?? "received"), created: String(created ?? "") },
        ...{ replies: Number(replies) || 0, seen: Number(seen) || 0 },
      };
    } catch {
      return null;
    }
  }

  /** @param {Kept} kept */
  #write({ id, ...rest }) {
    this.storage.set(NAME + id, JSON.stringify(rest));
  }

  /** @param {string} id */
  remove(id) {
    this.storage.set(NAME + id, "");
  }

  /** How many replies nobody has seen yet. */
  get unread() {
    return this.list().reduce((sum, { replies, seen }) => sum + Math.max(0, replies - seen), 0);
  }

  /** Whether one may still be answered. */
  get isOpen() {
    return this.list().some(({ status }) => status !== "closed");
  }

  /** Asks the server for all of them; what it knows no more is left out from now on. */
  async refresh() {
    await Promise.all(
      this.list()
        .slice(0, ASKED)
        .map(async (kept) => {
          const said = await readRequest(kept);
          if (said === "gone") this.remove(kept.id);
          else if (said !== "unreachable") this.learn(said);
        }),
    );
  }

  /**
   * What the server said of one; of a request that is not kept here nothing is.
   * @param {import("./own-request.js").OwnRequest} said
   * @param {boolean} [isShown] whether the visitor sees its replies now
   */
  learn({ id, status, created, replies }, isShown = false) {
    const kept = this.storage.get(NAME + id) && this.#read(id);
    if (!kept) return;
    const count = replies.length;
    this.#write({ ...kept, status, created, replies: count, seen: isShown ? count : kept.seen });
  }
}
