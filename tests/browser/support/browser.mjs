// Real Chromium for the tests: one browser a test file, a fresh context a page, and the rule that
// the console stays empty.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContextOptions} ContextOptions */

/**
 * Starts Chromium for the tests of this file.
 * @param {string[]} [args] more switches
 * @returns {{
 *   page: (options?: ContextOptions & {setUp?: (page: Page) => Promise<unknown>}) => Promise<TestPage>,
 *   newPage: () => Promise<Page>}} newPage: watched by nobody
 */
export function useBrowser(args = []) {
  /** @type {Promise<import("playwright-core").Browser> | undefined} */
  let launched;
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // Whoever asks first: Node does not promise that one hook has ended before the next one begins.
  const launch = () => (launched ??= chromium.launch({ executablePath, args: [...ARGS, ...args] }));
  before(async () => void (await launch()));
  after(async () => (await launch()).close());
  return {
    async page({ setUp, ...options } = {}) {
      const context = await (
        await launch()
      ).newContext({
        locale: "uk-UA",
        reducedMotion: "reduce",
        ...options,
      });
      const page = await context.newPage();
      const watched = watch(page);
      await setUp?.(page);
      return watched;
    },
    newPage: async () => (await launch()).newPage(),
  };
}

/**
 * @typedef {object} TestPage
 * @property {Page} page
 * @property {string[]} messages of the console, uncaught errors included
 * @property {string[]} requests addresses asked for, in order
 * @property {(allowed?: RegExp) => Promise<void>} done closes; fails when the console said anything
 *   but what is allowed
 */

/**
 * @param {Page} page
 * @returns {TestPage}
 */
function watch(page) {
  /** @type {string[]} */
  const messages = [];
  /** @type {string[]} */
  const requests = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`uncaught: ${error.message}`));
  page.on("request", (request) => requests.push(request.url()));
  return {
    page,
    messages,
    requests,
    async done(allowed) {
      await page.context().close();
      const unexpected = messages.filter((message) => !allowed?.test(message));
      assert.deepEqual(unexpected, [], "the console is empty");
    },
  };
}
