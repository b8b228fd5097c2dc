// "My questions" against the real server: what was sent is listed, replies come with a mark that
// goes when they are read, a request can be saved and erased, and "forget me" leaves nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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

const MINE = { name: "Мої звернення" };
let replies = 0;

/** A reply of the staff, as the store writes it. @param {unknown} id @param {string} text */
function reply(id, text) {
  const own = `0190aaaa-0000-7000-8000-${String(++replies).padStart(12, "0")}`;
  askus.query(
    `insert into replies values ('${own}', '${id}', 'Ігор Бондар', 'інженер', '${text}', '2026-11-20T10:00:0${replies}Z', 1)`,
  );
  askus.query(`update requests set status = 'answered' where id = '${id}'`);
}

/** @param {string} title */
const idOf = (title) => askus.query(`select id from requests where title = '${title}'`)[0]?.id;

test("what was sent is listed; a reply is marked until it is read", async () => {
  const title = "щщщ дріт на даху";
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await L.heard(page, "keep", { open: false });
  await L.openForm(panel, title);
  await L.send(panel);
  await L.heard(page, "keep", { open: true });
  await panel.getByRole("button", { name: "Запитати ще" }).click();
  const mine = panel.getByRole("button", MINE);
  await mine.click();
  await panel.getByRole("heading", { name: "Мої звернення" }).waitFor();
  const card = panel.getByRole("listitem").filter({ hasText: title });
  await card.getByText("Отримано").waitFor();
  // Closed and opened again: the reply is there, and the tab is told.
  await panel.getByRole("button", { name: "Закрити" }).click();
  const id = idOf(title);
  reply(id, "Майстер приїде завтра.");
  reply(id, "Або сьогодні.");
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  await L.heard(page, "unread", { count: 2 });
  await card.getByText("Нова відповідь").waitFor();
  await panel.getByRole("button", { name: "Назад" }).click();
  const notice = panel.getByRole("button", { name: "2 нові відповіді на ваші звернення" });
  await notice.click();
  await card.getByRole("link").click();
  const heading = panel.getByRole("heading", { name: /Звернення № \d/ });
  await heading.waitFor();
  assert.ok(await heading.evaluate((el) => el === document.activeElement), "read out first");
  await panel.getByText("Майстер приїде завтра.").waitFor();
  await panel.getByText("Ігор Бондар, інженер").first().waitFor();
  await L.heard(page, "unread", { count: 0 });
  await panel.getByRole("button", { name: "Назад" }).click();
  await card.getByText("Є відповідь").waitFor();
  assert.equal(await card.getByText("Нова відповідь").count(), 0);
  // Read is read after a reload too.
  await page.reload();
  await L.press(page);
  await L.heard(page, "unread", { count: 0 });
  assert.equal(await panel.getByText("нові відповіді").count(), 0);
  await done();
});

test("a request is saved whole, and erased on the server", async () => {
  const title = "щщщ видаліть мене";
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await L.openForm(panel, title);
  await L.send(panel);
  await panel.getByRole("button", { name: "Запитати ще" }).click();
  await panel.getByRole("button", MINE).click();
  await panel.getByRole("link", { name: title }).click();
  const id = idOf(title);
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Зберегти копію" }).click();
  const saved = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  assert.equal(saved.fields.id, id);
  assert.equal(saved.fields.contact, "maria@example.org");
  await panel.getByText("Копію збережено").waitFor();
  await panel.getByRole("button", { name: "Видалити звернення" }).click();
  await panel.getByRole("button", { name: "Скасувати" }).click();
  assert.equal(
    askus.query(`select contact from requests where id = '${id}'`)[0].contact,
    "maria@example.org",
  );
  await panel.getByRole("button", { name: "Видалити звернення" }).click();
  await panel.getByRole("button", { name: "Видалити звернення" }).click();
  await panel.getByText("Звернення видалено").waitFor();
  const [row] = askus.query(`select title, contact, status from requests where id = '${id}'`);
  assert.deepEqual([row.title, row.contact, row.status], ["", "", "erased"]);
  await L.heard(page, "keep", { open: false });
  assert.ok(!(await L.keptNames(page)).some((name) => name.startsWith("mine.")));
  await panel.getByRole("button", { name: "Назад" }).click();
  await panel.getByRole("button", { name: "Дані на цьому пристрої" }).waitFor();
  await done();
});

test("forget me: asks about what is unsent, erases what is sent, leaves nothing", async () => {
  const title = "щщщ забудьте мене";
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await L.openForm(panel, title);
  await L.send(panel);
  const id = idOf(title);
  await panel.getByRole("button", { name: "Запитати ще" }).click();
  // A second one stays in the outbox.
  await page.route("**/v1/sites/demo/requests", (route) => route.abort());
  await L.openForm(panel, "щщщ не дійде");
  await L.send(panel);
  await panel.getByRole("button", { name: "Назад" }).click();
  await panel.getByRole("button", MINE).click();
  await panel.getByText("Ще не надіслано").waitFor();
  await panel.getByRole("button", { name: "Забути мене" }).click();
  await panel.getByText("1 звернення ще не надіслано.").waitFor();
  // The server cannot be reached: nothing is lost here then.
  await page.route("**/v1/requests/**", (route) => route.abort());
  await panel.getByRole("checkbox").check({ force: true });
  await panel.getByRole("button", { name: "Видалити все" }).click();
  await panel.getByText("1 звернення не вдалося видалити").waitFor();
  assert.ok((await L.keptNames(page)).includes(`mine.${id}`));
  await page.unroute("**/v1/requests/**");
  await panel.getByRole("button", { name: "Видалити все" }).click();
  const doneText = panel.getByText("Готово. На цьому пристрої");
  await doneText.waitFor();
  assert.equal(askus.query(`select status from requests where id = '${id}'`)[0].status, "erased");
  assert.deepEqual(await L.keptNames(page), []);
  const databases = await L.frameOf(page).evaluate(
    "indexedDB.databases().then((all) => all.length)",
  );
  assert.equal(databases, 0);
  await L.heard(page, "keep", { open: false });
  // The panel is as new: no draft, no query, and the outbox does not send what was forgotten.
  await page.unroute("**/v1/sites/demo/requests");
  await panel.getByRole("button", { name: "До запитань" }).click();
  assert.equal(await panel.getByRole("combobox").inputValue(), "");
  assert.equal(await panel.getByRole("button", { name: "Продовжити" }).count(), 0);
  await page.reload();
  await L.press(page);
  assert.equal(askus.query("select id from requests where title = 'щщщ не дійде'").length, 0);
  await done(/ERR_FAILED|Failed to load/);
});
