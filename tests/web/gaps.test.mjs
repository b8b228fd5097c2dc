// What a press in the studio's gaps does to the draft, and the days that it asks for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lastDays, lastMonth } from "../../web/studio/days.js";
import { asTitle, withPhrasings, withTopic } from "../../web/studio/gap-edit.js";

const RECORDS = [
  { id: "pay", lang: "uk", title: "Оплата", phrasings: "Як платити" },
  { id: "pay", lang: "ru", title: "Оплата" },
  { id: "tv", lang: "uk", title: "ТБ", phrasings: ["канали"] },
];
const uk = { language: "uk", n: 3, text: "готівкою" };
const ru = { language: "ru", n: 2, text: "наличными" };
const en = { language: "en", n: 1, text: "in cash" };

test("each language's words go to the version of that language, others to the first", () => {
  const records = withPhrasings(RECORDS, "pay", [uk, ru, en]);
  assert.deepEqual(records?.[0].phrasings, ["Як платити", "готівкою", "in cash"]);
  assert.deepEqual(records?.[1].phrasings, ["наличными"]);
  assert.equal(records?.[2], RECORDS[2]);
  assert.equal(RECORDS[0].phrasings, "Як платити", "the old records are undo's");
});

test("what is there already is not added, and an unknown topic gets nothing", () => {
  assert.equal(withPhrasings(RECORDS, "pay", [{ ...uk, text: "ЯК ПЛАТИТИ" }]), null);
  assert.equal(withPhrasings(RECORDS, "nowhere", [uk]), null);
  const twice = withPhrasings(RECORDS, "tv", [uk, { ...uk, language: "" }]);
  assert.deepEqual(twice?.[2].phrasings, ["канали", "готівкою"]);
});

test("a new topic has the words of the language that asks most, and a free id", () => {
  const chosen = { category: "billing", fallback: "uk", title: "Готівкою" };
  const records = withTopic([...RECORDS, { id: "topic-5" }], [uk, ru], chosen);
  assert.deepEqual(records.at(-1), {
    ...{ id: "topic-6", lang: "uk", category: "billing", title: "Готівкою", answer: "" },
  });
  const named = withTopic(RECORDS, [{ ...uk, language: "" }], {
    ...{ category: "", fallback: "en", title: "Оплата готівкою" },
  });
  assert.deepEqual(named.at(-1), {
    ...{ id: "topic-4", lang: "en", title: "Оплата готівкою", phrasings: ["готівкою"], answer: "" },
  });
});

test("a title begins as a sentence does", () => {
  assert.equal(asTitle("їжа"), "Їжа");
  assert.equal(asTitle(""), "");
});

test("periods", () => {
  const now = new Date("2026-03-01T00:30:00Z");
  assert.deepEqual(lastDays(1, now), { from: "2026-03-01", to: "2026-03-01" });
  assert.deepEqual(lastDays(30, now), { from: "2026-01-31", to: "2026-03-01" });
  assert.deepEqual(lastMonth(now), { from: "2026-02-01", to: "2026-02-28" });
  assert.deepEqual(lastMonth(new Date("2026-01-31T23:59:59Z")), {
    ...{ from: "2025-12-01", to: "2025-12-31" },
  });
});
