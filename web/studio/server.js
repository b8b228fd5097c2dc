// The server's calls (docs/http-api.md). Who the marketer is is said here and nowhere else: the
// session's cookie goes along by itself, a publisher's key takes its place.

const KEY = "askus.studio.key";

/** A refusal of the server: the problem's name, and its sentence. */
export class Refused extends Error {
  /** @param {number} status @param {string} type @param {string} detail */
  constructor(status, type, detail) {
    super(detail);
    this.status = status;
    this.type = type;
  }
}

export class Server {
  /** @param {string} site */
  constructor(site) {
    this.base = `/v1/sites/${site}`;
  }

  /** The publisher's key is kept as long as the tab is open. */
  get key() {
    return sessionStorage.getItem(KEY) ?? "";
  }
  set key(key) {
    if (key) sessionStorage.setItem(KEY, key);
    else sessionStorage.removeItem(KEY);
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   * @param {number[]} [expected] further statuses that are no refusal
   */
  async #call(path, init = {}, expected = []) {
    const headers = new Headers(init.headers);
    if (this.key) headers.set("Authorization", `Bearer ${this.key}`);
    const response = await fetch(this.base + path, { ...init, headers });
    if (response.ok || expected.includes(response.status)) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Refused(
      response.status,
      String(problem.type ?? "").replace("/problems/", ""),
      problem.detail || problem.title || `HTTP ${response.status}`,
    );
  }

  /**
   * The draft, or null when it is still the version that is known.
   * @param {number} [known]
   * @returns {Promise<{version: number, saved_at: string, saved_by: string,
   *   draft?: {records: string, settings: string}} | null>}
   */
  async draft(known) {
    const headers = known === undefined ? undefined : { "If-None-Match": `"${known}"` };
    const response = await this.#call("/draft", { headers, cache: "no-store" }, [304]);
    return response.status === 304 ? null : response.json();
  }

  /**
   * @param {number} version that was changed
   * @param {{records: string, settings: string}} draft
   * @returns {Promise<number>} the new version; rejects with Refused "draft-changed"
   */
  async saveDraft(version, draft) {
    const headers = { "Content-Type": "application/json", "If-Match": `"${version}"` };
    const init = { method: "PUT", headers, body: JSON.stringify(draft) };
    return (await (await this.#call("/draft", init)).json()).version;
  }

  /** Whether the server holds the site's signing key. @returns {Promise<boolean>} */
  async signsHere() {
    return (await this.#call("/signing-key")).status === 200;
  }

  /**
   * A manifest that the server has signed, as the version behind the current one.
   * @param {{length: number, sha256: string}} what
   * @returns {Promise<string>} one line of JSON
   */
  async sign({ length, sha256 }) {
    const headers = { "Content-Type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ length, sha256 }) };
    return (await this.#call("/manifests", init)).text();
  }

  /** The language model that proposes phrasings here, or "". @returns {Promise<string>} */
  async model() {
    const response = await this.#call("/proposals");
    return response.status === 200 ? (await response.json()).model : "";
  }

  /**
   * @param {{language: string, title: string, answer: string, phrasings: string[], wanted: number}} topic
   * @returns {Promise<string[]>}
   */
  async propose(topic) {
    const headers = { "Content-Type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify(topic) };
    return (await (await this.#call("/proposals", init)).json()).phrasings;
  }

  /** The current manifest; null before the first publish. @returns {Promise<any>} */
  async manifest() {
    const response = await this.#call("/manifest.json", { cache: "no-cache" }, [404]);
    return response.status === 404 ? null : response.json();
  }

  /** @param {string} sha256 @returns {Promise<Uint8Array<ArrayBuffer>>} */
  async snapshot(sha256) {
    return new Uint8Array(await (await this.#call(`/snapshots/${sha256}.faq`)).arrayBuffer());
  }

  /**
   * What was published and is kept, newest first.
   * @returns {Promise<{version: number, issued_at: string, sha256: string, current: boolean,
   *   published_at: string, publisher: string}[]>}
   */
  async history() {
    return (await this.#call("/snapshots")).json();
  }

  /**
   * What visitors asked in vain on these days, both included, as the compiler reads it.
   * @param {string} from @param {string} to
   */
  async gaps(from, to) {
    const query = new URLSearchParams({ from, to });
    return (await this.#call(`/gaps?${query}`, { cache: "no-store" })).text();
  }

  /** What those who answer have handed over. @returns {Promise<import("./handed-edit.js").Handed[]>} */
  async suggestions() {
    return (await this.#call("/suggestions", { cache: "no-store" })).json();
  }

  /** @param {string} id @param {"taken" | "declined"} state @param {string} topic that was made of it */
  async settle(id, state, topic) {
    const headers = { "Content-Type": "application/json" };
    const init = { method: "PUT", headers, body: JSON.stringify({ state, topic }) };
    await this.#call(`/suggestions/${encodeURIComponent(id)}`, init);
  }

  /** @param {string} manifest one line of JSON @param {Uint8Array<ArrayBuffer>} snapshot */
  async publish(manifest, snapshot) {
    await this.#call("/snapshots", {
      method: "POST",
      headers: { "Content-Type": "application/vnd.askus.publication" },
      body: new Blob([manifest, "\n", snapshot]),
    });
  }

  /** @param {string} manifest */
  async rollback(manifest) {
    const headers = { "Content-Type": "application/json" };
    await this.#call("/rollback", { method: "POST", headers, body: manifest });
  }
}
