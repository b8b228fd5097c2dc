// What comes after the first answer, in every state, language and scheme: nothing that axe-core
// knows is wrong, and nothing scrolls sideways on the narrowest screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demoSnapshot } from "./support/askus.mjs";
import { violations, WITHOUT_SKIN } from "./support/axe.mjs";
import { useBrowser } from "./support/browser.mjs";
import { prepareLater, walkLater } from "./support/later-screens.mjs";
import { makeKey, makeManifest, servePanel } from "./support/panel.mjs";
import { startServer, WEB } from "./support/server.mjs";

const chromium = useBrowser();
const STATES = 9;
/** @type {import("./support/server.mjs").TestServer} */
let server;
/** @type {Uint8Array} */
let snapshot;
before(async () => {
  snapshot = await demoSnapshot();
  server = await startServer([WEB]);
});
after(() => server.close());

/**
 * @param {"uk" | "ru" | "en"} language
 * @param {object} options of the page
 * @param {(page: import("playwright-core").Page, state: string) => Promise<void>} look
 */
async function walk(language, options, look) {
  const key = await makeKey();
  const manifest = await makeManifest(snapshot, key);
  servePanel(server, { keys: [key.public], manifest, snapshot, language });
  const { page, done } = await chromium.page({
    ...options,
    setUp: async (/** @type {import("playwright-core").Page} */ p) => {
      await p.addInitScript(WITHOUT_SKIN);
      await prepareLater(server, p, language);
    },
  });
  await page.goto(`${server.origin}/sites/demo/panel?lang=${language}`);
  let states = 0;
  await walkLater(page, language, async (state) => {
    states++;
    await look(page, state);
  });
  assert.equal(states, STATES);
  await done(/404/); // the stand-in takes no requests
}

for (const language of /** @type {("uk" | "ru" | "en")[]} */ (["uk", "ru", "en"])) {
  for (const colorScheme of ["light", "dark"]) {
    test(`no violation, ${language}, ${colorScheme}`, () =>
      walk(language, { colorScheme }, async (page, state) => {
        assert.deepEqual(await violations(page), [], state);
      }));
  }
}

test("nothing scrolls sideways at 320 px", () =>
  walk("uk", { viewport: { width: 320, height: 568 } }, async (page, state) => {
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("html, main, header, footer")]
        .filter((el) => el.scrollWidth > el.clientWidth)
        .map((el) => el.tagName),
    );
    assert.deepEqual(wide, [], state);
  }));
