// The real panel with its skin: on by itself, silent while nothing happens, quick with 2,000 topics.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAskus } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";

/** @typedef {import("playwright-core").Page} Page */

const TOPICS = 2000;
const SLOWER = 4;
const IDLE_MS = 3000;
const LIMIT_MS = 50;
/** CI fails only over twice the limit (docs/design.md): its machine is shared. */
const FAIL_MS = 2 * LIMIT_MS;
const QUERY = "тариф договір роутер";

const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), "askus-"));
  const words = "тариф рахунок договір роутер кабель канал оплата знижка послуга адреса".split(" ");
  const topics = Array.from({ length: TOPICS }, (_, i) => {
    const [a, b, c] = [
      words[i % 10],
      words[Math.floor(i / 10) % 10],
      words[Math.floor(i / 100) % 10],
    ];
    return {
      id: `t${i}`,
      lang: "uk",
      title: `${a} та ${b}: ${c} ${i}`,
      answer: `Про ${c} ${a} ${i}.`,
    };
  });
  const faq = join(folder, "topics.jsonl");
  writeFileSync(faq, topics.map((topic) => JSON.stringify(topic)).join("\n"));
  askus = await startAskus({ faq, site: "web/demo/site-plain.json" });
  rmSync(folder, { recursive: true });
});
after(() => askus?.stop());

/** Counts frames that are asked for and timers that are set. */
function count() {
  const counts = { frames: 0, timers: 0 };
  Object.assign(window, { counts });
  for (const [name, kind] of /** @type {const} */ ([
    ["requestAnimationFrame", "frames"],
    ["setTimeout", "timers"],
    ["setInterval", "timers"],
  ])) {
    const real = /** @type {any} */ (window)[name];
    Object.assign(window, {
      [name]: (/** @type {any[]} */ ...args) => {
        counts[kind]++;
        return real.apply(window, args);
      },
    });
  }
}

test("the skin is on by itself, and then there is no frame and no timer", async () => {
  const { page, done } = await chromium.page({ setUp: (p) => p.addInitScript(count) });
  await page.goto(`${askus.origin}/sites/demo/ask?lang=uk`);
  await page.locator("html.skinned").waitFor();
  assert.equal(await page.locator("#panel canvas").count(), 2);
  await page.waitForLoadState("networkidle");
  const counts = () => page.evaluate(() => ({ .../** @type {any} */ (window).counts }));
  const before = await counts();
  assert.ok(before.frames > 0, "frames are counted");
  await page.waitForTimeout(IDLE_MS); // the time itself is what is looked at
  assert.deepEqual(await counts(), before);
  await done();
});

test(`a key to results in the document with ${TOPICS} topics, ${SLOWER} times slower`, async (t) => {
  const { page, done } = await chromium.page();
  await page.goto(`${askus.origin}/sites/demo/ask?lang=uk`);
  await page.locator("html.skinned").waitFor();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const times = await page.evaluate(async (query) => {
    const field = /** @type {HTMLInputElement} */ (document.querySelector("[role=combobox]"));
    const drawn = [];
    const painted = [];
    // What the machine takes to paint next to nothing: one title, written anew.
    const floor = [];
    // A task after the next frame: what was changed has been painted.
    const paint = () =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = done;
          port2.postMessage(0);
        }),
      );
    const title = /** @type {HTMLElement} */ (document.querySelector("h1, h2, h3"));
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < query.length; i++) {
        const begin = performance.now();
        title.style.opacity = i % 2 ? "1" : "0.99";
        await paint();
        floor.push(performance.now() - begin);
      }
      title.style.opacity = "";
      for (let end = 1; end <= query.length; end++) {
        const begin = performance.now();
        field.value = query.slice(0, end);
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        drawn.push(performance.now() - begin);
        await paint();
        painted.push(performance.now() - begin);
      }
    }
    return { drawn, painted, floor };
  }, QUERY);
  const at = (/** @type {number[]} */ all, /** @type {number} */ share) =>
    all.sort((a, b) => a - b)[Math.floor(all.length * share)];
  for (const [name, all] of Object.entries(times)) {
    t.diagnostic(`${name}: p50 ${at(all, 0.5).toFixed(1)} ms, p95 ${at(all, 0.95).toFixed(1)} ms`);
  }
  // When it is painted is the machine's matter too, which here has no graphics: printed, no gate.
  const p95 = at(times.drawn, 0.95);
  assert.ok((await page.getByRole("option").count()) > 0);
  assert.ok(p95 < FAIL_MS, `p95 ${p95} ms`);
  await done();
});
