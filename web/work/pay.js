// Looks for the nonce that a form token asks for (docs/http-api.md, "Form tokens"), on the page's own
// thread in pieces so short that typing and scrolling go on.

/** One piece is about this long, so that no task is over 50 ms on a machine four times slower. */
const PIECE_MS = 10;
/** Hashes of the first piece: less than PIECE_MS on anything. */
const FIRST_PIECE = 512;
const MOST_NONCES = 2 ** 32;

/**
 * @typedef {object} WorkModule shared/work/module.cpp
 * @property {WebAssembly.Memory} memory
 * @property {() => number} work_input
 * @property {(token: number, body: number) => number} work_begin
 * @property {(from: number, count: number, bits: number) => number} work_search
 */

/**
 * @param {BufferSource} bytes of the module
 * @returns {(form: {token: string, work: number}, body: string) => Promise<string>} gives what the
 *   header X-Askus-Form has to hold
 */
export function makePay(bytes) {
  return async ({ token, work }, body) => {
    const { instance } = await WebAssembly.instantiate(bytes, {});
    const module = /** @type {WorkModule} */ (/** @type {unknown} */ (instance.exports));
    const encoder = new TextEncoder();
    const key = encoder.encode(token);
    const message = encoder.encode(body);
    const input = new Uint8Array(module.memory.buffer, module.work_input());
    if (key.length + message.length > input.length) throw new RangeError("work: too long");
    input.set(key);
    input.set(message, key.length);
    if (!module.work_begin(key.length, message.length)) throw new RangeError("work: too long");
    let count = FIRST_PIECE;
    for (let from = 0; from < MOST_NONCES;) {
      const begin = performance.now();
      const nonce = module.work_search(from, count, work);
      if (nonce >= 0) return `${token}.${nonce}`;
      from += count;
      const took = performance.now() - begin;
      count = Math.max(FIRST_PIECE, Math.round((count * PIECE_MS) / Math.max(took, 0.5)));
      await new Promise((done) => setTimeout(done));
    }
    throw new RangeError(`work: no nonce of ${work} bits`);
  };
}
