// The circle: a visitor on a phone asks, an operator takes it and asks an engineer, the visitor reads
// the answer, a marketer makes a topic of it, who had asked the same gets it, and the next visitor
// finds it alone. Real Chromium, real server, real database, real wasm.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { DEMO, startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import * as L from "../browser/support/later.mjs";
import { askFor, openDesk } from "./support.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const chromium = useBrowser();
/** What the console says of calls that are refused, which these tests do on purpose. */
const REFUSED = /status of 4\d\d/;
const TITLE = "Чи ставите антену на дах гаража?";
const ANSWER = "Так, якщо дах витримає двох людей. Виїзд майстра коштує 300 гривень.";
const MAIL = "garage@example.org";
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** Windows of those who log in, by name. @type {Record<string, import("../browser/support/browser.mjs").TestPage>} */
let desk;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus(
    DEMO,
    { abuse: { form_token: false, quick_form_ms: 0 } },
    { signsItself: true },
  );
  desk = await openDesk(
    askus,
    chromium,
    { Olena: "staff", Ivan: "staff", Petro: "marketer" },
    { viewport: { width: 1440, height: 900 } },
  );
  askus.query(
    "INSERT INTO person_categories SELECT 'demo', id, 'connection' FROM people WHERE name = 'Ivan'",
  );
  for (const name of ["Olena", "Ivan"]) await desk[name].page.reload();
});
after(() => askus.stop());

/** @param {string} name @param {string} title */
const row = (name, title) => desk[name].page.locator(".feed a", { hasText: title });
/** @param {string} name */
const pane = (name) => desk[name].page.locator(".pane");

test("asked on a phone, advised, answered, made a topic, found by the next one alone", async () => {
  const visitor = await L.openFramed(chromium, askus, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  await L.openForm(visitor.panel, TITLE);
  await L.send(visitor.panel);
  // Somebody else had asked the same, and left an address in the question.
  const second = await askFor(askus, `${TITLE} ${MAIL}`, {
    language: "uk",
    details: "",
    kind: "question",
  });

  const [{ page: olena }, { page: ivan }] = [desk.Olena, desk.Ivan];
  await row("Olena", TITLE).last().click();
  await pane("Olena").getByRole("button", { name: "Take it" }).click();
  await pane("Olena")
    .getByText(/in hand: you/)
    .first()
    .waitFor();
  await ivan.getByRole("link", { name: "All" }).click();
  await ivan.locator(".feed a", { hasText: "in hand: Olena" }).waitFor();

  // The engineer is asked, gives advice, and it is there at once.
  await pane("Olena").getByText("Ask another department").click();
  const consult = pane("Olena").locator("details", { hasText: "Ask another department" });
  await consult.getByLabel("Whom").selectOption("connection");
  await consult.getByLabel("What do you need to know?").fill("Will the roof bear it?");
  await consult.getByRole("button", { name: "Ask" }).click();
  await pane("Olena").locator(".note", { hasText: "Will the roof bear it?" }).waitFor();
  assert.equal(
    await pane("Olena").getByLabel("Your advice").count(),
    0,
    "who asks does not advise",
  );
  await olena.screenshot({ path: `${OUT}/staff-consult.png` });
  await ivan.getByRole("link", { name: /Asked of us/ }).click();
  await ivan.locator(".feed a", { hasText: "another department is asked" }).click();
  await pane("Ivan").getByText("Will the roof bear it?").first().waitFor();
  assert.deepEqual(await violations(ivan), []);
  await ivan.screenshot({ path: `${OUT}/staff-advice.png` });
  await pane("Ivan").getByLabel("Your advice").fill("Two people at most.");
  await pane("Ivan").getByRole("button", { name: "Give advice" }).click();
  await pane("Olena").locator(".note", { hasText: "Two people at most." }).waitFor();
  await olena.getByRole("link", { name: /^Mine/ }).click();
  await olena.locator(".feed a", { hasText: "advice is there" }).click();

  // Answered; the visitor sees the mark, reads it, and none of what colleagues said.
  await pane("Olena").getByLabel("Your reply").fill(`Марія, вітаю. ${ANSWER} Пишіть: ${MAIL}.`);
  await pane("Olena").getByRole("button", { name: "Send" }).click();
  await pane("Olena").locator(".staff", { hasText: ANSWER }).waitFor();
  const { page: phone, panel } = visitor;
  await panel.getByRole("button", { name: "Закрити" }).first().click();
  await phone.getByRole("button", { name: "Запитайте нас!" }).click();
  await L.heard(phone, "unread", { count: 1 });
  await panel.getByRole("button", { name: "Запитати ще" }).click();
  await panel.getByRole("button", { name: /нова відповідь/ }).click();
  await panel.getByRole("link", { name: TITLE }).click();
  await panel.getByText(ANSWER).waitFor();
  assert.equal(await panel.getByText("Two people").count(), 0);

  // A topic: what tells who asked is taken out and shown.
  await pane("Olena").getByRole("button", { name: "Into the FAQ…" }).click();
  const dialog = olena.getByRole("dialog");
  await dialog.getByText(MAIL).waitFor();
  assert.ok(!(await dialog.getByLabel("Answer", { exact: true }).inputValue()).includes("@"));
  assert.deepEqual(await violations(olena), []);
  await olena.screenshot({ path: `${OUT}/staff-topic.png` });
  await dialog.getByLabel("Answer", { exact: true }).fill(ANSWER);
  await dialog.getByRole("checkbox", { name: `№ ${second.number}` }).waitFor();
  await dialog.getByRole("button", { name: "Hand to the marketers" }).click();
  await dialog.waitFor({ state: "detached" });

  const { page: petro } = desk.Petro;
  await petro.goto(`${askus.origin}/studio/demo`);
  await petro.locator("[data-ready]").waitFor();
  await petro.getByRole("tab", { name: "From colleagues (1)" }).click();
  assert.deepEqual(await violations(petro), []);
  await petro.screenshot({ path: `${OUT}/studio-handed.png` });
  await petro.getByRole("button", { name: /^Make a topic/ }).click();
  await petro.getByRole("tab", { name: "From colleagues (0)" }).waitFor();
  await petro.locator(".saved[data-state=saved]").waitFor();
  await petro.getByRole("button", { name: "Publish…" }).click();
  await petro.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await petro.getByText("Version 2 is published").waitFor();

  // Who had asked the same gets it; who has an answer is not written to again.
  const told = await chromium.page();
  await told.page.goto(askus.origin + second.link);
  await told.page.getByText(ANSWER).waitFor();
  const [{ n }] = /** @type {{n: number}[]} */ (
    askus.query("SELECT count(*) AS n FROM replies WHERE public = 1")
  );
  assert.equal(n, 2);
  await told.done(/./);

  // The next one finds it alone, in words of their own.
  const next = await L.openFramed(chromium, askus);
  await next.panel.getByRole("combobox").fill("антена на гараж");
  await next.panel.getByRole("option", { name: TITLE }).first().waitFor();
  await next.panel.getByRole("combobox").press("ArrowDown");
  await next.panel.getByRole("combobox").press("Enter");
  await next.panel.getByText(ANSWER).first().waitFor();
  await next.done();
  await visitor.done(/./);
});

test("a comment is approved, and stands below the answer in the next snapshot", async () => {
  const comment = "У мене так само, допомогло перезавантаження.";
  await askFor(askus, "", {
    ...{ title: undefined, kind: "comment", topic: "no-internet", details: comment },
    ...{ language: "uk", me_too: true, mood: "", contact: "" },
  });
  const { page: olena } = desk.Olena;
  await olena.goto(`${askus.origin}/staff#/requests?view=all&kind=comment&status=waiting`);
  await row("Olena", comment).click();
  await pane("Olena").getByText("1 visitor has this too").waitFor();
  await olena.screenshot({ path: `${OUT}/staff-comment.png` });
  await pane("Olena").getByRole("button", { name: "Approve" }).click();
  await row("Olena", comment).waitFor({ state: "detached" });
  const { page: petro } = desk.Petro;
  await petro.reload();
  await petro.getByRole("tab", { name: "From colleagues (1)" }).click();
  await petro.getByRole("button", { name: /^Add/ }).click();
  await petro.locator(".saved[data-state=saved]").waitFor();
  await petro.getByRole("button", { name: "Publish…" }).click();
  await petro.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
  await petro.getByText("Version 3 is published").waitFor();
  const visitor = await L.openFramed(chromium, askus);
  await visitor.panel.getByRole("combobox").fill("немає інтернету");
  await visitor.panel.getByRole("combobox").press("ArrowDown");
  await visitor.panel.getByRole("combobox").press("Enter");
  await visitor.panel.getByText(comment).waitFor();
  await visitor.done();
});

test("duplicates are joined, those who ask the same are answered at once, by keyboard", async () => {
  const titles = ["Router blinks red", "My router blinks red", "The router is blinking red"];
  /** @type {{id: string, number: number}[]} */
  const asked = [];
  for (const title of titles) asked.push(await askFor(askus, title));
  const { page } = desk.Olena;
  await page.goto(`${askus.origin}/staff#/requests?view=new`);
  await row("Olena", titles[0]).first().focus();
  await page.goto(`${askus.origin}/staff#/requests?view=new&open=${asked[0].id}`);
  const summary = pane("Olena").getByText("2 more requests ask the same");
  await summary.focus();
  await page.keyboard.press("Enter");
  await pane("Olena").getByRole("checkbox", { name: titles[1] }).focus();
  await page.keyboard.press("Space");
  await pane("Olena")
    .getByRole("button", { name: `Join № ${asked[2].number} with this one` })
    .focus();
  await page.keyboard.press("Enter");
  await pane("Olena").getByText("Joined with this one:").waitFor();
  await summary.waitFor({ state: "detached" });
  await pane("Olena").getByText("1 more request asks the same").waitFor();
  await pane("Olena").getByRole("checkbox", { name: titles[1] }).check();
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: `${OUT}/staff-same.png`, fullPage: true });
  await pane("Olena").getByLabel("Your reply").fill("Turn it off and on.");
  await page.keyboard.press("Control+Enter");
  await pane("Olena").locator(".staff", { hasText: "Turn it off and on." }).waitFor();
  const replies = askus.query(
    "SELECT request FROM replies WHERE text = 'Turn it off and on.' ORDER BY request",
  );
  assert.deepEqual(
    replies.map((one) => one.request),
    asked.map(({ id }) => id).sort(),
  );
  // What is joined is answered elsewhere: nothing is offered for an answer to it.
  const same = page.waitForResponse((one) => one.url().endsWith(`${asked[2].id}/same`));
  await page.goto(`${askus.origin}/staff#/requests?view=all&open=${asked[2].id}`);
  await pane("Olena").getByText("Joined with another request").waitFor();
  await same;
  assert.ok(!(await pane("Olena").getByText("asks the same").isVisible()));
  await page.goto(`${askus.origin}/staff#/requests?view=mine&open=${asked[0].id}`);
  await pane("Olena").locator(".staff", { hasText: "Turn it off and on." }).waitFor();
  // Marks are one's own, and the focus stays on them.
  await pane("Olena").locator("h2:focus").waitFor();
  const star = pane("Olena").getByRole("button", { name: "Star" });
  await star.focus();
  await page.keyboard.press("Enter");
  await pane("Olena").locator(".starred[aria-pressed=true]:focus").waitFor();
  await page.goto(`${askus.origin}/staff#/requests?view=all&flag=starred`);
  await row("Olena", titles[0]).waitFor();
  assert.equal(await page.locator(".feed li").count(), 1);
});

test("what is published is put into the reply", async () => {
  const { id } = await askFor(askus, "Немає інтернету", { language: "uk", details: "Зовсім." });
  const { page } = desk.Ivan;
  await page.goto(`${askus.origin}/staff#/requests?view=all&open=${id}`);
  await pane("Ivan")
    .getByText(/answers? that we have/)
    .click();
  await pane("Ivan")
    .getByRole("button", { name: /^Insert the answer to/ })
    .first()
    .click();
  const reply = pane("Ivan").getByLabel("Your reply");
  assert.match(await reply.inputValue(), /роутер/);
  assert.ok(await reply.evaluate((el) => el === document.activeElement));
  await page.screenshot({ path: `${OUT}/staff-insert.png`, fullPage: true });
});

test("looks: dark, a phone, three languages", async () => {
  const { page } = desk.Olena;
  const [{ id }] = /** @type {{id: string}[]} */ (
    askus.query("SELECT id FROM requests WHERE title = 'Router blinks red'")
  );
  for (const [language, scheme, width] of /** @type {const} */ ([
    ["uk", "light", 1440],
    ["ru", "dark", 1440],
    ["uk", "dark", 390],
  ])) {
    await page.evaluate((tag) => localStorage.setItem("askus-staff-language", tag), language);
    askus.query(`UPDATE people SET language = '${language}' WHERE name = 'Olena'`);
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${askus.origin}/staff#/requests?view=all&open=${id}`);
    await page.reload();
    await pane("Olena").getByRole("heading", { name: "Router blinks red" }).waitFor();
    await pane("Olena").locator("details.aside").last().locator("summary").click();
    // What lies below the bar, scrolled to, is no finding.
    await page.evaluate(() => scrollTo(0, 0));
    assert.deepEqual(await violations(page), []);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${language} ${width}: ${wide} px wider than the screen`);
    await page.screenshot({
      path: `${OUT}/staff-circle-${language}-${scheme}-${width}.png`,
      fullPage: true,
    });
  }
  for (const name of ["Olena", "Ivan", "Petro"]) await desk[name].done(REFUSED);
});
