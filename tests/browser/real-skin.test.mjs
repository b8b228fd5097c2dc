// The skin on the real panel: what visitors see of it is what CSS would have painted, at every ratio
// of pixels, and while something scrolls. ASKUS_SCREENS=DIR keeps the pictures.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAskus } from "./support/askus.mjs";
import { WITHOUT_SKIN } from "./support/axe.mjs";
import { useBrowser } from "./support/browser.mjs";
import { comparePixels } from "./support/pixels.mjs";
import { showStates } from "./support/states.mjs";

const RATIOS = [1, 1.25, 1.5, 2];
const SIZE = { width: 392, height: 640 };
/** Share of pixels that may differ. */
const MAX_DIFFERENT = 0.001;
const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await startAskus();
});
after(() => askus.stop());

/** Frames later what was asked for has been painted. @param {import("playwright-core").Page} page */
const settled = (page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
  });

/**
 * Pictures of the panel's states, in order.
 * @param {object} options of the page
 * @param {boolean} isSkinned
 */
async function look(options, isSkinned) {
  const { page, done } = await chromium.page({
    ...{ viewport: SIZE, ...options },
    setUp: (/** @type {import("playwright-core").Page} */ p) =>
      p.addInitScript(isSkinned ? "" : WITHOUT_SKIN),
  });
  await page.goto(`${askus.origin}/sites/demo/ask?lang=uk`);
  await page.getByRole("button", { name: "Дані на цьому пристрої" }).waitFor();
  if (isSkinned) await page.locator("html.skinned").waitFor();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*{caret-color:transparent!important}");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  /** @type {Map<string, Buffer>} */
  const pictures = new Map();
  await showStates(page, async (state) => {
    await settled(page);
    pictures.set(state, await page.screenshot());
  });
  await done();
  return pictures;
}

const folder = process.env.ASKUS_SCREENS;
if (folder) mkdirSync(folder, { recursive: true });

for (const deviceScaleFactor of RATIOS) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`the panel looks the same with the skin at ${deviceScaleFactor}x, ${colorScheme}`, async (t) => {
      const options = { deviceScaleFactor, colorScheme };
      const css = await look(options, false);
      const skin = await look(options, true);
      const browser = { newPage: chromium.newPage };
      for (const [state, picture] of css) {
        const painted = /** @type {Buffer} */ (skin.get(state));
        const name = `skin-${state}-${deviceScaleFactor}x-${colorScheme}`;
        if (folder) {
          writeFileSync(join(folder, `${name}-css.png`), picture);
          writeFileSync(join(folder, `${name}-skin.png`), painted);
        }
        const { share, greatest } = await comparePixels(browser, picture, painted);
        t.diagnostic(`${state}: ${(share * 100).toFixed(3)} % differ, by ${greatest} at most`);
        assert.ok(share < MAX_DIFFERENT, `${state}: ${share}`);
      }
    });
  }
}

test("while something scrolls no surface is behind its text by more than a frame", async () => {
  const { page, done } = await chromium.page({ viewport: SIZE });
  await page.goto(`${askus.origin}/sites/demo/ask?lang=uk`);
  await page.locator("html.skinned").waitFor();
  await page.getByRole("combobox").fill("інтернет");
  await page.locator("mark").first().waitFor();
  await settled(page);
  // Where a surface is painted, relative to its text, frame by frame: the layer is a child of what
  // scrolls, so its own place in there is all that could lag. Steps, and jumps beyond its margin.
  const late = await page.evaluate(async () => {
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const layer = /** @type {HTMLCanvasElement} */ (main.querySelector("canvas"));
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    let most = 0;
    let behind = 0;
    const end = main.scrollHeight - main.clientHeight;
    const steps = [40, 80, 160, 320, end, 0, end / 2, 10, end];
    for (const to of steps) {
      main.scrollTop = to;
      behind = 0;
      for (let i = 0; i < 4; i++) {
        await frame();
        const seen = main.getBoundingClientRect();
        const box = layer.getBoundingClientRect();
        const covers = box.top <= seen.top + 0.5 && box.bottom >= seen.bottom - 0.5;
        behind = covers ? 0 : behind + 1;
        most = Math.max(most, behind);
      }
    }
    return { most, height: end };
  });
  assert.ok(late.height > 1000, "there is something to scroll");
  assert.ok(late.most <= 1, `${late.most} frames without its surfaces`);
  await done();
});
