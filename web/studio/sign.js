// Manifests, signed in the browser with the site's key (docs/snapshot-format.md). The key stays in
// this page's memory, as one that cannot be read out again.
import { sha256Hex } from "../panel/bytes.js";
import { signedText } from "../panel/snapshot.js";
import { webCrypto } from "../panel/verify.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const FRESH_DAYS = 7;
const DAY_MS = 86_400_000;

/** @param {string} pem PKCS#8 @returns {Promise<CryptoKey>} rejects when it is no such key */
export function readKey(pem) {
  const body =
    /-----BEGIN PRIVATE KEY-----([\s\S]+?)-----END PRIVATE KEY-----/.exec(pem)?.[1] ?? "";
  const bytes = Uint8Array.from(atob(body.replace(/\s/g, "")), (c) => c.charCodeAt(0));
  return crypto.subtle.importKey("pkcs8", bytes, CURVE, false, ["sign"]);
}

/** A key for one page only: of a preview. */
export async function passingKey() {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { key: pair.privateKey, public: { x: String(x), y: String(y) } };
}

/** @param {Uint8Array} bytes */
const base64Url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

/** @param {number} ms */
const time = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const hashOf = (bytes) => sha256Hex(bytes, webCrypto(crypto.subtle));

/**
 * A manifest of one line, as askus-faq writes it.
 * @param {{site: string, version: number, length: number, sha256: string}} what
 * @param {CryptoKey} key
 */
export async function signManifest({ site, version, length, sha256 }, key) {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const manifest = {
    format: 1,
    site,
    version,
    issued_at: time(now),
    fresh_until: time(now + FRESH_DAYS * DAY_MS),
    length,
    sha256,
    signature: "",
  };
  const text = new TextEncoder().encode(signedText(manifest));
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, text);
  manifest.signature = base64Url(new Uint8Array(signature));
  return JSON.stringify(manifest);
}
