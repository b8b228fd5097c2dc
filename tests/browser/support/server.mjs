// A stand-in for askus-server, for tests that need to choose what the server does: it serves the
// built web files, the panel's page as docs/http-api.md says, and whatever a test adds.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Where the built web files are. */
export const WEB = resolve(process.env.ASKUS_WASM ?? "build/wasm", "web");

/**
 * @typedef {import("node:http").IncomingMessage} IncomingMessage
 * @typedef {import("node:http").ServerResponse} ServerResponse
 * @typedef {(request: IncomingMessage, response: ServerResponse) => unknown} Handler
 */

/**
 * @typedef {object} TestServer
 * @property {string} origin
 * @property {Map<string, Handler>} routes by path; looked at before the files
 * @property {() => Promise<void>} close
 */

/**
 * @param {string[]} folders whose files are served, the first that has the file
 * @returns {Promise<TestServer>}
 */
export async function startServer(folders) {
  /** @type {Map<string, Handler>} */
  const routes = new Map();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const route = routes.get(pathname);
    if (route) return void route(request, response);
    for (const folder of folders) {
      const bytes = await readFile(join(folder, pathname)).catch(() => null);
      if (!bytes) continue;
      const type = TYPES[/** @type {".js"} */ (extname(pathname))] ?? "application/octet-stream";
      // As askus-server answers for ask-more.js, which pages of other origins import.
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.writeHead(200, { "Content-Type": type }).end(bytes);
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${address.port}`,
    routes,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * A handler that answers with a text.
 * @param {string} body
 * @param {Record<string, string>} [headers]
 * @param {number} [status]
 * @returns {Handler}
 */
export const answer =
  (body, headers = { "Content-Type": "text/html; charset=utf-8" }, status = 200) =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

/** @param {IncomingMessage} request */
export async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
