// ECDSA P-256 with SHA-256, and SHA-256: WebCrypto where there is one (it is missing on plain http
// pages), else a chunk that is loaded for it. The check is never skipped.

/** A public key as the page's configuration carries it. @typedef {{x: string, y: string}} Key */

/**
 * @typedef {object} Crypto
 * @property {(bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>} sha256
 * @property {(key: Key, text: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => Promise<boolean>} verify
 *   a malformed key or signature is not valid
 */

const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/**
 * @param {SubtleCrypto} subtle
 * @returns {Crypto}
 */
export function webCrypto(subtle) {
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes)),
    async verify({ x, y }, text, signature) {
      try {
        const jwk = { kty: "EC", crv: "P-256", x, y };
        const key = await subtle.importKey("jwk", jwk, CURVE, false, ["verify"]);
        return await subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, text);
      } catch {
        return false;
      }
    },
  };
}

/**
 * The browser's own, or the fall-back at that address. Asked for at the first use, then kept.
 * @param {string} fallbackUrl
 * @returns {() => Promise<Crypto>}
 */
export function cryptoSource(fallbackUrl) {
  /** @type {Promise<Crypto> | null} */
  let found = null;
  return () => {
    found ??= globalThis.crypto?.subtle
      ? Promise.resolve(webCrypto(globalThis.crypto.subtle))
      : import(fallbackUrl).then((module) => module.fallbackCrypto);
    found.catch(() => (found = null)); // a failed download is tried again
    return found;
  };
}
