// Three people at once: a visitor on a phone, two who answer. Asked, claimed by one, seen by the
// other, noted, answered, seen by the visitor, closed; by keyboard, live, in real Chromium against the
// real server.
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
const REFUSED = /status of 4\d\d|ERR_FAILED/;
const MARKUP = '<img src=x onerror="document.title=1">';
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** Operators' windows, by name. @type {Record<string, import("../browser/support/browser.mjs").TestPage>} */
let desk;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus(undefined, { abuse: { quick_form_ms: 0 } });
  desk = await openDesk(askus, chromium, { Olena: "staff", Ivan: "lead" });
});
after(() => askus.stop());

/** @param {string} title @param {object} [more] */
const ask = (title, more) => askFor(askus, title, more);

/** @param {string} name @param {string} title */
const row = (name, title) => desk[name].page.locator(".feed a", { hasText: title });
/** @param {string} name */
const pane = (name) => desk[name].page.locator(".pane");

test("what comes in is there without a reload, and is text whatever it says", async () => {
  const [{ page: olena }, { page: ivan }] = [desk.Olena, desk.Ivan];
  await olena.getByText("No new requests.").waitFor();
  assert.deepEqual(await violations(olena), []);
  await ask(`Light ${MARKUP}`, { name: MARKUP, details: MARKUP });
  for (const page of [olena, ivan]) {
    await page.locator(".feed a", { hasText: "Light <img" }).waitFor();
    assert.equal(await page.locator(".feed img").count(), 0);
  }
  await row("Olena", "Light").click();
  await pane("Olena").getByRole("heading", { name: "Light" }).waitFor();
  await pane("Olena").locator(".text", { hasText: "<img" }).waitFor();
  assert.equal(await pane("Olena").locator("img").count(), 0);
  assert.notEqual(await olena.title(), "1");
  // It is seen that somebody has it open.
  await row("Ivan", "Light").getByText("open now: Olena").waitFor();
  await pane("Olena").getByRole("button", { name: "Close", exact: true }).click();
  await pane("Olena")
    .getByText(/closed/)
    .first()
    .waitFor();
});

test("claimed by one, seen by the other, noted, answered, and the visitor reads it", async () => {
  const [{ page: olena }, { page: ivan }] = [desk.Olena, desk.Ivan];
  const { link } = await ask("No connection");
  await row("Ivan", "No connection").click();
  await row("Olena", "No connection").click();
  await pane("Ivan").getByText("open now: Olena").waitFor();
  await pane("Olena").getByRole("button", { name: "Take it" }).click();
  await olena.getByText("In hand: you.").waitFor();
  // The other window knows without a reload, and its button is gone.
  await pane("Ivan")
    .getByText(/in hand: Olena/)
    .first()
    .waitFor();
  assert.equal(await pane("Ivan").getByRole("button", { name: "Take it" }).count(), 0);

  // Who has it not in hand may note, and not speak to the visitor.
  await pane("Ivan").getByLabel("Your reply").fill("The cable is cut there.");
  await pane("Ivan").getByRole("button", { name: "Send" }).click();
  await pane("Ivan").getByText("Somebody else has taken this request: Olena.").waitFor();
  await pane("Ivan").getByLabel("Who reads it").selectOption("note");
  await pane("Ivan").getByRole("button", { name: "Send" }).click();
  await pane("Olena").locator(".note", { hasText: "The cable is cut there." }).waitFor();

  await pane("Olena").getByLabel("Your reply").fill("We are mending it.");
  await pane("Olena").getByRole("button", { name: "Send" }).click();
  await pane("Ivan").locator(".staff", { hasText: "We are mending it." }).waitFor();
  assert.deepEqual(await violations(olena), []);
  assert.deepEqual(await violations(ivan), []);
  await olena.screenshot({ path: `${OUT}/staff-feed.png` });

  const visitor = await chromium.page({
    locale: "en-US",
    viewport: { width: 390, height: 800 },
    isMobile: true,
    hasTouch: true,
  });
  await visitor.page.goto(askus.origin + link);
  await visitor.page.getByText("We are mending it.").waitFor();
  assert.equal(await visitor.page.getByText("The cable is cut there.").count(), 0);
  await visitor.done(/./);
});

test("two who take one request at once: one has it, the other is told who", async () => {
  await ask("Race");
  for (const name of ["Olena", "Ivan"]) {
    await row(name, "Race").click();
    await pane(name).getByRole("heading", { name: "Race" }).waitFor();
  }
  await Promise.all(
    ["Olena", "Ivan"].map(async (name) => {
      const taken = pane(name)
        .getByText(/in hand: (you|Olena|Ivan)/)
        .first();
      const button = pane(name).getByRole("button", { name: "Take it" });
      // The slower one may find no button any more. A click that is not waited for to its end would
      // press the next request's.
      await button.click({ timeout: 5_000 }).catch(() => {});
      await taken.waitFor();
    }),
  );
  const [{ n }] = /** @type {{n: number}[]} */ (
    askus.query(
      "SELECT count(*) AS n FROM changes c JOIN requests r ON r.id = c.id WHERE r.title = 'Race'" +
        " AND c.kind = 'assigned'",
    )
  );
  assert.equal(n, 1);
});

test("the whole way by keyboard", async () => {
  const { page } = desk.Olena;
  await page.goto(`${askus.origin}/staff#/requests?view=new`);
  await ask("Keys one");
  await ask("Keys two");
  await row("Olena", "Keys two").waitFor();
  await row("Olena", "Keys two").focus();
  await page.keyboard.press("ArrowDown");
  assert.match((await page.locator(":focus").textContent()) ?? "", /Keys one/);
  await page.keyboard.press("Enter");
  await pane("Olena").getByRole("heading", { name: "Keys one" }).waitFor();
  assert.match((await page.locator(":focus").textContent()) ?? "", /Keys one/);
  // What is written stays while somebody else writes to us.
  await pane("Olena").getByLabel("Your reply").focus();
  await page.keyboard.type("By keys ");
  await ask("Keys three");
  await row("Olena", "Keys three").waitFor();
  await page.keyboard.type("alone.");
  assert.equal(await pane("Olena").getByLabel("Your reply").inputValue(), "By keys alone.");
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (let i = 0; i < 3 && (await focused()) !== "Send"; i += 1) await page.keyboard.press("Tab");
  assert.equal(await focused(), "Send", "two steps behind the reply");
  await page.keyboard.press("Enter");
  await pane("Olena").locator(".staff", { hasText: "By keys alone." }).waitFor();
  // A reply takes the request from nobody's hand.
  await pane("Olena")
    .getByText(/in hand: you/)
    .first()
    .waitFor();
  await page.goBack();
  await pane("Olena").waitFor({ state: "hidden" });
});

test("the focus stays where it is, whatever comes in, and comes back from a request", async () => {
  const { page } = desk.Olena;
  await page.goto(`${askus.origin}/staff#/requests?view=new`);
  for (const name of ["One", "Two", "Three"]) await ask(`Focus ${name}`);
  await row("Olena", "Focus Three").waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await page.getByRole("link", { name: /^All/ }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".views [aria-current]", { hasText: "All" }).waitFor();
  assert.match(await focused(), /^All/);
  await ask("Focus Four");
  await row("Olena", "Focus Four").waitFor();
  assert.match(await focused(), /^All/);

  // The page scrolls only within its two parts: what is read out only does not make it longer.
  await row("Olena", "Focus Two").focus();
  await page.keyboard.press("Enter");
  await pane("Olena").getByRole("heading", { name: "Focus Two" }).waitFor();
  await page.setViewportSize({ width: 1280, height: 500 });
  const longer = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
  assert.ok(longer <= 0, `${longer} px longer than the window`);
  await page.setViewportSize({ width: 1280, height: 720 });

  await pane("Olena").getByRole("button", { name: "Star" }).focus();
  await page.keyboard.press("Escape");
  await pane("Olena").waitFor({ state: "hidden" });
  assert.match(await focused(), /Focus Two/);
});

test("what is not known is not said, and a server that is away is asked again", async () => {
  const { page } = desk.Olena;
  const lists = /\/requests\?view=/;
  /** @type {() => void} */
  let letGo = () => {};
  const held = new Promise((done) => (letGo = () => done(undefined)));
  await page.route(lists, async (route) => {
    await held;
    await route.abort();
  });
  await page.goto(`${askus.origin}/staff#/requests?view=overdue`);
  await page.locator(".empty", { hasText: "Loading…" }).waitFor();
  letGo();
  await page.getByText("the list may be out of date").waitFor();
  assert.ok(!(await page.locator(".empty").isVisible()));
  await page.unroute(lists);
  await page.getByText("Nothing is overdue.").waitFor();
  assert.equal(await page.getByText("the list may be out of date").count(), 0);
});

test("views, filters and a search that understands", async () => {
  const { page } = desk.Ivan;
  await page.goto(`${askus.origin}/staff#/requests?view=all`);
  await row("Ivan", "Race").waitFor();
  await page.getByLabel("Search").fill("conection");
  await row("Ivan", "No connection").waitFor();
  await row("Ivan", "Race").waitFor({ state: "detached" });
  await page.getByLabel("Search").fill("");
  await row("Ivan", "Race").waitFor();
  await page.locator("summary", { hasText: "Filters" }).click();
  await page.getByLabel("Status").selectOption("closed");
  await row("Ivan", "Race").waitFor({ state: "detached" });
  await row("Ivan", "Light").waitFor();
  assert.match(page.url(), /status=closed/);
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await row("Ivan", "Race").waitFor();
  assert.doesNotMatch(page.url(), /status=/);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "text");
  await page.getByRole("link", { name: /Overdue/ }).click();
  await page.getByText("Nothing is overdue.").waitFor();
});

test("a lead gives a request to somebody, and changes its subject", async () => {
  const { page } = desk.Ivan;
  await ask("To be given");
  await page.goto(`${askus.origin}/staff#/requests?view=new`);
  await row("Ivan", "To be given").click();
  await pane("Ivan").getByLabel("Who answers").selectOption({ label: "Olena" });
  await page.getByText("In hand: Olena.").waitFor();
  const subject = pane("Ivan").getByLabel("Subject");
  const title = (await subject.locator("option").nth(1).textContent()) ?? "";
  await subject.selectOption({ label: title });
  await pane("Ivan").getByText("History").click();
  await pane("Ivan").locator("li", { hasText: title }).waitFor();
  await pane("Ivan").locator("li", { hasText: "you · given to · Olena" }).waitFor();
});

test("looks: light and dark, a phone, 200 %, three languages", async () => {
  const state = await desk.Olena.page.context().storageState();
  for (const [name, options, open] of /** @type {[string, object, string][]} */ ([
    ["light", {}, "&open=01890a5d-ac96-774b-bcce-000000000002"],
    ["dark", { colorScheme: "dark" }, "&open=01890a5d-ac96-774b-bcce-000000000002"],
    ["phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, ""],
    [
      "phone-open",
      { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
      "&open=01890a5d-ac96-774b-bcce-000000000002",
    ],
    ["zoom", { viewport: { width: 640, height: 400 } }, ""],
  ])) {
    const { page, done } = await chromium.page({
      storageState: state,
      locale: "en-US",
      ...options,
    });
    await page.goto(`${askus.origin}/staff#/requests?view=all${open}`);
    if (open) await page.locator(".pane h2", { hasText: "No connection" }).waitFor();
    else await page.locator(".feed a").first().waitFor();
    assert.deepEqual(await violations(page), [], name);
    assert.ok(
      await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
      `${name}: no scrolling sideways`,
    );
    await page.screenshot({ path: `${OUT}/staff-feed-${name}.png` });
    await done();
  }
  const { page } = desk.Olena;
  await page.goto(`${askus.origin}/staff#/profile`);
  await page.getByLabel("Language").selectOption("uk");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Мій профіль" }).waitFor();
  await page.goto(`${askus.origin}/staff#/requests?view=all`);
  await page
    .getByText(/(у роботі|виконавець): ви/)
    .first()
    .waitFor();
  assert.deepEqual(await violations(page), []);
  for (const { done } of Object.values(desk)) await done(REFUSED);
});
