// Fetches the manifest and the snapshot that it names, and lets through only what is signed by one
// of the site's keys, for this site, not older than what was seen, and whole. What the core does not
// accept of that does not count as seen.
import { fromBase64Url, sha256Hex } from "./bytes.js";

export const LIMITS = {
  manifestBytes: 16 * 1024,
  snapshotBytes: 64 * 1024 * 1024,
  timeoutMs: 30_000,
  /** What a snapshot gets on top of that: limits.h of the server, kWriteRate. */
  bytesPerMs: 32,
};
const FORMAT = 1;
const VERSION_NAME = "version";

/**
 * docs/snapshot-format.md
 * @typedef {object} Manifest
 * @property {number} format
 * @property {string} site
 * @property {number} version
 * @property {string} issued_at
 * @property {string} fresh_until
 * @property {number} length
 * @property {string} sha256
 * @property {string} signature
 */

/**
 * @typedef {object} SnapshotConfig
 * @property {string} site
 * @property {import("./verify.js").Key[]} keys
 * @property {string} manifest address
 * @property {string} snapshots address prefix
 */

/** Why there is no snapshot: the protocol's word, which is all that the visitor is told of. */
export class SnapshotError extends Error {
  /** @param {"offline" | "refused" | "unsupported"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @returns {never} */
function refuse() {
  throw new SnapshotError("refused");
}

/**
 * shared/snapshot/manifest.h, signed_text()
 * @param {Manifest} m
 */
export function signedText(m) {
  const lines = ["askus-manifest", m.format, m.site, m.version, m.issued_at, m.fresh_until];
  return [...lines, m.length, m.sha256, ""].join("\n");
}

/**
 * The manifest when that of it is right which is used before its signature is checked.
 * @param {string} json
 * @param {string} site
 * @returns {Manifest}
 */
export function parseManifest(json, site) {
  let m;
  try {
    m = JSON.parse(json);
  } catch {
    refuse();
  }
  if (typeof m !== "object" || m === null) refuse();
  if (Number.isInteger(m.format) && m.format > FORMAT) {
    throw new SnapshotError("unsupported");
  }
  if (m.format !== FORMAT || m.site !== site) refuse();
  for (const name of ["version", "length"]) {
    if (!Number.isSafeInteger(m[name]) || m[name] < 1) refuse();
  }
  if (m.length > LIMITS.snapshotBytes) refuse();
  if (!/^[0-9a-f]{64}$/.test(m.sha256)) refuse();
  return m;
}

/** A manifest, and the text that it came as. @typedef {Manifest & {text: string}} Given */

/**
 * Keeps hold of what is loaded; load() gives the bytes of a newer snapshot, or null when the one
 * that is loaded is still the current one.
 */
export class SnapshotSource {
  /** What the core has accepted. @type {Given | null} */
  current = null;
  /** What load() gave last. @type {Given | null} */
  #given = null;

  /**
   * @param {SnapshotConfig} config
   * @param {import("./storage.js").Storage} storage remembers the highest version seen
   * @param {() => Promise<import("./verify.js").Crypto>} crypto
   */
  constructor(config, storage, crypto) {
    this.config = config;
    this.storage = storage;
    this.crypto = crypto;
  }

  /**
   * @param {typeof fetch} from where they are asked for
   * @returns {Promise<Uint8Array | null>} rejects with a SnapshotError
   */
  async load(from = fetch) {
    const file = await readBounded(await get(from, this.config.manifest), LIMITS.manifestBytes);
    const text = new TextDecoder().decode(file);
    const manifest = parseManifest(text, this.config.site);
    const last = this.#lastVersion();
    if (manifest.version < last) refuse();
    const isLoaded = manifest.sha256 === this.current?.sha256;
    const wanted = isLoaded ? null : this.#download(from, manifest);
    // Its failure is reported below; until then it must not count as unhandled.
    wanted?.catch(() => {});
    if (!(await this.#isSigned(manifest))) refuse();
    const bytes = await wanted;
    if (bytes && (await sha256Hex(bytes, await this.crypto())) !== manifest.sha256) {
      refuse();
    }
    this.#given = { ...manifest, text };
    if (!bytes) this.accept();
    return bytes;
  }

  /** The core has accepted what load() gave last. */
  accept() {
    if (!this.#given) return;
    this.current = this.#given;
    // Another tab may have seen a newer one meanwhile.
    this.storage.set(VERSION_NAME, String(Math.max(this.current.version, this.#lastVersion())));
  }

  #lastVersion() {
    return Number(this.storage.get(VERSION_NAME)) || 0;
  }

  /** @param {Manifest} manifest */
  async #isSigned(manifest) {
    const crypto = await this.crypto().catch(() => {
      throw new SnapshotError("offline");
    });
    const signature = fromBase64Url(`${manifest.signature}`);
    const text = new TextEncoder().encode(signedText(manifest));
    for (const key of signature ? this.config.keys : []) {
      if (signature && (await crypto.verify(key, text, signature))) return true;
    }
    return false;
  }

  /** @param {typeof fetch} from @param {Manifest} manifest */
  async #download(from, { sha256, length }) {
    const response = await get(from, `${this.config.snapshots}${sha256}.faq`, length);
    const bytes = await readBounded(response, length);
    if (bytes.length !== length) refuse();
    return bytes;
  }
}

/**
 * The deadline holds for the body too.
 * @param {typeof fetch} from
 * @param {string} address
 * @param {number} [bytes] of it
 */
async function get(from, address, bytes = 0) {
  const signal = AbortSignal.timeout(LIMITS.timeoutMs + Math.ceil(bytes / LIMITS.bytesPerMs));
  const response = await from(address, { signal }).catch(() => null);
  if (!response?.ok) throw new SnapshotError("offline");
  return response;
}

/**
 * A body of at most that many bytes; what is longer is not read to its end.
 * @param {Response} response
 * @param {number} limit
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function readBounded(response, limit) {
  const bytes = new Uint8Array(limit);
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new SnapshotError("offline");
    });
    if (!part || part.done) return bytes.subarray(0, size);
    if (size + part.value.length > limit) {
      void reader?.cancel().catch(() => {});
      refuse();
    }
    bytes.set(part.value, size);
    size += part.value.length;
  }
}
