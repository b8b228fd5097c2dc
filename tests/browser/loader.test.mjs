// The loader on a host's page: nothing before the press, a real button, the frame, its messages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { answer, startServer, WEB } from "./support/server.mjs";

const chromium = useBrowser();
/** @type {import("./support/server.mjs").TestServer} the company's */
let host;
/** @type {import("./support/server.mjs").TestServer} ours */
let ours;

/** A panel that only speaks the protocol. */
const PANEL = `<!doctype html><title>panel</title><link rel="icon" href="data:,"><input id="field"><script>
  const origin = new URLSearchParams(location.hash.slice(1)).get("origin");
  const got = [];
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== parent) return;
    got.push(event.data);
    if (event.data.type === "open") field.focus();
  });
  const say = (type, more) => parent.postMessage({ askus: 1, type, ...more }, origin);
  addEventListener("keydown", ({ key }) => key === "Escape" && say("close"));
  say("ready");
</script>`;

before(async () => {
  host = await startServer([]);
  ours = await startServer([WEB]);
  ours.routes.set("/sites/demo/panel", answer(PANEL));
  ours.routes.set("/sites/demo/ask", answer("<!doctype html><title>ask</title>"));
});
after(() => Promise.all([host.close(), ours.close()]));

/**
 * Opens a host's page that embeds the loader.
 * @param {string} body
 * @param {{lang?: string, csp?: string, head?: string, options?: object, attributes?: string}} [more]
 */
async function openHost(body, { lang = "uk", csp, head = "", options = {}, attributes = "" } = {}) {
  const script = `<script nonce="n" async src="${ours.origin}/ask.js" data-site="demo" ${attributes}></script>`;
  const html = `<!doctype html><html lang="${lang}"><head><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>t</title>${head}</head><body>${body}${script}</body></html>`;
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  if (csp) headers["Content-Security-Policy"] = csp;
  host.routes.set("/page", answer(html, headers));
  const opened = await chromium.page(options);
  await opened.page.goto(`${host.origin}/page?secret=1#x`);
  await opened.page.getByRole("button", { name: /!$/ }).first().waitFor();
  return opened;
}

/** @param {import("playwright-core").Page} page */
const panelFrame = (page) => {
  const frame = page.frames().find((each) => each.url().includes("/sites/demo/panel"));
  if (!frame) throw new Error("no panel frame");
  return frame;
};

test("nothing is fetched or stored before the press", async () => {
  const { page, requests, done } = await openHost("<p>text</p>");
  const tab = page.getByRole("button", { name: "Запитайте нас!" });
  await tab.hover();
  await tab.focus();
  assert.deepEqual(
    requests.filter((url) => url.startsWith(ours.origin)),
    [`${ours.origin}/ask.js`],
  );
  assert.equal(await page.evaluate(() => localStorage.length + document.cookie.length), 0);
  assert.equal(page.frames().length, 1);
  await done();
});

test("the tab speaks the language of its attribute, the page, the browser", async () => {
  const cases = [
    { lang: "uk", attributes: 'data-lang="en"', name: "Ask us!" },
    { lang: "ru-RU", attributes: "", name: "Спросите нас!" },
    { lang: "", attributes: "", name: "Запитайте нас!" },
    { lang: "fr", attributes: 'data-text="Question!"', name: "Question!" },
  ];
  for (const { name, ...more } of cases) {
    const { page, done } = await openHost("", more);
    await page.getByRole("button", { name, exact: true }).waitFor();
    await done();
  }
});

test("a press opens the frame, Escape closes it and the focus returns", async () => {
  const { page, done } = await openHost("<button>other</button>");
  const tab = page.getByRole("button", { name: "Запитайте нас!" });
  assert.equal(await tab.getAttribute("aria-expanded"), "false");
  await tab.focus();
  await page.keyboard.press("Enter");
  const frame = page.frameLocator("iframe");
  await frame.locator("#field:focus").waitFor();
  assert.equal(await tab.getAttribute("aria-expanded"), "true");
  const element = page.locator("iframe");
  assert.equal(await element.getAttribute("title"), "Запитайте нас!");
  assert.equal(await element.getAttribute("allow"), "clipboard-write");
  assert.deepEqual(
    await panelFrame(page).evaluate("got[0]"),
    { askus: 1, type: "page", text: `${host.origin}/page` },
    "without query and fragment",
  );
  await page.keyboard.press("Escape");
  await element.waitFor({ state: "hidden" });
  assert.equal(await tab.getAttribute("aria-expanded"), "false");
  assert.ok(
    await tab.evaluate((el) => /** @type {ShadowRoot} */ (el.getRootNode()).activeElement === el),
  );
  await done();
});

test("elements of the host open it, and get the focus back", async () => {
  const { page, done } = await openHost(
    '<a href="#" data-askus-open>Help</a><button data-askus-article="t1"><b>How?</b></button>',
  );
  await page.getByText("How?").click();
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  const got = () =>
    panelFrame(page).evaluate("got.map((m) => [m.type, m.text ?? ''].join(' ').trim())");
  assert.deepEqual(await got(), [`page ${host.origin}/page`, "open", "article t1"]);
  await page.keyboard.press("Escape");
  await page.locator("button[data-askus-article]:focus").waitFor();
  await page.getByText("Help").click();
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  assert.equal(new URL(page.url()).hash, "#x", "the link was not followed");
  await done();
});

test("the queue: calls before the loader, verbs, events", async () => {
  const head = `<script nonce="n">window.AskUs=window.AskUs||function(){(AskUs.q=AskUs.q||[]).push(arguments)};
    window.heard=[];for(const name of ["ready","open","close","helpful"])AskUs("on",name,(d)=>heard.push([name,d]));
    AskUs("search","wifi");</script>`;
  const { page, done } = await openHost("", { head });
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  assert.deepEqual(await panelFrame(page).evaluate("got"), [
    { askus: 1, type: "page", text: `${host.origin}/page` },
    { askus: 1, type: "open" },
    { askus: 1, type: "search", text: "wifi" },
  ]);
  await panelFrame(page).evaluate('say("event", { name: "helpful", detail: ["t1", "yes"] })');
  await page.evaluate("AskUs('close')");
  await page.waitForFunction("heard.length === 4");
  assert.deepEqual(await page.evaluate("heard[2][1]"), { id: "t1", answer: "yes" });
  assert.deepEqual(await page.evaluate("heard.map(([name]) => name)"), [
    "open",
    "ready",
    "helpful",
    "close",
  ]);
  await page.evaluate("AskUs('destroy')");
  assert.equal(await page.locator("iframe").count(), 0);
  await page.evaluate("AskUs('init'),AskUs('open')");
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  await done();
});

test("messages from elsewhere have no effect", async () => {
  const { page, done } = await openHost("");
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  await page.evaluate(() => {
    for (const data of [{ askus: 1, type: "close" }, null, "close", 1]) postMessage(data, "*");
  });
  await panelFrame(page).evaluate('parent.postMessage({ askus: 2, type: "close" }, origin)');
  await page.evaluate("window.last = new Promise((done) => AskUs('on', 'helpful', done)), 0");
  await panelFrame(page).evaluate('say("event", { name: "helpful", detail: ["t1", "no"] })');
  await page.evaluate("last");
  assert.ok(await page.locator("iframe").isVisible());
  await done();
});

test("Escape on the host's page is the panel's only from the tab and the opener", async () => {
  const { page, done } = await openHost('<input id="own"><button data-askus-open>Help</button>');
  const tab = page.getByRole("button", { name: "Запитайте нас!" });
  const [opener, element] = [page.getByText("Help"), page.locator("iframe")];
  const open = async () => {
    await opener.click();
    await page.frameLocator("iframe").locator("#field:focus").waitFor();
  };
  await open();
  await page.locator("#own").press("Escape");
  assert.ok(await element.isVisible(), "the host's own field");
  await opener.evaluate((el) => el.addEventListener("keydown", (e) => e.preventDefault()));
  await opener.press("Escape");
  assert.ok(await element.isVisible(), "the host has used it");
  await tab.evaluate((el) => {
    el.focus();
    const init = { key: "Escape", isComposing: true, bubbles: true, composed: true };
    el.dispatchEvent(new KeyboardEvent("keydown", init));
  });
  assert.ok(await element.isVisible(), "it ends a composition");
  await tab.press("Escape");
  assert.ok(await element.isHidden());
  await opener.evaluate((el) => el.replaceWith(el.cloneNode(true)));
  await open();
  await opener.press("Escape");
  assert.ok(await element.isHidden());
  await done();
});

/** @param {import("playwright-core").Page} page */
const installClock = (page) => page.clock.install();

test("without a panel there is a plain link to the form", async () => {
  ours.routes.set(
    "/sites/demo/panel",
    answer("<!doctype html><title>broken</title><link rel=icon href=data:,>"),
  );
  const { page, done } = await openHost("", { options: { setUp: installClock } });
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  await page.frameLocator("iframe").locator("html").waitFor();
  await page.clock.runFor(5_000);
  assert.equal(await page.getByRole("link").count(), 0);
  await page.clock.runFor(5_001);
  const link = page.getByRole("link");
  assert.equal(await link.getAttribute("href"), `${ours.origin}/sites/demo/ask`);
  assert.equal(await page.locator("iframe").count(), 0);
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  assert.equal(await page.locator("iframe").count(), 1, "the next press tries again");
  ours.routes.set("/sites/demo/panel", answer(PANEL));
  await done();
});

test("a panel that does not come calls nobody back", async () => {
  const blank = "<!doctype html><title>broken</title><link rel=icon href=data:,>";
  ours.routes.set("/sites/demo/panel", answer(blank));
  for (const isClosed of [true, false]) {
    const { page, done } = await openHost("<input>", { options: { setUp: installClock } });
    // Once the second half is there, or its own opening would come after what is done here.
    const opened = page.evaluate("new Promise((done) => addEventListener('askus:open', done))");
    await page.getByRole("button", { name: "Запитайте нас!" }).click();
    await opened;
    if (isClosed) await page.evaluate("AskUs('close')");
    await page.getByRole("textbox").focus();
    await page.clock.runFor(10_001);
    assert.equal(await page.locator("iframe").count(), 0);
    assert.equal(await page.getByRole("link").count(), isClosed ? 0 : 1);
    assert.equal(await page.evaluate("document.activeElement.tagName"), "INPUT");
    await done();
  }
  ours.routes.set("/sites/demo/panel", answer(PANEL));
});

test("the strictest policies are kept", async () => {
  const csp = `default-src 'none'; script-src 'nonce-n'; frame-src ${ours.origin}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { page, done } = await openHost("", { csp });
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  await page.frameLocator("iframe").locator("#field:focus").waitFor();
  await done();
});

test("hostile styles of the host do not reach the tab", async () => {
  const style =
    "<style nonce='n'>*{all:unset!important;display:block!important;font-size:60px!important;transform:rotate(9deg)!important}</style>";
  const boxes = [];
  for (const head of ["", style]) {
    const { page, done } = await openHost("<p>text</p>", { head });
    boxes.push(await page.getByRole("button", { name: "Запитайте нас!" }).boundingBox());
    await done();
  }
  assert.deepEqual(boxes[0], boxes[1]);
});

test("on a phone the panel fills the screen, on a desktop it is 392 x 640", async () => {
  const cases = [
    { viewport: { width: 390, height: 844 }, box: { x: 0, y: 0, width: 390, height: 844 } },
    { viewport: { width: 1280, height: 800 }, box: { x: 828, y: 136, width: 392, height: 640 } },
    { viewport: { width: 1280, height: 600 }, box: { x: 828, y: 36, width: 392, height: 540 } },
  ];
  for (const { viewport, box } of cases) {
    const { page, done } = await openHost("", { options: { viewport } });
    await page.getByRole("button", { name: "Запитайте нас!" }).click();
    await page.frameLocator("iframe").locator("#field:focus").waitFor();
    assert.deepEqual(await page.locator("iframe").boundingBox(), box);
    await done();
  }
});
