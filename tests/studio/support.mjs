// What the studio's tests share: a marketer at the page, and publishing.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("../browser/support/askus.mjs").Askus} Askus */
/** @typedef {ReturnType<typeof import("../browser/support/browser.mjs").useBrowser>} Chromium */

/**
 * A page of the studio, in Ukrainian, logged in.
 * @param {Chromium} chromium
 * @param {Askus} askus
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function openStudio(chromium, askus, options) {
  const opened = await chromium.page({ viewport: { width: 1440, height: 900 }, ...options });
  const { page } = opened;
  await page.goto(`${askus.origin}/studio/demo`);
  await page.locator("#key").fill(readFileSync(join(askus.data, "token"), "utf8").trim());
  await page.getByRole("button", { name: "Увійти" }).click();
  await page.locator("[data-ready]").waitFor();
  return opened;
}

/**
 * A visitor with the panel open on the demo site.
 * @param {Chromium} chromium
 * @param {Askus} askus
 */
export async function openVisitor(chromium, askus) {
  const opened = await chromium.page();
  await opened.page.goto(`${askus.origin}/`);
  await opened.page.getByRole("button", { name: "Запитайте нас!" }).click();
  const panel = opened.page.frameLocator("iframe");
  await panel.getByRole("combobox").waitFor();
  return { ...opened, panel };
}
