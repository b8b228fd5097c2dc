// Thousands of webhooks with duplicates, in the wrong order, some with bad signatures, while the
// server is killed and started again: each valid event counts once, none of the others at all.
import assert from "node:assert/strict";
import { startAskus } from "../browser/support/askus.mjs";
import { CHANNELS, hubSignature, SECRETS, webhookHeaders } from "../browser/support/social.mjs";

const SENDERS = 16;
/** Shares of the deliveries. */
const BAD = 0.1;
const AGAIN = 0.35;

/** Marsaglia's xorshift: the same numbers for the same seed. @param {number} seed */
function randomOf(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * @typedef {object} Delivery
 * @property {string} path
 * @property {string} body
 * @property {() => Record<string, string>} headers made when it is sent: some carry the time
 * @property {boolean} bad
 */

/** @type {Record<string, (item: number, deed: string, text: string, step: number, bad: boolean) => Delivery>} */
const PLATFORMS = {
  vk(item, deed, text, step, bad) {
    const type =
      { written: "wall_reply_new", edited: "wall_reply_edit" }[deed] ?? "wall_reply_delete";
    const object = { id: item, from_id: 5, post_id: 3, owner_id: -77, text };
    const secret = bad ? "forged" : SECRETS.VK_CALLBACK;
    const call = { type, group_id: 77, event_id: `e${item}-${step}`, secret, object };
    return { path: "/vk/demo/callback", body: JSON.stringify(call), headers: () => ({}), bad };
  },
  facebook(item, deed, text, step, bad) {
    const verb = { written: "add", edited: "edited" }[deed] ?? "remove";
    const value = {
      ...{ item: "comment", verb, comment_id: `42_${item}`, post_id: "42_1", message: text },
      ...{ from: { id: "6", name: "Марія" }, created_time: 1_700_000_000 + step },
    };
    const entry = [{ id: "42", changes: [{ field: "feed", value }] }];
    const body = JSON.stringify({ object: "page", entry });
    const headers = () => hubSignature(bad ? `${body} ` : body);
    return { path: "/facebook/demo/webhook", body, headers, bad };
  },
  webhook(item, deed, text, step, bad) {
    const type = `review.${{ written: "created", edited: "edited" }[deed] ?? "removed"}`;
    const timestamp = new Date(1_700_000_000_000 + step * 1000).toISOString();
    const body = JSON.stringify({ type, timestamp, data: { id: String(item), text } });
    const headers = () => webhookHeaders(`m${item}-${step}`, bad ? `${body} ` : body);
    return { path: "/webhooks/demo/shop", body, headers, bad };
  },
};
/** What the store calls the item of a platform. */
const ITEM = {
  vk: (/** @type {number} */ n) => `-77_3_${n}`,
  facebook: (/** @type {number} */ n) => `42_${n}`,
  webhook: (/** @type {number} */ n) => String(n),
};

/**
 * @param {number} count of deliveries
 * @param {() => number} random
 */
function makeDeliveries(count, random) {
  const names = /** @type {(keyof typeof ITEM)[]} */ (Object.keys(PLATFORMS));
  /** What each message says at last; "" removed. @type {Map<string, string>} */
  const expected = new Map();
  /** @type {Delivery[]} */
  const deliveries = [];
  for (let item = 1; deliveries.length < count; ++item) {
    const name = names[Math.floor(random() * names.length)];
    const make = PLATFORMS[name];
    const fate = random();
    const deeds = [
      "written",
      ...(fate < 0.3 ? ["edited"] : []),
      ...(fate < 0.1 ? ["removed"] : []),
    ];
    deeds.forEach((deed, step) => {
      const text = deed === "removed" ? "" : `слово ${item} крок ${step}`;
      expected.set(`${name} ${ITEM[name](item)}`, text);
      const event = make(item, deed, text, step, false);
      deliveries.push(event);
      while (random() < AGAIN) deliveries.push(event);
    });
    // Of a message that there is, and of one that there is not.
    if (random() < 2 * BAD * deeds.length) {
      const victim = random() < 0.5 ? item : item + 1_000_000;
      const deed = ["written", "edited", "removed"][Math.floor(random() * 3)];
      deliveries.push(make(victim, deed, `підробка ${item}`, 9, true));
    }
  }
  for (let i = deliveries.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [deliveries[i], deliveries[j]] = [deliveries[j], deliveries[i]];
  }
  return { deliveries, expected };
}

/**
 * Runs it and checks what is stored.
 * @param {{deliveries: number, kills: number, seed: number}} options
 * @returns {Promise<string>} the figures
 */
export async function runCampaign({ deliveries: count, kills, seed }) {
  const random = randomOf(seed);
  const { deliveries, expected } = makeDeliveries(count, random);
  const askus = await startAskus(undefined, {}, { channels: CHANNELS, environment: SECRETS });
  try {
    let next = 0;
    let answered = 0;
    let interrupted = 0;
    /** Resolves when the server listens again. */
    let listening = Promise.resolve();
    const every = Math.ceil(deliveries.length / (kills + 1));
    const sender = async () => {
      while (next < deliveries.length) {
        const { path, body, headers, bad } = deliveries[next++];
        for (;;) {
          await listening;
          const answer = await fetch(askus.origin + path, {
            method: "POST",
            headers: headers(),
            body,
          })
            .then(async (response) => ({ status: response.status, text: await response.text() }))
            .catch(() => null);
          // A platform sends again until it is told "ok".
          if (!answer || answer.status === 503) {
            ++interrupted;
            continue;
          }
          assert.equal(answer.status, bad ? 403 : 200, `${path} ${body}: ${answer.text}`);
          if (++answered % every === 0 && answered < deliveries.length) listening = askus.crash();
          break;
        }
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
    check(askus, expected);
    const bad = deliveries.filter((delivery) => delivery.bad).length;
    return (
      `${deliveries.length} deliveries of ${expected.size} messages, ${bad} with bad signatures, ` +
      `${kills} kills, ${interrupted} sent again because of them: each event once, no other`
    );
  } finally {
    await askus.stop();
  }
}

/**
 * @param {import("../browser/support/askus.mjs").Askus} askus
 * @param {Map<string, string>} expected
 */
function check(askus, expected) {
  const rows = askus.query(
    "select s.channel || ' ' || s.item as key, r.title, r.status from requests r" +
      " join sources s on s.request = r.id",
  );
  /** @type {Map<string, Record<string, unknown>>} */
  const found = new Map(rows.map((row) => [String(row.key), row]));
  assert.equal(found.size, rows.length, "no message is stored twice");
  for (const [key, row] of found) {
    const text = expected.get(key);
    assert.ok(text !== undefined, `${key} was never validly told`);
    assert.equal(row.title, text, key);
    assert.equal(row.status, text === "" ? "removed" : "received", key);
  }
  for (const [key, text] of expected) assert.ok(text === "" || found.has(key), `${key} is lost`);
  const [{ n, last }] = askus.query("select count(*) as n, max(number) as last from requests");
  assert.equal(n, last, "the numbers have no gap");
}
