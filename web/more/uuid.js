// UUIDv7 (RFC 9562, 5.7): Unix milliseconds, then random bits; shared/request/uuid.h makes the same.
import { toHex } from "../panel/bytes.js";

/** @param {number} [now] Unix milliseconds */
export function makeUuid7(now = Date.now()) {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (40 - 8 * i));
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** When it was made, as Unix milliseconds. @param {string} id */
export const timeOf = (id) => parseInt(id.replace("-", "").slice(0, 12), 16);
