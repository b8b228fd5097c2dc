// Requests on their way: each is kept, byte for byte, until the server has answered definitely, and
// sent again after every failure that can pass. The tabs of a visitor share what is kept: one value
// of the storage a request, so that none writes over another's.

/** Backoff and deadline; what a server may ask for, within what a timer can count. */
export const RETRY = { firstMs: 1000, maxMs: 60_000, timeoutMs: 30_000, mostMs: 86_400_000 };
const NAME = "outbox.";

/**
 * Problems (docs/http-api.md) that the same bytes meet again; any other answer may be a proxy's, a
 * captive portal's or of a server that is being renewed, and passes.
 */
const DEFINITE = new Set([
  ...["missing-key", "bad-key", "bad-json", "key-reused", "invalid-request", "unknown-site"],
  ...["too-large", "unsupported-media-type", "cross-site", "erased"],
]);

/** @typedef {{id: string, body: string}} Letter */

/**
 * What the server asks for beside the request: a token, and bits of work.
 * @typedef {{token: string, work: number}} Form
 */

/**
 * @typedef {object} Answer what the server said of a stored request
 * @property {string} id
 * @property {number} number
 * @property {string} token
 * @property {string} link
 * @property {string} promise when it will be answered; of an older server undefined
 * @property {string[]} answers
 */

/**
 * @typedef {object} Refusal
 * @property {string} id of the letter
 * @property {"offline" | "busy" | "invalid" | "error" | "unkept"} reason
 * @property {string} type the problem's name, "" when it is none of the server's
 * @property {string} text
 * @property {{field: string, text: string}[]} errors
 */

/**
 * Is told of letters of other tabs too.
 * @typedef {object} Listener
 * @property {(answer: Answer, body: string) => void} sent
 * @property {(refusal: Refusal) => void} delayed it will be tried again; `unkept`: by this page only
 * @property {(refusal: Refusal) => void} refused
 */

export class Outbox {
  /** Bodies of this page's letters: it wants their answers, even if another tab sends them. */
  #own = /** @type {Map<string, string>} */ (new Map());
  #attempts = 0;
  #busy = false;
  /** Whether a letter was added while another was on its way. */
  #added = false;
  /** Id of the letter tried last: one that always fails does not hold up the others. */
  #last = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Form | undefined} */
  #form;

  /**
   * @param {string} address
   * @param {import("./storage.js").Storage} storage
   * @param {Listener} listener
   * @param {string} [workScript] address of web/work/work.js
   * @param {(body: string) => Promise<unknown>} [upload] puts the pictures that a body names
   * @param {string} [social] token of who writes, where a social network vouches for them
   */
  constructor(address, storage, listener, workScript = "", upload = async () => {}, social = "") {
    this.address = address;
    this.workScript = workScript;
    this.upload = upload;
    this.social = social;
    this.storage = storage;
    this.listener = listener;
  }

  /** Somebody writes: the token that says since when, so that what they send costs no work. */
  async prepare() {
    if (this.#form) return;
    this.#form = { token: "", work: 0 };
    const response = await fetch(this.address.replace(/requests$/, "form")).catch(() => null);
    if (response?.ok) this.#form = await response.json();
  }

  /** Sends what is waiting, now; also when the network is back. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy) return;
    const letters = this.#letters();
    const next = letters.find(({ id }) => id > this.#last) ?? letters[0];
    if (next) void this.#post(next);
  }

  /**
   * The same id again does not change what was frozen by the first, and other text under it is
   * refused.
   * @param {Letter} letter
   */
  add({ id, body }) {
    if (!this.#own.has(id)) {
      const kept = this.storage.get(NAME + id) || body;
      // What was written on in another tab is another request, as the server would say.
      if (kept !== body && typed(kept) !== typed(body)) {
        const type = "key-reused";
        return this.listener.refused({ id, reason: "error", type, text: "", errors: [] });
      }
      this.#own.set(id, kept);
      this.#added = this.#busy;
    }
    this.storage.set(NAME + id, this.#own.get(id) ?? body); // whether it is kept: see #post
    this.flush();
  }

  /**
   * Another tab has changed the storage. The answer that it got to a letter of ours is asked for;
   * a letter of its own is left to it for a while.
   */
  changed() {
    if ([...this.#own.keys()].some((id) => !this.storage.get(NAME + id))) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), RETRY.maxMs);
  }

  /** Whether there are letters that would go with this page. */
  get unkept() {
    return [...this.#own].some(([id, body]) => !this.storage.set(NAME + id, body));
  }

  /** @returns {Letter[]} in the order of their ids, which is that of time */
  #letters() {
    const letters = new Map(this.#own);
    for (const name of this.storage.names(NAME)) {
      const id = name.slice(NAME.length);
      if (!letters.has(id)) letters.set(id, this.storage.get(name));
    }
    return [...letters].sort().map(([id, body]) => ({ id, body }));
  }

  /** @param {Letter} letter */
  async #post(letter) {
    const { id, body } = letter;
    this.#busy = true;
    this.#last = id;
    const outcome = await alone(id, async () => this.#isWaiting(id) && this.#send(letter));
    this.#busy = false;
    if (!outcome) return this.flush(); // another tab has brought it to its end meanwhile
    if (this.#last !== id) return; // forgotten meanwhile
    if ("retryAfterMs" in outcome) {
      const backoff = Math.min(RETRY.maxMs, RETRY.firstMs * 2 ** this.#attempts++);
      const wait = Math.max(outcome.retryAfterMs, backoff * (0.5 + Math.random() / 2));
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.flush(), this.#added ? 0 : wait);
      this.#added = false;
      const isKept = !this.#own.has(id) || this.storage.set(NAME + id, body);
      this.listener.delayed(isKept ? outcome : { ...outcome, reason: "unkept" });
      return;
    }
    this.#attempts = 0;
    this.#own.delete(id);
    this.storage.set(NAME + id, "");
    if ("reason" in outcome) this.listener.refused(outcome);
    else this.listener.sent(outcome, body);
    this.flush();
  }

  /** @param {string} id */
  #isWaiting(id) {
    return this.#own.has(id) || this.storage.get(NAME + id) !== "";
  }

  /** Forgets what is waiting; what is on its way arrives or not, and nobody is told. */
  clear() {
    clearTimeout(this.#timer);
    this.#last = "";
    this.#own.clear();
    for (const name of this.storage.names(NAME)) this.storage.set(name, "");
  }

  /**
   * One attempt, and others at once: with the token that the first was answered with, and without
   * an identity that is not believed (any more), which is no part of the request.
   * @param {Letter} letter
   * @returns {ReturnType<typeof post>}
   */
  async #send(letter) {
    for (let isAgain = false; ; isAgain = true) {
      // What was kept from an earlier visit may be somebody else's.
      const social = this.#own.has(letter.id) ? this.social : "";
      const outcome = await post(this, letter, this.#form, social);
      if (!("retryAfterMs" in outcome)) {
        this.#form = undefined;
        return outcome;
      }
      if (outcome.form) this.#form = outcome.form;
      if (outcome.type === "bad-identity") {
        const body = JSON.stringify({ ...JSON.parse(letter.body), identity: undefined });
        if (body === letter.body) return outcome;
        letter = { ...letter, body };
      } else if (isAgain || !outcome.form) return outcome;
    }
  }
}

/**
 * Runs it when no other tab runs the same, or after a while anyway: that tab may be asleep. Without
 * locks at once; what is sent twice is stored once all the same.
 * @template T
 * @param {string} id
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
function alone(id, run) {
  const signal = AbortSignal.timeout(RETRY.timeoutMs);
  return navigator.locks?.request(id, { signal }, run).catch(run) ?? run();
}

/** What the visitor wrote themselves. @param {string} body */
function typed(body) {
  const { title, details, name, contact } = JSON.parse(body);
  return [title, details, name, contact].join();
}

/**
 * @param {{address: string, workScript: string, upload: (body: string) => Promise<unknown>}} outbox
 * @param {Letter} letter
 * @param {Form} [form]
 * @param {string} [social]
 * @returns {Promise<Answer | Refusal | (Refusal & {retryAfterMs: number, form?: Form})>}
 */
async function post({ address, workScript, upload }, { id, body }, form, social) {
  try {
    await upload(body);
    const shown = form?.work ? await (await import(workScript)).pay(form, body) : form?.token;
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": id,
        ...(shown && { "X-Askus-Form": shown }),
        ...(social && { "X-Askus-Social": social }),
      },
      body,
      signal: AbortSignal.timeout(RETRY.timeoutMs),
    });
    const answer = (await response.json().catch(() => null)) ?? {};
    if (response.ok && answer.id === id) return answer;
    return refusal(id, response, answer);
  } catch {
    return { id, reason: "offline", type: "", text: "", errors: [], retryAfterMs: 0 };
  }
}

/**
 * @param {string} id
 * @param {Response} response
 * @param {{type?: string, detail?: string, title?: string, errors?: Refusal["errors"], form?: Form}} problem
 * @returns {Refusal | (Refusal & {retryAfterMs: number, form?: Form})}
 */
function refusal(id, { status, headers }, problem) {
  const isProblem = headers.get("content-type")?.startsWith("application/problem+json");
  const type = isProblem ? (String(problem.type).split("/").at(-1) ?? "") : "";
  const text = (isProblem && (problem.detail ?? problem.title)) || `HTTP ${status}`;
  const errors = isProblem && Array.isArray(problem.errors) ? problem.errors : [];
  const said = { id, type, text, errors };
  if (status >= 400 && status < 500 && DEFINITE.has(type)) {
    return { ...said, reason: errors.length > 0 ? "invalid" : "error" };
  }
  const reason = [409, 429, 503].includes(status) ? "busy" : "error";
  const { form } = problem;
  return { ...said, reason, form, retryAfterMs: retryAfter(headers.get("retry-after")) };
}

/**
 * Seconds or a date (RFC 9110, 10.2.3), as milliseconds from now.
 * @param {string | null} header
 * @param {number} [now]
 */
export function retryAfter(header, now = Date.now()) {
  if (!header) return 0;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Math.min(RETRY.mostMs, Math.max(0, wait)) || 0;
}
