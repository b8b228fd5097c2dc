// Load in pairs: two servers measured in turns in one run, so that their ratio says something on
// any machine. Prints what each pair gave, and as its last line all figures.
//   node tests/load/load.mjs     needs wrk, nginx, and askus-load-server of the release tree
import { execFile, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { DEMO, freePort, startAskus } from "../browser/support/askus.mjs";

const run = promisify(execFile);
const SERVER = resolve(process.env.ASKUS_BIN ?? "build/release/bin", "askus-load-server");
/** Seconds of one measurement, and measurements of each side. The median counts. */
const SECONDS = Number(process.env.ASKUS_LOAD_SECONDS ?? 8);
const ROUNDS = 3;
const CONNECTIONS = 128;
const SYNC_DELAY = 5; // milliseconds

/** @typedef {{rate: number, wrong: number}} Measured calls a second, answers that were not 2xx */

/**
 * @param {string} url
 * @param {string[]} [script] a wrk script and its arguments
 * @returns {Promise<Measured>}
 */
async function wrk(url, script = []) {
  const load = ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--timeout", "20s"];
  const [file, ...args] = script;
  const { stdout } = await run("wrk", [
    ...load,
    ...(file ? ["-s", file] : []),
    url,
    ...(args.length > 0 ? ["--", ...args] : []),
  ]);
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(stdout)?.[1] ?? 0);
  const wrong = number(/Non-2xx or 3xx responses: (\d+)/);
  return { rate: number(/Requests\/sec:\s+([\d.]+)/), wrong };
}

/**
 * Starts a program and waits until a line of its output begins with `ready` (null: until its port
 * answers).
 * @param {string[]} command
 * @param {number} port
 */
async function start(command, port) {
  const program = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "ignore"] });
  createInterface({ input: /** @type {import("node:stream").Readable} */ (program.stdout) });
  const ended = new Promise((done) => program.once("exit", done));
  for (;;) {
    if (program.exitCode !== null) throw new Error(`${command.join(" ")} ended`);
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer) break;
    await new Promise((later) => setTimeout(later, 20));
  }
  return async () => {
    program.kill("SIGTERM");
    await ended;
  };
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Measures two sides in turns.
 * @param {string} name
 * @param {number} goal what the ratio of the first to the second is to be at least; 0: it is told only
 * @param {() => Promise<Measured>} first
 * @param {() => Promise<Measured>} second
 */
async function pair(name, goal, first, second) {
  /** @type {number[][]} */
  const rates = [[], []];
  for (let round = 0; round < ROUNDS; ++round)
    for (const [side, measure] of [first, second].entries()) {
      const { rate, wrong } = await measure();
      if (wrong > 0) throw new Error(`${name}: ${wrong} answers were not 2xx`);
      rates[side].push(rate);
    }
  const [a, b] = rates.map(median);
  const shown = (/** @type {number} */ rate) => Math.round(rate);
  const line = `${name}: ${shown(a)} to ${shown(b)} a second, ratio ${(a / b).toFixed(2)}${goal > 0 ? ` (goal ${goal})` : ""}`;
  console.log(`${line}  [${rates.map((side) => side.map(shown).join(" ")).join(" | ")}]`);
  missed += a / b < goal ? 1 : 0;
  return line;
}

let missed = 0;
const askus = await startAskus(DEMO, { abuse: { rate_limit: false, form_token: false } });
await askus.close();
const base = JSON.parse(readFileSync(join(askus.data, "server.json"), "utf8"));
const consent = JSON.parse(readFileSync(DEMO.site, "utf8")).consent.version;
const folder = mkdtempSync(join(tmpdir(), "askus-load-"));

/**
 * A server with a database of its own, under posts.
 * @param {{limits?: object, args?: string[]}} how
 */
async function posts({ limits = {}, args = [] }) {
  const data = mkdtempSync(join(folder, "data-"));
  cpSync(join(askus.data, "sites"), join(data, "sites"), { recursive: true });
  const port = await freePort();
  const config = { ...base, data, limits, listen: { address: "127.0.0.1", port } };
  config.limits.connections_per_address = 10_000;
  const file = join(data, "server.json");
  writeFileSync(file, JSON.stringify(config));
  const stop = await start([SERVER, "--config", file, ...args], port);
  const url = `http://127.0.0.1:${port}/v1/sites/demo/requests`;
  const measured = await wrk(url, [resolve("tests/load/post.lua"), consent]);
  await stop();
  rmSync(data, { recursive: true });
  return measured;
}

/** nginx with the same files in a folder. @param {string} root @param {number} port */
function startNginx(root, port) {
  const config = join(folder, "nginx.conf");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(
    config,
    `daemon off; worker_processes 2; ${user} pid ${join(folder, "nginx.pid")}; error_log stderr;
     events { worker_connections 1024; }
     http { sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
       access_log ${join(folder, "nginx.log")}; default_type application/octet-stream;
       server { listen 127.0.0.1:${port}; root ${root}; } }`,
  );
  return start(["/usr/sbin/nginx", "-p", folder, "-c", config], port);
}

/** @type {string[]} */
const figures = [];
try {
  const delay = ["--sync-delay", String(SYNC_DELAY)];
  figures.push(
    await pair(
      `durable posts, syncs ${SYNC_DELAY} ms longer: group commit to one commit each`,
      20,
      () => posts({ args: delay }),
      () => posts({ limits: { rows_per_commit: 1 }, args: delay }),
    ),
    await pair(
      "durable posts to a store that keeps nothing",
      0.8,
      () => posts({}),
      () => posts({ args: ["--keep-nothing"] }),
    ),
    await pair(
      // What the writer costs where nothing else takes time: the two share the machine's cores.
      "the same without the search for a topic that answers",
      0,
      () => posts({ args: ["--no-search"] }),
      () => posts({ args: ["--no-search", "--keep-nothing"] }),
    ),
  );

  const root = join(folder, "files");
  const snapshots = "v1/sites/demo/snapshots";
  mkdirSync(join(root, snapshots), { recursive: true });
  cpSync(base.web, root, { recursive: true });
  const sites = join(askus.data, "sites/demo");
  const snapshot = readdirSync(sites).find((name) => name.endsWith(".faq")) ?? "";
  cpSync(join(sites, snapshot), join(root, snapshots, snapshot));
  const core = readdirSync(join(base.web, "assets")).find((name) => /^core.*\.wasm$/.test(name));
  const port = await freePort();
  const file = join(folder, "server.json");
  const limits = { connections_per_address: 10_000 };
  writeFileSync(file, JSON.stringify({ ...base, limits, listen: { address: "127.0.0.1", port } }));
  const stopServer = await start([SERVER, "--config", file], port);
  const nginx = await freePort();
  const stopNginx = await startNginx(root, nginx);
  for (const [name, path] of [
    ["ask.js", "ask.js"],
    ["wasm core", `assets/${core}`],
    ["snapshot", `${snapshots}/${snapshot}`],
  ])
    figures.push(
      await pair(
        `${name} (${readFileSync(join(root, path)).length} bytes) to nginx`,
        0.7,
        () => wrk(`http://127.0.0.1:${port}/${path}`),
        () => wrk(`http://127.0.0.1:${nginx}/${path}`),
      ),
    );
  await stopServer();
  await stopNginx();
} finally {
  rmSync(folder, { recursive: true });
  await askus.stop();
}
console.log(
  `${figures.join("; ")}; ${CONNECTIONS} connections, median of ${ROUNDS} of ${SECONDS} s each, ` +
    `2 threads and 2 nginx workers, both with their log, no limiter and no form tokens; ${missed === 0 ? "all goals met" : `${missed} MISSED`}`,
);
process.exitCode = missed === 0 ? 0 : 1;
