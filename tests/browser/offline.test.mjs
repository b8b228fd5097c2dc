// On a bad line: the snapshot of the last visit serves where the manifest or the snapshot cannot be
// had, is checked as if it came over the network, and gives way to a newer one before the next search.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DEMO } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";
import * as L from "./support/later.mjs";

const chromium = useBrowser();
const QUESTION = "зник інтернет";
const ANSWER = "Що робити, якщо немає інтернету?";
const SNAPSHOT = /\/v1\/sites\/demo\/(manifest\.json|snapshots\/)/;
const CHECK_AGAIN_MS = 30_000; // web/panel/panel.js
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await L.startQuick();
});
after(() => askus.stop());

/** What is kept for such a visit. @param {import("playwright-core").Page} page */
const kept = (page) =>
  L.frameOf(page).evaluate(async () => {
    const cache = await caches.open("askus.demo");
    return (await cache.keys()).map(({ url }) => new URL(url).pathname).sort();
  });

/** Waits until both are kept. @param {import("playwright-core").Page} page */
const isKept = (page) =>
  L.frameOf(page).waitForFunction(async () => {
    const cache = await caches.open("askus.demo");
    return (await cache.keys()).length === 2;
  });

/** @param {import("playwright-core").FrameLocator} panel @param {string} question */
async function ask(panel, question, answer = ANSWER) {
  await panel.getByRole("combobox").fill(question);
  await panel.getByRole("option", { name: answer }).first().waitFor();
}

test("a second visit answers without the snapshot's server", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await ask(panel, QUESTION);
  await isKept(page);
  const [manifest, snapshot, ...more] = await kept(page);
  assert.equal(manifest, "/v1/sites/demo/manifest.json");
  assert.match(snapshot, /^\/v1\/sites\/demo\/snapshots\/[0-9a-f]{64}\.faq$/);
  assert.deepEqual(more, []);
  await page.context().route(SNAPSHOT, (route) => route.abort());
  await page.reload();
  await L.press(page);
  await ask(panel, QUESTION);
  await panel.getByRole("option", { name: ANSWER }).first().click();
  await panel.getByRole("heading", { name: ANSWER }).waitFor();
  await done(/ERR_FAILED/);
});

test("what is kept is trusted no more than what comes over the network", async () => {
  for (const spoil of ["manifest", "snapshot"]) {
    const { page, panel, done } = await L.openFramed(chromium, askus);
    await isKept(page);
    await L.frameOf(page).evaluate(async (what) => {
      const cache = await caches.open("askus.demo");
      for (const request of await cache.keys()) {
        const bytes = new Uint8Array(
          await /** @type {Response} */ (await cache.match(request)).arrayBuffer(),
        );
        if (what === "manifest") {
          const text = new TextDecoder().decode(bytes);
          if (text.startsWith("{")) {
            const other = text.replace(/("issued_at": ?")\d/, "$19");
            await cache.put(request, new Response(other));
          }
        } else if (request.url.endsWith(".faq")) {
          bytes[bytes.length >> 1] ^= 1;
          await cache.put(request, new Response(bytes));
        }
      }
    }, spoil);
    await page.context().route(SNAPSHOT, (route) => route.abort());
    await page.reload();
    await page.getByRole("button", { name: "Запитайте нас!" }).click();
    await panel.getByRole("button", { name: "Спробувати ще раз" }).waitFor();
    assert.equal(await panel.getByRole("option").count(), 0, spoil);
    await done(/ERR_FAILED/);
  }
});

test("a newer snapshot is there for the next search, and the older one is not kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "askus-"));
  const { page, panel, done } = await L.openFramed(chromium, askus, {
    setUp: (/** @type {import("playwright-core").Page} */ p) => p.clock.install(),
  });
  await ask(panel, QUESTION);
  await isKept(page);
  const before = await kept(page);
  const faq = join(folder, "faq.csv");
  copyFileSync(DEMO.faq, faq);
  const renamed = "Що робити, коли інтернет зник зовсім?";
  writeFileSync(faq, readFileSync(faq, "utf8").replaceAll(ANSWER, renamed));
  await askus.publish({ ...DEMO, faq });
  rmSync(folder, { recursive: true });
  // Not asked for again and again while somebody types.
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => SNAPSHOT.test(request.url()) && asked.push(request.url()));
  await ask(panel, `${QUESTION} вдома`);
  assert.deepEqual(asked, []);
  await page.clock.runFor(CHECK_AGAIN_MS + 1);
  await ask(panel, QUESTION, renamed);
  assert.ok(asked.length > 0);
  await L.frameOf(page).waitForFunction(async (old) => {
    const cache = await caches.open("askus.demo");
    const names = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    return names.length === 2 && names.every((name) => name.endsWith("json") || name !== old);
  }, before[1]);
  await done();
});

test("forget me leaves nothing of it", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await isKept(page);
  await panel.getByRole("button", { name: "Дані на цьому пристрої" }).click();
  await panel.getByRole("button", { name: "Забути мене" }).click();
  await panel.getByRole("button", { name: "Видалити все" }).click();
  await L.frameOf(page).waitForFunction(async () => (await caches.keys()).length === 0);
  await done();
});
