// The compiler's wasm module gives what askus-faq gives, byte for byte. ASKUS_STUDIO_WASM names the
// module, ASKUS_FAQ the program; without the program only the module is looked at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Compiler } from "../../../web/studio/compiler.js";
import { zip } from "../../../web/studio/zip.js";
import { makeMonth, readFamilies } from "../../studio/month/month.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path));
const EXPORTS = join("tests/shared/faq/exports");
const LEXICON = ["general", "devices", "telecom", "bank", "shop", "city"];
const wasm = readFileSync(String(process.env.ASKUS_STUDIO_WASM));
const program = String(process.env.ASKUS_FAQ);
const folder = mkdtempSync(join(tmpdir(), "askus-studio-"));
after(() => rmSync(folder, { recursive: true }));

/** @param {string[]} args */
const faq = (...args) =>
  execFileSync(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
/** @type {Compiler} */
let compiler;
before(async () => {
  compiler = await Compiler.load(wasm);
  const names = LEXICON.map((name) => `${name}.txt`);
  compiler.call(
    { call: "lexicon", names },
    names.map((name) => read(`shared/lexicon/${name}`)),
  );
});

test("imports what compiler.js gives, and nothing else", async () => {
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(wasm));
  assert.deepEqual(imports.map(({ module, name }) => `${module}.${name}`).sort(), [
    "env.emscripten_notify_memory_growth",
    "host.html",
    "wasi_snapshot_preview1.environ_get",
    "wasi_snapshot_preview1.environ_sizes_get",
    "wasi_snapshot_preview1.proc_exit",
  ]);
});

test("the snapshot is askus-faq's, byte for byte", () => {
  const site = read("web/demo/site.json");
  const { bytes } = compiler.read("faq.csv", read("web/demo/faq.csv"));
  const checked = compiler.call({ call: "check", today: "2026-11-27" }, [bytes, site]).json;
  assert.equal(checked.errors, false);
  assert.equal(checked.topics, 60);
  const snapshot = compiler.call({ call: "snapshot" }).bytes;
  const args = [
    "build",
    join(ROOT, "web/demo/faq.csv"),
    "--site",
    join(ROOT, "web/demo/site.json"),
  ];
  const path = faq(...args, "-o", "out")
    .toString()
    .trim();
  assert.ok(Buffer.from(snapshot).equals(readFileSync(join(folder, path))));
});

test("check says what askus-faq check says", () => {
  const { bytes, json } = compiler.read("a.csv", read("web/demo/faq.csv"));
  assert.deepEqual(json.findings, []);
  const lines = Buffer.from(bytes).toString().replace('"en"', '"eng"').replace("no-internet", "");
  const { findings } = compiler.call({ call: "check" }, [lines, read("web/demo/site.json")]).json;
  const rules = findings.map((/** @type {any} */ f) => `${f.row} ${f.rule}`);
  assert.ok(rules.includes("1 missing-id"), rules.join());
  assert.ok(
    rules.some((/** @type {string} */ rule) => rule.endsWith("bad-language")),
    rules.join(),
  );
});

test("search explains, compare tells what changes", () => {
  const site = read("web/demo/site.json");
  const { bytes } = compiler.read("faq.csv", read("web/demo/faq.csv"));
  compiler.call({ call: "check" }, [bytes, site]);
  const old = compiler.call({ call: "snapshot" }).bytes;
  const { hits, explain } = compiler.call({
    call: "search",
    query: "немає інтернету",
    language: "uk",
  }).json;
  assert.equal(hits[0].id, "no-internet");
  assert.match(explain, /word нема/);

  const records = Buffer.from(bytes)
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const mine = records.filter((record) => record.id === "no-internet");
  for (const record of mine) {
    record.tests = "Зник інтернет";
    record.title = "Кіт";
    record.phrasings = "";
    record.answer = "Кіт";
    record.tags = "";
    record.comments = "";
  }
  const lines = records.map((record) => JSON.stringify(record)).join("\n");
  const { tests, findings } = compiler.call({ call: "check" }, [lines, site]).json;
  assert.equal(tests.length, 3);
  assert.ok(findings.some((/** @type {any} */ f) => f.rule === "failing-test"));
  const diff = compiler.call({ call: "compare" }, [old]).json;
  assert.deepEqual(
    diff.changed.map((/** @type {any} */ change) => change.id),
    ["no-internet"],
  );
  assert.ok(diff.questions.some((/** @type {any} */ q) => q.worse && q.before === 1));
  assert.deepEqual([diff.added, diff.gone], [[], []]);
  const now = compiler.call({ call: "snapshot" }).bytes;
  assert.deepEqual(compiler.call({ call: "compare" }, [old, now]).json.changed, diff.changed);
  assert.deepEqual(compiler.call({ call: "compare" }, [now, now]).json.changed, []);
  const broken = [old, Buffer.from("x")];
  assert.throws(() => compiler.call({ call: "compare" }, broken), /not a snapshot/);
});

test("workbooks go through both zips", () => {
  faq("export", join(ROOT, "web/demo/faq.csv"), "-o", "demo.xlsx");
  const native = readFileSync(join(folder, "demo.xlsx"));
  const { bytes, json } = compiler.read("demo.xlsx", native);
  assert.deepEqual(json.findings, []);
  const lines = Buffer.from(bytes).toString();
  const ours = compiler.write("xlsx", lines);
  const again = compiler.read("ours.xlsx", ours);
  assert.equal(Buffer.from(again.bytes).toString(), lines);
  faq("export", join(ROOT, "web/demo/faq.csv"), "-o", "demo.jsonl");
  assert.equal(
    Buffer.from(compiler.write("jsonl", lines)).toString(),
    readFileSync(join(folder, "demo.jsonl"), "utf8"),
  );
  assert.equal(
    Buffer.from(compiler.write("csv", lines)).toString(),
    faq("export", "demo.xlsx", "-o", "demo.csv") && readFileSync(join(folder, "demo.csv"), "utf8"),
  );
});

test("gaps are grouped and asked again as askus-faq does it", () => {
  const counts = new Map();
  for (const { text, language } of makeMonth(readFamilies(), { visits: 1_000 })) {
    const key = JSON.stringify({ text, language });
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].map(([key, searched]) =>
    JSON.stringify({ ...JSON.parse(key), searched }),
  );
  writeFileSync(join(folder, "questions.jsonl"), lines.join("\n"));
  const site = join(ROOT, "web/demo/site.json");
  const args = ["gaps", join(ROOT, "web/demo/faq.csv"), "questions.jsonl", "--site", site];
  const { replay, ...gaps } = JSON.parse(faq(...args, "--json").toString());
  const { bytes } = compiler.read("faq.csv", read("web/demo/faq.csv"));
  compiler.call({ call: "check" }, [bytes, readFileSync(site)]);
  assert.deepEqual(compiler.call({ call: "gaps" }, [lines.join("\n")]).json, gaps);
  assert.deepEqual(compiler.call({ call: "replay" }).json, replay);
  assert.ok(gaps.groups.length > 50 && gaps.groups.length < lines.length / 2);
  assert.ok(replay.found > 0 && replay.found < replay.n);
});

test("imports are askus-faq's", () => {
  for (const name of readdirSync(join(ROOT, EXPORTS)).filter((file) => file !== "html.json")) {
    const { bytes, json } = compiler.read(name, read(join(EXPORTS, name)));
    faq("import", join(ROOT, EXPORTS, name), "-o", "imported.jsonl");
    assert.equal(
      Buffer.from(bytes).toString(),
      readFileSync(join(folder, "imported.jsonl"), "utf8"),
      name,
    );
    assert.ok(json.findings.length > 0, name);
  }
});

test("parse5 and Gumbo give the same markup", () => {
  const cases = JSON.parse(read(join(EXPORTS, "html.json")).toString());
  for (const { html, markup, losses } of cases) {
    const file = JSON.stringify({
      type: "list",
      data: [
        {
          type: "article",
          id: "a",
          title: "t",
          state: "published",
          body: html,
          default_locale: "en",
        },
      ],
    });
    const { bytes, json } = compiler.read("x.json", Buffer.from(file));
    assert.equal(JSON.parse(Buffer.from(bytes).toString()).answer, markup, html);
    assert.equal(json.findings.length, Object.keys(losses).length, html);
  }
});

test("what is hostile is refused, and the next call is answered", () => {
  assert.throws(() => compiler.call({ call: "fly" }), /no call/);
  const bomb = zip([{ name: "xl/workbook.xml", bytes: new Uint8Array(49 * 2 ** 20) }]);
  assert.throws(() => compiler.read("bomb.xlsx", bomb), /48 MB/);
  assert.throws(() => compiler.read("cut.xlsx", bomb.slice(0, 1000)));
  const deep = `${"[".repeat(100_000)}`;
  assert.equal(compiler.read("deep.json", Buffer.from(deep)).json.findings.length > 0, true);
  assert.throws(() => compiler.call({ call: "compare" }, [Buffer.from("no snapshot")]));
  const many = "<b>".repeat(30_000);
  const article = { id: 1, title: "t", body: many, locale: "en" };
  const { json } = compiler.read("z.json", Buffer.from(JSON.stringify({ articles: [article] })));
  assert.equal(json.findings[0].rule, "too-long");
  assert.equal(compiler.call({ call: "check" }, ["", ""]).json.topics, 0);
});
