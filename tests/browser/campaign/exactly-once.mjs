// Exactly once: a visitor writes and sends while the network, the browser and the visitor do what
// they should not. Everything that a run does follows from its seed.
import assert from "node:assert/strict";
import { FAULTS, startProxy } from "./faulty-proxy.mjs";
import * as visitor from "./visitor.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./visitor.mjs").Intent} Intent */

/**
 * @typedef {object} Run
 * @property {import("playwright-core").BrowserContext} context of this visitor alone
 * @property {import("./faulty-proxy.mjs").Proxy} proxy
 * @property {boolean} isOther of two ways to go, each is gone with every event
 * @property {(part?: string) => Intent} intent a new one of this seed
 * @property {Intent[]} meant what has to be stored, once each
 */

const DAY_MS = 86_400_000;
const MOST_FAULTS = 3;
const TEXTS = [
  "«Лапки» 🙂 і перенос\nрядка",
  '"Quotes" \\ back/slash <b>&amp;</b> \'; drop table requests; --',
  "немає інтернету другий день, роутер перезавантажували",
  "ї".repeat(3000),
  "👩‍👩‍👧 \u200f\u0301 кінець",
];

/** mulberry32. @param {number} seed */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sent as it stands, and the number seen. @param {Page} page */
async function sendAndSee(page, times = 1) {
  await visitor.send(page, times);
  await visitor.shownNumber(page);
}

/** @param {Page} page @param {Intent} what was typed in it */
async function goOnAfterReload(page, what) {
  await page.reload();
  await visitor.ready(page);
  await visitor.goOn(page);
  assert.deepEqual(await visitor.typed(page), what, "nothing typed is lost");
}

/** @param {Run} run @param {number} [ago] */
async function begin({ context, proxy, intent, meant }, ago = 0) {
  const page = await visitor.openTab(context, proxy.origin, ago);
  const what = intent();
  await visitor.write(page, what);
  meant.push(what);
  return { page, what };
}

/** What happens beside the faults of the network. @type {Record<string, (run: Run) => Promise<unknown>>} */
export const EVENTS = {
  async nothing(run) {
    const { page } = await begin(run);
    await sendAndSee(page);
  },

  async doublePress(run) {
    const { page } = await begin(run);
    await sendAndSee(page, 2);
  },

  async reloadWhileWriting(run) {
    const { page, what } = await begin(run);
    await goOnAfterReload(page, what);
    await sendAndSee(page);
  },

  async killedWhileWriting(run) {
    const { page, what } = await begin(run);
    await visitor.kill(page);
    const next = await visitor.openTab(run.context, run.proxy.origin);
    await visitor.goOn(next);
    assert.deepEqual(await visitor.typed(next), what, "nothing typed is lost");
    await sendAndSee(next);
  },

  async reloadAfterSend(run) {
    const { page } = await begin(run);
    const posted = run.isOther ? run.proxy.nextPost() : undefined;
    await visitor.send(page);
    await posted;
    await page.reload();
    await visitor.ready(page);
  },

  async killedAfterSend(run) {
    const { page } = await begin(run);
    const posted = run.isOther ? run.proxy.nextPost() : undefined;
    await visitor.send(page);
    await posted;
    await visitor.kill(page);
  },

  /** Both hold the same draft, and both press Send. */
  async twoTabs(run) {
    const { page } = await begin(run);
    const other = await visitor.openTab(run.context, run.proxy.origin);
    await visitor.goOn(other);
    await Promise.all([sendAndSee(page), sendAndSee(other)]);
  },

  /** The tab that sent is gone; the other one brings it to its end. */
  async otherTabTakesOver(run) {
    const other = await visitor.openTab(run.context, run.proxy.origin);
    const { page } = await begin(run);
    run.proxy.isDown = true;
    const posted = run.proxy.nextPost();
    await visitor.send(page);
    await posted;
    await page.close();
    run.proxy.isDown = false;
    await visitor.nothingWaits(other);
  },

  /** Two tabs, each with a request of its own; neither touches the other's draft. */
  async twoRequests(run) {
    const other = await visitor.openTab(run.context, run.proxy.origin);
    const { page, what } = await begin(run);
    const second = run.intent("second");
    await visitor.write(other, second);
    run.meant.push(second);
    if (run.isOther) {
      await goOnAfterReload(page, what);
      await sendAndSee(page);
    } else {
      await sendAndSee(page);
      await goOnAfterReload(other, second);
    }
    await sendAndSee(other);
  },

  /** A tab with the same draft writes on after the first one has sent: another request. */
  async editedAfterSend(run) {
    const { page, what } = await begin(run);
    const other = await visitor.openTab(run.context, run.proxy.origin);
    await visitor.goOn(other);
    const edited = { ...what, details: `${what.details} + дописано` };
    // The first is still on its way, or has arrived already.
    const isWaiting = run.isOther;
    run.proxy.isDown = isWaiting;
    const posted = run.proxy.nextPost();
    await visitor.send(page);
    await posted;
    if (!isWaiting) await visitor.shownNumber(page);
    // After enough faults the other tab has taken the letter over, and says that it is sent: then
    // there is nothing to write on.
    const isTold = await other
      .getByLabel("Подробиці")
      .fill(edited.details, { timeout: 3000 })
      .then(
        () => false,
        () => other.getByRole("heading", { name: /№/ }).isVisible(),
      );
    if (isTold) return;
    await visitor.send(other);
    await other.getByText("вже надіслано з іншим текстом").waitFor();
    assert.deepEqual(await visitor.typed(other), edited, "nothing typed is lost");
    run.proxy.isDown = false;
    run.meant.push(edited);
    await sendAndSee(other);
  },

  /** Written 29 days ago and never answered; the server may have had it since. */
  async waited29Days(run) {
    const { page } = await begin(run, 29 * DAY_MS);
    const isStored = run.isOther;
    if (isStored) run.proxy.faults.unshift("dropAfter");
    else run.proxy.isDown = true;
    const posted = run.proxy.nextPost();
    await visitor.send(page);
    await posted;
    run.proxy.isDown = true;
    await page.close();
    run.proxy.isDown = false;
  },
};
const NAMES = Object.keys(EVENTS);

/** @param {number} seed */
export const eventOf = (seed) => NAMES[seed % NAMES.length];

/**
 * One visitor from the first keystroke until nothing waits; fails with the seed when a request is
 * not there exactly once, byte for byte.
 * @param {number} seed
 * @param {import("playwright-core").Browser} browser
 * @param {import("../support/askus.mjs").Askus} askus
 * @returns {Promise<{requests: number, posts: number, faults: number}>}
 */
export async function play(seed, browser, askus) {
  const proxy = await startProxy(askus.origin);
  const context = await browser.newContext({ locale: "uk-UA", reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  const random = randomFrom(seed);
  const marker = `кашалот${seed}x`;
  /** @type {Run} */
  const run = {
    ...{ context, proxy, isOther: Math.floor(seed / NAMES.length) % 2 === 1 },
    meant: [],
    intent: (part = "") => ({
      title: `${marker} zzqx ${part}`.trim(),
      details: TEXTS[Math.floor(random() * TEXTS.length)],
      contact: `v${seed}@example.org`,
    }),
  };
  // Each fault comes first in turn, so that no count of seeds leaves a pair of event and fault out.
  proxy.faults.push(FAULTS[Math.floor(seed / NAMES.length + seed) % FAULTS.length]);
  while (proxy.faults.length < MOST_FAULTS && random() < 0.5) {
    proxy.faults.push(FAULTS[Math.floor(random() * FAULTS.length)]);
  }
  try {
    await EVENTS[eventOf(seed)](run);
    const last = await visitor.openTab(context, proxy.origin);
    await visitor.nothingWaits(last);
    const rows = askus.query(
      `select title, details, contact from requests where title like '${marker} %' order by details`,
    );
    const meant = run.meant.sort((a, b) => (a.details < b.details ? -1 : 1));
    assert.deepEqual(rows, meant, "each intent exactly once");
    return {
      requests: rows.length,
      posts: proxy.posts.length,
      faults: proxy.posts.filter(({ fault }) => fault).length,
    };
  } catch (error) {
    const posts = proxy.posts.map(({ fault, key }) => `${key} ${fault || "passed"}`);
    const tabs = await Promise.all(context.pages().map(visitor.whatIsSeen));
    const story = [`seed ${seed}, ${eventOf(seed)}`, ...posts, ...tabs, String(error)].join("\n");
    throw new Error(story, { cause: error });
  } finally {
    await context.close();
    await proxy.close();
  }
}
