// Hex and base64url, and SHA-256 by the browser or, without crypto.subtle, by the fall-back chunk.

/** @param {Uint8Array} bytes */
export const toHex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/**
 * @param {string} text base64url without padding
 * @returns {Uint8Array<ArrayBuffer> | null} null: malformed
 */
export function fromBase64Url(text) {
  if (!/^[\w-]*$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {import("./verify.js").Crypto} crypto
 * @returns {Promise<string>} lower-case hex
 */
export async function sha256Hex(bytes, crypto) {
  return toHex(await crypto.sha256(bytes));
}
