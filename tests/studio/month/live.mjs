// A made-up month happens at a real server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DEMO } from "../../browser/support/askus.mjs";

const CONTACT = "bilbo@example.org";
/** Every so many-th visit that writes has a contact in its title. */
const WITH_CONTACT = 10;

/** An id of the kind that panels make. @param {string} what */
const uuid = (what) => {
  const hex = createHash("sha256").update(what).digest("hex");
  return `01890a5d-ac96-7${hex.slice(0, 3)}-b${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
};

/** @param {string} origin @param {string} path @param {object} body @param {Record<string, string>} [headers] */
async function post(origin, path, body, headers = {}) {
  const response = await fetch(`${origin}/v1/sites/demo/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status} ${await response.text()}`);
}

/** Runs them a few at a time. @param {(() => Promise<void>)[]} jobs */
async function all(jobs) {
  const queue = jobs.values();
  const worker = async () => {
    for (const job of queue) await job();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/**
 * A month through the counters and the requests of a server, as panels send them, a day after the
 * other: the server has but one clock, so what has happened is moved back to its day in the database.
 * @param {import("../../browser/support/askus.mjs").Askus} askus which keeps queries, asks for no
 *   form token and has no limit of rates
 * @param {import("./month.mjs").Visit[]} month
 * @param {number} [days]
 */
export async function live(askus, month, days = 30) {
  for (let day = 0; day < days; ++day) {
    const from = Math.floor((month.length * day) / days);
    const to = Math.floor((month.length * (day + 1)) / days);
    await all(callsOf(askus.origin, month.slice(from, to), from));
    const ago = `date('now', '-${days - 1 - day} days')`;
    if (day === days - 1) return;
    askus.query(`UPDATE counters SET day = ${ago} WHERE day = date('now')`);
    askus.query(
      `UPDATE requests SET created_at = ${ago} || substr(created_at, 11) WHERE created_at >= date('now')`,
    );
  }
}

/**
 * What a day's visitors send.
 * @param {string} origin
 * @param {import("./month.mjs").Visit[]} visits
 * @param {number} first
 */
function callsOf(origin, visits, first) {
  const BATCH = 64;
  /** @type {Map<string, {name: string, query: string}[]>} */
  const queries = new Map();
  /** @type {(() => Promise<void>)[]} */
  const calls = [];
  const consent = JSON.parse(readFileSync(DEMO.site, "utf8")).consent?.version ?? "";
  visits.forEach(({ text, language, isWritten }, i) => {
    if (!isWritten) {
      queries.set(language, [...(queries.get(language) ?? []), { name: "zero", query: text }]);
      return;
    }
    const id = uuid(`request ${first + i}`);
    const title = (first + i) % WITH_CONTACT === 0 ? `${text} ${CONTACT}` : text;
    const request = {
      ...{ id, kind: "question", title, language, contact: CONTACT, name: "Більбо Торбин" },
      consent: { version: consent, text_hash: "a".repeat(64), at: "2026-01-01T00:00:00Z" },
    };
    calls.push(() => post(origin, "requests", request, { "idempotency-key": id }));
  });
  for (const [language, events] of queries)
    for (let at = 0; at < events.length; at += BATCH)
      calls.push(() =>
        post(origin, "events", {
          ...{ id: uuid(`batch ${first} ${language} ${at}`), channel: "site", language },
          events: events.slice(at, at + BATCH),
        }),
      );
  return calls;
}
