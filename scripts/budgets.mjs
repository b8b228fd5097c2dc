// Prints a line a budget of the visitor's browser (name, measured, limit, ok or over; bytes after
// Brotli 11) and exits 1 when one is over or not built.   scripts/budgets [BUILD]
// BUILD holds wasm/web, and release/bin/askus-faq to compile the demo's snapshot. Default: build/.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const KB = 1024;
const LIMITS = {
  loader: 2 * KB,
  more: 3 * KB,
  panel: 15 * KB,
  core: 40 * KB,
  skin: 15 * KB,
  snapshot: 60 * KB,
  later: 10 * KB,
  pictures: 3 * KB,
  staff: 25 * KB, // not a visitor's: so that it stays quick on a telephone
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const build = resolve(process.argv[2] ?? join(root, "build"));
const web = join(build, "wasm/web");
const compiler = join(build, "release/bin/askus-faq");

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

/** The compressed size of the demo's FAQ, compiled for this. */
function demoSnapshot() {
  const folder = mkdtempSync(join(tmpdir(), "askus-budgets-"));
  const [faq, site] = ["faq.csv", "site.json"].map((name) => join(root, "web/demo", name));
  execFileSync(compiler, ["build", faq, "--site", site, "-o", folder], { stdio: "pipe" });
  const [name] = readdirSync(folder).filter((each) => each.endsWith(".faq"));
  const bytes = compressed(join(folder, name));
  rmSync(folder, { recursive: true });
  return bytes;
}

if (!existsSync(join(web, "assets.json"))) {
  console.error(
    `budgets: no ${join(web, "assets.json")}; build it: cmake --workflow --preset wasm`,
  );
  process.exit(2);
}
const { texts, more_texts, ...assets } = JSON.parse(readFileSync(join(web, "assets.json"), "utf8"));
/** @param {Record<string, string>} files */
const largest = (files) => Math.max(...Object.values(files).map((name) => sum([name])));
/** @param {RegExp} wanted */
const staffAssets = (wanted) =>
  readdirSync(join(web, "assets"))
    .filter((name) => wanted.test(name))
    .map((name) => `assets/${name}`);

const measured = {
  loader: sum(["ask.js"]),
  more: sum(["ask-more.js"]),
  panel: sum(["panel.html", assets.panel_script, assets.panel_style]) + largest(texts),
  core: sum([assets.core]),
  skin: assets.skin ? sum([assets.skin, assets.skin_script]) : null,
  later: sum([assets.more_script]) + largest(more_texts),
  pictures: sum([assets.pictures_script]),
  staff: sum([
    // The feed and what it needs; screens of those who manage come when they are opened.
    ...[
      "staff.html",
      ...staffAssets(/^staff(-chunk)?\..*\.js$/),
      ...staffAssets(/^staff\..*\.css$/),
    ],
    staffAssets(/^staff-[a-z]{2}\..*\.json$/).reduce((a, b) => (sum([a]) > sum([b]) ? a : b)),
  ]),
  snapshot: existsSync(compiler) ? demoSnapshot() : null,
};

let isWrong = false;
for (const [name, bytes] of Object.entries(measured)) {
  if (bytes === null) {
    console.log(`${name.padEnd(10)} not built`);
    isWrong = true; // a budget that is not measured is not kept
    continue;
  }
  const limit = LIMITS[name];
  isWrong ||= bytes > limit;
  const verdict = bytes > limit ? "over" : "ok";
  console.log(
    `${name.padEnd(10)} ${String(bytes).padStart(7)} ${String(limit).padStart(7)}  ${verdict}`,
  );
}
process.exitCode = isWrong ? 1 : 0;
