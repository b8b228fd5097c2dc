// The compiler's wasm module (shared/studio/module.cpp): one call at a time, pieces in, pieces out.
import { readHtml } from "./html.js";
import { isZip, unzip, zip } from "./zip.js";

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(size: number) => number} studio_input
 * @property {() => number} studio_call
 * @property {(size: number) => number} studio_text
 * @property {(which: number, text: number, size: number) => void} studio_html_attribute
 * @property {(name: number, size: number) => void} studio_html_open
 * @property {(name: number, size: number) => void} studio_html_close
 * @property {(text: number, size: number) => void} studio_html_text
 * @property {() => void} _initialize
 */

/** @typedef {{json: any, bytes: Uint8Array}} Answer */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const WORD = 4;

/** @param {string | Uint8Array} piece */
const bytesOf = (piece) => (typeof piece === "string" ? encoder.encode(piece) : piece);

export class Compiler {
  /** @param {Exports} exports */
  constructor(exports) {
    this.exports = exports;
  }

  /** @param {BufferSource | WebAssembly.Module} module */
  static async load(module) {
    /** @type {Compiler} */
    let compiler;
    const imports = {
      host: {
        /** @param {number} at @param {number} size */
        html: (at, size) => compiler.readHtml(at, size),
      },
      env: { emscripten_notify_memory_growth: () => {} },
      // What the C library asks of a system that is not there: no environment, and an end that is a trap.
      wasi_snapshot_preview1: {
        environ_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => {
          const view = new DataView(compiler.exports.memory.buffer);
          view.setUint32(count, 0, true);
          view.setUint32(size, 0, true);
          return 0;
        },
        environ_get: () => 0,
        proc_exit: () => {
          throw new WebAssembly.RuntimeError("the compiler has stopped");
        },
      },
    };
    const source =
      module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
    const instance = await WebAssembly.instantiate(source, imports);
    compiler = new Compiler(/** @type {any} */ (instance.exports));
    compiler.exports._initialize();
    return compiler;
  }

  /**
   * @param {Record<string, unknown>} call
   * @param {(string | Uint8Array)[]} [blobs]
   * @returns {Answer}
   * @throws {Error} with the compiler's sentence, where it refuses
   */
  call(call, blobs = []) {
    const pieces = [JSON.stringify(call), ...blobs].map(bytesOf);
    const head = (pieces.length + 1) * WORD;
    const size = pieces.reduce((sum, piece) => sum + piece.length, head);
    const input = this.exports.studio_input(size);
    const memory = new DataView(this.exports.memory.buffer, input, size);
    const bytes = new Uint8Array(this.exports.memory.buffer, input, size);
    memory.setUint32(0, pieces.length, true);
    let at = head;
    pieces.forEach((piece, i) => {
      memory.setUint32((i + 1) * WORD, piece.length, true);
      bytes.set(piece, at);
      at += piece.length;
    });
    const output = this.exports.studio_call();
    const [json, jsonSize, made, madeSize] = new Uint32Array(this.exports.memory.buffer, output, 4);
    const answer = JSON.parse(this.textAt(json, jsonSize));
    if (typeof answer.error === "string") throw new Error(answer.error);
    return {
      json: answer,
      bytes: new Uint8Array(this.exports.memory.buffer, made, madeSize).slice(),
    };
  }

  /**
   * A file of any kind as the draft's JSON Lines, and what is wrong with the file itself.
   * @param {string} file
   * @param {Uint8Array} bytes
   */
  read(file, bytes) {
    if (!isZip(bytes)) return this.call({ call: "read", file }, [bytes]);
    const parts = unzip(bytes);
    return this.call(
      { call: "read", file, parts: parts.map(({ name }) => name) },
      parts.map((part) => part.bytes),
    );
  }

  /**
   * The draft as a file.
   * @param {"csv" | "jsonl" | "xlsx"} format
   * @param {string} lines
   */
  write(format, lines) {
    const { json, bytes } = this.call({ call: "write", format }, [lines]);
    if (format !== "xlsx") return bytes;
    let at = 0;
    return zip(
      json.parts.map((/** @type {{name: string, size: number}} */ { name, size }) => {
        at += size;
        return { name, bytes: bytes.subarray(at - size, at) };
      }),
    );
  }

  /** @param {number} at @param {number} size */
  textAt(at, size) {
    return decoder.decode(new Uint8Array(this.exports.memory.buffer, at, size));
  }

  /** Tells the module what is in that HTML. @param {number} at @param {number} size */
  readHtml(at, size) {
    const {
      studio_text,
      studio_html_attribute,
      studio_html_open,
      studio_html_close,
      studio_html_text,
    } = this.exports;
    /** @param {string} text @param {(at: number, size: number) => void} take */
    const give = (text, take) => {
      const bytes = encoder.encode(text);
      const to = studio_text(bytes.length);
      new Uint8Array(this.exports.memory.buffer, to, bytes.length).set(bytes);
      take(to, bytes.length);
    };
    readHtml(this.textAt(at, size), {
      attribute: (which, text) =>
        give(text, (to, length) => studio_html_attribute(which, to, length)),
      open: (name) => give(name, studio_html_open),
      close: (name) => give(name, studio_html_close),
      text: (text) => give(text, studio_html_text),
    });
    return 1;
  }
}
