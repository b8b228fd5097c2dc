// Plays a range of seeds, several visitors at a time:
//   node tests/browser/campaign/run.mjs FIRST COUNT
// Prints its figures as the last line; exits 1 with the seeds that failed.
import { chromium } from "playwright-core";
import { startAskus } from "../support/askus.mjs";
import { ARGS } from "../support/browser.mjs";
import { play } from "./exactly-once.mjs";

const AT_ONCE = 4;
/** Nobody is asked for work: the campaign's visitors are quick, and all come from one address. */
const SETTINGS = { abuse: { rate_limit: false, quick_form_ms: 0 } };

/**
 * @param {number} first
 * @param {number} count
 * @param {(text: string) => void} say what failed
 * @returns {Promise<{requests: number, posts: number, faults: number, failed: number[]}>}
 */
export async function playSeeds(first, count, say) {
  const askus = await startAskus(undefined, SETTINGS);
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const sums = { requests: 0, posts: 0, faults: 0, failed: /** @type {number[]} */ ([]) };
  let next = first;
  const visitors = Array.from({ length: AT_ONCE }, async () => {
    while (next < first + count) {
      const seed = next++;
      try {
        const { requests, posts, faults } = await play(seed, browser, askus);
        sums.requests += requests;
        sums.posts += posts;
        sums.faults += faults;
      } catch (error) {
        sums.failed.push(seed);
        say(String(error));
      }
    }
  });
  await Promise.all(visitors);
  await browser.close();
  await askus.stop();
  return sums;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [first, count] = process.argv.slice(2).map(Number);
  const { requests, posts, faults, failed } = await playSeeds(first, count, console.error);
  if (failed.length > 0) {
    console.error(`failed: ${failed.sort((a, b) => a - b).join(" ")}`);
    process.exitCode = 1;
  }
  console.log(
    `${count} visitors, ${requests} requests meant and stored once each, ` +
      `${posts} posts of which ${faults} met a fault`,
  );
}
