// Messages between the page and the panel, fuzzed: wrong windows, wrong origins, wrong shapes. The
// panel's own end is bridge.test.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { LATER, frameOf, startHost } from "./support/host.mjs";

const chromium = useBrowser();
const TAB = "Запитайте нас!";
const SEED = 20261127;
const SHAPES = 400;
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost();
});
after(() => host.stop());

/** @param {number} seed @returns {(below: number) => number} the same numbers for the same seed */
function randomOf(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TYPES = {
  toPage: ["ready", "close", "reset", "keep", "unread", "event"],
  toPanel: ["open", "close", "page", "search", "article", "prefill", "identify", "reset"],
};
const MEMBERS = ["open", "count", "name", "detail", "text", "fields", "constructor"];

/** Something that is not what a member should be. @param {(below: number) => number} random @returns {unknown} */
function wrong(random) {
  const values = [
    ...[null, 0, -1, 1.5, NaN, Infinity, 2 ** 60, "", "1", "true", "toString", "__proto__"],
    ...["x".repeat(100_000), [], [null], [[]], [1, 2], {}, { length: 3 }, { text: {} }],
    ...[{ a: 1 }, { a: ["x"] }, new Date(0), new Map([["a", 1]]), new Uint8Array(9), 9n],
  ];
  return values[random(values.length)];
}

/**
 * Messages that are none of the protocol's: without its mark, of no type, with members that are of
 * another kind.
 * @param {string[]} types
 */
function shapes(types) {
  const random = randomOf(SEED);
  return Array.from({ length: SHAPES }, (_, i) => {
    if (i % 4 === 0) return wrong(random);
    const isMarked = i % 4 !== 1;
    const type = i % 4 === 2 ? wrong(random) : types[random(types.length)];
    /** @type {Record<string, unknown>} */
    const message = { askus: isMarked ? 1 : wrong(random), type };
    for (const member of MEMBERS) message[member] = wrong(random);
    return message;
  }).filter((message) => !isOfProtocol(message));
}

/** Whether it says something after all. @param {any} message */
function isOfProtocol(message) {
  if (typeof message !== "object" || message?.askus !== 1) return false;
  const { type, count, text, fields } = message;
  if (["ready", "close", "reset", "open"].includes(type)) return true;
  if (type === "unread") return Number.isSafeInteger(count) && count >= 0;
  return typeof text === "string" || (typeof fields === "object" && fields !== null);
}

/** All that a message could change. @param {import("playwright-core").Page} page */
async function stateOf(page) {
  const frame = await frameOf(page);
  return {
    page: await page.evaluate(() => ({
      info: /** @type {any} */ (window).AskUs("info"),
      heard: /** @type {any} */ (window).heard,
      storage: JSON.stringify(localStorage),
      tab: /** @type {any} */ (document.querySelector("html > div")).shadowRoot.querySelector(
        "button",
      ).outerHTML,
      prototype: Object.keys(Object.prototype),
    })),
    panel: await frame.locator("body").ariaSnapshot(),
    frames: page.frames().length,
  };
}

const HEAR = `<script>window.heard = [];
  for (const name of ["ready", "open", "close", "search", "article-viewed", "helpful", "request-sent", "error"])
    addEventListener("askus:" + name, (event) => heard.push([name, event.detail]));</script>`;

async function openPage() {
  const sibling = host.serve(
    "/sibling",
    "<!doctype html><title>sibling</title><link rel=icon href=data:,>",
  );
  const far = sibling.replace(host.origin, host.near);
  const address = host.example("plain", (html) =>
    html
      .replace("</head>", `${HEAR}</head>`)
      .replace(
        "</body>",
        `<iframe src="${sibling}"></iframe><iframe src="${far}"></iframe></body>`,
      ),
  );
  const opened = await chromium.page();
  await opened.page.goto(address);
  await opened.page.getByRole("button", { name: TAB }).click();
  await panelOfShadow(opened.page);
  return opened;
}

/** @param {import("playwright-core").Page} page */
async function panelOfShadow(page) {
  const panel = page.frameLocator("iframe[title]");
  await panel.getByRole("option").first().waitFor();
  await panel.getByRole("button", { name: LATER }).waitFor();
  await panel.getByRole("combobox").fill("інтернет");
}

/** The messages sent before have been looked at. @param {import("playwright-core").Frame} to */
const settle = (to) =>
  to.evaluate(
    "new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); })",
  );

test("to the page: nobody but the panel is heard, and it only in the protocol's shapes", async () => {
  const { page, done } = await openPage();
  const before = await stateOf(page);
  const valid = [
    { askus: 1, type: "close" },
    { askus: 1, type: "keep", open: true },
    { askus: 1, type: "unread", count: 3 },
    { askus: 1, type: "event", name: "helpful", detail: ["t", "yes"] },
    { askus: 1, type: "reset" },
  ];
  // Right shapes, wrong windows: the page itself, a frame of its own, one of another origin.
  const others = page.frames().filter((frame) => !frame.url().includes("/panel"));
  assert.equal(others.length, 3);
  for (const frame of others) {
    await frame.evaluate((all) => all.forEach((each) => window.top?.postMessage(each, "*")), valid);
  }
  // Wrong shapes, right window.
  const panel = await frameOf(page);
  await panel.evaluate(
    (all) => all.forEach((each) => parent.postMessage(each, "*")),
    shapes(TYPES.toPage),
  );
  await settle(page.mainFrame());
  assert.deepEqual(await stateOf(page), before);
  // The panel is still heard.
  await panel.evaluate((m) => parent.postMessage(m, "*"), valid[2]);
  await page.getByRole("button", { name: `${TAB} 3 нові відповіді` }).waitFor();
  await done();
});

test("to the panel: nobody but the page is heard, and it only in the protocol's shapes", async () => {
  const { page, done } = await openPage();
  const before = await stateOf(page);
  const valid = [
    { askus: 1, type: "search", text: "рахунок" },
    { askus: 1, type: "reset" },
    { askus: 1, type: "article", text: "no-internet" },
  ];
  const panel = await frameOf(page);
  // Frames of the page do not even find the panel's window; itself it can post to.
  for (const frame of page.frames().filter((each) => each.url().includes("/sibling"))) {
    await frame.evaluate((all) => {
      for (let i = 0; i < parent.length; i++)
        all.forEach((each) => parent[i].postMessage(each, "*"));
    }, valid);
  }
  await panel.evaluate((all) => all.forEach((each) => postMessage(each, "*")), valid);
  await page.evaluate((all) => {
    const { shadowRoot } = /** @type {any} */ (document.querySelector("html > div"));
    const { contentWindow } = shadowRoot.querySelector("iframe");
    for (const each of all) contentWindow.postMessage(each, "*");
  }, shapes(TYPES.toPanel));
  await settle(panel);
  assert.deepEqual(await stateOf(page), before);
  await page.evaluate("AskUs('article', 'no-internet')");
  await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
  await done();
});
