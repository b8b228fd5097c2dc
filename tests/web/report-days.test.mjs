// Periods of the staff's reports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { daysOf } from "../../web/staff/screens/report-days.js";

const at = Date.parse;

test("days up to yesterday, by UTC", () => {
  const now = at("2026-03-01T00:30:00Z");
  assert.deepEqual(daysOf("1", now), { from: "2026-02-28", to: "2026-02-28" });
  assert.deepEqual(daysOf("7", now), { from: "2026-02-22", to: "2026-02-28" });
  assert.deepEqual(daysOf("30", now), { from: "2026-01-30", to: "2026-02-28" });
  assert.deepEqual(daysOf("none", now), daysOf("30", now));
});

test("the last quarter that is over", () => {
  for (const [now, from, to] of [
    ["2026-01-01T00:00:00Z", "2025-10-01", "2025-12-31"],
    ["2026-03-31T23:59:59Z", "2025-10-01", "2025-12-31"],
    ["2026-04-01T00:00:00Z", "2026-01-01", "2026-03-31"],
    ["2026-12-24T12:00:00Z", "2026-07-01", "2026-09-30"],
  ])
    assert.deepEqual(daysOf("quarter", at(now)), { from, to });
});
