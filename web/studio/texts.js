// The page's texts, in the browser's language.

import { sentenceOf } from "../panel/named-texts.js";

/** @typedef {import("../panel/named-texts.js").Table} Table */

/** @type {Table} */
let table = {};
let language = "en";

/**
 * @param {Record<string, Table>} all by language
 * @param {readonly string[]} wanted best first
 */
export function chooseTexts(all, wanted) {
  language = wanted.map((tag) => tag.split("-")[0]).find((tag) => tag in all) ?? "en";
  table = all[language];
  document.documentElement.lang = language;
}

export const chosenLanguage = () => language;

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] of its placeholders; `n` chooses the plural
 */
export function t(name, values = {}) {
  return sentenceOf(table, language, name, values);
}

/** What a rule of the compiler means; undefined where its own words are in the page's language. @param {string} rule */
export const ruleSays = (rule) => {
  const name = `rule_${rule}`;
  return name in table ? t(name) : undefined;
};

/** A column as its field is called on the page. @param {string} column */
export const columnName = (column) => {
  const name = `field_${column}`;
  return name in table ? t(name).split(",")[0] : column;
};

/** A day and time as people here write them. @param {string} iso */
export function when(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(
    date,
  );
}
