// Screenshots of the panel's states into build/screens, to be looked at:
//   node tests/browser/screens.mjs SNAPSHOT [skin]
// ASKUS_ONLY=desktop-uk takes those only whose names begin so.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ARGS } from "./support/browser.mjs";
import { prepareLater, walkLater } from "./support/later-screens.mjs";
import { makeKey, makeManifest, servePanel } from "./support/panel.mjs";
import { readBody, startServer, WEB } from "./support/server.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const QUERIES = { uk: "немає інтернету", ru: "не работает интернет", en: "no internet" };
const GUESSED = "the dog ate my remote";
const SIZES = {
  desktop: { width: 392, height: 640 },
  phone: { width: 390, height: 844 },
  small: { width: 320, height: 568 },
};

/** @typedef {import("playwright-core").Page} Page */

const snapshot = readFileSync(process.argv[2]);
const only = process.env.ASKUS_ONLY ?? "";
const withSkin = process.argv[3] === "skin";
const server = await startServer([WEB]);
const key = await makeKey();
const manifest = await makeManifest(snapshot, key);
server.routes.set("/v1/sites/demo/requests", async (request, response) => {
  const { id } = JSON.parse(await readBody(request));
  const answers = /** @type {string[]} */ ([]);
  response
    .writeHead(201)
    .end(
      JSON.stringify({ id, number: 10482, token: "t", link: "/sites/demo/ask#request=1", answers }),
    );
});
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ARGS,
});

/** @param {Page} page @param {string} language @param {(name: string) => Promise<unknown>} shoot */
async function walk(page, language, shoot) {
  const search = page.getByRole("combobox").first();
  await page.getByRole("option").first().waitFor();
  await shoot("1-ask");
  await search.fill(GUESSED);
  await page.getByText(/Можливо, допоможе|Возможно, поможет|These may help/).waitFor();
  await shoot("2-guesses");
  await search.fill(QUERIES[/** @type {"uk"} */ (language)]);
  await search.press("ArrowDown");
  await shoot("3-results");
  await search.press("Enter");
  await page.locator("main h1").waitFor();
  await shoot("4-read");
  await page.locator("main").evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await shoot("5-read-end");
  await page.locator("footer button").first().click();
  await page.locator("textarea").waitFor();
  await page
    .locator("textarea")
    .fill("З учорашнього вечора роутер блимає червоним, перезавантаження не допомогло 🙂");
  await shoot("6-write");
  await page.locator("footer .primary").click();
  await shoot("7-errors");
  await page
    .getByText(/Поганий|Плохое|Upset/)
    .locator("..")
    .click();
  await page.locator("main").evaluate((el) => el.scrollTo(0, el.scrollHeight));
  await page.locator("input[autocomplete=name]").fill("Марія");
  await page.locator("input[autocomplete=email]").fill("maria@example.com");
  await page.getByRole("checkbox").check();
  await shoot("8-filled");
  await page.locator("footer .primary").click();
  await page.locator("main").evaluate((el) => el.getBoundingClientRect());
  await shoot("9-offered");
  const again = page.getByRole("button", { name: /Усе одно|Всё равно|anyway/ });
  if (await again.count()) await again.click();
  await page
    .getByText(/10.482/)
    .first()
    .waitFor();
  await shoot("10-sent");
}

/** @type {("light" | "dark")[]} */
const SCHEMES = ["light", "dark"];

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of size === "desktop" ? ["uk", "ru", "en"] : ["uk"]) {
    for (const colorScheme of SCHEMES) {
      servePanel(server, { keys: [key.public], manifest, snapshot, language });
      const prefix = [size, language, colorScheme].join("-");
      if (!prefix.startsWith(only)) continue;
      for (const isLater of [false, true]) {
        const context = await browser.newContext({
          viewport,
          colorScheme,
          reducedMotion: "reduce",
          deviceScaleFactor: 1.5,
        });
        const page = await context.newPage();
        page.on("console", (message) => console.log(language, size, message.text()));
        page.on("pageerror", (error) => console.log(language, size, error.stack));
        if (!withSkin) await page.route(/skin\.[^/]*js$/, (route) => route.abort());
        if (isLater) await prepareLater(server, page, /** @type {"uk"} */ (language));
        await page.goto(`${server.origin}/sites/demo/panel?lang=${language}`);
        if (withSkin) await page.locator("html.skinned").waitFor();
        const steps = /** @type {typeof walk} */ (isLater ? walkLater : walk);
        await steps(page, language, (name) =>
          page.screenshot({ path: join(OUT, `${prefix}-${name}.png`) }),
        ).catch((error) => console.log(prefix, error.message));
        await context.close();
      }
    }
  }
}
await browser.close();
await server.close();
