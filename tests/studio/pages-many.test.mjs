// 10,000 topics in three languages as pages: exported, saying how far it is, and
// from the server. Prints the figures of docs/help-pages.md.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { askusFaq, startAskus } from "../browser/support/askus.mjs";

const TOPICS = 10_000;
const LANGUAGES = ["uk", "ru", "en"];
const CATEGORIES = 20;
const BASE = "https://bank.example/help/";
const WORDS = (
  "інтернет роутер оплата рахунок договір кабель швидкість тариф знижка переїзд картка депозит " +
  "кредит відділення застосунок пароль телефон платіж переказ комісія вдома вночі довідка послуга"
).split(" ");

const folder = mkdtempSync(join(tmpdir(), "askus-many-"));
// Node's own rmSync takes minutes for so many files.
after(() => execFileSync("rm", ["-rf", folder]));

/** A small generator of numbers, the same in every run (Park and Miller's). */
let state = 1;
const random = (/** @type {number} */ below) => (state = (state * 48271) % 2147483647) % below;
const words = (/** @type {number} */ count) =>
  Array.from({ length: count }, () => WORDS[random(WORDS.length)]).join(" ");

/** The FAQ's files: records and settings. */
function makeFaq() {
  const records = [];
  for (let i = 0; i < TOPICS; ++i)
    for (const lang of LANGUAGES)
      records.push({
        ...{ id: `t${i}`, lang, category: `c${i % CATEGORIES}`, title: `Як ${words(6)} ${i}?` },
        answer: `${words(25)}.\n\n${words(25)}.\n\n- **${words(2)}** [далі](https://a.example/x)\n- [див.](#t${(i + 1) % TOPICS})`,
        updated: `2026-0${1 + (i % 9)}-1${i % 10}`,
      });
  const faq = join(folder, "faq.jsonl");
  writeFileSync(faq, records.map((record) => JSON.stringify(record)).join("\n"));
  const site = join(folder, "site.json");
  const categories = Array.from({ length: CATEGORIES }, (_, i) => ({ id: `c${i}` }));
  writeFileSync(site, JSON.stringify({ site: "demo", languages: LANGUAGES, categories }));
  return { faq, site };
}

/** @template T @param {() => Promise<T>} what @returns {Promise<[T, number]>} and its seconds */
async function timed(what) {
  const start = performance.now();
  return [await what(), (performance.now() - start) / 1000];
}

test(`${TOPICS} topics in ${LANGUAGES.length} languages`, async (context) => {
  const source = makeFaq();
  const snapshot = (
    await askusFaq(["build", source.faq, "--site", source.site, "-o", join(folder, "built")])
  ).stdout.trim();
  const command = ["pages", snapshot, "-o", join(folder, "out"), "--base", BASE, "--progress"];
  const [first, seconds] = await timed(() => askusFaq(command));
  const [again, secondsAgain] = await timed(() => askusFaq(command));
  const files = Number(/^(\d+) files/.exec(first.stdout)?.[1]);
  assert.ok(files > TOPICS * LANGUAGES.length, first.stdout);
  assert.match(again.stdout, /: 0 written,/);
  const steps = [...first.stderr.matchAll(/writing page (\d+) of (\d+)/g)].map((m) => Number(m[1]));
  assert.ok(steps.length >= 10, "says how far it is");
  assert.deepEqual(
    steps,
    [...steps].sort((a, b) => a - b),
  );
  console.log(`# ${files} files: ${seconds.toFixed(1)} s, again ${secondsAgain.toFixed(1)} s`);

  await context.test("from the server", async () => {
    const askus = await startAskus(source, {}, { helpPages: true });
    try {
      const help = `${askus.origin}/help/demo/`;
      const get = async (/** @type {string} */ path) => (await fetch(help + path)).text();
      const [start, firstPage] = await timed(() => get("uk/"));
      const paths = [...(await get("sitemap.xml")).matchAll(/demo\/(uk\/[^<]*--t\d+\/)</g)]
        .slice(0, 1000)
        .map((match) => match[1]);
      assert.equal(paths.length, 1000);
      assert.match(start, /<h1>/);
      const [, fresh] = await timed(async () => {
        for (const path of paths) assert.match(await get(path), /<article>/);
      });
      const [, kept] = await timed(async () => {
        for (const path of paths) await get(path);
      });
      console.log(
        `# the first page after a publication ${firstPage.toFixed(2)} s; a page, one after the ` +
          `other: ${fresh.toFixed(2)} ms rendered, ${kept.toFixed(2)} ms kept`,
      );
    } finally {
      await askus.stop();
    }
  });
});
