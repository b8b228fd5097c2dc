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

/** The picture of the document: a topic's page on a desktop beside the start page on a phone. */
async function together() {
  const height = 700;
  const [topic, start] = await Promise.all(
    /** @type {[string, number][]} */ ([
      [PLACES.topic, 1080],
      [PLACES["start-ru"], 390],
    ]).map(async ([path, width]) => {
      const page = await (await browser.newContext({ viewport: { width, height } })).newPage();
      await page.goto(`${askus.origin}/help/demo/${path}`);
      await page.getByRole("button").first().waitFor();
      return (await page.screenshot()).toString("base64");
    }),
  );
  const page = await (
    await browser.newContext({ viewport: { width: 1214, height: 590 } })
  ).newPage();
  const image = (/** @type {string} */ data) =>
    `<img style="height:550px;border:1px solid #d0d5dd" src="data:image/png;base64,${data}">`;
  const style = "margin:0;padding:19px;display:flex;gap:16px;background:#f4f6fa";
  await page.setContent(`<body style="${style}">${image(topic)}${image(start)}`);
  await page.screenshot({ path: join(folder, "help-pages.png") });
}

try {
  await together();
  await pictures("", { viewport: { width: 1280, height: 800 } });
  await pictures("-dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  await pictures("-phone", { viewport: { width: 390, height: 844 } });
} finally {
  await browser.close();
  await askus.stop();
}
