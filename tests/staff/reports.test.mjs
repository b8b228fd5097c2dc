// Reports and departments as leads and marketers see them: figures of a made-up month, by keyboard,
// in three languages, printed, light and dark, in real Chromium against the real server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { enter } from "./support.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const chromium = useBrowser();
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {import("../browser/support/browser.mjs").TestPage} */
let lead;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus();
  const file = join(askus.data, "server.json");
  const config = JSON.parse(readFileSync(file, "utf8"));
  const [first, second] = categories();
  Object.assign(config.sites.demo, {
    time_zone: "Europe/Kyiv",
    answer_within_minutes: 240,
    costs: { call: 4, writing: 0.2, currency: "UAH" },
    departments: {
      [first]: {
        hours: { "mon-fri": "09:00-18:00", sat: "10:00-14:00" },
        holidays: ["2099-12-25"],
        answer_within_minutes: 120,
      },
      [second]: { hours: { "mon-sun": "22:00-06:00" } },
    },
  });
  writeFileSync(file, JSON.stringify(config));
  await askus.restart();
  lead = await chromium.page({ locale: "en-US", viewport: { width: 1280, height: 900 } });
  await enter(askus, lead.page, "olena@example.org", "lead", "Olena Levchenko");
  await askus.close();
  execFileSync("sqlite3", [join(askus.data, "askus.db")], { input: month(first, second) });
  await askus.restart();
});
after(() => askus.stop());

/** Ids of the demo's first categories. @returns {string[]} */
function categories() {
  const site = JSON.parse(readFileSync("web/demo/site.json", "utf8"));
  return site.categories.slice(0, 2).map((/** @type {{id: string}} */ one) => one.id);
}

/**
 * Sixty days up to today, the same each: request i came in on day i % 60, three of four were
 * answered, i * 97 seconds later.
 * @param {string} first @param {string} second categories
 */
function month(first, second) {
  const at = (/** @type {string} */ more) =>
    `strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || (i % 60) || ' days', 'start of day', '+9 hours', ${more})`;
  return `
    CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
      SELECT i FROM n;
    INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,
      language, channel, page, query, consent_version, consent_hash, consent_at, created_at, status,
      payload_hash, answer, due_at)
    SELECT printf('01890a5d-ac96-774b-bcce-%012d', i), 'demo', i,
      CASE i % 5 WHEN 0 THEN 'thanks' WHEN 1 THEN 'problem' WHEN 2 THEN 'idea' ELSE 'question' END,
      'Planted title', 'Planted details', CASE i % 3 WHEN 0 THEN '${first}' WHEN 1 THEN '${second}' ELSE '' END,
      CASE i % 4 WHEN 0 THEN 'upset' WHEN 1 THEN 'happy' WHEN 2 THEN 'indifferent' ELSE '' END,
      'Planted Name', 'p@example.org', CASE i % 3 WHEN 0 THEN 'uk' WHEN 1 THEN 'ru' ELSE 'en' END,
      CASE i % 4 WHEN 0 THEN 'vk' WHEN 1 THEN 'form' ELSE 'site' END, '', '', '', '', '',
      ${at("'+0 seconds'")}, CASE WHEN i % 4 THEN 'answered' ELSE 'received' END, '', '',
      CAST(strftime('%s', ${at("'+0 seconds'")}) AS INTEGER) + 14400 FROM n;
    INSERT INTO changes (site, seq, kind, id, at, actor)
      SELECT 'demo', 1000 + i, 'replied', printf('01890a5d-ac96-774b-bcce-%012d', i),
        ${at("'+' || (i * 97) || ' seconds'")}, (SELECT person FROM memberships) FROM n WHERE i % 4;
    INSERT INTO sites (site, last_number, last_change) VALUES ('demo', 600, 2000)
      ON CONFLICT (site) DO UPDATE SET last_number = 600, last_change = 2000;
    INSERT INTO counters (site, day, counter, channel, language, category, topic, query, n)
      SELECT 'demo', date('now', '-' || i || ' days'), c.name, 'site', 'uk', '', c.topic, '', c.n + i % 7
      FROM n, (SELECT 'search' AS name, '' AS topic, 40 AS n UNION ALL SELECT 'zero', '', 5
        UNION ALL SELECT 'topic', 'pay', 20 UNION ALL SELECT 'helpful-yes', 'pay', 12
        UNION ALL SELECT 'helpful-no', 'pay', 3 UNION ALL SELECT 'offered', 'pay', 4) c
      WHERE i < 60;
    INSERT INTO person_categories SELECT 'demo', person, '${first}' FROM memberships;
    INSERT INTO tags (site, id, parent, name, titles, words, concepts, retired, merged) VALUES
      ('demo', 't1', '', 'line', '{"en":"The line","uk":"Лінія"}', '', '', 0, ''),
      ('demo', 't2', '', 'bill', '{"en":"The bill"}', '', '', 0, '');
    INSERT INTO request_tags (request, tag, site, number, person, at)
      SELECT printf('01890a5d-ac96-774b-bcce-%012d', i), 't' || (1 + i % 2), 'demo', i, 'p', ''
      FROM n WHERE i % 3;
    UPDATE requests SET tone = CASE number % 4 WHEN 0 THEN 'negative' WHEN 1 THEN 'positive'
      ELSE 'neutral' END, tone_by = 'guess';`;
}

/** @param {string} report @param {string} [more] */
const api = (report, more = "") =>
  lead.page.evaluate(
    async ([name, rest]) => {
      const day = (/** @type {number} */ n) =>
        new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10);
      const answer = await fetch(
        `/v1/sites/demo/reports/${name}?from=${day(30)}&to=${day(1)}${rest}`,
      );
      return answer.text();
    },
    [report, more],
  );

test("a lead goes through all reports by keyboard, and none says anything of a visitor", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Reports" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Reports", level: 1 }).waitFor();
  await page.getByRole("heading", { name: "Totals" }).waitFor();
  const tabs = page.getByRole("navigation", { name: "Which report" }).getByRole("link");
  assert.equal(await tabs.count(), 6);
  for (const [i, name] of ["found", "requests", "times", "themes", "gaps", "cost"].entries()) {
    await tabs.nth(i).focus();
    const answered = page.waitForResponse((one) => one.url().includes(`/reports/${name}?`));
    await page.keyboard.press("Enter");
    await answered;
    await page.locator(".card table").first().waitFor();
    await page.waitForFunction(
      (report) => location.hash.includes(`report=${report}`) || report === "found",
      name,
    );
    // The focus is still on the way to the next one.
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-current")),
      "page",
    );
    assert.equal(await page.getByText(/Planted/).count(), 0);
    // No text of ours is missing: its name would stand there.
    assert.doesNotMatch(await page.locator("main").innerText(), /report_|[a-z]_[a-z]/);
    assert.deepEqual(await violations(page), [], name);
    await page.screenshot({ path: `${OUT}/staff-report-${name}.png`, fullPage: true });
    if (name !== "themes") continue;
    // Each row of a chart is of parts that are seen, the legend's beside them.
    for (const [table, parts] of /** @type {[string, string[]][]} */ ([
      ["By department", ["upset", "indifferent", "happy", "none"]],
      ["By tag", ["negative", "neutral", "positive"]],
    ]))
      for (const part of parts) {
        const card = page.locator(".card", { has: page.getByRole("heading", { name: table }) });
        const bars = card.locator(`rect.part-${part}`);
        const widths = await bars.evaluateAll((all) =>
          all.map((bar) => bar.getBoundingClientRect().width),
        );
        assert.ok(widths.filter((width) => width > 0).length >= 2, `${table}: ${part}`);
      }
  }
});

test("the page shows what the interface says, now and before", async () => {
  const { page } = lead;
  await page.goto(`${askus.origin}/staff#/reports?report=times`);
  await page.getByRole("heading", { name: "By person" }).waitFor();
  const report = JSON.parse(await api("times"));
  const people = report.tables.find((/** @type {{name: string}} */ one) => one.name === "people");
  const card = page.locator("section", { has: page.getByRole("heading", { name: "By person" }) });
  const cells = await card.locator("tbody tr").first().locator("th, td").allInnerTexts();
  assert.equal(cells[0], "Olena Levchenko");
  assert.match(
    cells[1],
    new RegExp(`^${people.rows[0].now[0]}\\s+before:\\s+${people.rows[0].before[0]}$`),
  );
  assert.ok(people.rows[0].now[0] > 100);
  // The first answer's median, in two units.
  const median = people.rows[0].now[1];
  const hours = Math.floor((median % 86_400) / 3_600);
  assert.match(cells[2], median >= 86_400 ? /day/ : new RegExp(`^${hours} hr`));
  // What is open is overdue by now, in the feed too.
  await page.goto(`${askus.origin}/staff#/requests?view=new`);
  await page.locator(".feed .group", { hasText: "Overdue" }).waitFor();
  await page.locator(".feed .tag.late", { hasText: "overdue by" }).first().waitFor();
  assert.deepEqual(await violations(page), []);
});

test("another period is chosen, kept in the address, and refused when it is none", async () => {
  const { page } = lead;
  await page.goto(`${askus.origin}/staff#/reports`);
  await page.locator("select[name=period]").selectOption("7");
  await page.waitForFunction(() => location.hash.includes("period=7"));
  await page.locator("select[name=period]").selectOption("own");
  const from = page.getByLabel("From day");
  await from.fill("2020-01-01");
  await page.getByText("Choose days in their order, at most 400.").waitFor();
  await page.getByLabel("To day").fill("2020-01-31");
  await page.getByText("Nothing in these days.").first().waitFor();
  assert.match(page.url(), /from=2020-01-01&to=2020-01-31/);
  await page.reload();
  await page.getByText("Nothing in these days.").first().waitFor();
  assert.deepEqual(await violations(page), []);
});

test("a table as CSV is what the page shows", async () => {
  const { page } = lead;
  await page.goto(`${askus.origin}/staff#/reports?report=requests`);
  const link = page.getByRole("link", { name: "Download as CSV: By channel" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.match(download.suggestedFilename(), /^demo-requests-channels-.*\.csv$/);
  const csv = readFileSync(await download.path(), "utf8");
  const report = JSON.parse(await api("requests"));
  const table = report.tables.find((/** @type {{name: string}} */ one) => one.name === "channels");
  const lines = csv.replace("\uFEFF", "").trim().split("\r\n");
  assert.equal(lines[0], "channel,requests,share,requests_before,share_before");
  assert.equal(lines.length, 1 + table.rows.length);
  for (const [i, row] of table.rows.entries())
    assert.equal(
      lines[i + 1],
      [row.of[0], row.now[0], row.now[1].toFixed(3), row.before[0], row.before[1].toFixed(3)].join(
        ",",
      ),
    );
});

test("who answers when: hours, promise, people, and what was measured", async () => {
  const { page } = lead;
  await page.getByRole("link", { name: "Who answers" }).click();
  await page.getByRole("heading", { name: "Who answers when" }).waitFor();
  await page.getByText("Mon – Fri: 09:00–18:00").waitFor();
  await page.getByText("Mon – Sun: 22:00–06:00").waitFor();
  await page.getByText("an answer within 2 hr of working time").waitFor();
  await page
    .getByText(/half within .*, three of four within .*; \d+ answers/)
    .first()
    .waitFor();
  await page.getByText("Olena Levchenko").last().waitFor();
  await page.getByText("Dec 25, 2099").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: `${OUT}/staff-departments.png`, fullPage: true });
});

test("in three languages, on a phone, in the dark, and printed", async () => {
  const { page } = lead;
  for (const [tag, heading, totals] of [
    ["uk", "Звіти", "Разом"],
    ["ru", "Отчёты", "Всего"],
  ]) {
    await page.goto(`${askus.origin}/staff#/profile`);
    await page.locator("select[name=language]").selectOption(tag);
    await page.locator("main form button.primary").first().click();
    await page.locator(`html[lang=${tag}]`).waitFor();
    for (const report of ["found", "requests", "times", "themes", "gaps", "cost"]) {
      await page.goto(`${askus.origin}/staff#/reports?report=${report}`);
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
      await page.locator(".card table").first().waitFor();
      assert.doesNotMatch(await page.locator("main").innerText(), /report_|[a-z]_[a-z]/);
    }
    await page.getByRole("heading", { name: totals }).waitFor();
    assert.deepEqual(await violations(page), []);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${askus.origin}/staff#/reports?report=themes`);
  await page.locator(".card table").first().waitFor();
  assert.deepEqual(await violations(page), []);
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    "nothing is wider than the phone",
  );
  await page.screenshot({ path: `${OUT}/staff-report-phone-dark.png`, fullPage: true });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator(".period").isVisible(), false);
  assert.equal(await page.locator("header.bar").isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(16, 24, 40)");
  await page.screenshot({ path: `${OUT}/staff-report-print.png`, fullPage: true });
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
});

test("a marketer has the reports and not the requests", async () => {
  const { page, done } = await chromium.page({ locale: "en-US" });
  await enter(askus, page, "mark@example.org", "marketer", "Mark");
  assert.equal(await page.getByRole("link", { name: "Who answers" }).count(), 0);
  await page.getByRole("link", { name: "Reports" }).click();
  await page.getByRole("heading", { name: "Totals" }).waitFor();
  await page.goto(`${askus.origin}/staff#/reports?report=gaps`);
  await page.getByRole("link", { name: /see the gaps in the studio/ }).waitFor();
  await done();
  // Days that were refused on purpose; the server was away while the month was made up.
  await lead.done(/status of 400|CONNECTION_REFUSED/);
});
