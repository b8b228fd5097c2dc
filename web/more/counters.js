// Anonymous counters (docs/http-api.md, "Counters"): a batch is one value of the storage until the
// server has counted it, `counts.<id>`; its id is its key, so that it is counted once.
import { makeUuid7, timeOf } from "./uuid.js";

const NAME = "counts.";
/** Events that make a batch be sent without waiting until the panel is closed. */
export const FULL = 20;
const QUERY_LETTERS = 50; // at most 100 bytes
/** Another tab may be filling a batch that is younger. */
const LEFT_MS = 600_000;
/** The server remembers a batch's id for so long: an older one might be counted twice. */
const KEPT_MS = 6 * 86_400_000;

/** @typedef {{name: string, topic?: string, query?: string}} Counted */

/**
 * A query as it may be told: folded, and nothing that may be a contact. The server looks again.
 * @param {string} query
 * @returns {string} "" when it may not
 */
export function tellable(query) {
  const folded = query.toLowerCase().replace(/\s+/g, " ").trim();
  const digits = folded.replace(/\P{Nd}/gu, "").length;
  const isPrivate = digits > 4 || /@|[\p{L}\p{Nd}]\.[\p{L}\p{Nd}]/u.test(folded);
  return isPrivate ? "" : [...folded].slice(0, QUERY_LETTERS).join("");
}

/**
 * The server's names for what the core counted (docs/panel-protocol.md, `count`).
 * @param {string[]} args
 * @param {boolean} keepQueries
 * @returns {Counted[]}
 */
export function translate([name, first = "", second = ""], keepQueries) {
  const query = keepQueries ? tellable(first) : "";
  switch (name) {
    case "search":
    case "write":
      return [{ name }];
    case "zero":
      return [{ name: "search" }, { name, ...(query && { query }) }];
    case "article":
      return [{ name: "topic", topic: first }];
    case "helpful":
      return [{ name: `helpful-${second}`, topic: first }];
    case "offered":
    case "me-too":
      return [{ name, topic: first }];
    default:
      return [];
  }
}

export class Counters {
  #id = "";
  /** @type {Counted[]} */
  #events = [];

  /**
   * @param {string} address
   * @param {import("../panel/storage.js").Storage} storage
   * @param {{channel: string, language: string, keepQueries: boolean}} site
   */
  constructor(address, storage, { channel, language, keepQueries }) {
    this.address = address;
    this.storage = storage;
    this.batch = { channel, language };
    this.keepQueries = keepQueries;
  }

  /** @param {string[]} args of the effect `count` */
  add(args) {
    this.#events.push(...translate(args, this.keepQueries));
    if (this.#events.length === 0) return;
    this.#id ||= makeUuid7();
    const batch = { id: this.#id, ...this.batch, events: this.#events };
    this.storage.set(NAME + this.#id, JSON.stringify(batch));
    if (this.#events.length >= FULL) this.flush();
  }

  /** Sends what was counted; also while the page goes away. */
  flush() {
    const id = this.#id;
    this.#id = "";
    this.#events = [];
    if (id) void this.#send(id);
  }

  /** Forgets what was counted and not sent. */
  clear() {
    this.#id = "";
    this.#events = [];
  }

  /** Sends what earlier pages could not. */
  sendLeft() {
    for (const name of this.storage.names(NAME)) {
      const id = name.slice(NAME.length);
      const age = Date.now() - timeOf(id);
      if (!(age < KEPT_MS)) this.storage.set(name, "");
      else if (age > LEFT_MS) void this.#send(id);
    }
  }

  /** @param {string} id */
  async #send(id) {
    const body = this.storage.get(NAME + id);
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(this.address, {
      ...{ method: "POST", body, headers, keepalive: true },
    }).catch(() => null);
    const { status = 0 } = response ?? {};
    const isOver = status < 500 && status !== 429 && status !== 408 && status >= 200;
    if (isOver) this.storage.set(NAME + id, "");
  }
}
