// The pages that docs/embedding.md shows, as a visitor meets them: the tab, an answer in the panel;
// and what a page must not notice of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { panelOf, startHost } from "./support/host.mjs";

const chromium = useBrowser(["--js-flags=--expose-gc"]);
const TAB = "Запитайте нас!";
const CYCLES = 100;
const MAX_GROWTH = 1 << 20; // bytes of the page's heap
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost();
});
after(() => host.stop());

/** Notes what the page's policy was broken by, from the first script on. */
const WATCH =
  "window.violations = []; addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective + ' ' + e.blockedURI));";

/** @param {string} address @param {object} [options] */
async function open(address, options = {}) {
  const opened = await chromium.page({
    ...options,
    setUp: (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(WATCH),
  });
  await opened.page.goto(address);
  return opened;
}

for (const name of ["plain", "csp", "wordpress", "spa"]) {
  test(`${name}: a question finds its answer behind the tab`, async () => {
    const { page, requests, done } = await open(host.example(name));
    await page.getByRole("button", { name: TAB }).waitFor();
    assert.ok(!requests.some((url) => /ask-more|sites/.test(url)), "nothing before the press");
    await page.getByRole("button", { name: TAB }).click();
    const panel = await panelOf(page);
    await panel.getByRole("combobox").fill("зник інтернет");
    await panel.getByRole("status").filter({ hasText: "відповід" }).waitFor();
    await panel.getByRole("option").first().click();
    await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
    assert.deepEqual(await page.evaluate("violations"), []);
    assert.equal(await page.evaluate("AskUs('info').state"), "open");
    await done();
  });
}

test("csp: the page's policy is in force, and is all that is needed", async () => {
  const without = (/** @type {string} */ html) => html.replace(/frame-src [^;]*;/, "");
  const { page, done } = await open(host.example("csp", without));
  await page.getByRole("button", { name: TAB }).click();
  // Not by waitForFunction, which evaluates texts in the page; its policy forbids that.
  await page.evaluate(
    "violations.length || new Promise((r) => addEventListener('securitypolicyviolation', r))",
  );
  assert.match(String(await page.evaluate("violations[0]")), /^frame-src /);
  await done(/Content Security Policy/);
});

test("plain: links of the page open the panel, and without scripts lead to the form", async () => {
  const { page, done } = await open(host.example("plain"));
  await page.getByRole("button", { name: TAB }).waitFor();
  await page.getByText("Що робити, якщо немає інтернету?").click();
  const panel = page.frameLocator("iframe");
  await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
  assert.equal(page.url(), `${host.origin}/plain`);
  await done();

  const plain = await chromium.page({ javaScriptEnabled: false });
  await plain.page.goto(`${host.origin}/plain`);
  await plain.page.getByRole("link", { name: TAB }).click();
  await plain.page.getByLabel("Коротко").waitFor();
  await plain.done();
});

test("without the server the page's own links still say where to", async () => {
  const dead = (/** @type {string} */ html) =>
    html.replace("https://ask.example.com/ask.js", "http://127.0.0.1:9/ask.js");
  const { page, done } = await open(host.example("plain", dead));
  const link = page.getByRole("link", { name: "Напишіть нам" });
  assert.equal(await link.getAttribute("href"), `${host.askus.origin}/sites/demo/ask`);
  await link.click();
  await page.getByRole("combobox").waitFor();
  await done(/ERR_|unsafe/);
});

/** Of the page's own heap, once what can be collected is. @param {import("playwright-core").Page} page */
async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/**
 * Tabs and frames of ours there are, as the page counts them: Playwright hears of a frame of another
 * process later.
 * @param {import("playwright-core").Page} page
 */
const instances = (page) =>
  page.evaluate(`(() => {
    const hosts = [...document.querySelectorAll("html > div[popover], ask-us")];
    return {
      hosts: hosts.filter((host) => host.localName === "div").length,
      frames: hosts.filter((host) => host.shadowRoot?.querySelector("iframe")).length,
    };
  })()`);

/**
 * Growth of the heap over many cycles; some before them warm up what is made once.
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").Page} page
 * @param {string} cycle a function's source
 */
async function assertNoGrowth(t, page, cycle) {
  const run = (/** @type {number} */ times) =>
    page.evaluate(`(async () => { for (let i = 0; i < ${times}; i++) await (${cycle})(i); })()`);
  await run(10);
  const before = await heapOf(page);
  await run(CYCLES);
  const growth = (await heapOf(page)) - before;
  t.diagnostic(`${CYCLES} cycles: the heap grew by ${Math.round(growth / 1024)} KiB`);
  assert.ok(growth < MAX_GROWTH, `${growth} bytes`);
}

test("spa: 100 changes of route leave one tab, one open panel, and no garbage", async (t) => {
  const { page, done } = await open(host.example("spa"));
  await page.getByRole("button", { name: TAB }).click();
  const panel = await panelOf(page);
  await panel.getByRole("combobox").fill("рахунок");
  await assertNoGrowth(t, page, "async (i) => { go(['/', '/pay'][i % 2]); await null; }");
  assert.deepEqual(await instances(page), { hosts: 1, frames: 1 });
  assert.equal(await panel.getByRole("combobox").inputValue(), "рахунок", "it was not reloaded");
  await done();
});

test("spa: on a route with <ask-us> the panel is there, behind the tab again after it", async () => {
  const { page, done } = await open(host.example("spa"));
  const tab = page.getByRole("button", { name: TAB });
  await tab.waitFor();
  await page.getByRole("link", { name: "Допомога" }).click();
  await panelOf(page);
  assert.ok(await tab.isHidden());
  assert.equal(await page.locator("ask-us iframe").count(), 1);
  await page.getByRole("link", { name: "Оплата" }).click();
  await tab.click();
  await panelOf(page);
  assert.deepEqual(await instances(page), { hosts: 1, frames: 1 });
  await page.getByRole("link", { name: "Допомога" }).click();
  await panelOf(page);
  assert.equal(await page.locator("ask-us iframe").count(), 1);
  assert.deepEqual(await instances(page), { hosts: 1, frames: 1 });
  await done();
});

test("spa: a request names the page that is on when the panel opens", async () => {
  const { page, done } = await open(host.example("spa"));
  await page.getByRole("button", { name: TAB }).click();
  const panel = await panelOf(page);
  await page.evaluate(
    "AskUs('close'); history.pushState(null, '', '/pay?secret=1'); AskUs('open')",
  );
  await panel.getByRole("combobox").fill("zzqx вельмишановний кашалот");
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  const consent = panel.getByRole("checkbox");
  if ((await consent.count()) > 0) await consent.check({ force: true });
  await panel.getByRole("button", { name: "Надіслати" }).click();
  await panel.getByRole("heading", { name: /№/ }).waitFor();
  const [row] = host.askus.query("select page from requests");
  assert.equal(row.page, `${host.origin}/pay`);
  await done(/403/); // written quicker than a person does
});

test("100 times init and destroy leave nothing", async (t) => {
  const { page, done } = await open(host.example("plain"));
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  await assertNoGrowth(t, page, "async () => { AskUs('destroy'); AskUs('init'); }");
  assert.deepEqual(await instances(page), { hosts: 1, frames: 0 });
  // With the panel: the frame is another process's, what is left of it on this side is not.
  await assertNoGrowth(
    t,
    page,
    "async () => { AskUs('destroy'); AskUs('init'); AskUs('open'); await null; }",
  );
  await page.evaluate("AskUs('destroy')");
  assert.deepEqual(await instances(page), { hosts: 0, frames: 0 });
  await done(/ERR_ABORTED/);
});

/** What a page could notice: names on window and on what is built in, and its viewport. */
const SURROUNDINGS = `(() => {
  const names = (object) => Object.getOwnPropertyNames(object).concat(Object.getOwnPropertySymbols(object).map(String));
  const seen = { viewport: document.querySelector("meta[name=viewport]")?.content, window: names(window) };
  for (const name of names(window)) {
    const prototype = /^[A-Z]/.test(name) && typeof window[name] === "function" && window[name].prototype;
    if (!prototype) continue;
    const own = Object.getOwnPropertyDescriptors(prototype);
    seen[name] = names(prototype).map((key) => [key, String(own[key]?.value ?? own[key]?.get ?? "")].join(" "));
    seen[name + "()"] = names(window[name]);
  }
  return seen;
})()`;

test("globals, prototypes and the viewport are the page's own", async () => {
  const bare = (/** @type {string} */ html) => html.replace(/<script.*?<\/script>/s, "");
  const clean = await open(host.example("plain", bare));
  const before = /** @type {Record<string, string[]>} */ (await clean.page.evaluate(SURROUNDINGS));
  await clean.done();
  const { page, done } = await open(host.example("plain"));
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  const now = /** @type {Record<string, string[]>} */ (await page.evaluate(SURROUNDINGS));
  // A window's frames are its properties 0, 1, ... in every browser.
  const added = now.window.filter((name) => !before.window.includes(name) && !/^\d+$/.test(name));
  assert.deepEqual(added, ["AskUs"]);
  assert.ok(Object.keys(before).length > 500);
  assert.deepEqual({ ...now, window: [] }, { ...before, window: [] });
  await done();
});

test("a second copy of the loader changes nothing", async () => {
  const twice = (/** @type {string} */ html) =>
    html.replace(/(<script async.*?<\/script>)/s, "$1$1".replaceAll("async", ""));
  const { page, done } = await open(host.example("plain", twice));
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.deepEqual(await instances(page), { hosts: 1, frames: 1 });
  await done();
});
