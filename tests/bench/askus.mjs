// Our adapter for the bench: the shipped wasm module in Node, over snapshots that askus-faq builds.
// It finds both in the folders of the presets `wasm` and `release`, or where ASKUS_CORE and
// ASKUS_FAQ point.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const core = process.env.ASKUS_CORE ?? join(root, "build/wasm/widget/askus_core.wasm");
const faq = process.env.ASKUS_FAQ ?? join(root, "build/release/bin/askus-faq");

export const name = "askus";
export const configs = { default: {} };
export const bundle = { files: [core] };

const module = new WebAssembly.Module(readFileSync(core));
const encoder = new TextEncoder();

// A site of one language for a set of one, of all three for a mixed one: the lexicon's words come in
// the site's languages. Of every language that a topic says it has in any case.
const languagesOf = (topics, lang) => [
  ...new Set([
    ...(lang === "tri" ? ["uk", "ru", "en"] : [lang]),
    ...topics.map((topic) => topic.lang),
  ]),
];

export function build(topics, _config, lang) {
  const folder = mkdtempSync(join(tmpdir(), "askus-bench-"));
  try {
    const source = join(folder, "topics.jsonl");
    const site = join(folder, "site.json");
    writeFileSync(source, topics.map((topic) => JSON.stringify(topic)).join("\n"));
    writeFileSync(site, JSON.stringify({ site: "bench", languages: languagesOf(topics, lang) }));
    const path = execFileSync(faq, ["build", source, "--site", site, "-o", folder], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { bytes: readFileSync(path.toString().trim()), ids: idsOf(topics) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// The snapshot has its topics in bytewise order of their ids.
const idsOf = (topics) =>
  [...new Set(topics.map((topic) => topic.id))].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );

let known = new Map(); // snapshots' ids by their bytes' length: the bench hands only bytes on

export function serialize(index) {
  known.set(index.bytes.length, index.ids);
  return index.bytes;
}

function start() {
  let exports;
  const host = {
    now: () => Date.now(),
    random: (address, size) =>
      crypto.getRandomValues(new Uint8Array(exports.memory.buffer, address, size)),
  };
  exports = new WebAssembly.Instance(module, { host }).exports;
  exports._initialize();
  return exports;
}

// One instance a loaded snapshot, as a page has.
export function load(bytes) {
  const exports = start();
  const at = exports.askus_buffer(bytes.length);
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  exports.askus_snapshot(bytes.length);
  return { exports, ids: known.get(bytes.length) };
}

export function search(index, query, k) {
  const loaded = index.exports
    ? index
    : (index.loaded ??= { ...load(index.bytes), ids: index.ids });
  const { exports, ids } = loaded;
  const text = encoder.encode(query);
  const at = exports.askus_buffer(Math.max(text.length, 4 * k));
  new Uint8Array(exports.memory.buffer, at, text.length).set(text);
  const count = exports.askus_search(text.length, k);
  return [...new Uint32Array(exports.memory.buffer, at, count)].map((topic) => ids[topic]);
}
