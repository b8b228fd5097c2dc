// The skin's wasm module: surfaces in, triangles out. docs/skin.md specifies its exports.
import { RECORD } from "./records.js";

/** Bytes of Dear ImGui's vertex (position, texture, colour) and index. */
export const VERTEX = 20;
const INDEX = 4;

/**
 * Triangles in the module's memory: read them before the next call.
 * @typedef {{vertices: Uint8Array, indices: Uint8Array, count: number}} Triangles
 */

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {(count: number) => number} skin_surfaces
 * @property {() => number} skin_theme
 * @property {(scale: number) => number} skin_paint
 */

/** All that the module imports. */
export const IMPORTS = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    proc_exit() {
      throw new Error("skin: the module has given up");
    },
  },
};

/** @param {string} url */
export async function loadModule(url) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url), IMPORTS);
  return makeTriangulate(instance);
}

/** @param {WebAssembly.Instance} instance */
export function makeTriangulate(instance) {
  const skin = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  skin._initialize();

  // Growth detaches views of the memory: they are made anew after every call.
  /** @param {number} at @param {number} size */
  const bytes = (at, size) => new Uint8Array(skin.memory.buffer, at, size);

  /**
   * @param {Uint8Array} records of recordsOf
   * @param {Uint8Array | Uint8ClampedArray} theme four bytes a colour
   * @param {number} ratio
   * @returns {Triangles}
   */
  return (records, theme, ratio) => {
    const count = records.length / RECORD;
    const surfaces = skin.skin_surfaces(count);
    if (count && !surfaces) throw new Error(`skin: ${count} surfaces are too many`);
    bytes(surfaces, records.length).set(records);
    bytes(skin.skin_theme(), theme.length).set(theme);
    const output = skin.skin_paint(ratio);
    const [vertices, vertexCount, indices, indexCount] = new Uint32Array(
      skin.memory.buffer,
      output,
      4,
    );
    return {
      vertices: bytes(vertices, vertexCount * VERTEX),
      indices: bytes(indices, indexCount * INDEX),
      count: indexCount,
    };
  };
}
