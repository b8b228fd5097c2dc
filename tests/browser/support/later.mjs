// For the tests of what comes after the first answer: the panel on the demo site's page, what it
// tells that page, and a request sent through it.
import { startAskus } from "./askus.mjs";

/** These tests are quicker than a person: no work is asked of them for it. */
export const startQuick = (/** @type {object} */ settings = {}) =>
  startAskus(undefined, { abuse: { form_token: false }, ...settings });

/** @typedef {import("playwright-core").FrameLocator} Panel */
/** @typedef {import("playwright-core").Page} Page */

const LISTEN =
  "if (top === window) { window.said = []; addEventListener('message', (e) => said.push(e.data)); }";

/**
 * Opens the demo site and presses the tab.
 * @param {ReturnType<typeof import("./browser.mjs").useBrowser>} chromium
 * @param {import("./askus.mjs").Askus} askus
 * @param {object} [options] of the page
 */
export async function openFramed(chromium, askus, options = {}) {
  const opened = await chromium.page({
    setUp: (/** @type {Page} */ page) => page.addInitScript(LISTEN),
    ...options,
  });
  const { page } = opened;
  await page.goto(`${askus.origin}/`);
  return { ...opened, panel: await press(page) };
}

/** Presses the tab, and waits until all chunks are there. @param {Page} page */
export async function press(page) {
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  const panel = page.frameLocator("iframe");
  await panel.getByRole("button", { name: /Мої звернення|Дані на цьому пристрої/ }).waitFor();
  return panel;
}

/** What the panel told the page, of one type. @param {Page} page @param {string} type */
export const said = (page, type) =>
  /** @type {Promise<Record<string, unknown>[]>} */ (
    page.evaluate(`said.filter((message) => message?.type === ${JSON.stringify(type)})`)
  );

/** @param {Page} page @param {string} type @param {object} wanted */
export const heard = (page, type, wanted) =>
  page.waitForFunction(
    ([name, text]) => {
      const all = /** @type {{said: {type?: string}[]}} */ (/** @type {unknown} */ (window)).said;
      return JSON.stringify(all.filter((message) => message?.type === name).at(-1)) === text;
    },
    [type, JSON.stringify({ askus: 1, type, ...wanted })],
  );

/** Opens the form with that question. @param {Panel} panel @param {string} question */
export async function openForm(panel, question) {
  await panel.getByRole("combobox").fill(question);
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByLabel("Подробиці").waitFor();
}

/** Fills in what is needed and sends. @param {Panel} panel */
export async function send(panel) {
  await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  const consent = panel.getByRole("checkbox");
  if (!(await consent.isChecked())) await consent.check({ force: true });
  await panel.getByRole("button", { name: "Надіслати" }).click();
  const anyway = panel.getByRole("button", { name: "Усе одно надіслати" });
  const next = panel.getByRole("heading", { name: /№/ }).or(panel.getByText("Немає зв’язку"));
  await next.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await next.first().waitFor();
}

/** The panel's own frame. @param {Page} page */
export function frameOf(page) {
  const frame = page.frames().find((each) => each.url().includes("/sites/demo/panel"));
  if (!frame) throw new Error("there is no panel");
  return frame;
}

/** Names of what the panel keeps in the browser, without the site's prefix. @param {Page} page */
export const keptNames = (page) =>
  frameOf(page).evaluate(() =>
    Object.keys(localStorage)
      .map((name) => name.replace("askus.demo.", ""))
      .sort(),
  );
