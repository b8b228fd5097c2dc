// What a browser or a page may not have: WebCrypto, locks, caches, IndexedDB, any storage, a secure
// page. Each time the whole way works, and what is not signed by the site is still refused.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startAskus } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";
import { answer, startServer } from "./support/server.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** A name that is no computer's own: pages under it by plain http are not secure. */
const PLAIN = "shop.test";
const chromium = useBrowser([`--host-resolver-rules=MAP ${PLAIN} 127.0.0.1`]);
/** @type {import("./support/askus.mjs").Askus} */
let askus;
/** @type {import("./support/server.mjs").TestServer} */
let site;
before(async () => {
  site = await startServer([]);
  const { port } = new URL(site.origin);
  askus = await startAskus(
    undefined,
    { abuse: { rate_limit: false, quick_form_ms: 0 } },
    { origins: [site.origin, `http://localhost:${port}`, `http://${PLAIN}:${port}`] },
  );
  const page = `<!doctype html><html lang="uk"><title>Shop</title><link rel="icon" href="data:,"><body>
    <script src="${askus.origin}/ask.js" data-site="demo"></script>`;
  site.routes.set("/", answer(page));
});
after(async () => {
  await site.close();
  await askus.stop();
});

/** @param {string} object @param {string} name */
const without = (object, name) =>
  `Object.defineProperty(${object}, "${name}", { value: undefined, configurable: true });
   delete ${object}.${name}; if (${object}.${name}) throw new Error("${name} is still there");`;
const blocked = (/** @type {string} */ name) =>
  `Object.defineProperty(window, "${name}", { get() { throw new DOMException("", "SecurityError"); } });`;

/** @type {Record<string, {init?: string, host?: string, check?: string}>} `check`: true in the frame */
const CASES = {
  "no crypto.subtle": { init: without("Crypto.prototype", "subtle"), check: "!crypto.subtle" },
  "no navigator.locks": {
    init: without("Navigator.prototype", "locks"),
    check: "!navigator.locks",
  },
  "no caches": { init: without("window", "caches"), check: "!window.caches" },
  "no IndexedDB": { init: without("window", "indexedDB"), check: "!window.indexedDB" },
  "no storage": {
    init: ["localStorage", "sessionStorage", "indexedDB"].map(blocked).join(""),
    check: "(() => { try { localStorage; } catch { return true; } })()",
  },
  "a host page on plain http": {
    host: PLAIN,
    check: "!isSecureContext && !crypto.subtle",
  },
  "a frame of another site": { host: "localhost", check: "isSecureContext" },
};

let sent = 0;

/** @param {Page} page @param {{host?: string}} more */
async function openPanel(page, { host = "127.0.0.1" }) {
  await page.goto(site.origin.replace("127.0.0.1", host));
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  return page.frameLocator("iframe");
}

for (const [name, { init = "", host, check = "true" }] of Object.entries(CASES)) {
  test(`the whole way: ${name}`, async () => {
    const { page, done } = await chromium.page({
      setUp: (/** @type {Page} */ p) => p.addInitScript(init),
    });
    const panel = await openPanel(page, { host });
    await panel.getByRole("option").first().waitFor();
    assert.equal(await panel.locator("body").evaluate((_, code) => eval(code), check), true);
    const field = panel.getByRole("combobox");
    await field.fill("зник інтернет");
    await panel.getByRole("option").first().click();
    await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
    await panel.getByRole("button", { name: "Мені ще потрібна відповідь" }).click();
    const details = `zzqx ${++sent} 🙂`;
    await panel.getByLabel("Подробиці").fill(details);
    await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
    await panel.getByRole("checkbox").check();
    await panel.getByRole("button", { name: "Надіслати" }).click();
    const number = panel.getByRole("heading", { name: /№/ });
    const anyway = panel.getByRole("button", { name: "Усе одно надіслати" });
    await number.or(anyway).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await number.waitFor();
    const rows = askus.query(`select number from requests where details = '${details}'`);
    assert.equal(rows.length, 1);
    await done();
  });

  test(`what is not signed is refused: ${name}`, async () => {
    const { page, done } = await chromium.page({
      setUp: async (/** @type {Page} */ p) => {
        await p.addInitScript(init);
        await p.route("**/manifest.json", async (route) => {
          const response = await route.fetch();
          const manifest = await response.json();
          await route.fulfill({ response, json: { ...manifest, version: manifest.version + 1 } });
        });
      },
    });
    const panel = await openPanel(page, { host });
    await panel
      .getByRole("alert")
      .filter({ hasText: /не пройшли перевірку/ })
      .waitFor();
    assert.equal(await panel.getByRole("option").count(), 0);
    await done();
  });
}
