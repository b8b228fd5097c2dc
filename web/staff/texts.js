// The page's texts in the language that is chosen: the person's own, or before they have logged in
// the browser's.

import { sentenceOf } from "../panel/named-texts.js";

export const LANGUAGES = /** @type {const} */ (["uk", "ru", "en"]);
/** Each in itself. */
export const LANGUAGE_NAMES = { uk: "Українська", ru: "Русский", en: "English" };
const KEPT = "askus-staff-language";

/** @type {import("../panel/named-texts.js").Table} */
let table = {};
let language = "en";

/** @param {string} tag */
const known = (tag) => LANGUAGES.find((one) => one === tag.split("-")[0]);

/** What was chosen here before, or what the browser asks for. */
export function firstLanguage() {
  let kept = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // No storage: the browser's language every time.
  }
  return [kept ?? "", ...navigator.languages].map(known).find(Boolean) ?? "en";
}

/**
 * Loads a language and speaks it from now on.
 * @param {string} wanted
 * @param {Record<string, string>} addresses of the tables
 */
export async function speak(wanted, addresses) {
  language = known(wanted) ?? "en";
  table = await (await fetch(addresses[language])).json();
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // As above.
  }
}

/**
 * The texts of screens that are opened later, in the language that is spoken.
 * @param {Record<string, string>} addresses of the tables
 */
export async function speakMore(addresses) {
  const more = await (await fetch(addresses[language])).json();
  table = { ...table, ...more };
}

/** The tag of the language that is spoken. */
export const spoken = () => language;

/**
 * @param {string} name
 * @param {Record<string, string | number>} [values] of its {placeholders}; `n` chooses the plural
 */
export function t(name, values = {}) {
  return sentenceOf(table, language, name, values);
}

/** @param {string} iso */
export function when(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(
    language,
    today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  ).format(date);
}

/** A length of time in the largest unit that fits: "2 h". @param {number} seconds */
export function lasting(seconds) {
  const [unit, size] =
    /** @type {const} */ ([
      ["day", 86_400],
      ["hour", 3_600],
      ["minute", 60],
    ]).find(([, length]) => seconds >= length) ?? /** @type {const} */ (["second", 1]);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 0,
  }).format(Math.floor(seconds / size));
}

/** How long ago, in the largest unit that fits. @param {string} iso */
export function ago(iso) {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  for (const [unit, size] of /** @type {const} */ ([
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ]))
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, "second");
}
