// The staff's pages over 100,000 requests, of which one in fifty is open, and 1,000,000 counters, in
// SQLite and in PostgreSQL: the first page of each view, filters that fit hardly anything, a text; a
// month's reports; and 50 open windows that are told of a change. Run it by hand on a machine that
// does nothing else:
//   node --test tests/staff/feed-speed.mjs
// Times are printed; those over their limit fail.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { get } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { startPostgres } from "./postgres.mjs";
import { link, PASSWORD } from "./support.mjs";

const REQUESTS = 100_000;
const COUNTERS = 1_000_000;
const PAGE = 100; // ms, of a page's p95
const REPORT = 2_000; // ms, of the median of a report over a month
const TOLD = 2_000; // ms, until all windows know of a change
const WINDOWS = 50;
const ROUNDS = 40;
/** One that every fifth request has, one that a single request has, and one above both. */
const TAGS = {
  top: "01890a5d-ac96-774b-bcce-00000000a001",
  many: "01890a5d-ac96-774b-bcce-00000000a002",
  one: "01890a5d-ac96-774b-bcce-00000000a003",
};
/** A request comes in each 259 seconds: 10,000 a month, up to yesterday. */
const EVERY = 259;

/**
 * What the two databases call differently.
 * @type {Record<string, {time: (seconds: string) => string, digits: (n: string) => string,
 *   day: (days: string) => string, series: (n: number) => string}>}
 */
const DIALECTS = {
  SQLite: {
    time: (seconds) => `strftime('%Y-%m-%dT%H:%M:%SZ', ${seconds}, 'unixepoch')`,
    digits: (n) => `printf('%012d', ${n})`,
    day: (days) => `date('now', '-' || (1 + ${days}) || ' days')`,
    series: (n) =>
      `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n) AS n`,
  },
  PostgreSQL: {
    time: (seconds) =>
      `to_char(to_timestamp(${seconds}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    digits: (n) => `lpad(CAST(${n} AS TEXT), 12, '0')`,
    day: (days) =>
      `to_char(now() AT TIME ZONE 'UTC' - (1 + ${days}) * interval '1 day', 'YYYY-MM-DD')`,
    series: (n) => `generate_series(1, ${n}) AS n(i)`,
  },
};

/** @param {string} dialect */
function filling(dialect) {
  const { time, digits, day, series } = DIALECTS[dialect];
  const last = Math.floor(Date.now() / 86_400_000) * 86_400;
  const received = `(${last} - (${REQUESTS} - i) * ${EVERY})`;
  const id = `'01890a5d-ac96-774b-bcce-' || ${digits("i")}`;
  return `
    DELETE FROM requests; DELETE FROM changes;
    INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,
      language, channel, page, query, consent_version, consent_hash, consent_at, created_at, status,
      payload_hash, answer, due_at, tone, tone_by)
    SELECT ${id}, 'demo', i, 'question',
      CASE i % 7 WHEN 0 THEN 'No connection since the storm' WHEN 1 THEN 'Payment has not arrived'
        WHEN 2 THEN 'Change of tariff' WHEN 3 THEN 'Television without sound'
        WHEN 4 THEN 'Moving to another flat' WHEN 5 THEN 'Technician did not come'
        ELSE 'Contract on paper' END || ' ' || i,
      CASE i % 5 WHEN 0 THEN 'The router blinks red' WHEN 1 THEN 'I paid in the terminal'
        ELSE 'Please call me back' END || ', ' || i,
      CASE i % 3 WHEN 0 THEN 'line' WHEN 1 THEN 'billing' ELSE '' END,
      CASE i % 4 WHEN 0 THEN 'upset' ELSE '' END, 'Maria', 'm@example.org', 'en',
      CASE WHEN i = 77 THEN 'vk' ELSE 'site' END, '', '', '', '', '', ${time(received)},
      CASE WHEN i % 50 = 0 THEN 'received' WHEN i % 2 = 1 THEN 'closed' ELSE 'answered' END, '', '',
      ${received} + 86400,
      CASE WHEN i = 77 THEN 'positive' WHEN i % 4 = 0 THEN 'negative' ELSE 'neutral' END, 'guess'
    FROM ${series(REQUESTS)};
    DELETE FROM tags; DELETE FROM request_tags;
    INSERT INTO tags (site, id, parent, name, titles, words, concepts, retired, merged) VALUES
      ('demo', '${TAGS.top}', '', 'top', '{"en":"Top"}', '', '', 0, ''),
      ('demo', '${TAGS.many}', '${TAGS.top}', 'many', '{"en":"Many"}', '', '', 0, ''),
      ('demo', '${TAGS.one}', '${TAGS.top}', 'one', '{"en":"One"}', '', '', 0, '');
    INSERT INTO request_tags (request, tag, site, number, person, at)
      SELECT id, '${TAGS.many}', 'demo', number, 'p', created_at FROM requests WHERE number % 5 = 0;
    INSERT INTO request_tags (request, tag, site, number, person, at)
      SELECT id, '${TAGS.one}', 'demo', number, 'p', created_at FROM requests WHERE number = 77;
    INSERT INTO changes (site, seq, kind, id, at)
      SELECT 'demo', i * 3 - 2, 'received', ${id}, ${time(received)} FROM ${series(REQUESTS)};
    INSERT INTO changes (site, seq, kind, id, at, actor)
      SELECT 'demo', i * 3 - 1, 'replied', ${id}, ${time(`${received} + i % 9973 * 11`)},
        CASE i % 3 WHEN 0 THEN 'p1' WHEN 1 THEN 'p2' ELSE 'p3' END
      FROM ${series(REQUESTS)} WHERE i % 50 <> 0;
    INSERT INTO changes (site, seq, kind, id, at, actor)
      SELECT 'demo', i * 3, 'closed', ${id}, ${time(`${received} + 86400 + i % 9973 * 11`)}, 'p1'
      FROM ${series(REQUESTS)} WHERE i % 2 = 1;
    INSERT INTO counters (site, day, counter, channel, language, category, topic, query, n)
      SELECT 'demo', ${day("i % 400")},
        CASE i / 400 % 5 WHEN 0 THEN 'search' WHEN 1 THEN 'topic' WHEN 2 THEN 'helpful-yes'
          WHEN 3 THEN 'helpful-no' ELSE 'offered' END,
        'site', 'en', '', 't' || (i / 2000), '', 1 + i % 3
      FROM ${series(COUNTERS)}
      ORDER BY i % 400 DESC; -- as they come in: day by day
    INSERT INTO sites (site, last_number, last_change)
      VALUES ('demo', ${REQUESTS}, ${3 * REQUESTS})
      ON CONFLICT (site) DO UPDATE SET last_number = ${REQUESTS}, last_change = ${3 * REQUESTS};
    INSERT INTO person_categories SELECT 'demo', person, 'line' FROM memberships;
    UPDATE requests SET assignee = (SELECT person FROM memberships) WHERE number % 5000 = 0;
    ANALYZE;`;
}

const PAGES = [
  ["all", "view=all"],
  ["new", "view=new"],
  ["mine", "view=mine"],
  ["my department", "view=department"],
  ["overdue", "view=overdue"],
  ["a page far behind", "view=all&behind=50000"],
  ["one of a hundred thousand", "view=all&channel=vk"],
  ["a tag that one request has", `view=all&tag=${TAGS.one}`],
  ["a tag that every fifth has", `view=all&tag=${TAGS.many}`],
  ["the tag above both", `view=all&tag=${TAGS.top}`],
  ["a tone that every fourth has", "view=all&tone=negative"],
  ["a tone that one request has", "view=all&tone=positive"],
  ["a text", "view=all&text=conection%20router"],
];
const REPORTS = ["found", "requests", "times", "themes", "gaps", "cost"];

for (const dialect of ["SQLite", "PostgreSQL"])
  describe(dialect, () => {
    /** @type {import("../browser/support/askus.mjs").Askus} */
    let askus;
    /** @type {import("./postgres.mjs").Postgres | undefined} */
    let postgres;
    /** @type {Record<string, string>} */
    let headers;

    before(async () => {
      postgres = dialect === "PostgreSQL" ? await startPostgres() : undefined;
      askus = await startAskus(undefined, {}, { postgres });
      const ticket = (await link(askus, "lead@example.org", "lead")).split("=")[1];
      /** @param {string} path @param {object} body */
      const post = (path, body) =>
        fetch(askus.origin + path, {
          method: "POST",
          headers: { "Content-Type": "application/json", Origin: askus.origin },
          body: JSON.stringify(body),
        });
      const account = { ticket, password: PASSWORD, name: "Lead", language: "en" };
      assert.equal((await post("/v1/invitation/acceptance", account)).status, 204);
      const entered = await post("/v1/session", { email: "lead@example.org", password: PASSWORD });
      headers = {
        cookie: (entered.headers.get("set-cookie") ?? "").split(";")[0],
        Origin: askus.origin,
      };
      await askus.close();
      const sql = filling(dialect);
      if (postgres) postgres.run(`${sql} VACUUM ANALYZE;`);
      else execFileSync("sqlite3", [join(askus.data, "askus.db")], { input: sql });
      await askus.restart();
    });
    after(async () => {
      await askus?.stop();
      await postgres?.stop();
    });

    /** @param {string} path */
    async function timed(path) {
      const begin = performance.now();
      const response = await fetch(`${askus.origin}/v1/sites/demo/${path}`, { headers });
      const json = await response.json();
      assert.equal(response.status, 200, JSON.stringify(json));
      return { json, time: performance.now() - begin };
    }

    for (const [name, query] of PAGES)
      test(`${name}: a page in time`, async () => {
        /** @type {number[]} */
        const times = [];
        for (let round = 0; round < ROUNDS; round++) {
          const { json, time } = await timed(`requests?${query}`);
          times.push(time);
          assert.ok(json.requests.length > 0, name);
        }
        const first = times[0];
        times.sort((a, b) => a - b);
        const [median, p95] = [0.5, 0.95].map((share) => times[Math.ceil(ROUNDS * share) - 1]);
        console.log(
          `# ${dialect}, ${name}: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, first ${first.toFixed(1)} ms`,
        );
        assert.ok(p95 < PAGE, `${name}: ${p95} ms`);
      });

    for (const report of REPORTS)
      test(`${report}: a month's report in time`, async () => {
        const day = (/** @type {number} */ n) =>
          new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
        const path = `reports/${report}?from=${day(30)}&to=${day(1)}`;
        const times = [];
        for (let round = 0; round < 5; round++) {
          const { json, time } = await timed(path);
          assert.ok(json.tables[0].rows.length > 0);
          times.push(time);
        }
        console.log(
          `# ${dialect}, report ${report}: ${times.map((t) => t.toFixed(0)).join(", ")} ms`,
        );
        const [, , median] = [...times].sort((a, b) => a - b);
        assert.ok(median < REPORT, `${report}: ${median} ms`);
      });

    /**
     * An open window: resolves once it is connected.
     * @param {number} seq @param {string} request whose change it waits for
     * @returns {Promise<{told: Promise<void>, close: () => void}>}
     */
    const openWindow = (seq, request) =>
      new Promise((opened, fail) => {
        const path = `${askus.origin}/v1/sites/demo/live?after=${seq}`;
        const call = get(path, { headers, agent: false }, (response) => {
          let text = "";
          /** @type {Promise<void>} */
          const told = new Promise((done) =>
            response.setEncoding("utf8").on("data", (chunk) => {
              text += chunk;
              if (text.includes("connected")) opened({ told, close: () => void call.destroy() });
              if (text.includes(request)) done();
            }),
          );
        });
        call.on("error", fail);
      });

    test("all open windows are told of a change", { timeout: 60_000 }, async () => {
      const { json } = await timed("requests?view=new");
      const request = json.requests.at(-1).id;
      const windows = await Promise.all(
        Array.from({ length: WINDOWS }, () => openWindow(json.seq, request)),
      );
      const begin = performance.now();
      const status = await fetch(`${askus.origin}/v1/sites/demo/requests/${request}/status`, {
        method: "PUT",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ status: "in-work" }),
      });
      assert.equal(status.status, 204);
      await Promise.all(windows.map((one) => one.told));
      const time = performance.now() - begin;
      for (const one of windows) one.close();
      console.log(`# ${dialect}, ${WINDOWS} windows told after ${time.toFixed(0)} ms`);
      assert.ok(time < TOLD);
    });
  });
