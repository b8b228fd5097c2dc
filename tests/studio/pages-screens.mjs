// Pictures of the pages for search engines, for docs/help-pages.md and for a look:
// node tests/studio/pages-screens.mjs FOLDER.
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startAskus } from "../browser/support/askus.mjs";
import { ARGS } from "../browser/support/browser.mjs";

const folder = process.argv[2] ?? ".";
const askus = await startAskus(undefined, {}, { helpPages: true });
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ARGS });
const PLACES = {
  start: "uk/",
  category: "uk/c/--connection/",
  topic: "uk/--no-internet/",
  "start-ru": "ru/",
  "topic-en": "en/--no-internet/",
  missing: "en/gone--gone/",
};

/** @param {string} name @param {import("playwright-core").BrowserContextOptions} options */
async function pictures(name, options) {
  const page = await (await browser.newContext(options)).newPage();
  for (const [what, path] of Object.entries(PLACES)) {
    await page.goto(`${askus.origin}/help/demo/${path}`);
    await page.screenshot({ path: join(folder, `pages-${what}${name}.png`), fullPage: true });
  }
  await page.close();
}

try {
  await pictures("", { viewport: { width: 1280, height: 800 } });
  await pictures("-dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  await pictures("-phone", { viewport: { width: 390, height: 844 } });
} finally {
  await browser.close();
  await askus.stop();
}
