// Drafts of several tabs: none writes over another's, and what was begun and left comes back, the
// last first.
import assert from "node:assert/strict";
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

/** One more tab of the same visitor. @param {import("playwright-core").BrowserContext} context */
async function openTab(context) {
  const page = await context.newPage();
  await page.goto(`${askus.origin}/`);
  return { page, panel: await L.press(page) };
}

/** @param {import("playwright-core").FrameLocator} panel @param {string} question @param {string} details */
async function write(panel, question, details) {
  await L.openForm(panel, question);
  await panel.getByLabel("Подробиці").fill(details);
}

/** What the form has, opened from where the panel says that there is a draft. */
async function written(/** @type {import("playwright-core").FrameLocator} */ panel) {
  await panel.getByRole("button", { name: "Продовжити" }).click();
  return panel.getByLabel("Подробиці").inputValue();
}

const drafts = async (/** @type {import("playwright-core").Page} */ page) =>
  (await L.keptNames(page)).filter((name) => name.startsWith("draft."));

test("two tabs, two drafts; closed, the last one comes back, and after it the other", async () => {
  const first = await L.openFramed(chromium, askus);
  const context = first.page.context();
  const second = await openTab(context);
  await write(first.panel, "щщщ перше", "Писали в першій.");
  await write(second.panel, "щщщ друге", "Писали в другій.");
  assert.equal((await drafts(second.page)).length, 2);
  // Neither sees the other's when it is loaded again.
  await first.page.reload();
  await L.press(first.page);
  assert.equal(await written(first.panel), "Писали в першій.");
  const keeper = await context.newPage();
  await keeper.goto(`${askus.origin}/`); // or the visit would end with the last tab
  await first.page.close();
  await second.page.close();

  const third = { page: keeper, panel: await L.press(keeper) };
  assert.equal(await written(third.panel), "Писали в другій.");
  await L.send(third.panel);
  assert.equal((await drafts(third.page)).length, 1);
  const fourth = await openTab(context);
  assert.equal(await written(fourth.panel), "Писали в першій.");
  await L.send(fourth.panel);
  assert.deepEqual(await drafts(fourth.page), []);
  const sent = askus.query("select details from requests order by details").map((r) => r.details);
  assert.deepEqual(sent, ["Писали в другій.", "Писали в першій."].sort());
  await first.done();
});

test("one tab sends at a time; the other waits, and nothing is left to send", async () => {
  const first = await L.openFramed(chromium, askus);
  const context = first.page.context();
  /** @type {import("playwright-core").Route[]} */
  const held = [];
  let posts = 0;
  let isHeld = true;
  await context.route(/\/requests$/, (route) => {
    posts++;
    if (isHeld) held.push(route);
    else void route.continue();
  });
  await write(first.panel, "щщщ третє", "Одна.");
  await first.panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  await first.panel.getByRole("checkbox").check({ force: true });
  const waits = context.waitForEvent("request", (r) => r.url().endsWith("/requests"));
  await first.panel.getByRole("button", { name: "Надіслати" }).click();
  await waits;
  const second = await openTab(context);
  // It has the letter too, and asks for the lock that the first one holds.
  await L.frameOf(second.page).waitForFunction(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return held.length === 1 && pending.length === 1;
  });
  isHeld = false;
  await held[0].continue();
  await first.panel.getByRole("heading", { name: /№/ }).waitFor();
  await L.frameOf(second.page).waitForFunction(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return held.length + pending.length === 0;
  });
  // The second may have seen the letter go only after it had sent it once more: the same answer.
  assert.ok(posts <= 2, `${posts} posts`);
  const left = (await L.keptNames(second.page)).filter((name) => name.startsWith("outbox."));
  assert.deepEqual(left, []);
  assert.equal(askus.query("select id from requests where details = 'Одна.'").length, 1);
  await first.done();
});

test("forget me in one tab is forget me in the other", async () => {
  const first = await L.openFramed(chromium, askus);
  const second = await openTab(first.page.context());
  await write(second.panel, "щщщ таємне", "Нікому не кажіть.");
  await first.panel.getByRole("button", { name: "Дані на цьому пристрої" }).click();
  await first.panel.getByRole("button", { name: "Забути мене" }).click();
  await first.panel.getByRole("button", { name: "Видалити все" }).click();
  await first.panel.getByText("На цьому пристрої").first().waitFor();
  await L.frameOf(second.page).waitForFunction(
    () => !Object.values(sessionStorage).some((value) => value.includes("Нікому")),
  );
  assert.deepEqual(await drafts(second.page), []);
  await first.done();
});
