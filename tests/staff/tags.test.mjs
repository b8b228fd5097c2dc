// Tags and tone in the window of those who answer: the tree is taken, a tag is set by keyboard and
// from what is proposed, the list is filtered from above, a second window sees it live.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { askFor, openDesk } from "./support.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const chromium = useBrowser();
/** What the console says of calls that are refused, which these tests do on purpose. */
const REFUSED = /status of 4\d\d/;
const MARKUP = '<img src=x onerror="document.title=1">';
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** Windows, by name. @type {Record<string, import("../browser/support/browser.mjs").TestPage>} */
let desk;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus(undefined, { abuse: { quick_form_ms: 0 } });
  desk = await openDesk(askus, chromium, { Ivan: "lead", Olena: "staff" });
});
after(() => askus.stop());

/** @param {string} title @param {object} [more] */
const ask = (title, more) => askFor(askus, title, { mood: "", details: "", ...more });

/** @param {string} name @param {string} title */
const row = (name, title) => desk[name].page.locator(".feed a", { hasText: title });
/** A tag in the tree, by its title. @param {import("playwright-core").Page} page @param {string} title */
const inTree = (page, title) =>
  page.locator(".tree summary").filter({ has: page.getByText(title, { exact: true }) });
/** @param {string} name */
const pane = (name) => desk[name].page.locator(".pane");

test("a lead takes the ready-made tree, and changes it", async () => {
  const { page } = desk.Ivan;
  await page.getByRole("link", { name: "Tags" }).click();
  await page.getByRole("heading", { name: "Tags", exact: true }).waitFor();
  await page.getByRole("button", { name: "Take the ready-made tree" }).click();
  await page.getByText("Refund is late").waitFor();
  assert.deepEqual(await violations(page), []);

  // A new one below another: titles that would be markup stay texts.
  const adding = page.getByRole("form", { name: "New tag" });
  await page.locator("summary", { hasText: "New tag" }).click();
  await adding.getByLabel("Title: English").fill("Gift cards");
  await adding.getByLabel("Title: Українська").fill(MARKUP);
  assert.equal(await adding.getByLabel("Name in the path").inputValue(), "gift-cards");
  await adding.getByRole("combobox", { name: "Below" }).fill("billing discount");
  await page.keyboard.press("Enter");
  await adding.getByLabel("Words by which it is proposed").fill("gift card\nподарункова картка");
  await adding.getByRole("button", { name: "Add" }).click();
  const mine = inTree(page, "Gift cards");
  await mine.waitFor();

  // The same name again stands beside the field.
  await adding.getByLabel("Title: English").fill("Billing");
  await adding.getByRole("button", { name: "Add" }).click();
  await adding.getByText("There is one of that name there already.").waitFor();

  // Renamed, by keyboard alone.
  await mine.focus();
  await page.keyboard.press("Enter");
  const changing = page.getByRole("form", { name: "Change the tag: Gift cards" });
  await changing.getByLabel("Title: English").fill("Gift vouchers");
  await page.keyboard.press("Enter");
  await inTree(page, "Gift vouchers").waitFor();

  // Found in the tree: what is above it stays, the others go.
  await page.getByLabel("Find a tag").fill("voucher");
  await inTree(page, "Banking").waitFor({ state: "hidden" });
  await inTree(page, "Billing").waitFor();
  await inTree(page, "Gift vouchers").waitFor();
  await page.getByLabel("Find a tag").fill("");

  // Retired: it is marked, and gone from what can be set.
  await inTree(page, "Television").click();
  await page
    .getByRole("form", { name: "Change the tag: Television" })
    .getByLabel(/Retired/)
    .check();
  await page
    .getByRole("form", { name: "Change the tag: Television" })
    .getByRole("button", { name: "Save" })
    .click();
  await page.locator(".tree .off", { hasText: "Television" }).waitFor();
  assert.equal(await page.locator(".tree img").count(), 0);
  assert.deepEqual(await violations(page), []);
  assert.equal(await desk.Olena.page.getByRole("link", { name: "Tags" }).count(), 0);
});

test("what is proposed is set by one press, and the other window sees it", async () => {
  const [{ page: ivan }, { page: olena }] = [desk.Ivan, desk.Olena];
  await ask("Still no refund after three weeks, this is ridiculous");
  await ask("How do I use a gift card?");
  for (const page of [ivan, olena]) await page.goto(`${askus.origin}/staff#/requests?view=all`);
  await olena.reload();
  await row("Olena", "Still no refund").click();
  await row("Ivan", "Still no refund").click();
  const proposed = pane("Olena").getByRole("group", { name: "Proposed:" });
  await proposed.getByRole("button", { name: /Refund is late/ }).waitFor();
  assert.equal(await pane("Olena").locator("li.chip").count(), 0, "nothing is set by itself");
  await proposed.getByRole("button", { name: /Refund is late/ }).click();
  await pane("Olena").getByRole("list", { name: "Tags" }).getByText("Refund is late").waitFor();
  await pane("Ivan").getByRole("list", { name: "Tags" }).getByText("Refund is late").waitFor();
  await row("Ivan", "Still no refund").getByText("Refund is late").waitFor();
  await olena.screenshot({ path: `${OUT}/staff-tags.png` });
  assert.deepEqual(await violations(olena), []);

  await row("Olena", "gift card").click();
  await pane("Olena")
    .getByRole("button", { name: /Gift vouchers/ })
    .waitFor();
});

test("any tag by keyboard: typed, walked, chosen, and taken away again", async () => {
  const { page } = desk.Olena;
  const field = pane("Olena").getByRole("combobox", { name: "Add a tag" });
  await field.focus();
  await page.keyboard.type("interne");
  await pane("Olena").locator("[role=option]").first().waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const second = await pane("Olena").locator("[role=option]").nth(1).textContent();
  const marked = await field.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`[id="${marked}"]`).textContent(), second);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await page.keyboard.type("wi-fi");
  await page.keyboard.press("Enter");
  const chip = pane("Olena").getByRole("list", { name: "Tags" }).getByText("Wi-Fi");
  await chip.waitFor();
  // The field has the focus still, for the next one; what is retired is not offered.
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "combobox");
  await page.keyboard.type("television");
  assert.equal(await pane("Olena").locator("[role=option]").count(), 0 + (await tvChildren()));
  await page.keyboard.press("Escape");
  await pane("Olena")
    .getByRole("button", { name: "Remove the tag: Internet › Wi-Fi" })
    .press("Enter");
  await chip.waitFor({ state: "detached" });
  await pane("Olena").getByText("History").click();
  await pane("Olena").locator("li", { hasText: "you · tag removed · Internet › Wi-Fi" }).waitFor();
});

test("a tag that is made while a window is open has its title there too", async () => {
  const { page } = desk.Ivan;
  await page.goto(`${askus.origin}/staff#/tags`);
  const adding = page.getByRole("form", { name: "New tag" });
  await page.locator("summary", { hasText: "New tag" }).click();
  await adding.getByLabel("Title: English").fill("Brand new");
  await adding.getByRole("button", { name: "Add" }).click();
  await inTree(page, "Brand new").waitFor();
  await page.goto(`${askus.origin}/staff#/requests?view=all`);
  await row("Ivan", "gift card").click();
  await pane("Ivan").getByRole("combobox", { name: "Add a tag" }).fill("brand new");
  await page.keyboard.press("Enter");
  await row("Ivan", "gift card").getByText("Brand new").waitFor();
  await row("Olena", "gift card").getByText("Brand new").waitFor();
  await pane("Ivan").getByRole("button", { name: "Remove the tag: Brand new" }).click();
  await row("Olena", "gift card").getByText("Brand new").waitFor({ state: "detached" });
});

/** Those below the retired one are not retired themselves. */
async function tvChildren() {
  const [{ n }] = /** @type {{n: number}[]} */ (
    askus.query(
      "SELECT count(*) AS n FROM tags WHERE parent = (SELECT id FROM tags WHERE name = 'tv')",
    )
  );
  return n;
}

test("a tone is a guess until somebody says it, and filters by both", async () => {
  const { page } = desk.Olena;
  await row("Olena", "Still no refund").getByText("displeased, a guess").waitFor();
  await row("Olena", "Still no refund").click();
  await pane("Olena").getByRole("heading", { name: "Still no refund" }).waitFor();
  const tone = pane("Olena").getByRole("combobox", { name: "Tone" });
  assert.equal(await tone.locator("option:checked").textContent(), "displeased, a guess");
  await page.locator("summary", { hasText: "Filters" }).click();
  const filters = page.getByRole("search");
  await filters.getByRole("combobox", { name: "Tone", exact: true }).selectOption("negative");
  await row("Olena", "gift card").waitFor({ state: "detached" });
  await filters.getByLabel("Guessed tones").selectOption({ label: "left out" });
  await row("Olena", "Still no refund").waitFor({ state: "detached" });
  await tone.selectOption("negative");
  await row("Olena", "Still no refund").waitFor();
  await pane("Olena").locator("li", { hasText: "you · tone · displeased" }).waitFor({
    state: "attached",
  });
  await filters.getByLabel("Guessed tones").selectOption("");
  await filters.getByRole("combobox", { name: "Tone", exact: true }).selectOption("");
  // By a tag from above, by keyboard.
  await row("Olena", "gift card").waitFor();
  await filters.getByRole("combobox", { name: "Tag" }).fill("billing");
  await page.keyboard.press("Enter");
  await row("Olena", "gift card").waitFor({ state: "detached" });
  await row("Olena", "Still no refund").waitFor();
  assert.match(page.url(), /tag=/);
  await filters.getByRole("combobox", { name: "Tag" }).fill("");
  await page.keyboard.press("Tab");
  await row("Olena", "gift card").waitFor();
});

test("the watch list: saved line by line, and what cannot be looked for is told", async () => {
  const { page } = desk.Ivan;
  await page.goto(`${askus.origin}/staff#/watch`);
  const words = page.getByLabel("Words and phrases");
  await words.fill(`Zirkonet\n${MARKUP}\n!!!`);
  await page.getByLabel("Authors who are left out").fill("Noisy bot");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/each needs a word that can be looked for/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "words");
  assert.deepEqual(await violations(page), []);
  await words.fill(`Zirkonet\n${MARKUP}`);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").waitFor();
  await page.reload();
  await page.waitForFunction(
    (text) =>
      /** @type {HTMLTextAreaElement | null} */ (document.querySelector("[name=words]"))?.value ===
      text,
    `Zirkonet\n${MARKUP}`,
  );
  assert.equal(await page.getByLabel("Authors who are left out").inputValue(), "Noisy bot");
  await page.getByText("There are none. The server’s operator").waitFor();
  await page.screenshot({ path: `${OUT}/staff-watch.png` });
});

test("looks: light and dark, a phone, three languages", async () => {
  const state = await desk.Ivan.page.context().storageState();
  const open = "&open=01890a5d-ac96-774b-bcce-000000000001";
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
  for (const [name, options, where] of /** @type {[string, object, string][]} */ ([
    ["tags-tree", {}, "#/tags"],
    ["tags-tree-phone", phone, "#/tags"],
    ["watch-phone", phone, "#/watch"],
    ["watch-dark", { colorScheme: "dark" }, "#/watch"],
    ["tags-dark", { colorScheme: "dark" }, `#/requests?view=all${open}`],
    ["tags-phone", phone, `#/requests?view=all${open}`],
  ])) {
    const { page, done } = await chromium.page({
      storageState: state,
      locale: "en-US",
      ...options,
    });
    await page.goto(`${askus.origin}/staff${where}`);
    if (where === "#/tags") {
      await inTree(page, "Refund").click();
      await page.getByRole("form", { name: "Change the tag: Refund" }).waitFor();
    } else if (where === "#/watch") {
      await page.getByLabel("Minus-words").waitFor();
    } else {
      await page.locator(".pane li.chip").first().waitFor();
      await page.getByRole("combobox", { name: "Add a tag" }).fill("deliv");
      await page.locator("[role=option]").first().waitFor();
    }
    assert.deepEqual(await violations(page), [], name);
    assert.ok(
      await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
      `${name}: no scrolling sideways`,
    );
    await page.screenshot({ path: `${OUT}/staff-${name}.png` });
    await done();
  }
  const { page } = desk.Ivan;
  for (const [language, save, tree, title] of [
    ["uk", "Save", "Дерево міток", "Повернення коштів"],
    ["ru", "Зберегти", "Дерево меток", "Возврат денег"],
  ]) {
    await page.goto(`${askus.origin}/staff#/profile`);
    await page.locator("select[name=language]").selectOption(language);
    await page.getByRole("button", { name: save, exact: true }).click();
    await page.waitForFunction((tag) => document.documentElement.lang === tag, language);
    await page.goto(`${askus.origin}/staff#/tags`);
    await page.getByRole("heading", { name: tree }).waitFor();
    await page.locator(".tree summary", { hasText: title }).first().waitFor();
    assert.deepEqual(await violations(page), [], language);
  }
  for (const { done } of Object.values(desk)) await done(REFUSED);
});
