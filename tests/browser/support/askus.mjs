// The real thing for end-to-end tests: askus-server with a data folder of its own, a FAQ compiled
// and published by askus-faq, the built web files and the demo site.
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const BIN = resolve(process.env.ASKUS_BIN ?? "build/release/bin");
const WASM = resolve(process.env.ASKUS_WASM ?? "build/wasm");
const run = promisify(execFile);

export const DEMO = { faq: "web/demo/faq.csv", site: "web/demo/site.json" };
const SHARED_FAQ = "../shared/bench/data/tri-btc-t/topics.jsonl";

/** A real trilingual FAQ of 126 topics where it is at hand, else the demo's own. */
export function realFaq() {
  if (existsSync(SHARED_FAQ)) return { faq: SHARED_FAQ, site: "web/demo/site-plain.json" };
  console.log("# ../shared is missing: taking the demo's own FAQ");
  return DEMO;
}

/** @param {string[]} args of askus-server */
export const askusServer = (args) => run(join(BIN, "askus-server"), args);
/** @param {string[]} args of askus-faq */
export const askusFaq = (args) => run(join(BIN, "askus-faq"), args);

/**
 * @typedef {object} Askus
 * @property {string} origin
 * @property {string} metrics the listener for metrics, where there is one
 * @property {string} data the server's folder
 * @property {(sql: string) => Record<string, unknown>[]} query the server's database
 * @property {(source: {faq: string, site: string}) => Promise<void>} publish
 * @property {string[]} tools `--key` and `--token-file` with their files, for askus-faq
 * @property {string[]} log lines the server wrote
 * @property {() => Promise<void>} restart
 * @property {() => Promise<void>} crash kills it as a power cut would, and starts it again
 * @property {() => Promise<void>} close ends the server; its data stays
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<number>} a port that nothing listens on */
export function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => done(port));
    });
  });
}

/**
 * @param {{faq: string, site: string} | null} [source] what is published at first
 * @param {object} [settings] of the configuration, beside what `askus-server init` writes
 * @param {{staffKey?: string, metrics?: boolean, origins?: string[], identitySecret?: string,
 *   channels?: object, environment?: Record<string, string>, helpPages?: boolean,
 *   signsItself?: boolean, outgoingWebhooks?: object,
 *   postgres?: import("../../staff/postgres.mjs").Postgres}} [options] a staff key of the site, which keeps the texts of queries then;
 *   a listener for metrics; origins of host pages; what identities are signed with; the site's
 *   channels; variables for the server; the site's pages for search engines, at the server's own
 *   origin; whether the server signs; other systems that are told; a database of its own instead
 *   of SQLite's
 * @returns {Promise<Askus>}
 */
export async function startAskus(source = DEMO, settings = {}, options = {}) {
  const data = mkdtempSync(join(tmpdir(), "askus-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const file = (/** @type {string} */ name) => join(data, name);
  const { stdout } = await askusFaq(["keygen", "-o", file("key.pem")]);
  writeFileSync(file("public.json"), stdout);
  await askusServer([
    ...["init", "--config", file("server.json"), "--data", data, "--web", join(WASM, "web")],
    ...["--site-root", join(WASM, "site"), "--port", String(port), "--site", "demo"],
    ...["--public-key-file", file("public.json"), "--publisher-token-file", file("token")],
  ]);
  const metricsPort = options.metrics ? await freePort() : 0;
  const config = { ...JSON.parse(readFileSync(file("server.json"), "utf8")), ...settings };
  if (options.postgres) config.database = options.postgres.database;
  if (options.metrics) config.metrics = { port: metricsPort };
  if (options.staffKey) {
    config.sites.demo.staff_keys = [createHash("sha256").update(options.staffKey).digest("hex")];
    config.sites.demo.keep_queries = true;
  }
  if (options.signsItself) config.sites.demo.signing_key_file = file("key.pem");
  if (options.channels) config.sites.demo.channels = options.channels;
  if (options.outgoingWebhooks) config.sites.demo.outgoing_webhooks = options.outgoingWebhooks;
  if (options.helpPages) config.sites.demo.help_pages = { base: `${origin}/help/demo/` };
  config.sites.demo.allowed_origins.push(...(options.origins ?? []));
  if (options.identitySecret) {
    writeFileSync(file("identity"), options.identitySecret, { mode: 0o600 });
    config.sites.demo.identity_secret_files = [file("identity")];
  }
  writeFileSync(file("server.json"), JSON.stringify(config));
  const tools = ["--key", file("key.pem"), "--token-file", file("token")];
  /** @type {string[]} */
  const log = [];
  /** @type {import("node:child_process").ChildProcess} */
  let server;

  const start = () =>
    new Promise((done, fail) => {
      server = spawn(join(BIN, "askus-server"), ["--config", file("server.json")], {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...options.environment },
      });
      if (!server.stdout || !server.stderr) throw new Error("no pipes");
      createInterface(server.stderr).on("line", (line) => log.push(line));
      createInterface(server.stdout).on("line", (line) => {
        if (line.startsWith("listening on ")) done(undefined);
      });
      server.once("exit", (code) => fail(new Error(`server ended with ${code}: ${log.at(-1)}`)));
    });
  let stopped = false;
  /** @type {(signal?: NodeJS.Signals) => Promise<void>} */
  const stop = (signal = "SIGTERM") =>
    new Promise((done) => {
      if (stopped) return done();
      stopped = true;
      server.removeAllListeners("exit");
      server.once("exit", () => done());
      server.kill(signal);
    });
  /** @param {NodeJS.Signals} [signal] */
  const again = async (signal) => {
    await stop(signal);
    stopped = false;
    await start();
  };
  /** @type {Askus} */
  const askus = {
    origin,
    metrics: `http://127.0.0.1:${metricsPort}`,
    data,
    tools,
    log,
    query: (sql) => {
      if (options.postgres) return options.postgres.query(sql);
      // The server may be writing just now: its turn is waited for.
      const patient = ["-cmd", ".timeout 10000", "-json", file("askus.db"), sql];
      return JSON.parse(execFileSync("sqlite3", patient).toString() || "[]");
    },
    publish: async ({ faq, site }) => {
      const where = ["--to", origin, "--accept-warnings"];
      await askusFaq(["publish", faq, "--site", site, ...tools, ...where]);
    },
    close: () => stop(),
    restart: () => again(),
    crash: () => again("SIGKILL"),
    stop: async () => {
      await stop();
      rmSync(data, { recursive: true });
    },
  };
  await start();
  try {
    if (source) await askus.publish(source);
  } catch (error) {
    await askus.stop();
    throw error;
  }
  return askus;
}

/** The demo's FAQ as a snapshot. @returns {Promise<Uint8Array>} */
export async function demoSnapshot() {
  const folder = mkdtempSync(join(tmpdir(), "askus-"));
  const { stdout } = await askusFaq(["build", DEMO.faq, "--site", DEMO.site, "-o", folder]);
  const snapshot = readFileSync(stdout.trim());
  rmSync(folder, { recursive: true });
  return snapshot;
}

/** The records of a FAQ in JSON Lines. @param {string} file */
export const readJsonLines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
