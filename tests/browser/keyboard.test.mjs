// From the search to a sent request by keyboard alone, in each language, with both skins: what a
// screen reader would say is a golden file, and axe-core finds nothing in any state, light or dark.
//   ASKUS_UPDATE_GOLDEN=1 node --test tests/browser/keyboard.test.mjs     writes the files anew
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startAskus } from "./support/askus.mjs";
import { loadAxe, SKIN_RULES, violations, WITHOUT_SKIN } from "./support/axe.mjs";
import { useBrowser } from "./support/browser.mjs";
import { listen } from "./support/heard.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {"uk" | "ru" | "en"} Language */

const QUERIES = { uk: "зник інтернет", ru: "нет интернета", en: "no internet" };
const MOST_TABS = 40;

const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  // Scripted visitors are quicker than people: no work is asked of them here.
  askus = await startAskus(undefined, { abuse: { rate_limit: false, quick_form_ms: 0 } });
});
after(() => askus.stop());

/** Tab until the focus is on what has this text or label. @param {Page} page @param {string} name */
async function tabTo(page, name) {
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((wanted) => {
      const el = /** @type {HTMLInputElement | null} */ (document.activeElement);
      const label = el?.labels?.[0]?.textContent ?? el?.getAttribute("aria-label");
      return (label || el?.textContent || "").trim().startsWith(wanted);
    }, name);
    if (found) return;
  }
  assert.fail(`"${name}" cannot be reached by Tab`);
}

/**
 * The whole way. Nothing but keys is used.
 * @param {Page} page
 * @param {Language} language
 * @param {(state: string) => Promise<void>} look at each state
 */
async function walk(page, language, look) {
  /** @type {Record<string, string>} */
  const texts = JSON.parse(readFileSync(`web/panel/texts/${language}.json`, "utf8"));
  const { keyboard } = page;
  await page.getByRole("option").first().waitFor();
  await page.getByRole("combobox").and(page.locator(":focus")).waitFor();
  await look("ask");
  await keyboard.type(QUERIES[language]);
  await page.locator("mark").first().waitFor();
  await keyboard.press("ArrowDown");
  await page.getByRole("option", { selected: true }).waitFor();
  await look("results");
  await keyboard.press("Enter");
  await page.locator(":is(h1, h2, h3):focus").waitFor();
  await look("read");
  await tabTo(page, texts.still_need);
  await keyboard.press("Enter");
  await page.locator("textarea:focus").waitFor();
  await keyboard.type("zzqx 🙂");
  await look("write");
  await tabTo(page, texts.send);
  await keyboard.press("Enter");
  await page.locator("[aria-invalid]:focus").waitFor();
  await look("write, refused");
  await keyboard.type("maria@example.org");
  const consent = page.getByRole("checkbox");
  while (!(await consent.evaluate((el) => el === document.activeElement))) {
    await keyboard.press("Tab");
  }
  await keyboard.press("Space");
  await tabTo(page, texts.send);
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: texts.maybe_answered }).waitFor();
  await look("offered");
  // Held up until the state between has been looked at.
  let goOn = () => {};
  const held = new Promise((done) => (goOn = () => done(undefined)));
  await page.route("**/requests", async (route) => {
    await held;
    await route.continue();
  });
  await tabTo(page, texts.send_anyway);
  await keyboard.press("Enter");
  await page.getByRole("status").filter({ hasText: texts.sending }).waitFor();
  await look("sending");
  goOn();
  await page.getByRole("heading", { name: /№|no\./ }).waitFor();
  await look("sent");
}

/** @param {string} name @param {string} text */
function checkGolden(name, text) {
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  if (process.env.ASKUS_UPDATE_GOLDEN) writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"), `differs from golden/${name}.txt`);
}

for (const language of /** @type {Language[]} */ (["uk", "ru", "en"])) {
  for (const isSkinned of [false, true]) {
    test(`search, read, write, sent by keys: ${language}, ${isSkinned ? "skin" : "CSS"}`, async () => {
      const { page, done } = await chromium.page({
        locale: language,
        setUp: (/** @type {Page} */ p) => p.addInitScript(isSkinned ? "" : WITHOUT_SKIN),
      });
      page.setDefaultTimeout(20_000);
      await page.goto(`${askus.origin}/sites/demo/ask?lang=${language}`);
      // The later chunk adds to what is drawn; the skin comes last.
      await page.waitForLoadState("networkidle");
      if (isSkinned) await page.locator("html.skinned").waitFor();
      await loadAxe(page); // names what has the focus
      await page.evaluate(listen);
      /** @type {string[]} */
      const log = [];
      const rules = isSkinned ? SKIN_RULES : {};
      await walk(page, language, async (state) => {
        /** @type {string[]} */
        const heard = await page.evaluate(() => /** @type {any} */ (window).heard.splice(0));
        // Of counts in a row the last: how many pauses there are while this types, chance decides.
        // That they wait for a pause: tests/web/calm.test.mjs.
        const isCount = (/** @type {string | undefined} */ line) => /^status: \d/.test(line ?? "");
        const calm = heard.filter((line, i) => !(isCount(line) && isCount(heard[i + 1])));
        log.push(...calm, `-- ${state}`);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await violations(page, rules), [], `${state}, ${colorScheme}`);
        }
      });
      const text = `${log.join("\n")}\n`.replace(/(№|no\.) [\d\s]+/g, "$1 n ");
      checkGolden(`keyboard-${language}`, text); // the same with both skins
      await done();
    });
  }
}
