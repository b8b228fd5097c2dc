// The main way on a second engine: the distribution's Firefox, driven by WebDriver BiDi. From the
// tab on the demo site to a stored request, in each language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { firefox } from "playwright-core";
import { startAskus } from "./support/askus.mjs";
import { LANGUAGES, PATH, QUESTIONS } from "./support/states.mjs";

/** Playwright's own name for a Firefox that it has not patched: it speaks BiDi with it. */
const CHANNEL = "moz-firefox";
const TAB = { uk: "Запитайте нас!", ru: "Спросите нас!", en: "Ask us!" };

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await startAskus(undefined, { abuse: { rate_limit: false, quick_form_ms: 0 } });
  const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
  browser = await firefox.launch({ channel: CHANNEL, executablePath });
});
after(async () => {
  await browser?.close();
  await askus?.stop();
});

for (const language of LANGUAGES) {
  test(`search, read, write, sent in Firefox: ${language}`, async () => {
    /** @type {Record<string, string>} */
    const texts = JSON.parse(readFileSync(`web/panel/texts/${language}.json`, "utf8"));
    const [query, title] = QUESTIONS[language];
    const page = await browser.newPage({ locale: language });
    page.setDefaultTimeout(20_000);
    /** @type {string[]} */
    const messages = [];
    page.on("pageerror", (error) => messages.push(error.message));
    await page.goto(askus.origin + PATH[language]);
    await page.getByRole("button", { name: TAB[language] }).click();
    const panel = page.frameLocator("iframe");
    const field = panel.getByRole("combobox");
    await panel.getByRole("option").first().waitFor();
    await field.fill(query);
    await field.press("ArrowDown");
    await panel.getByRole("option", { selected: true }).filter({ hasText: title }).waitFor();
    await field.press("Enter");
    await panel.getByRole("heading", { name: title }).waitFor();
    await panel.getByRole("button", { name: texts.still_need }).click();
    // No emoji: the driver types the halves of one as two keys, which no keyboard does.
    const details = `zzqx ${language} «ґ їжак»`;
    await panel.getByLabel(texts.details_label).fill(details);
    await panel.getByLabel(texts.contact_label).fill("maria@example.org");
    await panel.getByRole("checkbox").check();
    await panel.getByRole("button", { name: texts.send }).click();
    const number = panel.getByRole("heading", { name: /№|no\./ });
    const anyway = panel.getByRole("button", { name: texts.send_anyway });
    await number.or(anyway).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await number.waitFor();
    const rows = askus.query(`select number from requests where details = '${details}'`);
    assert.equal(rows.length, 1);
    const shown = ((await number.textContent()) ?? "").replace(/\D/g, "");
    assert.equal(shown, String(rows[0].number));
    assert.deepEqual(messages, [], "no error");
    await page.close();
  });
}
