// Requests on their way: each is kept, byte for byte, until the server has answered definitely, and
// sent again after every failure that can pass.

export const RETRY = { firstMs: 1000, maxMs: 60_000, timeoutMs: 30_000 };
const NAME = "outbox";

/** @typedef {{id: string, body: string}} Letter */

/**
 * @typedef {object} Answer what the server said of a stored request
 * @property {string} id
 * @property {number} number
 * @property {string} token
 * @property {string} link
 * @property {string[]} answers
 */

/**
 * @typedef {object} Refusal
 * @property {"offline" | "busy" | "invalid" | "error"} reason
 * @property {string} text
 * @property {{field: string, text: string}[]} errors
 */

/**
 * @typedef {object} Listener
 * @property {(answer: Answer) => void} sent
 * @property {(refusal: Refusal) => void} delayed it will be tried again
 * @property {(refusal: Refusal) => void} refused
 */

export class Outbox {
  /** @type {Letter[]} */
  #letters;
  #attempts = 0;
  #busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} address
   * @param {import("./storage.js").Storage} storage
   * @param {Listener} listener
   */
  constructor(address, storage, listener) {
    this.address = address;
    this.storage = storage;
    this.listener = listener;
    this.#letters = readLetters(storage.get(NAME));
  }

  /** Sends what is waiting, now; also when the network is back. */
  flush() {
    clearTimeout(this.#timer);
    if (!this.#busy && this.#letters.length > 0) void this.#post(this.#letters[0]);
  }

  /**
   * The same id again does not change what was frozen by the first.
   * @param {Letter} letter
   */
  add(letter) {
    if (!this.#letters.some(({ id }) => id === letter.id)) this.#letters.push(letter);
    this.#save();
    this.flush();
  }

  #save() {
    this.storage.set(NAME, this.#letters.length > 0 ? JSON.stringify(this.#letters) : "");
  }

  /** @param {Letter} letter */
  async #post(letter) {
    this.#busy = true;
    const outcome = await post(this.address, letter);
    this.#busy = false;
    if ("retryAfterMs" in outcome) {
      const backoff = Math.min(RETRY.maxMs, RETRY.firstMs * 2 ** this.#attempts++);
      const wait = Math.max(outcome.retryAfterMs, backoff * (0.5 + Math.random() / 2));
      this.#timer = setTimeout(() => this.flush(), wait);
      this.listener.delayed(outcome);
      return;
    }
    this.#attempts = 0;
    this.#letters = this.#letters.filter(({ id }) => id !== letter.id);
    this.#save();
    if ("reason" in outcome) this.listener.refused(outcome);
    else this.listener.sent(outcome);
    this.flush();
  }
}

/**
 * @param {string} json
 * @returns {Letter[]}
 */
function readLetters(json) {
  try {
    const letters = JSON.parse(json || "[]");
    return letters.filter(
      (/** @type {Letter} */ l) => typeof l?.id === "string" && typeof l.body === "string",
    );
  } catch {
    return [];
  }
}

/**
 * One attempt.
 * @param {string} address
 * @param {Letter} letter
 * @returns {Promise<Answer | Refusal | (Refusal & {retryAfterMs: number})>}
 */
async function post(address, { id, body }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), RETRY.timeoutMs);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": id },
      body,
      signal: abort.signal,
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok && answer.id === id) return answer;
    return refusal(response, answer);
  } catch {
    return { reason: "offline", text: "", errors: [], retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @returns {Refusal | (Refusal & {retryAfterMs: number})}
 * @param {Response} response
 * @param {{detail?: string, title?: string, errors?: {field: string, text: string}[]}} problem
 */
function refusal(response, problem) {
  const { status } = response;
  const errors = Array.isArray(problem.errors) ? problem.errors : [];
  const text = problem.detail ?? problem.title ?? `HTTP ${status}`;
  const passes = response.ok || status >= 500 || [408, 409, 425, 429].includes(status);
  if (!passes) return { reason: errors.length > 0 ? "invalid" : "error", text, errors };
  const reason = [409, 429, 503].includes(status) ? "busy" : "error";
  return { reason, text, errors, retryAfterMs: retryAfter(response.headers.get("retry-after")) };
}

/**
 * Seconds or a date (RFC 9110, 10.2.3), as milliseconds from now.
 * @param {string | null} header
 * @param {number} [now]
 */
export function retryAfter(header, now = Date.now()) {
  if (!header) return 0;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
