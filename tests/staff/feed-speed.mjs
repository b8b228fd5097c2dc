// The feed over 100,000 requests, of which one in fifty is open: the first page of each view, a
// search, and filters that fit hardly anything. Run it by hand on a machine that does nothing else:
//   node --test tests/staff/feed-speed.mjs
// Times are printed; a median over the limit fails.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { link, PASSWORD } from "./support.mjs";

const REQUESTS = 100_000;
const LIMIT = 100; // ms, of a page
const ROUNDS = 40;
/** One that 20,000 requests have, one that a single request has, and one above both. */
const TAGS = {
  top: "01890a5d-ac96-774b-bcce-00000000a001",
  many: "01890a5d-ac96-774b-bcce-00000000a002",
  one: "01890a5d-ac96-774b-bcce-00000000a003",
};
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {Record<string, string>} */
let headers;

before(async () => {
  askus = await startAskus();
  const ticket = (await link(askus, "staff@example.org", "staff")).split("=")[1];
  /** @param {string} path @param {object} body */
  const post = (path, body) =>
    fetch(askus.origin + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: askus.origin },
      body: JSON.stringify(body),
    });
  const account = { ticket, password: PASSWORD, name: "Staff", language: "en" };
  assert.equal((await post("/v1/invitation/acceptance", account)).status, 204);
  const entered = await post("/v1/session", { email: "staff@example.org", password: PASSWORD });
  headers = { cookie: (entered.headers.get("set-cookie") ?? "").split(";")[0] };
  await askus.close();
  const sql = `
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${REQUESTS})
    INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,
      language, channel, page, query, consent_version, consent_hash, consent_at, created_at, status,
      payload_hash, answer, tone, tone_by)
    SELECT printf('01890a5d-ac96-774b-bcce-%012d', i), 'demo', i, 'question',
      CASE i % 7 WHEN 0 THEN 'No connection since the storm' WHEN 1 THEN 'Payment has not arrived'
        WHEN 2 THEN 'Change of tariff' WHEN 3 THEN 'Television without sound'
        WHEN 4 THEN 'Moving to another flat' WHEN 5 THEN 'Technician did not come'
        ELSE 'Contract on paper' END || ' ' || i,
      CASE i % 5 WHEN 0 THEN 'The router blinks red' WHEN 1 THEN 'I paid in the terminal'
        ELSE 'Please call me back' END || ', ' || i,
      CASE i % 3 WHEN 0 THEN 'line' WHEN 1 THEN 'billing' ELSE '' END,
      CASE i % 4 WHEN 0 THEN 'upset' ELSE '' END, 'Maria', 'm@example.org', 'en',
      CASE WHEN i = 77 THEN 'vk' ELSE 'site' END, '', '', '', '', '',
      strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 600, 'unixepoch'),
      CASE WHEN i % 50 = 0 THEN 'received' WHEN i % 2 THEN 'closed' ELSE 'answered' END, '', '',
      CASE WHEN i = 77 THEN 'positive' WHEN i % 4 = 0 THEN 'negative' ELSE 'neutral' END, 'guess'
    FROM n;
    INSERT INTO tags (site, id, parent, name, titles, words, concepts, retired, merged) VALUES
      ('demo', '${TAGS.top}', '', 'top', '{"en":"Top"}', '', '', 0, ''),
      ('demo', '${TAGS.many}', '${TAGS.top}', 'many', '{"en":"Many"}', '', '', 0, ''),
      ('demo', '${TAGS.one}', '${TAGS.top}', 'one', '{"en":"One"}', '', '', 0, '');
    INSERT INTO request_tags (request, tag, site, number, person, at)
      SELECT id, '${TAGS.many}', 'demo', number, 'p', created_at FROM requests WHERE number % 5 = 0;
    INSERT INTO request_tags (request, tag, site, number, person, at)
      SELECT id, '${TAGS.one}', 'demo', number, 'p', created_at FROM requests WHERE number = 77;
    INSERT INTO changes (site, seq, kind, id, at)
      SELECT 'demo', number, 'received', id, created_at FROM requests WHERE site = 'demo';
    INSERT INTO sites (site, last_number, last_change) VALUES ('demo', ${REQUESTS}, ${REQUESTS})
      ON CONFLICT (site) DO UPDATE SET last_number = ${REQUESTS}, last_change = ${REQUESTS};
    INSERT INTO person_categories SELECT 'demo', person, 'line' FROM memberships;
    UPDATE requests SET assignee = (SELECT person FROM memberships) WHERE number % 5000 = 0;`;
  execFileSync("sqlite3", [join(askus.data, "askus.db")], { input: sql });
  await askus.restart();
});
after(() => askus.stop());

for (const [name, query] of [
  ["all", "view=all"],
  ["new", "view=new"],
  ["mine", "view=mine"],
  ["my department", "view=department"],
  ["overdue", "view=overdue"],
  ["a page far behind", "view=all&behind=50000"],
  ["a tag that one request has", `view=all&tag=${TAGS.one}`],
  ["a tag that every fifth has", `view=all&tag=${TAGS.many}`],
  ["the tag above both", `view=all&tag=${TAGS.top}`],
  ["a tone that every fourth has", "view=all&tone=negative"],
  ["a tone that one request has", "view=all&tone=positive"],
  ["one of a hundred thousand", "view=all&channel=vk"],
  ["a text", "view=all&text=conection%20router"],
])
  test(`${name}: a page in time`, async () => {
    /** @type {number[]} */
    const times = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begin = performance.now();
      const response = await fetch(`${askus.origin}/v1/sites/demo/requests?${query}`, { headers });
      const page = await response.json();
      times.push(performance.now() - begin);
      assert.equal(response.status, 200);
      assert.ok(page.requests.length > 0, name);
    }
    const first = times[0];
    times.sort((a, b) => a - b);
    const [median, p95] = [0.5, 0.95].map((share) => times[Math.ceil(ROUNDS * share) - 1]);
    console.log(
      `# ${name}: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, first ${first.toFixed(1)} ms`,
    );
    assert.ok(median < LIMIT, `${name}: ${median} ms`);
  });
