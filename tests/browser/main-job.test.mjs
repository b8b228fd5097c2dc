// The main job, end to end and for real: the demo site, the tab, a search in each language, the
// answer; a question without one becomes a request, stored once, byte for byte.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startAskus, realFaq, DEMO } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";

const chromium = useBrowser();
const source = realFaq();
/** @type {import("./support/askus.mjs").Askus} */
let askus;

before(async () => {
  askus = await startAskus(source);
});
after(() => askus.stop());

const TAB = { uk: "Запитайте нас!", ru: "Спросите нас!", en: "Ask us!" };
const PATH = { uk: "/", ru: "/ru/", en: "/en/" };
/** A question in each language, and words of its answer. */
const QUESTIONS =
  source === DEMO
    ? {
        uk: ["зник інтернет", "Що робити, якщо немає інтернету?", "перезапуск"],
        ru: ["нет интернета", "Что делать, если нет интернета?", "перезапуск"],
        en: ["no internet", "What if there is no internet?", "restart"],
      }
    : {
        uk: ["хто створив біткойн", "Хто створив Біткойн?", "Вей Дай"],
        ru: ["кто создал биткойн", "Кто создал Биткойн?", "Вей Дай"],
        en: ["who created bitcoin", "Who created Bitcoin?", "Wei Dai"],
      };

/** @typedef {"uk" | "ru" | "en"} Language */

/**
 * Opens the demo site and presses the tab.
 * @param {Language} language
 * @param {object} [options]
 */
async function openPanel(language, options = {}) {
  const opened = await chromium.page({ locale: "en-US", ...options });
  const { page, requests } = opened;
  await page.goto(askus.origin + PATH[language]);
  const before = requests.filter((url) => url.includes("/sites/") || url.includes("/assets/"));
  assert.deepEqual(before, [], "nothing of the panel is fetched before the press");
  await page.getByRole("button", { name: TAB[language] }).click();
  const panel = page.frameLocator("iframe");
  await panel.getByRole("combobox").waitFor();
  return { ...opened, panel };
}

for (const language of /** @type {Language[]} */ (["uk", "ru", "en"])) {
  test(`a question in ${language} finds its answer`, async () => {
    const { panel, done } = await openPanel(language);
    const [question, title, words] = QUESTIONS[language];
    const field = panel.getByRole("combobox");
    assert.ok(await field.evaluate((el) => el === document.activeElement), "the field has focus");
    await field.pressSequentially(question);
    await field.press("ArrowDown");
    await panel.getByRole("option", { selected: true }).filter({ hasText: title }).waitFor();
    await field.press("Enter");
    await panel.getByRole("heading", { name: title }).waitFor();
    assert.match((await panel.locator("main").textContent()) ?? "", new RegExp(words, "i"));
    await done();
  });
}

const DETAILS = `"Quotes", 'single', «лапки» \\ back\nslash <b>markup</b> 🦔👩‍👩‍👧 \u200f\u0301 ${"їґєЯё ".repeat(800)}`;

/** @param {import("playwright-core").FrameLocator} panel */
async function leaveContact(panel) {
  await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  const consent = panel.getByRole("checkbox");
  if ((await consent.count()) > 0) await consent.check({ force: true });
}

test("a question without an answer becomes exactly that row", async () => {
  const { page, panel, done } = await openPanel("uk");
  const field = panel.getByRole("combobox");
  await field.fill("zzqx вельмишановний кашалот 🐳");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  const title = panel.getByLabel("Коротко");
  assert.equal(await title.inputValue(), "zzqx вельмишановний кашалот 🐳", "nothing typed twice");
  await panel.getByLabel("Подробиці").fill(DETAILS);
  await panel.getByRole("radio", { name: "Поганий" }).check({ force: true });
  await panel.getByLabel("Ім’я").fill("Марія О'Коннор");
  await leaveContact(panel);
  await panel.getByRole("button", { name: "Надіслати" }).click();
  const number = panel.getByRole("heading", { name: /№/ });
  const anyway = panel.getByRole("button", { name: /надіслати/i });
  await number.or(anyway).first().waitFor();
  if (!(await number.isVisible())) await anyway.click();
  await number.waitFor();

  const rows = askus.query("select * from requests");
  assert.equal(rows.length, 1);
  const [row] = rows;
  assert.equal(row.title, "zzqx вельмишановний кашалот 🐳");
  assert.equal(row.details, DETAILS);
  assert.ok((DETAILS.match(/\p{Script=Cyrillic}/gu) ?? []).length >= 4000);
  assert.equal(row.name, "Марія О'Коннор");
  assert.equal(row.contact, "maria@example.org");
  assert.equal(row.mood, "upset");
  assert.equal(row.language, "uk");
  assert.equal(row.site, "demo");
  assert.equal(row.page, `${askus.origin}/`);
  const shown = (await number.textContent()) ?? "";
  assert.equal(shown.replace(/\D/g, ""), String(row.number), "the number that the visitor sees");
  assert.ok(!askus.log.some((line) => line.includes("maria")), "no contact in the log");
  // The panel is closed and the focus is back where it was.
  await panel.getByRole("button", { name: "Закрити" }).click();
  await page.locator("iframe").waitFor({ state: "hidden" });
  const tab = page.getByRole("button", { name: TAB.uk });
  assert.equal(await tab.getAttribute("aria-expanded"), "false");
  assert.ok(await tab.evaluate((el) => el.matches(":focus")), "the tab has the focus");
  await done(/403/); // written quicker than a person does: asked for work first
});

/**
 * The accessibility tree of every screen on the way to a sent request.
 * @param {object} options
 * @param {{init?: string, isSkinned?: boolean}} [more] isSkinned: waits until the skin paints
 */
async function walk(options, { init = "", isSkinned = false } = {}) {
  const { page, panel, done } = await openPanel("uk", {
    ...options,
    setUp: (/** @type {import("playwright-core").Page} */ p) =>
      init ? p.addInitScript(init) : undefined,
  });
  const frame = page.frames().find((each) => each.url().includes("/sites/demo/panel"));
  assert.ok(frame);
  /** @type {string[]} */
  const trees = [];
  const tree = async () => {
    const snapshot = await frame.locator("body").ariaSnapshot();
    trees.push(snapshot.replace(/№ \d+/, "№ n")); // each walk's request has a number of its own
  };
  if (isSkinned) await frame.locator("html.skinned").waitFor();
  // The last part of the page to come: what the later screens' chunk adds.
  await panel.getByRole("button", { name: "Дані на цьому пристрої" }).waitFor();
  await tree();
  await panel.getByRole("combobox").fill(QUESTIONS.uk[0]);
  await panel.getByRole("option").first().waitFor();
  await tree();
  await panel.getByRole("option").first().click();
  await panel.getByRole("heading", { name: QUESTIONS.uk[1] }).waitFor();
  await tree();
  await panel.getByRole("button", { name: "Мені ще потрібна відповідь" }).click();
  await panel.getByLabel("Подробиці").waitFor();
  await tree();
  await panel.getByRole("button", { name: "Надіслати" }).click();
  await panel.locator("[aria-invalid=true]").first().waitFor();
  await tree();
  await leaveContact(panel);
  await panel.getByRole("button", { name: "Надіслати" }).click();
  const anyway = panel.getByRole("button", { name: "Усе одно надіслати" });
  await anyway.waitFor();
  await tree();
  await anyway.click();
  await panel.getByRole("heading", { name: /№/ }).waitFor();
  await tree();
  const skinned = await frame.evaluate(() =>
    document.documentElement.classList.contains("skinned"),
  );
  await done(/403/); // as above
  return { trees, skinned };
}

test("without WebGL2 and in forced colours the accessibility tree is the same", async () => {
  const usual = await walk({}, { isSkinned: true });
  const noWebgl =
    "for (const C of [HTMLCanvasElement, self.OffscreenCanvas]) { const get = C.prototype.getContext;" +
    " C.prototype.getContext = function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); }; }";
  const withoutWebgl = await walk({}, { init: noWebgl });
  const forced = await walk({ forcedColors: "active" });
  assert.equal(usual.trees.length, 7);
  assert.equal(usual.skinned, true);
  assert.deepEqual(withoutWebgl.trees, usual.trees);
  assert.deepEqual(forced.trees, usual.trees);
  assert.equal(withoutWebgl.skinned, false);
  assert.equal(forced.skinned, false);
});
