// A PostgreSQL of a test's own, in a temporary folder, on a unix socket.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const VERSIONS = "/usr/lib/postgresql";

/** Debian keeps each version's programs in a folder of its own, outside of PATH. */
function programs() {
  const version = readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .find((one) => existsSync(join(VERSIONS, one, "bin/initdb")));
  if (!version) throw new Error("PostgreSQL is missing: run scripts/bootstrap");
  return join(VERSIONS, version, "bin");
}

/**
 * @typedef {object} Postgres
 * @property {object} database what the server's configuration says of it
 * @property {(sql: string) => string} run statements, and what they print
 * @property {(sql: string) => Record<string, unknown>[]} query the rows of one statement
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Postgres>} */
export async function startPostgres() {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), "askus-pg-"));
  // It refuses to run as root.
  const number = (/** @type {string} */ flag) =>
    Number(execFileSync("id", [flag, "nobody"]).toString());
  const who = process.getuid?.() === 0 ? { uid: number("-u"), gid: number("-g") } : {};
  if (who.uid !== undefined) chownSync(folder, who.uid, /** @type {number} */ (who.gid));
  const data = join(folder, "data");
  const options = { ...who, cwd: folder };
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "askus", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    options,
  );
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  await new Promise((done, fail) => {
    server.once("exit", (code) => fail(new Error(`postgres ended with ${code}`)));
    createInterface(/** @type {import("node:stream").Readable} */ (server.stderr)).on(
      "line",
      (line) => line.includes("ready to accept connections") && done(undefined),
    );
  });
  const run = (/** @type {string} */ sql) =>
    execFileSync(
      join(bin, "psql"),
      ["-h", folder, "-U", "askus", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt"],
      { input: sql, maxBuffer: 1 << 26 },
    ).toString();
  return {
    database: {
      backend: "postgresql",
      host: folder,
      name: "postgres",
      user: "askus",
      tls: "disable",
    },
    run,
    query: (sql) => JSON.parse(run(`SELECT coalesce(json_agg(row), '[]') FROM (${sql}) AS row`)),
    stop: async () => {
      const ended = new Promise((done) => {
        server.removeAllListeners("exit");
        server.once("exit", done);
      });
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
