// Every verb and every event, on a host's page, with the real panel and the real server.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { frameOf, panelOf, startHost } from "./support/host.mjs";

const chromium = useBrowser();
const TAB = "Запитайте нас!";
const TITLE = "Що робити, якщо немає інтернету?";
const SECRET = "k".repeat(32);
const SETTINGS = { abuse: { quick_form_ms: 1 } }; // a test types quicker than a person
const NAMES = ["ready", "open", "close", "search", "article-viewed", "helpful", "request-sent"];
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost(SETTINGS, { identitySecret: SECRET });
});
after(() => host.stop());

/** Both ways to hear an event, each into a list of its own. */
const HEAR = `<script>window.AskUs = window.AskUs || function () { (AskUs.q = AskUs.q || []).push(arguments); };
  window.heard = []; window.seen = [];
  for (const name of ${JSON.stringify([...NAMES, "error"])}) {
    AskUs("on", name, (detail) => heard.push([name, detail ?? null]));
    addEventListener("askus:" + name, (event) => seen.push([name, event.detail ?? null]));
  }</script>`;

/** @param {{isNear?: boolean}} [options] isNear: the panel may store */
async function openPage({ isNear = false } = {}) {
  const address = host.example("plain", (html) => html.replace("</head>", `${HEAR}</head>`));
  const opened = await chromium.page();
  await opened.page.goto(isNear ? address.replace(host.origin, host.near) : address);
  await opened.page.getByRole("button", { name: TAB }).waitFor();
  /** @param {string} verb @param {...unknown} args */
  const ask = (verb, ...args) =>
    opened.page.evaluate(
      ([v, a]) => /** @type {any} */ (window).AskUs(v, .../** @type {unknown[]} */ (a)),
      /** @type {const} */ ([verb, args]),
    );
  const heard = () => opened.page.evaluate("heard");
  /** @param {string} name */
  const until = (name) =>
    opened.page
      .waitForFunction((n) => {
        const found = /** @type {any} */ (window).heard.find(
          (/** @type {string[]} */ [each]) => each === n,
        );
        return found && { detail: found[1] };
      }, name)
      .then(async (handle) => /** @type {any} */ (await handle.jsonValue()).detail);
  return { ...opened, ask, heard, until };
}

/** @param {import("playwright-core").FrameLocator} panel */
async function send(panel) {
  const consent = panel.getByRole("checkbox");
  if ((await consent.count()) > 0) await consent.check({ force: true });
  await panel.getByRole("button", { name: "Надіслати" }).click();
  const number = panel.getByRole("heading", { name: /№/ });
  const anyway = panel.getByRole("button", { name: "Усе одно надіслати" });
  await number.or(anyway).first().waitFor();
  if (!(await number.isVisible())) await anyway.click();
  await number.waitFor();
  return Number(((await number.textContent()) ?? "").replace(/\D/g, ""));
}

test("info, open, close, toggle, destroy, init", async () => {
  const { page, ask, requests, done } = await openPage();
  const { version, ...info } = await ask("info");
  assert.match(version, /^[0-9a-f]{6}$/);
  assert.deepEqual(info, { site: "demo", state: "closed" });
  const mine = requests.filter((url) => url.startsWith(host.askus.origin));
  assert.deepEqual(mine, [`${host.askus.origin}/ask.js`], "on, info: nothing is fetched");
  await ask("open");
  await panelOf(page);
  assert.equal((await ask("info")).state, "open");
  await ask("toggle");
  assert.ok(await page.locator("iframe").isHidden());
  await ask("toggle");
  assert.ok(await page.locator("iframe").isVisible());
  await ask("close");
  assert.equal((await ask("info")).state, "closed");
  await ask("destroy");
  assert.equal((await ask("info")).state, "off");
  assert.equal(await page.getByRole("button", { name: TAB }).count(), 0);
  await ask("init", { text: "Питання?", side: "bottom", colour: "#ffd500" });
  const tab = page.getByRole("button", { name: "Питання?" });
  assert.equal(await tab.evaluate((el) => getComputedStyle(el).color), "rgb(0, 0, 0)");
  await ask("init", { text: "Інше" });
  await page.getByRole("button", { name: "Інше" }).waitFor();
  await done();
});

test("events: each once, to listeners and as DOM events, with its detail", async () => {
  const { page, ask, heard, until, done } = await openPage();
  await ask("search", "зник інтернет");
  const panel = page.frameLocator("iframe");
  await panel.getByRole("option").first().click();
  assert.deepEqual(await until("search"), { query: "зник інтернет", found: true });
  assert.deepEqual(await until("article-viewed"), { id: "no-internet" });
  await panel.getByRole("button", { name: "Так", exact: true }).click();
  assert.deepEqual(await until("helpful"), { id: "no-internet", answer: "yes" });
  await ask("search", "zzqx вельмишановний кашалот");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  const number = await send(panel);
  assert.deepEqual(await until("request-sent"), { number });
  await ask("close");
  const names = /** @type {string[][]} */ (await heard()).map(([name]) => name);
  assert.deepEqual([...new Set(names)].sort(), [...NAMES].sort());
  for (const name of ["ready", "open", "close", "helpful", "request-sent"]) {
    assert.equal(names.filter((each) => each === name).length, 1, name);
  }
  assert.deepEqual(await page.evaluate("seen"), await heard());
  await done();
});

test("once hears once, off not again", async () => {
  const { page, ask, done } = await openPage();
  await page.evaluate(`window.times = [0, 0];
    window.listener = () => times[1]++;
    AskUs("once", "open", () => times[0]++);
    AskUs("on", "open", listener); AskUs("on", "open", listener);`);
  for (const verb of ["open", "close", "open", "close"]) await ask(verb);
  await panelReady(page);
  assert.deepEqual(await page.evaluate("times"), [1, 2]);
  await page.evaluate("AskUs('off', 'open', listener)");
  await ask("open");
  assert.deepEqual(await page.evaluate("times"), [1, 2]);
  await done();
});

/** The second half of the loader has come. @param {import("playwright-core").Page} page */
const panelReady = (page) => page.waitForFunction("heard.some(([name]) => name === 'ready')");

test("article opens a topic, prefill fills what is empty", async () => {
  const { page, ask, done } = await openPage();
  await ask("prefill", { name: "Марія", contact: "maria@example.org", kind: "problem", bad: 1 });
  await ask("article", "no-internet");
  const panel = page.frameLocator("iframe");
  await panel.getByRole("heading", { name: TITLE }).waitFor();
  await panel.getByRole("button", { name: "Мені ще потрібна відповідь" }).click();
  assert.equal(await panel.getByLabel("Ім’я").inputValue(), "Марія");
  assert.equal(await panel.getByLabel("Ел. пошта або телефон").inputValue(), "maria@example.org");
  assert.ok(await panel.getByRole("radio", { name: "Проблема" }).isChecked());
  await panel.getByLabel("Подробиці").fill("своє");
  await ask("prefill", { details: "чуже" });
  assert.equal(await panel.getByLabel("Подробиці").inputValue(), "своє");
  await done();
});

/** What a site's backend signs (docs/http-api.md). @param {object} payload */
function sign(payload) {
  const text = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}

test("identify: what the backend has signed is stored with the request", async () => {
  const expiries = [Date.now() / 1000 + 600, Date.now() / 1000 - 600];
  for (const [i, exp] of expiries.map(Math.floor).entries()) {
    const { page, ask, done } = await openPage();
    const who = { id: `u-${i}`, name: "Марія", contact: "maria@example.org" };
    await ask("identify", { ...who, identity: sign({ site: "demo", user: who.id, exp }) });
    await ask("open");
    const panel = await panelOf(page);
    await panel.getByRole("combobox").fill(`zzqx кашалот ${i}`);
    await panel.getByRole("button", { name: "Написати нам" }).first().click();
    assert.equal(await panel.getByLabel("Ім’я").inputValue(), "Марія");
    const number = await send(panel);
    const [row] = host.askus.query(`select * from requests where number = ${number}`);
    const has = JSON.stringify(row).includes(`u-${i}`);
    assert.equal(has, i === 0, i === 0 ? "verified" : "expired: sent all the same, not believed");
    await done(i === 0 ? undefined : /403/);
  }
});

test("reset: draft, prefill and identity are gone, and the panel works on", async () => {
  const { page, ask, done } = await openPage({ isNear: true });
  await ask("identify", { id: "u-1", name: "Марія", contact: "maria@example.org" });
  await ask("open");
  const panel = await panelOf(page);
  await panel.getByRole("combobox").fill("zzqx кашалот");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByLabel("Подробиці").fill("таємниця");
  await page.waitForFunction("AskUs('info').state === 'open'");
  const kept = async () =>
    (await frameOf(page)).evaluate(
      "Object.entries(localStorage).filter(([name]) => name.startsWith('askus.demo.draft')).join()",
    );
  assert.match(String(await kept()), /таємниця/);
  await ask("reset");
  assert.equal((await ask("info")).state, "closed");
  await page.locator("iframe").waitFor({ state: "detached" });
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.equal(await kept(), "");
  await panel.getByRole("combobox").fill("zzqx кашалот");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  assert.equal(await panel.getByLabel("Подробиці").inputValue(), "");
  assert.equal(await panel.getByLabel("Ім’я").inputValue(), "");
  // Also from a page on which nobody has opened it, and of another visitor by identify.
  await panel.getByLabel("Подробиці").fill("таємниця");
  await ask("identify", { id: "u-1" });
  await page.reload();
  await page.getByRole("button", { name: TAB }).waitFor();
  const fetched = page.waitForRequest(/sites\/demo\/panel/);
  await ask("reset");
  await fetched;
  await page.locator("iframe").waitFor({ state: "detached" });
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.equal(await kept(), "");
  await ask("identify", { id: "u-1", name: "Марія" });
  await ask("identify", { id: "u-2" });
  await page.locator("iframe").waitFor({ state: "detached" });
  await done();
});

test("reset takes the bytes of a draft's pictures along before the frame goes", async () => {
  const { page, ask, done } = await openPage({ isNear: true });
  await ask("open");
  const panel = await panelOf(page);
  await panel.getByRole("combobox").fill("zzqx кашалот");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  const picture = await page.screenshot();
  const chosen = page.waitForEvent("filechooser");
  await panel.getByRole("button", { name: "Додати зображення" }).click();
  await (await chosen).setFiles([{ name: "screen.png", mimeType: "image/png", buffer: picture }]);
  await panel.getByRole("button", { name: /Прибрати/ }).waitFor();
  const count = async () =>
    (await frameOf(page)).evaluate(async () => {
      const open = indexedDB.open("askus.demo");
      await new Promise((ready) => (open.onsuccess = ready));
      const all = open.result.transaction("pictures").objectStore("pictures").count();
      await new Promise((ready) => (all.onsuccess = ready));
      open.result.close();
      return all.result;
    });
  assert.equal(await count(), 1);
  await ask("reset");
  await page.locator("iframe").waitFor({ state: "detached" });
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.equal(await count(), 0);
  await done();
});

test("who types elsewhere on the page while the panel comes goes on typing there", async () => {
  const { page, done } = await openPage();
  await page.evaluate("document.body.prepend(document.createElement('input'))");
  /** @type {(value?: unknown) => void} */
  let goOn = () => {};
  const held = new Promise((free) => (goOn = free));
  await page.route(/\/assets\/core/, async (route) => {
    await held;
    await route.continue();
  });
  const opened = page.evaluate("new Promise((r) => AskUs('once', 'open', r))");
  await page.getByRole("button", { name: TAB }).click();
  await opened;
  const field = page.locator("body > input");
  await field.click();
  await page.keyboard.type("ку");
  goOn();
  const panel = await panelOf(page);
  await page.keyboard.type("пити");
  assert.equal(await field.inputValue(), "купити");
  // Pressed again, it has the focus.
  await page.getByRole("button", { name: TAB }).click();
  await page.getByRole("button", { name: TAB }).click();
  await panel.locator("[role=combobox]:focus").waitFor();
  await done();
});

test("error: when the panel or the second half does not come, and the link in its place", async () => {
  const { page, ask, until, done } = await openPage();
  await page.route(/ask-more/, (route) => route.abort());
  await ask("open");
  assert.equal(await until("error"), null);
  const link = page.getByRole("link", { name: `${TAB} ↗` });
  assert.equal(await link.getAttribute("href"), `${host.askus.origin}/sites/demo/ask`);
  assert.equal(await page.locator("iframe").count(), 0);
  await page.unroute(/ask-more/);
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.equal(await link.count(), 0, "the next press tries again");
  await done(/ERR_FAILED/);
});

test("a verb that there is not is said in the console", async () => {
  const { page, ask, messages, done } = await openPage();
  await ask("opne");
  await ask("open");
  await panelOf(page);
  assert.deepEqual(messages, ['warning: AskUs: there is no "opne"']);
  await done(/there is no/);
});

/** What the panel posts. @param {import("playwright-core").Page} page @param {object} message */
const say = async (page, message) =>
  (await frameOf(page)).evaluate((m) => parent.postMessage({ askus: 1, ...m }, "*"), message);

test("who waits for an answer has one flag, and finds the mark on the tab", async () => {
  const { page, ask, requests, done } = await openPage();
  const flags = () => page.evaluate("JSON.stringify(localStorage)");
  await ask("open");
  await panelOf(page);
  assert.equal(await flags(), "{}");
  await say(page, { type: "keep", open: true });
  await page.waitForFunction("localStorage.length === 1");
  assert.equal(await flags(), '{"askus.demo":"1"}');
  await say(page, { type: "unread", count: 2 });
  await page.getByRole("button", { name: `${TAB} 2 нові відповіді` }).waitFor();

  const before = requests.length;
  await page.reload();
  await frameOf(page);
  assert.ok(requests.slice(before).some((url) => url.includes("/sites/demo/panel")));
  assert.ok(await page.locator("iframe").isHidden());
  assert.equal(await page.evaluate("document.activeElement.tagName"), "BODY");
  await say(page, { type: "unread", count: 5 });
  const marked = page.getByRole("button", { name: `${TAB} 5 нових відповідей` });
  await marked.click();
  await panelOf(page);
  await say(page, { type: "unread", count: 0 });
  await page.getByRole("button", { name: TAB, exact: true }).waitFor();
  await say(page, { type: "keep", open: false });
  await page.waitForFunction("localStorage.length === 0");
  await page.reload();
  await page.getByRole("button", { name: TAB }).waitFor();
  assert.equal(page.frames().length, 1);
  await done();
});
