// The compiler, beside the page: a check of a large FAQ takes a while, and typing must not wait.
import { Compiler } from "./compiler.js";

/** @type {Promise<Compiler>} */
let loading;

/** @param {{wasm: string, lexicon: string}} assets */
async function load({ wasm, lexicon }) {
  const [module, words] = await Promise.all(
    [wasm, lexicon].map(async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
      return response.arrayBuffer();
    }),
  );
  const compiler = await Compiler.load(module);
  compiler.call({ call: "lexicon", names: ["lexicon.txt"] }, [new Uint8Array(words)]);
  return compiler;
}

/** @type {{[name: string]: (compiler: Compiler, args: any[]) => any}} */
const METHODS = {
  call: (compiler, [call, blobs]) => compiler.call(call, blobs),
  read: (compiler, [file, bytes]) => compiler.read(file, bytes),
  write: (compiler, [format, lines]) => compiler.write(format, lines),
};

addEventListener("message", async ({ data }) => {
  const { id, method, args } = data;
  try {
    if (method === "load") {
      loading = load(args[0]);
      await loading;
      return postMessage({ id, answer: null });
    }
    postMessage({ id, answer: METHODS[method](await loading, args) });
  } catch (error) {
    postMessage({ id, error: String(/** @type {Error} */ (error).message ?? error) });
  }
});
