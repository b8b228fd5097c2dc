// The studio as a new marketer uses it: a spreadsheet with five mistakes is dropped, mended by the
// messages, published in spite of nothing, read by a visitor whose panel was open, and rolled back.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DEMO, askusFaq, readJsonLines, startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { accept, link, PASSWORD } from "../staff/support.mjs";
import { logIn, LOGGED_OUT, openStudio as studioOf, openVisitor, withKey } from "./support.mjs";

const chromium = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "askus-studio-"));
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;

const MARKETER = "marketer@example.com";
before(async () => {
  askus = await startAskus();
  const { page, done } = await chromium.page({ locale: "en-GB" });
  await accept(page, await link(askus, MARKETER, "marketer"), "Олена Коваль");
  await done(LOGGED_OUT);
});
after(async () => {
  await askus.stop();
  rmSync(folder, { recursive: true });
});

const NEW_WORDS = "Новий порядок дій від сьогодні.";
const QUESTION = "Wi-Fi є, а сторінки не відкриваються ніде";
/** A visitor's panel learns of a new snapshot within this time. */
const VISIBLE_MS = 60_000;

/** The demo's FAQ as XLSX, with five mistakes and a question that will find another topic. */
async function brokenWorkbook() {
  const lines = join(folder, "demo.jsonl");
  await askusFaq(["export", DEMO.faq, "-o", lines]);
  const records = readJsonLines(lines);
  const find = (/** @type {string} */ id, /** @type {string} */ lang) =>
    records.find((record) => record.id === id && record.lang === lang);
  find("autopay", "uk").category = "biling";
  find("change-owner", "uk").lang = "ua";
  find("autopay", "en").answer = "";
  find("bank-transfer-details", "en").answer += " See [this](#no-such-topic).";
  records.push({ ...find("autopay", "ru"), title: "Ещё раз" });
  const subject = find("no-internet", "uk");
  subject.answer = `${NEW_WORDS}\n\n${subject.answer}`;
  subject.tests = [QUESTION];
  subject.phrasings = subject.phrasings.filter((/** @type {string} */ p) => p !== QUESTION);
  find("change-owner", "ru").phrasings = [QUESTION];
  writeFileSync(lines, records.map((record) => JSON.stringify(record)).join("\n"));
  const workbook = join(folder, "demo.xlsx");
  await askusFaq(["export", lines, "-o", workbook]);
  return workbook;
}

/** Logs in, and is led to the studio. @param {import("playwright-core").BrowserContextOptions} [options] */
const openStudio = (options = {}) => studioOf(chromium, askus, options, logIn(MARKETER, PASSWORD));

/**
 * The message with that rule, pressed: the field that it is about has the focus.
 * @param {import("playwright-core").Page} page
 * @param {string} rule
 */
async function pressMessage(page, rule) {
  await page.locator("#tab-messages").click();
  await page.locator(".finding", { hasText: rule }).first().click();
}

/** @param {import("playwright-core").Page} page @param {string} rule */
const gone = (page, rule) =>
  page.locator("#panel-messages .finding", { hasText: rule }).waitFor({ state: "detached" });

/**
 * Searches again, as often as it takes, until the answer has these words, or has them no more.
 * @param {Awaited<ReturnType<typeof openVisitor>>} visitor
 * @param {boolean} wanted
 * @returns {Promise<number>} milliseconds
 */
async function findsNewAnswer({ page, panel }, wanted) {
  const started = Date.now();
  const back = panel.getByRole("button", { name: "Назад", exact: true });
  while (Date.now() - started < VISIBLE_MS) {
    // Shown again, a panel asks whether there is something newer.
    await panel.getByRole("button", { name: "Закрити", exact: true }).first().click();
    await page.getByRole("button", { name: "Запитайте нас!" }).click();
    const field = panel.getByRole("combobox");
    await field.or(back).first().waitFor();
    if (await back.isVisible()) await back.click();
    await field.fill("зник інтернет");
    await field.press("ArrowDown");
    await field.press("Enter");
    await panel.getByText("Від’єднайте роутер").first().waitFor();
    const has = await panel.getByText(NEW_WORDS).first().isVisible();
    await back.click();
    if (has === wanted) return Date.now() - started;
  }
  throw new Error(`not within ${VISIBLE_MS} ms`);
}

test("five mistakes are mended, a worse question too, and visitors get the new answer", async () => {
  const visitor = await openVisitor(chromium, askus);
  const { page, done } = await openStudio();
  const seconds = /** @type {string[]} */ ([]);
  let last = Date.now();
  const step = (/** @type {string} */ name) => {
    seconds.push(`${name} ${((Date.now() - last) / 1000).toFixed(1)} s`);
    last = Date.now();
  };

  await page.locator("#file").setInputFiles(await brokenWorkbook());
  await page.getByRole("button", { name: "Замінити чернетку" }).click();
  await page.getByText("Додано 181 запис із demo.xlsx").waitFor();
  step("dropped");
  for (const rule of [
    "unknown-category",
    "bad-language",
    "duplicate-id",
    "empty-answer",
    "dead-link",
  ])
    await page.locator("#panel-messages .finding", { hasText: rule }).first().waitFor();
  step("five messages");
  assert.deepEqual(await violations(page), []);

  await pressMessage(page, "unknown-category");
  await page.locator("select[id$='-category']").selectOption("billing");
  await gone(page, "unknown-category");
  await pressMessage(page, "bad-language");
  await page.locator("[id$='-lang']:focus").fill("uk");
  await gone(page, "bad-language");
  await pressMessage(page, "empty-answer");
  await page.locator("[id$='-answer']:focus").fill("In your account, under Payments.");
  await gone(page, "empty-answer");
  await pressMessage(page, "dead-link");
  const linked = page.locator("[id$='-answer']:focus");
  await linked.fill((await linked.inputValue()).replace("#no-such-topic", "#autopay"));
  await gone(page, "dead-link");
  await pressMessage(page, "duplicate-id");
  const twice = page.locator("fieldset", { has: page.locator("input[value='Ещё раз']") });
  const copies = page.locator("fieldset.version");
  const at = await copies.evaluateAll((all) =>
    all.findIndex((one) => one.querySelector("input")?.value === "Ещё раз"),
  );
  assert.ok(at >= 0 || (await twice.count()) > 0);
  await copies.nth(at).getByRole("button", { name: "Видалити цю версію" }).click();
  await gone(page, "duplicate-id");
  step("mended");

  await page.getByRole("button", { name: "Опублікувати…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(`Гірше: «${QUESTION}»`).waitFor();
  await page.locator("#signing-key").setInputFiles(join(askus.data, "key.pem"));
  const send = dialog.getByRole("button", { name: "Опублікувати", exact: true });
  assert.ok(await send.isDisabled(), "a question gets worse: it asks once more");
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: "Закрити" }).click();
  step("worse seen");

  await pressMessage(page, "failing-test");
  const phrasings = page
    .locator("fieldset", { has: page.locator("[id$='-tests']:focus") })
    .locator("textarea[id$='-phrasings']");
  await phrasings.fill(`${await phrasings.inputValue()}\n${QUESTION}`);
  await page.locator("#search").fill("change-owner ru");
  await page.locator(".row", { hasText: "change-owner · ru" }).click();
  await page
    .locator("fieldset", { hasText: "ru" })
    .locator("textarea[id$='-phrasings']")
    .nth(0)
    .waitFor();
  const other = page.locator("textarea[lang='ru'][id$='-phrasings']");
  await other.fill("Переоформить договор на жену");
  await page.getByText("1 з 1 питання знаходить").waitFor({ state: "attached" });
  step("worse mended");

  await page.getByRole("button", { name: "Опублікувати…" }).click();
  await dialog.getByText("змінено:").waitFor();
  assert.equal(await dialog.getByText("Гірше").count(), 0);
  await send.click();
  await page.getByText("Версію 2 опубліковано").waitFor();
  step("published");
  await findsNewAnswer(visitor, true);
  step("seen by a visitor whose panel was open");

  await page.locator("#tab-history").click();
  await page.locator(".history li", { hasText: "Олена Коваль" }).first().waitFor();
  await page.locator(".history li", { hasText: "Версія 1" }).getByRole("button").click();
  await page.getByText("Версію 3 опубліковано").waitFor();
  step("rolled back");
  await findsNewAnswer(visitor, false);
  step("seen");
  assert.deepEqual(await violations(page), []);
  console.log(`# ${seconds.join("; ")}`);
  await done(LOGGED_OUT);
  await visitor.done();
});

test("with a publisher's key, where the server signs; what nobody may is said", async () => {
  const other = await startAskus(DEMO, {}, { signsItself: true });
  const { page, done } = await chromium.page({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(`${other.origin}/studio/demo`);
    await page.getByRole("link", { name: "Увійти" }).waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByText("За ключем видавця").click();
    await page.locator("#key").fill("wrong");
    await page.getByRole("button", { name: "Увійти" }).click();
    await page.getByText("Сервер не знає цього ключа").waitFor();
    await page.getByText("За ключем видавця").click(); // folded up again
    await withKey(page, other);
    await page.locator("[data-ready]").waitFor();
    await page.locator(".row").first().click();
    await page.locator("[lang='uk'][id$='-title']").fill("Нова назва");
    await page.getByRole("button", { name: "Опублікувати…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("змінено:").waitFor();
    assert.equal(await page.locator("#signing-key").count(), 0);
    await dialog.getByRole("button", { name: "Опублікувати", exact: true }).click();
    await page.getByText("Версію 2 опубліковано").waitFor();
    await page.locator("#tab-history").click();
    await page.locator(".history li", { hasText: "Версія 1" }).getByRole("button").click();
    await page.getByText("Версію 3 опубліковано").waitFor();
  } finally {
    await done(LOGGED_OUT);
    await other.stop();
  }
});

test("two marketers: each sees the other's change, nothing is lost, though the server dies", async () => {
  const first = await openStudio();
  const second = await openStudio();
  const field = (/** @type {typeof first} */ { page }, /** @type {string} */ name) =>
    page.locator(`[lang='uk'][id^='f-'][id$='-${name}']`);
  for (const { page } of [first, second]) {
    await page.locator("#search").fill("autopay uk");
    await page.locator(".row", { hasText: "autopay · uk" }).click();
    await page.locator("#search").fill("");
  }
  await field(first, "title").fill("Перший змінив назву");
  await first.page.locator(".saved[data-state='saved']").waitFor();
  await askus.crash();
  await field(second, "tags").fill("другий, змінив");
  await field(second, "title").fill("Другий теж");
  // The second one's save finds the first one's: tags are joined, the title is in conflict.
  await second.page.getByText("Інша людина змінила те саме поле").waitFor();
  assert.equal(await field(second, "tags").inputValue(), "другий, змінив");
  await second.page.getByRole("button", { name: "Узяти мій" }).click();
  await second.page.locator(".saved[data-state='saved']").waitFor();
  await first.page.bringToFront();
  await first.page.evaluate("dispatchEvent(new Event('focus'))");
  await first.page.locator("#search").fill("Другий теж");
  await first.page.locator(".row", { hasText: "Другий теж" }).waitFor();
  assert.equal(await field(first, "tags").inputValue(), "другий, змінив");
  assert.equal(await field(first, "title").inputValue(), "Другий теж");
  // The one asks while the server is down, the other is told that the draft has changed.
  await first.done(/Failed to load/);
  await second.done(/Failed to load/);
});

test("what is hostile is refused with words, and the draft stays", async () => {
  const { page, done } = await openStudio();
  const rows = await page.locator(".hint[role=status]").first().textContent();
  const drop = async (/** @type {string} */ name, /** @type {string | Buffer} */ content) =>
    page.locator("#file").setInputFiles({ name, mimeType: "", buffer: Buffer.from(content) });
  await drop("bad.xlsx", Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(3000, 7)]));
  await page.locator("#panel-messages .finding", { hasText: "bad-xlsx" }).first().waitFor();
  await drop("deep.json", "[".repeat(100_000));
  await page.locator("#panel-messages .finding", { hasText: "bad-json" }).first().waitFor();
  assert.equal(await page.locator(".hint[role=status]").first().textContent(), rows);
  await drop(
    "x.csv",
    'id,lang,title,answer\n<img src=x onerror=alert(1)>,uk,"<b>t</b>",<script>alert(1)</script>\n',
  );
  await page.getByRole("button", { name: "Додати до чернетки" }).click();
  await page.getByText("Додано 1 запис із x.csv").waitFor();
  assert.equal(await page.locator("#studio b, #studio img, #studio script").count(), 0);
  await page.getByRole("button", { name: "Скасувати" }).click();
  await page.waitForFunction(
    (text) => document.querySelector(".hint[role=status]")?.textContent === text,
    rows,
  );
  await page.locator(".saved[data-state='saved']").waitFor();
  await done(LOGGED_OUT);
});

test("by keyboard, at 200 % and on a phone", async () => {
  const { page, done } = await openStudio({ viewport: { width: 720, height: 450 } });
  await page.locator(".list").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  const chosen = page.locator(".row[aria-selected=true]");
  assert.equal(await chosen.getAttribute("aria-posinset"), "2");
  await page.locator("#tab-topic").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#panel-messages .finding").first().waitFor();
  for (const width of [720, 360]) {
    await page.setViewportSize({ width, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} px on ${width}`);
    for (const tab of ["topic", "messages", "tests", "settings", "history"]) {
      await page.locator(`#tab-${tab}`).click();
      assert.deepEqual(await violations(page), [], tab);
    }
  }
  await done(LOGGED_OUT);
});
