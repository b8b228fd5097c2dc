// Under an answer, against the real server: a comment is stored once and waits for approval, "I have
// this too" counts once in spite of a double press, a lost answer and a reload.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import * as L from "./support/later.mjs";

const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await L.startQuick();
});
after(() => askus.stop());

const TOPIC = "no-internet";
const CONSENT = "Погоджуюся на обробку цих даних, щоб отримати відповідь.";

/** @param {object} [options] */
async function openTopic(options = {}) {
  const opened = await L.openFramed(chromium, askus, options);
  await opened.panel.getByRole("option", { name: "Що робити, якщо немає інтернету?" }).click();
  await opened.panel.getByRole("button", { name: /У мене те саме|Ваш голос/ }).waitFor();
  return opened;
}

const rows = (/** @type {string} */ where) =>
  askus.query(`select * from requests where kind = 'comment' and ${where}`);

test("I have this too: once a topic and visitor", async () => {
  const { page, panel, done } = await openTopic();
  const button = panel.getByRole("button", { name: /У мене те саме|Ваш голос/ });
  // The server commits the first, and its answer is lost.
  let lost = 0;
  await page.route("**/v1/sites/demo/requests", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort();
  });
  const answered = page.waitForResponse(/\/requests$/);
  await button.dblclick();
  await panel.getByRole("button", { name: "У вас те саме: враховано", pressed: true }).waitFor();
  await answered;
  await page.reload();
  await L.press(page);
  await panel.getByRole("option", { name: "Що робити, якщо немає інтернету?" }).click();
  const again = panel.getByRole("button", { name: "У вас те саме: враховано" });
  assert.equal(await again.getAttribute("aria-disabled"), "true");
  await again.click({ force: true });
  const [row, ...others] = rows("me_too = 1");
  assert.equal(others.length, 0);
  assert.deepEqual([row.topic, row.details, row.status], [TOPIC, "", "closed"]);
  assert.deepEqual([row.contact, row.name, row.consent_version], ["", "", ""]);
  assert.equal(row.page, `${askus.origin}/`);
  assert.deepEqual(askus.query("select topic, me_too from topic_counts"), [
    { topic: TOPIC, me_too: 1 },
  ]);
  assert.equal(lost, 2, "sent again under the same key, and no more");
  await done(/ERR_FAILED|Failed to load/);
});

test("a comment: what is missing is said, then it is stored once and waits", async () => {
  const { panel, done } = await openTopic();
  const text = "Перевірте «WAN» — і <b>кабель</b> 🦔";
  await panel.getByRole("button", { name: "Додати коментар" }).click();
  const field = panel.getByLabel("Ваш коментар");
  assert.ok(await field.evaluate((el) => el === document.activeElement));
  const send = panel.getByRole("button", { name: "Надіслати" });
  await send.click();
  await panel.getByText("Напишіть, що ви хочете додати").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.fill(text);
  await panel.getByLabel("Ім’я").fill(" Оля ");
  await send.click();
  await panel.getByText("Без вашої згоди").waitFor();
  assert.equal(rows("me_too = 0").length, 0);
  await panel.getByRole("checkbox").check({ force: true });
  await send.dblclick();
  await panel.getByText("Дякуємо! Коментар з’явиться тут після перевірки.").waitFor();
  const [row, ...others] = rows("me_too = 0");
  assert.equal(others.length, 0);
  assert.deepEqual(
    [row.topic, row.details, row.name, row.status, row.language],
    [TOPIC, text, "Оля", "waiting", "uk"],
  );
  assert.equal(row.consent_hash, createHash("sha256").update(CONSENT).digest("hex"));
  assert.equal(await field.count(), 0, "the form has gone");
  // Nobody else sees it; its author finds it among their own.
  assert.equal(await panel.getByText("кабель</b> 🦔").count(), 0);
  await panel.getByRole("button", { name: "Назад" }).click();
  await panel.getByRole("button", { name: "Мої звернення" }).click();
  const card = panel.getByRole("listitem").filter({ hasText: text });
  await card.getByText("На перевірці").or(card.getByText("Отримано")).waitFor();
  await done();
});

test("an unfinished comment survives a reload; cancelled it is gone", async () => {
  const { page, panel, done } = await openTopic();
  const field = panel.getByLabel("Ваш коментар");
  const open = async () => {
    await L.press(page);
    await panel.getByRole("option", { name: "Що робити, якщо немає інтернету?" }).click();
    await panel.getByRole("button", { name: "У мене те саме" }).waitFor();
  };
  await panel.getByRole("button", { name: "Додати коментар" }).click();
  await field.fill("недописано");
  await page.reload();
  await open();
  assert.equal(await field.inputValue(), "недописано");
  await panel.getByRole("button", { name: "Скасувати" }).click();
  await page.reload();
  await open();
  assert.equal(await field.count(), 0);
  await done();
});

test("a comment that the server refuses says so and stays to be mended", async () => {
  const { page, panel, done } = await openTopic();
  await page.route("**/v1/sites/demo/requests", (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/invalid-request", detail: "not like this" }),
    }),
  );
  await panel.getByRole("button", { name: "Додати коментар" }).click();
  await panel.getByLabel("Ваш коментар").fill("текст");
  await panel.getByRole("checkbox").check({ force: true });
  await panel.getByRole("button", { name: "Надіслати" }).click();
  await panel.getByText("Коментар не прийнято").waitFor();
  await panel.getByText("not like this").waitFor();
  assert.equal(await panel.getByLabel("Ваш коментар").inputValue(), "текст");
  await done(/422/);
});
