// Phrasings that a language model proposes: by askus-faq, by the server, and in the studio, against
// an endpoint that checks what it is sent and fails in every way.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DEMO, askusFaq, readJsonLines, startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { FAILURES, KEY, MODEL, startModel } from "./model.mjs";
import { LOGGED_OUT, openStudio } from "./support.mjs";

const chromium = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "askus-proposals-"));
const file = (/** @type {string} */ name) => join(folder, name);
/** @type {Awaited<ReturnType<typeof startModel>>} */
let model;
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {string} */
let publisher;

before(async () => {
  model = await startModel();
  askus = await startAskus(
    DEMO,
    { model: { url: model.url, name: MODEL, proposals_per_day: 30 } },
    { environment: { ASKUS_MODEL_KEY: KEY } },
  );
  publisher = readFileSync(join(askus.data, "token"), "utf8").trim();
  writeFileSync(file("key"), `${KEY}\n`, { mode: 0o600 });
  writeFileSync(
    file("faq.csv"),
    "id,lang,title,phrasings,answer\n" +
      'pay,uk,Як оплатити?,"Чим платити\nКуди платити",Карткою.\n' +
      "slow,uk,Чому повільно?,,Перезавантажте роутер.\n" +
      "slow,en,Why is it slow?,,Restart the router.\n",
  );
});
after(async () => {
  await askus.stop();
  model.stop();
  rmSync(folder, { recursive: true });
});

/** @param {string[]} more arguments @param {string} [key] its file */
const command = (more = [], key = file("key")) =>
  askusFaq([
    ...["propose", file("faq.csv"), "--url", model.url, "--model", MODEL],
    ...["--key-file", key, "-o", file("proposals.csv"), ...more],
  ]);

/** @param {Promise<unknown>} run @returns {Promise<{code: number, stderr: string}>} */
const failed = (run) =>
  run.then(
    () => assert.fail("it went well"),
    (error) => error,
  );

test("askus-faq proposes, a person ticks, askus-faq takes what is ticked, and its origin stays", async () => {
  model.answers(({ language }) =>
    language === "uk" ? ["Нет тормозить", "=1+1", "чому ПОВІЛЬНО"] : ["internet crawls"],
  );
  const { stdout } = await command(["--most", "2"]);
  assert.match(stdout, /^3 proposals for 2 of 3 records/);
  // Those without phrasings come first.
  const questions = model.asked.map(({ messages }) => JSON.parse(messages[1].content).question);
  assert.deepEqual(questions, ["Чому повільно?", "Why is it slow?"]);
  const table = readFileSync(file("proposals.csv"), "utf8");
  assert.match(table, /"'=1\+1"/, "no spreadsheet runs it");
  const ticked = table.replace(/""(,"slow","uk","[^"]*","Нет)/, '"x"$1');
  writeFileSync(file("ticked.csv"), ticked.replace(/""(,"slow","uk","[^"]*","'=)/, '"так"$1'));
  const out = file("more.jsonl");
  const accept = ["accept", file("faq.csv"), "--proposals", file("ticked.csv"), "-o", out];
  assert.match((await askusFaq(accept)).stdout, /^2 phrasings added/);
  const [pay, slow, english] = readJsonLines(out);
  assert.deepEqual(slow.phrasings, ["Нет тормозить", "=1+1"]);
  assert.deepEqual(slow.proposed, slow.phrasings);
  assert.deepEqual(
    [pay.phrasings.length, pay.proposed, english.proposed],
    [2, undefined, undefined],
  );
  // The same once more adds nothing; the origin survives every format.
  for (const format of ["csv", "xlsx", "jsonl"]) {
    const next = file(`again.${format}`);
    await askusFaq(["accept", out, "--proposals", file("ticked.csv"), "-o", next]);
    await askusFaq(["export", next, "-o", file("last.jsonl")]);
    assert.deepEqual(readJsonLines(file("last.jsonl"))[1].proposed, slow.proposed, format);
  }
});

test("askus-faq says what failed, stops asking, and keeps what it has", async () => {
  for (const [name, reply] of Object.entries(FAILURES)) {
    model.fails(reply);
    model.asked.length = 0;
    const { code, stderr } = await failed(command());
    assert.equal(code, 1, name);
    assert.equal(model.asked.length, 3, `${name}: three in a row, and no more`);
    assert.match(stderr, /askus-faq: /, name);
    assert.ok(!stderr.includes(KEY), name);
    assert.match(readFileSync(file("proposals.csv"), "utf8"), /^\uFEFF"tick"/, name);
  }
  writeFileSync(file("wrong"), "another\n", { mode: 0o600 });
  const refused = await failed(command([], file("wrong")));
  assert.match(refused.stderr, /401: its key is missing or wrong/);
  writeFileSync(file("open"), KEY, { mode: 0o644 });
  assert.equal((await failed(command([], file("open")))).code, 1);
  const clear = await failed(
    askusFaq([
      "propose",
      file("faq.csv"),
      "--url",
      "http://models.example/v1",
      "--model",
      "m",
      "-o",
      file("x.csv"),
    ]),
  );
  assert.match(clear.stderr, /in the clear; use https/);
});

/** @param {object} [topic] @param {Record<string, string>} [headers] */
const post = (topic, headers = { Authorization: `Bearer ${publisher}` }) =>
  fetch(`${askus.origin}/v1/sites/demo/proposals`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({
      ...{ language: "uk", title: "Як оплатити?", answer: "Карткою.", phrasings: [], wanted: 5 },
      ...topic,
    }),
  });

test("the server asks for who publishes, so often a day, and tells how it failed", async () => {
  model.answers(() => ["Куди платити"]);
  const answer = await post();
  assert.deepEqual(await answer.json(), { model: MODEL, phrasings: ["Куди платити"] });
  assert.equal((await post({}, {})).status, 401);
  for (const topic of [
    { title: "" },
    { title: 7 },
    { wanted: 0 },
    { wanted: 99 },
    { phrasings: "x" },
  ])
    assert.equal((await post(topic)).status, 422, JSON.stringify(topic));
  assert.equal((await post({ answer: "x".repeat(300_000) })).status, 413);
  for (const [name, reply] of Object.entries(FAILURES)) {
    model.fails(reply);
    const response = await post();
    assert.equal(response.status, 502, name);
    assert.equal((await response.json()).type, "/problems/model-failed", name);
  }
  model.answers(() => []);
  let status = 200;
  for (let i = 0; i < 30 && status === 200; i += 1) status = (await post()).status;
  assert.equal(status, 429);
  assert.ok(!askus.log.join("\n").includes(KEY));
});

test("in the studio each proposal needs a tick, and is known as the model's afterwards", async () => {
  await askus.crash(); // the day's number is each process's own
  model.answers(() => [
    "Гроші списало двічі",
    "Як увімкнути або вимкнути автоплатіж",
    "Карта без мене",
  ]);
  const { page, done } = await openStudio(chromium, askus);
  await page.locator(".row", { hasText: "autopay · uk" }).click();
  const version = page.locator("fieldset.version", {
    has: page.locator("[lang=uk][id$='-title']"),
  });
  await version.getByRole("button", { name: "Запропонувати, як іще питають" }).click();
  const ticks = version.getByRole("checkbox");
  await ticks.first().waitFor();
  assert.equal(await ticks.count(), 2, "what the title says already is not proposed");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Space");
  await version.getByRole("button", { name: "Додати позначені" }).click();
  await version.getByText("Додано 1 формулювання").waitFor();
  await page.locator(".saved[data-state='saved']").waitFor();
  const draft = await fetch(`${askus.origin}/v1/sites/demo/draft`, {
    headers: { Authorization: `Bearer ${publisher}` },
  });
  const saved = (await draft.json()).draft.records
    .trim()
    .split("\n")
    .map((/** @type {string} */ line) => JSON.parse(line));
  const autopay = saved.find((/** @type {any} */ one) => one.id === "autopay" && one.lang === "uk");
  assert.deepEqual(autopay.proposed, ["Гроші списало двічі"]);
  assert.ok(autopay.phrasings.includes("Гроші списало двічі"));
  // One step of undo takes both back.
  await page.getByRole("button", { name: "Скасувати" }).click();
  assert.ok(!(await version.locator("textarea[id$='-phrasings']").inputValue()).includes("двічі"));

  model.fails(FAILURES.busy);
  await version.getByRole("button", { name: "Запропонувати, як іще питають" }).click();
  await version.getByRole("alert").filter({ hasText: "429" }).waitFor();
  await done(LOGGED_OUT);
});
