// The main way on a third engine, that of iPhones: the distribution's WebKitGTK by WebDriver. From the
// tab on the demo site to a stored request, in each language, with real keys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startAskus } from "./support/askus.mjs";
import { LANGUAGES, PATH, QUESTIONS } from "./support/states.mjs";
import { KEYS, startWebKit } from "./support/webdriver.mjs";

/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await startAskus(undefined, { abuse: { rate_limit: false, quick_form_ms: 0 } });
});
after(() => askus?.stop());

for (const language of LANGUAGES) {
  test(`search, read, write, sent in WebKit: ${language}`, async (t) => {
    /** @type {Record<string, string>} */
    const texts = JSON.parse(readFileSync(`web/panel/texts/${language}.json`, "utf8"));
    const [query, title] = QUESTIONS[language];
    const text = (/** @type {string} */ value) => JSON.stringify(value);
    const web = await startWebKit(language);
    t.after(() => web.stop());
    const button = (/** @type {string} */ label) =>
      web.find(`all("button").find((each) => has(each, ${text(label)}))`);
    const labelled = (/** @type {string} */ label) =>
      web.find(`all("label").find((each) => has(each, ${text(label)}))?.control`);

    await web.open(askus.origin + PATH[language]);
    const host = `all("html > div").find((each) => each.shadowRoot)?.shadowRoot`;
    await web.click(await web.find(`${host}?.querySelector("button")`));
    await web.enter(await web.find(`${host}?.querySelector("iframe")`));
    await web.find(`all("[role=option]")[0]`);
    const field = await web.find(`all("[role=combobox]")[0]`);
    await web.type(field, query);
    await web.find(`all("[role=option]").find((each) => has(each, ${text(title)}))`);
    await web.type(field, KEYS.arrowDown);
    await web.find(`all("[role=option][aria-selected=true]").find((o) => has(o, ${text(title)}))`);
    await web.type(field, KEYS.enter);
    await web.find(`all("h1, h2, h3").find((each) => has(each, ${text(title)}))`);
    await web.click(await button(texts.still_need));
    const details = `zzqx ${language} «ґ їжак»`;
    await web.type(await labelled(texts.details_label), details);
    await web.type(await labelled(texts.contact_label), "maria@example.org");
    await web.click(await web.find(`all("input[type=checkbox]")[0]`));
    await web.click(await button(texts.send));
    const sent = `all("h1, h2, h3").find((each) => /№|no\\./.test(each.textContent))`;
    const next = await web.find(
      `${sent} ?? all("button").find((each) => has(each, ${text(texts.send_anyway)}))`,
    );
    if ((await web.text(next)).includes(texts.send_anyway)) await web.click(next);
    const shown = (await web.text(await web.find(sent))).replace(/\D/g, "");
    const rows = askus.query(`select number from requests where details = '${details}'`);
    assert.deepEqual(
      rows.map(({ number }) => String(number)),
      [shown],
    );
  });
}
