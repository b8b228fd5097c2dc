// The fall-back for pages without crypto.subtle; a chunk of its own, loaded only there.
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64Url } from "./bytes.js";

const COORDINATE_BYTES = 32;
const UNCOMPRESSED = 4;

/** @type {import("./verify.js").Crypto} */
export const fallbackCrypto = {
  sha256: async (bytes) => sha256(bytes),
  async verify({ x, y }, text, signature) {
    const [left, right] = [fromBase64Url(x), fromBase64Url(y)];
    if (left?.length !== COORDINATE_BYTES || right?.length !== COORDINATE_BYTES) return false;
    try {
      const point = Uint8Array.from([UNCOMPRESSED, ...left, ...right]);
      // Like WebCrypto, without the rule of the smaller s that is Bitcoin's.
      return p256.verify(signature, sha256(text), point, { prehash: false, lowS: false });
    } catch {
      return false;
    }
  },
};
