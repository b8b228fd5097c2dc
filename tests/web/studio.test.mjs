// The studio's parts that need no page: what joins two people's drafts, what is shown of them, the
// signatures of manifests.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { localTime, utcTime, withAnnouncement } from "../../web/studio/announcement.js";
import { Draft } from "../../web/studio/draft.js";
import { chosenRows, marksOf } from "../../web/studio/list.js";
import {
  addRecords,
  freshId,
  listOf,
  listText,
  merge,
  parseLines,
  toLines,
} from "../../web/studio/records.js";
import { Sync } from "../../web/studio/sync.js";
import { passingKey, readKey, signManifest } from "../../web/studio/sign.js";
import { parseManifest, signedText } from "../../web/panel/snapshot.js";
import { fromBase64Url } from "../../web/panel/bytes.js";
import { webCrypto } from "../../web/panel/verify.js";

if (!globalThis.crypto) Object.assign(globalThis, { crypto: webcrypto }); // Node 18

/** @param {string} id @param {object} [more] */
const record = (id, more = {}) => ({ id, lang: "uk", title: id, ...more });

test("both sides' changes are joined, field by field", () => {
  const base = [record("a"), record("b"), record("c")];
  const mine = [record("a", { title: "mine" }), record("b"), record("d")];
  const theirs = [
    record("a", { tags: ["x"] }),
    record("b", { title: "theirs" }),
    record("c"),
    record("e"),
  ];
  const { records, conflicts } = merge(base, mine, theirs);
  assert.deepEqual(conflicts, []);
  assert.deepEqual(records, [
    record("a", { title: "mine", tags: ["x"] }),
    record("b", { title: "theirs" }),
    record("e"),
    record("d"),
  ]);
});

test("of one field's two changes theirs stands and mine is told", () => {
  const { records, conflicts } = merge(
    [record("a")],
    [record("a", { title: "mine" })],
    [record("a", { title: "theirs" })],
  );
  assert.deepEqual(records, [record("a", { title: "theirs" })]);
  assert.deepEqual(conflicts, [
    { id: "a", lang: "uk", field: "title", mine: "mine", theirs: "theirs" },
  ]);
});

test("what one deletes and the other changes stays", () => {
  const changed = record("a", { title: "changed" });
  assert.deepEqual(merge([record("a")], [], [changed]).records, [changed]);
  assert.deepEqual(merge([record("a")], [changed], []).records, [changed]);
  assert.deepEqual(merge([record("a")], [], [record("a")]).records, []);
  assert.deepEqual(merge([record("a")], [record("a")], []).records, []);
});

test("records of one id and language, of none, and broken lines are kept", () => {
  const twice = [record("a"), record("a", { title: "again" }), {}];
  assert.deepEqual(merge(twice, twice, twice), { records: twice, conflicts: [] });
  assert.deepEqual(parseLines('{"id":"a"}\n\nbroken\n[1]\n'), [
    { id: "a" },
    { answer: "broken" },
    [1],
  ]);
  assert.deepEqual(parseLines(toLines(twice)), twice);
  assert.deepEqual(addRecords(twice, [record("a", { title: "new" }), record("z")]), [
    record("a", { title: "new" }),
    ...twice.slice(1),
    record("z"),
  ]);
});

test("lists are edited as text", () => {
  assert.equal(listText({ phrasings: ["a | b", "c"] }, "phrasings"), "a | b\nc");
  assert.deepEqual(listOf("a | b\n\n c ", "phrasings"), ["a | b", "c"]);
  assert.deepEqual(listOf("x; y, z", "tags"), ["x", "y", "z"]);
  assert.equal(listText({ tags: "x, y" }, "tags"), "x, y");
});

test("search, filter and sort", () => {
  const records = [
    record("b", { title: "Інтернет", updated: "2026-01-01" }),
    record("a", { lang: "en", phrasings: ["No Wi-Fi"], category: "line" }),
    record("c", { updated: "2026-05-01" }),
  ];
  const marks = new Map([
    [1, { errors: 1, warnings: 0 }],
    [2, { errors: 0, warnings: 2 }],
  ]);
  const rows = (/** @type {object} */ wanted) =>
    chosenRows(records, marks, { text: "", show: "", sort: "file", ...wanted });
  assert.deepEqual(rows({}), [0, 1, 2]);
  assert.deepEqual(rows({ text: "wi-fi NO" }), [1]);
  assert.deepEqual(rows({ text: "інтернет" }), [0]);
  assert.deepEqual(rows({ show: "errors" }), [1]);
  assert.deepEqual(rows({ show: "messages" }), [1, 2]);
  assert.deepEqual(rows({ show: "lang:en" }), [1]);
  assert.deepEqual(rows({ show: "category:line" }), [1]);
  assert.deepEqual(rows({ sort: "id" }), [1, 0, 2]);
  assert.deepEqual(rows({ sort: "updated" }), [2, 0, 1]);
});

test("what is wrong is counted by row; the settings have none", () => {
  const finding = { rule: "", column: "", found: "", remedy: "", file: "draft.jsonl" };
  const marks = marksOf([
    { ...finding, severity: "error", row: 2 },
    { ...finding, severity: "warning", row: 2 },
    { ...finding, severity: "warning", row: 1 },
    { ...finding, severity: "error", row: 0 },
    { ...finding, severity: "error", row: 3, file: "site.json" },
  ]);
  assert.deepEqual([...marks].sort(), [
    [0, { errors: 0, warnings: 1 }],
    [1, { errors: 1, warnings: 1 }],
  ]);
});

test("a fresh id is nobody's", () => {
  assert.equal(freshId([]), "topic-1");
  assert.equal(freshId([record("a"), record("topic-3"), record("topic-4")]), "topic-5");
});

test("a chosen record that an undo takes away is chosen no more", () => {
  const draft = new Draft();
  const chosen = () => draft.chosen?.id;
  draft.setRecords([record("a")]);
  draft.setRecords([record("a"), record("b")]);
  draft.selected = 1;
  assert.equal(chosen(), "b");
  draft.undo();
  assert.equal(draft.selected, -1);
  assert.equal(chosen(), undefined);
  draft.selected = 0;
  draft.redo();
  assert.equal(chosen(), "a");
});

test("a manifest of the page is one that visitors accept", async () => {
  const { key, public: publicKey } = await passingKey();
  const json = await signManifest(
    { site: "demo", version: 7, length: 3, sha256: "a".repeat(64) },
    key,
  );
  const manifest = parseManifest(json, "demo");
  const signature = /** @type {Uint8Array<ArrayBuffer>} */ (fromBase64Url(manifest.signature));
  const { verify } = webCrypto(crypto.subtle);
  const text = new TextEncoder().encode(signedText(manifest));
  assert.ok(await verify(publicKey, text, signature));
  text[20] ^= 1;
  assert.ok(!(await verify(publicKey, text, signature)));
  await assert.rejects(readKey("no key"));
  await assert.rejects(readKey("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"));
});

test("each rule that docs/faq-format.md names is said in Ukrainian and Russian", () => {
  const read = (/** @type {string} */ path) =>
    readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const findings = read("docs/faq-format.md").split("## Findings")[1].split("\n## ")[0];
  const listed = findings.match(/^(?:Errors|Warnings) .*$/gm)?.join(" ") ?? "";
  const checked = [...findings.matchAll(/^\| `([a-z-]+)`/gm)].map(([, rule]) => rule);
  const named = [...listed.matchAll(/`([a-z][a-z0-9-]+)`/g)].map(([, rule]) => rule);
  const rules = [...new Set([...named, ...checked])].sort();
  assert.ok(rules.length > 45 && checked.length > 4);
  for (const language of ["uk", "ru"]) {
    const said = JSON.parse(read(`web/studio/rules/${language}.json`));
    assert.deepEqual(Object.keys(said).sort(), rules, language);
  }
});

test("an announcement is put into the settings and taken out, the rest stays as it is", () => {
  const settings = '{"site": "demo", "announcement": {"from": "x"}, "more": [1]}';
  const announcement = { from: "2026-05-01T06:00:00Z", until: "2026-05-02", text: { uk: "Так" } };
  const set = JSON.parse(withAnnouncement(settings, announcement));
  assert.deepEqual(set, { site: "demo", more: [1], announcement });
  assert.deepEqual(JSON.parse(withAnnouncement(settings, null)), { site: "demo", more: [1] });
  assert.equal(utcTime(localTime(announcement.from)), announcement.from);
  assert.equal(utcTime(localTime("2026-05-02")), "2026-05-02T00:00:00Z");
  assert.equal(localTime("soon") + utcTime("soon"), "");
});

test("what is typed while a slow look is on its way is saved after it", async (t) => {
  /** @type {(() => void)[]} */
  let waiting = [];
  t.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ run) => waiting.push(run));
  t.mock.method(globalThis, "setInterval", () => 0);
  const pass = () => {
    const due = waiting;
    waiting = [];
    for (const run of due) run();
  };
  const page = /** @type {any} */ (globalThis);
  page.addEventListener = () => {};
  page.document = { visibilityState: "visible" };
  t.after(() => void (delete page.addEventListener, delete page.document));
  /** @type {(found: null) => void} */
  let answer = () => {};
  /** @type {any[]} */
  const saved = [];
  const server = {
    draft: () => new Promise((done) => (answer = done)),
    saveDraft: async (/** @type {number} */ version, /** @type {any} */ body) => {
      saved.push(body.settings);
      return version + 1;
    },
  };
  const draft = new Draft();
  const sync = new Sync(/** @type {any} */ (server), draft);
  const started = sync.start();
  answer(null);
  await started;
  const look = sync.look();
  draft.setSettings('{"site": "demo"}');
  pass(); // the save finds the look on its way
  assert.deepEqual(saved, []);
  answer(null);
  await look;
  pass();
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(saved, ['{"site": "demo"}']);
  assert.ok(sync.isSaved);
});
