// The wasm core as an object: instantiates the bare module and makes its calls.
import { decodeOutput } from "./protocol.js";

/**
 * What the page uses of the core; tests put a stand-in here.
 * @typedef {object} Core
 * @property {(kind: number, key: number, payload: Uint8Array) => import("./protocol.js").Output} event
 * @property {(bytes: Uint8Array) => import("./protocol.js").Output} snapshot
 */

/**
 * The functions of docs/panel-protocol.md ("The module").
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {(size: number) => number} askus_buffer
 * @property {(kind: number, key: number, size: number) => number} askus_event
 * @property {(size: number) => number} askus_snapshot
 */

/**
 * @param {Promise<Response>} fetched the module's file
 * @returns {Promise<Core>}
 */
export async function loadCore(fetched) {
  const response = await fetched;
  if (!response.ok) throw new Error(`core: HTTP ${response.status}`);
  /** @type {Exports | undefined} */
  let exports;
  const host = {
    now: () => Date.now(),
    /** @param {number} address @param {number} size the core asks for a few bytes */
    random: (address, size) => {
      const { buffer } = /** @type {Exports} */ (exports).memory;
      crypto.getRandomValues(new Uint8Array(buffer, address, size));
    },
  };
  const instance = await instantiate(response, { host });
  exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  exports._initialize();
  return wrapCore(exports);
}

/**
 * Compiles while it downloads where the server's content type allows it.
 * @param {Response} response
 * @param {WebAssembly.Imports} imports
 */
async function instantiate(response, imports) {
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) {
    return (await WebAssembly.instantiateStreaming(response, imports)).instance;
  }
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports)).instance;
}

/**
 * @param {Exports} exports
 * @returns {Core}
 */
export function wrapCore(exports) {
  let revision = -1;
  /** @param {Uint8Array} payload */
  const write = (payload) => {
    const address = exports.askus_buffer(payload.length);
    if (address === 0) throw new RangeError(`core: no room for ${payload.length} bytes`);
    new Uint8Array(exports.memory.buffer, address, payload.length).set(payload);
  };
  /** @param {number} address */
  const read = (address) => {
    const output = decodeOutput(exports.memory.buffer, address, revision);
    revision = output.revision;
    return output;
  };
  return {
    event(kind, key, payload) {
      write(payload);
      return read(exports.askus_event(kind, key, payload.length));
    },
    snapshot(bytes) {
      write(bytes);
      return read(exports.askus_snapshot(bytes.length));
    },
  };
}
