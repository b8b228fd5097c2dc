// A visitor of the campaign: what they type and press in the panel's page, in Ukrainian.

/** @typedef {import("playwright-core").Page} Page */
/** What somebody means to send. @typedef {{title: string, details: string, contact: string}} Intent */

/** How much quicker the panel's timers run: a minute of waiting is a second. */
const HASTE = 50;

/** Before the page's scripts. @param {{haste: number, ago: number}} how `ago`: the clock is ms behind */
function hurry({ haste, ago }) {
  // The deadlines of letters too, which no timer of the page's keeps; not those of its own files.
  const { fetch: usual } = window;
  const deadline = 30_000 / haste;
  window.fetch = (address, options) =>
    usual(address, {
      ...options,
      ...(options?.method === "POST" && { signal: AbortSignal.timeout(deadline) }),
    });
  const { setTimeout: timer } = window;
  window.setTimeout = /** @type {any} */ (
    (
      /** @type {TimerHandler} */ call,
      /** @type {number} */ ms = 0,
      /** @type {any[]} */ ...args
    ) => timer(call, ms / haste, ...args)
  );
  const { now } = Date;
  Date.now = () => now() - ago;
  // Without the skin: it paints, and this is about what is sent.
  Object.defineProperty(navigator, "connection", { value: { saveData: true } });
}

/**
 * A tab of the visitor with the panel in it, usable.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} origin
 * @param {number} [ago] how far its clock is behind, ms
 */
export async function openTab(context, origin, ago = 0) {
  const page = await context.newPage();
  await page.addInitScript(hurry, { haste: HASTE, ago });
  await page.goto(`${origin}/sites/demo/ask?lang=uk`);
  await ready(page);
  return page;
}

/** @param {Page} page */
export const ready = (page) => page.getByRole("option").first().waitFor();

/** @param {Page} page @param {Intent} intent */
export async function write(page, intent) {
  await page.getByRole("combobox").fill(intent.title);
  await page.getByRole("button", { name: "Написати нам" }).first().click();
  await page.getByLabel("Подробиці").fill(intent.details);
  await page.getByLabel("Ел. пошта або телефон").fill(intent.contact);
  await page.getByRole("checkbox").check();
}

/** Goes on with the draft that was found again. @param {Page} page */
export const goOn = (page) =>
  page.getByRole("button", { name: "Продовжити незакінчене звернення" }).click();

/** What stands in the form. @param {Page} page @returns {Promise<Intent>} */
export async function typed(page) {
  return {
    title: await page.getByLabel("Коротко").inputValue(),
    details: await page.getByLabel("Подробиці").inputValue(),
    contact: await page.getByLabel("Ел. пошта або телефон").inputValue(),
  };
}

const SEND = { name: /^(Надіслати|Усе одно надіслати)$/ };

/** Presses Send, also past the topics that are offered. @param {Page} page @param {number} [times] */
export async function send(page, times = 1) {
  const offered = page.getByRole("heading", { name: "Можливо, на це вже є відповідь" });
  // All in one task, as a bouncing button does.
  const press = () =>
    page.getByRole("button", SEND).evaluate((button, n) => {
      for (let i = 0; i < n; i++) /** @type {HTMLElement} */ (button).click();
    }, times);
  await press();
  if (await offered.isVisible()) await press();
}

/** The number that the visitor is shown. @param {Page} page */
export async function shownNumber(page) {
  const heading = page.getByRole("heading", { name: /№/ });
  await heading.waitFor();
  return Number(((await heading.textContent()) ?? "").replace(/\D/g, ""));
}

/** Until the browser keeps nothing that is still to be sent. @param {Page} page */
export const nothingWaits = (page) =>
  page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.includes(".outbox.")));

/** For the report of a failure. @param {Page} page */
export const whatIsSeen = (page) =>
  page.evaluate(
    () => `${Object.keys(localStorage)} | ${document.body.innerText.replace(/\s+/g, " ")}`,
  );

/** The renderer dies at once, as one out of memory does. @param {Page} page */
export async function kill(page) {
  const crashed = page.waitForEvent("crash");
  const protocol = await page.context().newCDPSession(page);
  void protocol.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
}
