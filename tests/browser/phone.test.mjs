// On a phone: nothing that is needed lies under the keyboard, Back closes the panel and leaves the
// host's history alone, and what is pressed is large enough for a finger.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { panelOf, startHost } from "./support/host.mjs";

/** @typedef {import("playwright-core").Page} Page */

const SCREEN = { width: 320, height: 568 };
const KEYBOARD = 260;
const PHONE = { viewport: SCREEN, hasTouch: true, isMobile: true };
const FINGER = 44;
/** WCAG 2.5.8; 2.5.5's 44 is for what is pressed with a finger and is no text. */
const LEAST = 24;

const chromium = useBrowser();
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost({ abuse: { rate_limit: false, quick_form_ms: 0 } });
});
after(() => host.stop());

/** A visual viewport whose height a test sets, as a keyboard does. Runs in the page. */
function emulateKeyboard() {
  const view = Object.assign(new EventTarget(), {
    ...{ width: innerWidth, height: innerHeight, scale: 1 },
    ...{ offsetTop: 0, offsetLeft: 0, pageTop: 0, pageLeft: 0 },
  });
  Object.defineProperty(window, "visualViewport", { value: view });
  Object.assign(window, {
    setKeyboard: (/** @type {number} */ height) => {
      view.height = innerHeight - height;
      view.dispatchEvent(new Event("resize"));
    },
  });
}

/** @param {(page: Page) => Promise<unknown>} [setUp] */
async function openPanel(setUp) {
  const opened = await chromium.page({ ...PHONE, setUp });
  await opened.page.goto(host.example("plain"));
  await opened.page.getByRole("button", { name: /Запитайте нас!|Ask us!/ }).tap();
  const panel = await panelOf(opened.page);
  return { ...opened, panel };
}

/** What has to be seen, whole and above the keyboard. @param {import("playwright-core").Locator} what */
async function assertSeen(what, /** @type {string} */ name) {
  const box = await what.boundingBox();
  assert.ok(box, name);
  assert.ok(
    box.y >= 0 && box.y + box.height <= SCREEN.height - KEYBOARD + 0.5,
    `${name}: ${box.y}`,
  );
}

test("with a keyboard of 260 px the caret and Send are seen in every state", async () => {
  const { page, panel, done } = await openPanel((p) => p.addInitScript(emulateKeyboard));
  await page.evaluate((height) => /** @type {any} */ (window).setKeyboard(height), KEYBOARD);
  const folder = process.env.ASKUS_SCREENS;
  if (folder) mkdirSync(folder, { recursive: true });
  const keep = async (/** @type {string} */ state) => {
    if (folder) await page.screenshot({ path: join(folder, `keyboard-${state}.png`) });
  };
  const field = panel.getByRole("combobox");
  await field.tap();
  await assertSeen(field, "the search field");
  await keep("ask");
  await field.fill("zzqx кашалот");
  await panel
    .getByRole("button", { name: /Написати нам|Write to us/ })
    .first()
    .tap();
  const send = panel.locator("footer .primary");
  const fields = await panel
    .locator("main :is(input:not([type]), input[type=text], input[type=email], textarea):visible")
    .all();
  assert.ok(fields.length >= 3);
  for (const [i, each] of fields.entries()) {
    await each.focus();
    await assertSeen(each, `field ${i}`);
    await assertSeen(send, `Send, at field ${i}`);
    await keep(`write-${i}`);
  }
  await page.evaluate(() => /** @type {any} */ (window).setKeyboard(0));
  const frame = await page.locator("iframe[title]").boundingBox();
  assert.equal(frame?.height, SCREEN.height, "without the keyboard the whole screen again");
  await done();
});

test("Back closes the panel; the host's page and its history stay", async () => {
  const { page, panel, done } = await openPanel();
  const where = () => page.evaluate(() => [location.href, history.state]);
  const before = await where();
  await panel.getByRole("button", { name: /Закрити|Close/ }).waitFor();
  await page.waitForFunction("history.length > 2"); // about:blank, the page, and the frame's entry
  await page.evaluate("history.back()");
  await page.locator("iframe[title]").waitFor({ state: "hidden" });
  assert.deepEqual(await where(), before);
  // Closed otherwise, nothing is left behind: the next Back is the host's own.
  await page.getByRole("button", { name: /Запитайте нас!|Ask us!/ }).tap();
  await panel.getByRole("button", { name: /Закрити|Close/ }).tap();
  await page.locator("iframe[title]").waitFor({ state: "hidden" });
  assert.deepEqual(await where(), before);
  await done();
});

test("what is pressed is large enough for a finger", async () => {
  const { panel, done } = await openPanel();
  const sizes = () =>
    panel.locator("body").evaluate(
      (body, [least, finger]) =>
        [...body.querySelectorAll("button, input, textarea, select, .segment, .face, .option")]
          .map((el) => ({ el, box: el.getBoundingClientRect() }))
          .filter(({ el, box }) => box.width > 1 && box.height > 1 && !el.closest(".vh"))
          .filter(({ el, box }) => {
            const wanted = el.matches(".round, .face") ? finger : least;
            // A check box takes presses around it, and its label's.
            const around = el.matches("[type=checkbox]") ? 18 : 0;
            return Math.min(box.width, box.height) + around < wanted;
          })
          .map(({ el, box }) => `${el.outerHTML.slice(0, 90)} ${box.width}x${box.height}`),
      [LEAST, FINGER],
    );
  assert.deepEqual(await sizes(), []);
  await panel.getByRole("combobox").fill("zzqx кашалот");
  await panel
    .getByRole("button", { name: /Написати нам|Write to us/ })
    .first()
    .tap();
  await panel.locator("textarea").waitFor();
  assert.deepEqual(await sizes(), []);
  await done();
});
