// The server killed between any two steps of a reply that goes out, again and again: every reply is
// there at last, and once wherever the other side can tell that it is the same.
import assert from "node:assert/strict";
import {
  askBySite,
  askInFacebook,
  askInVk,
  logInByHand,
  startGoingOut,
  uuid7,
} from "./going-out.mjs";
import { Lost } from "./receivers.mjs";
import { startPostgres } from "../staff/postgres.mjs";

/** The steps between which it is killed, in the order of a reply's life. */
const STEPS = [
  "posting", // the reply is on its way to the server
  "stored", // staff have been told that it is stored
  "soon", // some milliseconds later: it is taken from the outbox, or not yet
  "called", // the platform has been called, and does nothing
  "taken", // the platform has taken it, and says nothing
  "answered", // the platform has answered
];
/** What is asked where, and whether the platform knows a call that it has had. */
const PLACES = [
  { name: "wall", once: true },
  { name: "message", once: true },
  { name: "mail", once: true },
  { name: "comment", once: false },
];

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
 * @param {{kills: number, seed: number, database: "SQLite" | "PostgreSQL"}} options
 * @returns {Promise<string>} the figures
 */
export async function runKills({ kills, seed, database }) {
  const random = randomOf(seed);
  const postgres = database === "PostgreSQL" ? await startPostgres() : undefined;
  const outbox = { lease_ms: 900, timeout_ms: 400, longest_retry_ms: 200 };
  const out = await startGoingOut({ outbox, postgres });
  const { askus } = out;
  const receiverOf = { wall: out.vk, message: out.vk, mail: out.mail, comment: out.page };
  let twice = 0;
  /** @type {string[]} */
  const requests = [];
  try {
    const staff = await logInByHand(askus);
    for (let round = 0; round < kills; ++round) {
      const place = PLACES[round % PLACES.length];
      const step = STEPS[Math.floor(round / PLACES.length) % STEPS.length];
      const asked = await ask(askus, place.name, `Питання ${round}`);
      const id = String(asked.id);
      requests.push(id);
      const receiver = receiverOf[/** @type {keyof typeof receiverOf} */ (place.name)];
      // A private message now and then has parts, and the server dies between them.
      const parts = place.name === "message" && round % 8 === 1 ? 3 : 1;
      const mark = `[${round}]`;
      const text = Array.from({ length: parts }, () => mark.padEnd(4_000, " слово")).join("\n\n");
      const killed = killAt(askus, receiver, step, random);
      const replyId = uuid7();
      // As the page does it: the same again until it is told that it is stored.
      for (;;) {
        if (step === "posting") killed.now(random() * 4);
        const answer = await staff.reply(id, text, { id: replyId }).catch(() => null);
        if (answer?.status === 204) break;
        assert.ok(!answer || answer.status === 503, `${answer?.status}`);
        await killed.done();
      }
      if (step === "stored") killed.now(0);
      if (step === "soon") killed.now(random() * 12);
      await killed.done();
      await staff.until(id, (all) => all.length === 1 && all[0].state === "sent", 30_000);
      const wordsOf = (/** @type {any} */ one) => String(one.message ?? one.text);
      const of = (/** @type {any[]} */ list) => list.filter((one) => wordsOf(one).includes(mark));
      const calls = of(receiver.calls).length;
      const taken = of(receiver.taken).length;
      assert.ok(taken >= parts, `${place.name}, killed when ${step}: taken ${taken} times`);
      if (place.once) assert.equal(taken, parts, `${place.name}, killed when ${step}`);
      twice += place.once ? Number(calls > taken) : 0;
      if (!place.once) assert.ok(taken <= parts + 1, `${taken} times`);
    }
    await checkWebhooks(out, requests);
    assert.deepEqual(out.wrong(), []);
    const seen = out.page.taken.length - requests.filter((_, i) => i % PLACES.length === 3).length;
    return (
      `${database}: ${kills} kills between the steps of a reply: all ${requests.length} replies sent; ` +
      `${twice} were called twice and taken once; Facebook, which has nothing to tell by, ` +
      `has ${seen} twice; other systems were told of each change once`
    );
  } finally {
    await out.stop();
    await postgres?.stop();
  }
}

/**
 * @param {import("../browser/support/askus.mjs").Askus} askus @param {string} place
 * @param {string} title @returns {Promise<{id: string}>}
 */
function ask(askus, place, title) {
  if (place === "mail") return askBySite(askus, { title });
  return place === "comment" ? askInFacebook(askus, place, title) : askInVk(askus, place, title);
}

/**
 * Kills the server once, at the step or when it is told to.
 * @param {import("../browser/support/askus.mjs").Askus} askus
 * @param {any} receiver @param {string} step @param {() => number} random
 */
function killAt(askus, receiver, step, random) {
  /** @type {Promise<void> | undefined} */
  let again;
  /** @type {(value?: unknown) => void} */
  let begun = () => {};
  const beginning = new Promise((done) => (begun = done));
  const kill = () => {
    again ??= askus.crash();
    begun();
  };
  receiver.watcher = (/** @type {string} */ now) => {
    if (again) return;
    if (now === "before" && step === "called") {
      kill();
      throw new Lost();
    }
    if (now === "after" && step === "taken") {
      kill();
      throw new Lost();
    }
    if (now === "after" && step === "answered") setTimeout(kill, random() * 4);
  };
  return {
    /** @param {number} after milliseconds */
    now: (after) => void (again ? undefined : setTimeout(kill, after)),
    done: async () => {
      await beginning;
      await again;
      receiver.watcher = null;
    },
  };
}

/**
 * Every change that another system wanted to know of was told, each once.
 * @param {Awaited<ReturnType<typeof startGoingOut>>} out @param {string[]} requests
 */
async function checkWebhooks({ askus, crm }, requests) {
  const rows = askus.query(
    "select seq from changes where kind in ('received', 'replied', 'assigned', 'closed') order by seq",
  );
  await crm.until(rows.length);
  const told = crm.taken.map((one) => one.data.seq).sort((a, b) => a - b);
  assert.deepEqual(
    told,
    rows.map((row) => row.seq),
  );
  assert.ok(requests.every((id) => crm.taken.some((one) => one.data.id === id)));
}
