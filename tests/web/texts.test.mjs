// Interface texts: every language is whole, plural forms are right, arguments are put in.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTexts, textNames } from "../../web/build.mjs";
import { makeTexts } from "../../web/panel/texts.js";

const folder = new URL("../../web/panel/texts/", import.meta.url);
const languages = readdirSync(folder).map((file) => file.replace(".json", ""));
/** @param {string} language */
const read = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8"));
/** @param {string} language */
const readMore = (language) =>
  JSON.parse(readFileSync(new URL(`../../more/texts/${language}.json`, folder), "utf8"));
const names = textNames();

/** @param {string} language */
function textsOf(language) {
  const texts = read(language);
  const page = { load_failed: "", optional: "", opens_new_tab: "" };
  const table = {
    list: ["", ...names.map((name) => texts[name])],
    languages: texts.languages,
    page,
  };
  const made = makeTexts(table, language);
  /** @param {string} name @param {{n?: number, text?: string, more?: string}} args */
  return (name, args) => made.format(names.indexOf(name) + 1, args).replaceAll("\u00a0", " ");
}

test("each language has every text and no other", () => {
  assert.ok(languages.length >= 3 && names.length > 60);
  for (const language of languages)
    assert.deepEqual(checkTexts(read(language), names, language), []);
});

test("counts are written in groups of digits, a request's number is not", () => {
  const text = textsOf("en");
  assert.equal(text("results", { n: 12_345 }), "12,345 answers");
  assert.equal(text("sent_title", { n: 12_345 }), "Request no. 12345 received");
});

test("what is missing or unknown is named", () => {
  const { send, results, ...texts } = read("uk");
  const { few, ...forms } = results;
  const broken = { ...texts, sned: send, results: { ...forms, dual: few } };
  assert.deepEqual(checkTexts(broken, names, "uk"), [
    "missing: send",
    "unknown: sned",
    "missing: results.few",
    "unknown: results.dual",
  ]);
});

test("languages use the same arguments in the same text, on the later screens too", () => {
  /** @param {unknown} text */
  const args = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
  for (const tables of [languages.map(read), languages.map(readMore)]) {
    const [first, ...others] = tables;
    assert.ok(Object.keys(first).length > 50);
    for (const name of Object.keys(first)) {
      for (const other of others) assert.deepEqual(args(other[name]), args(first[name]), name);
    }
  }
});

test("each language has every text of the later screens, in each plural form", () => {
  const wanted = Object.keys(readMore("en"));
  for (const language of languages) {
    const texts = { ...readMore(language), languages: {} };
    assert.deepEqual(checkTexts(texts, wanted, language), [], language);
  }
});

test("numbers choose the form and are written as the language does", () => {
  const cases = [
    ["uk", 1, "1 відповідь"],
    ["uk", 3, "3 відповіді"],
    ["uk", 5, "5 відповідей"],
    ["uk", 21, "21 відповідь"],
    ["uk", 10482, "10 482 відповіді"],
    ["ru", 11, "11 ответов"],
    ["ru", 22, "22 ответа"],
    ["en", 1, "1 answer"],
    ["en", 10482, "10,482 answers"],
  ];
  for (const [language, n, expected] of cases) {
    assert.equal(textsOf(String(language))("results", { n: Number(n) }), expected);
  }
});

test("arguments are text, whatever they hold", () => {
  const uk = textsOf("uk");
  assert.equal(uk("sent_by", { text: "{more}$&", more: "$1" }), "Відповість {more}$&, $1.");
  assert.equal(uk("in_language", { text: "ru-RU" }), "російською");
  assert.equal(uk("in_language", { text: "de" }), "de");
  assert.equal(
    textsOf("en")("results_for", { n: 2, text: "wifi" }),
    "2 answers · shown for “wifi”",
  );
});

test("dates", () => {
  const table = {
    list: [],
    languages: {},
    page: { load_failed: "", optional: "", opens_new_tab: "" },
  };
  const uk = makeTexts(table, "uk");
  assert.equal(uk.date(`${new Date().getUTCFullYear()}-11-12`), "12 листопада");
  assert.match(uk.date("2019-11-12"), /12 листопада 2019/);
  assert.equal(uk.date("soon"), "soon");
});
