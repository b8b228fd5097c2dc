// Lighthouse on the pages for search engines, with its mobile preset (a slow phone on slow 4G, both
// simulated): every category at least 95. The median of three runs, for the machine may be busy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { freePort, startAskus } from "../browser/support/askus.mjs";
import { ARGS } from "../browser/support/browser.mjs";

const RUNS = 3;
const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PAGES = { start: "uk/", category: "ru/c/--connection/", topic: "en/--no-internet/" };

/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {number} */
let port;

before(async () => {
  askus = await startAskus(undefined, {}, { helpPages: true });
  port = await freePort();
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = [...ARGS, `--remote-debugging-port=${port}`];
  browser = await chromium.launch({ executablePath, args });
});
after(async () => {
  await browser.close();
  await askus.stop();
});

for (const [name, path] of Object.entries(PAGES)) {
  test(`Lighthouse gives the ${name} page at least ${LEAST} in every category`, async () => {
    // Its own address, not one that leads to it.
    const { url } = await fetch(`${askus.origin}/help/demo/${path}`);
    /** @type {Record<string, number[]>} */
    const scores = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
    /** @type {string[]} */
    const failed = [];
    for (let run = 0; run < RUNS; ++run) {
      const options = {
        port,
        onlyCategories: CATEGORIES,
        logLevel: /** @type {const} */ ("error"),
      };
      const result = (await lighthouse(url, options))?.lhr ?? assert.fail("no result");
      assert.equal(result.runtimeError, undefined);
      for (const category of CATEGORIES)
        scores[category].push(Math.round((result.categories[category].score ?? 0) * 100));
      for (const audit of Object.values(result.audits))
        if (audit.score !== null && audit.score < 0.9) failed.push(`${audit.id} ${audit.score}`);
    }
    console.log(`# ${name}: ${JSON.stringify(scores)}`);
    for (const category of CATEGORIES) {
      const median = scores[category].sort((a, b) => a - b)[Math.floor(RUNS / 2)];
      assert.ok(median >= LEAST, `${category} ${median}; ${[...new Set(failed)].join(", ")}`);
    }
  });
}
