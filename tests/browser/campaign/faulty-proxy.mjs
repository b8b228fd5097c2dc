// Between the browser and the real server: lets everything through, but for what is posted it does
// first what it was told: nothing arrives, or all does and the answer is lost, or another answers.
import { createServer, request as ask } from "node:http";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */

/** What goes wrong with one post; `After`: when the server has committed. */
export const FAULTS = /** @type {const} */ ([
  "dropBefore",
  "dropAfter",
  "silentBefore",
  "silentAfter",
  "cutAfter",
  "429",
  "500",
  "503",
  "portal",
]);
/** @typedef {typeof FAULTS[number]} Fault */

const PROBLEM = { "Content-Type": "application/problem+json" };
/** @type {Record<string, [number, Record<string, string>, string]>} */
const ANSWERS = {
  429: [429, { ...PROBLEM, "Retry-After": "2" }, '{"type":"/problems/rate-limited","status":429}'],
  500: [500, { "Content-Type": "text/html" }, "<h1>Internal Server Error</h1>"],
  503: [503, { ...PROBLEM, "Retry-After": "1" }, '{"type":"/problems/busy","status":503}'],
  portal: [200, { "Content-Type": "text/html" }, "<h1>Welcome to the café's Wi-Fi</h1>"],
};

/**
 * @typedef {object} Proxy
 * @property {string} origin
 * @property {Fault[]} faults of the next posts, in order; then all goes well
 * @property {boolean} isDown nothing that is posted arrives
 * @property {{fault: Fault | "down" | "", key: string, body: string}[]} posts what came, and what was done
 * @property {() => Promise<void>} nextPost resolves when the next post has had its fault or answer
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} server its origin
 * @returns {Promise<Proxy>}
 */
export async function startProxy(server) {
  /** @type {(() => void)[]} */
  let waiting = [];
  const done = () => {
    for (const call of waiting.splice(0)) call();
  };

  /** @param {IncomingMessage} from @param {Buffer} body @returns {Promise<{answer: IncomingMessage, bytes: Buffer}>} */
  const forward = ({ url, method, headers }, body) =>
    new Promise((resolve, reject) => {
      const to = ask(server + url, { method, headers }, async (answer) => {
        resolve({ answer, bytes: await readAll(answer) });
      });
      to.once("error", reject);
      to.end(body);
    });

  /** @param {IncomingMessage} from @param {ServerResponse} to */
  const serve = async (from, to) => {
    const body = await readAll(from);
    const isPost = from.method === "POST" && (from.url ?? "").endsWith("/requests");
    const fault = isPost ? (proxy.isDown ? "down" : (proxy.faults.shift() ?? "")) : "";
    if (isPost) {
      const key = String(from.headers["idempotency-key"]);
      proxy.posts.push({ fault, key, body: body.toString() });
    }
    const other = ANSWERS[fault];
    if (other) to.writeHead(other[0], other[1]).end(other[2]);
    else if (fault === "dropBefore" || fault === "down") from.socket.destroy();
    else if (fault !== "silentBefore") {
      const { answer, bytes } = await forward(from, body);
      if (fault === "dropAfter") from.socket.destroy();
      else if (fault !== "silentAfter") {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        if (fault === "cutAfter") to.write(bytes.subarray(0, 9), () => from.socket.destroy());
        else to.end(bytes);
      }
    }
    if (isPost) done();
  };

  const listener = createServer((from, to) => {
    // The browser may go at any time, and the server may be stopped.
    serve(from, to).catch(() => from.socket.destroy());
  });
  await new Promise((ready) => listener.listen(0, "127.0.0.1", () => ready(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
  /** @type {Proxy} */
  const proxy = {
    origin: `http://127.0.0.1:${port}`,
    faults: [],
    isDown: false,
    posts: [],
    nextPost: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  return proxy;
}

/** @param {IncomingMessage} message */
async function readAll(message) {
  const parts = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}
