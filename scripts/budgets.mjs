// Prints a line a budget of the visitor's browser (name, measured, limit, ok or over; bytes after
// Brotli 11) and exits 1 when one is over.   scripts/budgets [BUILD]
// BUILD holds wasm/web and, when the demo has been compiled, demo/*.faq. Default: build/.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const KB = 1024;
const LIMITS = { loader: 2 * KB, panel: 15 * KB, core: 40 * KB, skin: 15 * KB, snapshot: 60 * KB };

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const build = resolve(process.argv[2] ?? join(root, "build"));
const web = join(build, "wasm/web");
const demo = join(build, "demo");

/** @param {string} file */
function compressed(file) {
  const bytes = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

/** @param {string[]} names */
const sum = (names) => names.reduce((bytes, name) => bytes + compressed(join(web, name)), 0);

if (!existsSync(join(web, "assets.json"))) {
  console.error(
    `budgets: no ${join(web, "assets.json")}; build it: cmake --workflow --preset wasm`,
  );
  process.exit(2);
}
const { texts, ...assets } = JSON.parse(readFileSync(join(web, "assets.json"), "utf8"));
const largest = Math.max(...Object.values(texts).map((name) => sum([name])));
const snapshots = existsSync(demo) ? readdirSync(demo).filter((name) => name.endsWith(".faq")) : [];

const measured = {
  loader: sum(["ask.js"]),
  panel: sum(["panel.html", assets.panel_script, assets.panel_style]) + largest,
  core: sum([assets.core]),
  skin: assets.skin ? sum([assets.skin, assets.skin_script]) : null,
  snapshot: snapshots.length
    ? Math.max(...snapshots.map((name) => compressed(join(demo, name))))
    : null,
};

let isOver = false;
for (const [name, bytes] of Object.entries(measured)) {
  if (bytes === null) {
    console.log(`${name.padEnd(10)} not built`);
    continue;
  }
  const limit = LIMITS[name];
  isOver ||= bytes > limit;
  const verdict = bytes > limit ? "over" : "ok";
  console.log(
    `${name.padEnd(10)} ${String(bytes).padStart(7)} ${String(limit).padStart(7)}  ${verdict}`,
  );
}
process.exitCode = isOver ? 1 : 0;
