// The compiler's worker as promises.

export class Service {
  /** @type {Map<number, {done: (answer: any) => void, fail: (error: Error) => void}>} */
  #waiting = new Map();
  #next = 1;

  /** @param {{worker: string, wasm: string, lexicon: string}} assets */
  constructor(assets) {
    this.worker = new Worker(assets.worker, { type: "module" });
    this.worker.addEventListener("message", ({ data: { id, answer, error } }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.done(answer);
      else waiting?.fail(new Error(error));
    });
    this.ready = this.#ask("load", [{ wasm: assets.wasm, lexicon: assets.lexicon }]);
  }

  /** @param {string} method @param {any[]} args @returns {Promise<any>} */
  #ask(method, args) {
    const id = this.#next++;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.worker.postMessage({ id, method, args });
    });
  }

  /**
   * @param {Record<string, unknown>} call docs/studio-protocol.md
   * @param {(string | Uint8Array)[]} [blobs]
   * @returns {Promise<import("./compiler.js").Answer>}
   */
  call(call, blobs = []) {
    return this.#ask("call", [call, blobs]);
  }
  /** @param {string} file @param {Uint8Array} bytes @returns {Promise<import("./compiler.js").Answer>} */
  read(file, bytes) {
    return this.#ask("read", [file, bytes]);
  }
  /** @param {"csv" | "jsonl" | "xlsx"} format @param {string} lines @returns {Promise<Uint8Array<ArrayBuffer>>} */
  write(format, lines) {
    return this.#ask("write", [format, lines]);
  }
}
