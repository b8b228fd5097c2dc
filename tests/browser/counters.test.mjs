// Counters against the real server: they arrive once, without anything that says who it was, and
// none for a visitor who has not opened the panel.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import * as L from "./support/later.mjs";
import { startAskus } from "./support/askus.mjs";

const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  // A site with a staff key keeps the texts of queries that found nothing.
  askus = await startAskus(undefined, { abuse: { form_token: false } }, { staffKey: "k" });
});
after(() => askus.stop());

const EVENTS = "**/v1/sites/demo/events";
const counted = () =>
  askus.query("select counter, topic, query, n from counters order by counter, query");
const forget = () => askus.query("delete from counters");

/** @param {import("playwright-core").Page} page */
const close = (page) => page.getByRole("button", { name: "Запитайте нас!" }).click();

test("nothing of a visitor who does not open the panel", async () => {
  const { page, requests, done } = await chromium.page();
  await page.goto(`${askus.origin}/`);
  await page.getByRole("button", { name: "Запитайте нас!" }).hover();
  await page.reload();
  assert.deepEqual(
    requests.filter((url) => url.includes("/v1/")),
    [],
  );
  assert.deepEqual(counted(), []);
  await done();
});

test("one batch when the panel is closed, counted once although its answer is lost", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  /** @type {string[]} */
  const bodies = [];
  await page.route(EVENTS, async (route) => {
    bodies.push(route.request().postData() ?? "");
    await route.fetch();
    return route.abort();
  });
  await panel.getByRole("combobox").fill("  Щщщ КАШАЛОТ  ґ ");
  await panel.getByText("Готової відповіді не знайшлося").waitFor();
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByRole("button", { name: "Назад" }).click();
  await panel.getByRole("combobox").fill("");
  await panel.getByRole("option").first().click();
  await panel.getByRole("button", { name: "Так", exact: true }).click();
  assert.equal(bodies.length, 0, "not before the panel is closed");
  const lost = page.waitForEvent("requestfailed");
  await close(page);
  await lost;
  await page.unroute(EVENTS);
  const expected = [
    { counter: "helpful-yes", topic: "no-internet", query: "", n: 1 },
    { counter: "search", topic: "", query: "", n: 1 },
    { counter: "topic", topic: "no-internet", query: "", n: 1 },
    { counter: "write", topic: "", query: "", n: 1 },
    { counter: "zero", topic: "", query: "щщщ кашалот г", n: 1 },
  ];
  assert.deepEqual(counted(), expected);
  const batch = JSON.parse(bodies[0]);
  assert.deepEqual(Object.keys(batch).sort(), ["channel", "events", "id", "language"]);
  const names = new Set(batch.events.flatMap((/** @type {object} */ each) => Object.keys(each)));
  assert.deepEqual([...names].sort(), ["name", "query", "topic"]);
  // The page that comes later sends it again: by its own clock, ten minutes later.
  const resent = page.waitForResponse(EVENTS);
  await page.clock.install({ time: Date.now() + 3_600_000 });
  await page.reload();
  await L.press(page);
  assert.equal((await resent).status(), 204);
  assert.deepEqual(counted(), expected, "counted once");
  await page.waitForFunction(
    () => !Object.keys(localStorage).some((name) => name.includes(".counts.")),
  );
  await done(/ERR_FAILED|Failed to load/);
});

test("twenty do not wait", async () => {
  forget();
  const { page, panel, done } = await L.openFramed(chromium, askus);
  const sent = page.waitForResponse(EVENTS);
  for (let i = 0; i < 20; i++) {
    await panel.getByRole("option").first().click();
    await panel.getByRole("button", { name: "Назад" }).click();
  }
  assert.equal((await sent).status(), 204);
  assert.deepEqual(counted(), [{ counter: "topic", topic: "no-internet", query: "", n: 20 }]);
  await done();
});

test("what may be a contact does not leave the browser, nor any query unless the site asks", async () => {
  for (const [keep, query] of /** @type {[boolean, string][]} */ ([
    [true, "щщщ к@шалот"],
    [false, "щщщ кашалот"],
  ])) {
    const { page, panel, done } = await L.openFramed(chromium, askus, {
      setUp: async (/** @type {import("playwright-core").Page} */ p) => {
        await p.route("**/sites/demo/panel*", async (route) => {
          const response = await route.fetch();
          const body = await response.text();
          await route.fulfill({
            response,
            body: body.replace('"keep_queries":true', `"keep_queries":${keep}`),
          });
        });
      },
    });
    await panel.getByRole("combobox").fill(query);
    await panel.getByText("Готової відповіді не знайшлося").waitFor();
    const sent = page.waitForRequest(EVENTS);
    await close(page);
    const batch = JSON.parse((await sent).postData() ?? "");
    assert.deepEqual(batch.events, [{ name: "search" }, { name: "zero" }], query);
    await done();
  }
});
