// What the studio's tests share: a marketer at the page, and publishing.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("../browser/support/askus.mjs").Askus} Askus */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {ReturnType<typeof import("../browser/support/browser.mjs").useBrowser>} Chromium */

/**
 * A way in, at the studio's page in Ukrainian: with the publisher's key.
 * @param {Page} page @param {Askus} askus
 */
export async function withKey(page, askus) {
  await page.getByText("За ключем видавця").click();
  await page.locator("#key").fill(readFileSync(join(askus.data, "token"), "utf8").trim());
  await page.getByRole("button", { name: "Увійти" }).click();
}

/** A way in: as a person who has an account. @param {string} email @param {string} password */
export const logIn = (email, password) => async (/** @type {Page} */ page) => {
  await page.getByRole("link", { name: "Увійти" }).click();
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.getByRole("button", { name: "Увійти" }).click();
};

/** The browser's own complaint about what the server says to who has not logged in yet. */
export const LOGGED_OUT = /Failed to load/;

/**
 * A page of the studio, in Ukrainian, logged in.
 * @param {Chromium} chromium
 * @param {Askus} askus
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {(page: Page, askus: Askus) => Promise<void>} [enter]
 */
export async function openStudio(chromium, askus, options, enter = withKey) {
  const opened = await chromium.page({ viewport: { width: 1440, height: 900 }, ...options });
  const { page } = opened;
  await page.goto(`${askus.origin}/studio/demo`);
  await enter(page, askus);
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
