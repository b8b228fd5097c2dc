// Pictures of the draft and of requests on their way: a chunk that is fetched with the first of
// them. A picture is named by the SHA-256 of its bytes, here and at the server; the storage's values
// `pictures.<id>` list those of drafts, a letter of the outbox names its own.
import { sha256Hex } from "../panel/bytes.js";
import { encodePicture } from "./encode.js";
import { Shelf } from "./shelf.js";

const LISTS = "pictures.";
export const MAX_PICTURES = 5;
/** The server keeps a picture that no request names for a day: put again after a while. */
const PUT_AGAIN_MS = 3_600_000;
const PUT_MS = 60_000;
const BYTES_PER_MS = 8;

/** @typedef {{name: string, size: number, url: string}} Picture url: of the page's own, to show it */

export class Pictures {
  /** When a picture was put. @type {Map<string, number>} */
  #put = new Map();
  /** @type {Map<string, Picture>} */
  #shown = new Map();
  /** Names of those that are on their way to the shelf. @type {Set<string>} */
  #putting = new Set();

  /**
   * @param {{site: string, requests: string}} config
   * @param {import("../panel/storage.js").Storage} storage
   * @param {() => Promise<import("../panel/verify.js").Crypto>} crypto
   * @param {() => string} listName the storage's name of the list of this tab's draft
   */
  constructor({ site, requests }, storage, crypto, listName) {
    this.address = requests.replace(/requests$/, "attachments/");
    this.storage = storage;
    this.crypto = crypto;
    this.listName = listName;
    this.shelf = new Shelf(site);
    void this.sweep();
  }

  get #names() {
    return this.storage.get(this.listName()).split(" ").filter(Boolean);
  }
  set #names(names) {
    this.storage.set(this.listName(), names.join(" "));
  }

  /** Whether what was added survives a reload. */
  get isLasting() {
    return this.shelf.isLasting;
  }

  /**
   * The draft's pictures, in the order in which they were added. What is lost is taken off the list.
   * @returns {Promise<{pictures: Picture[], lost: number}>}
   */
  async list() {
    const names = this.#names;
    const found = await Promise.all(names.map((name) => this.#show(name)));
    const pictures = found.flatMap((each) => each ?? []);
    // One that is being put is listed already. Others may have been added while this was looked at.
    const lost = names.filter((name, i) => !found[i] && !this.#putting.has(name));
    if (lost.length > 0) this.#names = this.#names.filter((name) => !lost.includes(name));
    return { pictures, lost: lost.length };
  }

  /** @param {string} name @returns {Promise<Picture | null>} */
  async #show(name) {
    const shown = this.#shown.get(name);
    if (shown) return shown;
    const blob = await this.shelf.get(name);
    if (!blob) return null;
    const picture = { name, size: blob.size, url: URL.createObjectURL(blob) };
    this.#shown.set(name, picture);
    return picture;
  }

  /**
   * @param {File} file
   * @returns {Promise<"added" | "bad" | "many">} bad: it is none that can be sent
   */
  async add(file) {
    if (this.#names.length >= MAX_PICTURES) return "many";
    const blob = await encodePicture(file);
    if (!blob) return "bad";
    const name = await sha256Hex(new Uint8Array(await blob.arrayBuffer()), await this.crypto());
    if (this.#names.includes(name)) return "added";
    // The list first: a sweep of another tab leaves alone what is on it.
    this.#putting.add(name);
    this.#names = [...this.#names, name];
    await this.shelf.put(name, blob);
    this.#putting.delete(name);
    return "added";
  }

  /** @param {string} name */
  async remove(name) {
    this.#names = this.#names.filter((each) => each !== name);
    await this.sweep();
  }

  /** Forgets the bytes that neither a draft nor a letter names. */
  async sweep() {
    // Asked of each when its turn comes: one that is put meanwhile was listed before.
    const isWanted = (/** @type {string} */ name) =>
      [LISTS, "outbox."]
        .flatMap((prefix) => this.storage.names(prefix))
        .some((each) => this.storage.get(each).includes(name));
    for (const [name, { url }] of this.#shown) {
      if (isWanted(name)) continue;
      URL.revokeObjectURL(url);
      this.#shown.delete(name);
    }
    await this.shelf.sweep(isWanted);
  }

  /**
   * Puts the pictures that a letter names; the same again does no harm. What the server refuses, or
   * what is lost, it says of the request itself.
   * @param {string} body
   * @returns {Promise<void>} rejects when it is to be tried again
   */
  async upload(body) {
    for (const name of /** @type {string[]} */ (JSON.parse(body).attachments)) {
      if (Date.now() - (this.#put.get(name) ?? 0) < PUT_AGAIN_MS) continue;
      const blob = await this.shelf.get(name);
      if (!blob) continue;
      const signal = AbortSignal.timeout(PUT_MS + blob.size / BYTES_PER_MS);
      const response = await fetch(this.address + name, { method: "PUT", body: blob, signal });
      const { ok, status } = response;
      if (ok) this.#put.set(name, Date.now());
      else if (status >= 500 || [403, 404, 408, 429].includes(status)) throw new Error(`${status}`);
    }
  }
}

/** @type {Pictures | undefined} */
let opened;

/**
 * The page's pictures.
 * @param {ConstructorParameters<typeof Pictures>[0]} config
 * @param {ConstructorParameters<typeof Pictures>[1]} storage
 * @param {ConstructorParameters<typeof Pictures>[2]} crypto
 * @param {ConstructorParameters<typeof Pictures>[3]} listName
 */
export const open = (config, storage, crypto, listName) =>
  (opened ??= new Pictures(config, storage, crypto, listName));
