// A made-up month: what visitors of the demo site ask in vain, with the truth about which questions
// are the same. The families are in families.txt; people misspell them, forget the keyboard layout,
// transliterate, and are polite. The same seed gives the same month.
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Family
 * @property {number} number odd: for tuning, even: held out
 * @property {string} name
 * @property {Record<string, string[]>} phrases by language
 */

/** @typedef {{family: number, language: string, text: string, isWritten: boolean}} Visit */

/** @returns {Family[]} */
export function readFamilies() {
  /** @type {Family[]} */
  const families = [];
  const text = readFileSync(new URL("families.txt", import.meta.url), "utf8");
  for (const line of text.split("\n")) {
    if (line.startsWith("#") || !line.trim()) continue;
    const head = /^(\d+) (\S+)$/.exec(line);
    if (head) {
      families.push({ number: Number(head[1]), name: head[2], phrases: {} });
      continue;
    }
    const [language, phrases] = line.trim().split(": ");
    families[families.length - 1].phrases[language] = phrases.split("; ");
  }
  return families;
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. @param {number} seed */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const LAYOUT = { uk: "йцукенгшщзхїфівапролджєячсмитьбю", ru: "йцукенгшщзхъфывапролджэячсмитьбю" };
/** @type {Record<string, string>} the way people write without a Cyrillic keyboard */
const LATIN = {
  ...{ а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y" },
  ...{ і: "i", ї: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s" },
  ...{ т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ь: "", ю: "iu" },
  ...{ я: "ia", ы: "y", э: "e", ъ: "", ё: "e", "'": "" },
};
/** What a Russian writes otherwise. @type {Record<string, string>} */
const LATIN_RU = { г: "g", и: "i", й: "y", х: "h", ю: "yu", я: "ya", щ: "sch" };
/** @type {Record<string, string[]>} */
const POLITE = {
  uk: ["добрий день, ", "підкажіть будь ласка ", "скажіть, ", "привіт, "],
  ru: ["здравствуйте, ", "подскажите пожалуйста ", "скажите, ", "привет, "],
  en: ["hello, ", "please tell me ", "hi, ", "could you tell me "],
};

/** @typedef {() => number} Random */
/** @template T @param {Random} next @param {readonly T[]} list */
const one = (next, list) => list[Math.floor(next() * list.length)];

/** One slip in a word of five letters or more. @param {Random} next @param {string} text */
function misspelt(next, text) {
  const words = text.split(" ");
  const long = words.flatMap((word, i) => (word.length >= 5 ? [i] : []));
  if (long.length === 0) return text;
  const at = one(next, long);
  const letters = [...words[at]];
  const i = 1 + Math.floor(next() * (letters.length - 2));
  const kind = next();
  if (kind < 0.35) letters.splice(i, 1);
  else if (kind < 0.6) letters.splice(i, 0, letters[i]);
  else if (kind < 0.85) [letters[i], letters[i + 1]] = [letters[i + 1], letters[i]];
  else letters[i] = one(next, letters);
  words[at] = letters.join("");
  return words.join(" ");
}

/** @param {string} text @param {string} language */
const onOtherLayout = (text, language) =>
  language === "en"
    ? [...text].map((c) => (KEYS.includes(c) ? LAYOUT.uk[KEYS.indexOf(c)] : c)).join("")
    : [...text]
        .map((c) => {
          const at = LAYOUT[/** @type {"uk" | "ru"} */ (language)].indexOf(c);
          return at < 0 ? c : KEYS[at];
        })
        .join("");

/** @param {string} text @param {string} language */
const inLatin = (text, language) =>
  [...text].map((c) => (language === "ru" ? LATIN_RU[c] : undefined) ?? LATIN[c] ?? c).join("");

/** As somebody types it. @param {Random} next @param {string} phrase @param {string} language */
function typed(next, phrase, language) {
  const how = next();
  if (how < 0.45) return phrase;
  if (how < 0.7) return misspelt(next, phrase);
  if (how < 0.78) return misspelt(next, misspelt(next, phrase));
  if (how < 0.86) return one(next, POLITE[language]) + phrase;
  if (how < 0.93) return onOtherLayout(phrase, language);
  return language === "en" ? phrase.toUpperCase() : inLatin(phrase, language);
}

/**
 * What the visitors of a month asked in vain.
 * @param {Family[]} families
 * @param {{seed?: number, visits?: number}} [options]
 * @returns {Visit[]}
 */
export function makeMonth(families, { seed = 20260501, visits = 10_000 } = {}) {
  const next = random(seed);
  const order = families.map((family) => ({ family, at: next() })).sort((a, b) => a.at - b.at);
  return Array.from({ length: visits }, () => {
    // Some things are asked far more often than others.
    const { number, phrases } = order[Math.floor(next() ** 2 * order.length)].family;
    const share = next();
    const language = share < 0.55 ? "uk" : share < 0.85 ? "ru" : "en";
    const text = typed(next, one(next, phrases[language]), language);
    return { family: number, language, text, isWritten: next() < 0.2 };
  });
}

/**
 * What the server keeps of it (server-stub/api/kept_query.h), written again for the truth's sake:
 * folded, without signs; nothing of what may be a contact, which on the other layout a ю is.
 * @param {string} text
 * @param {number} [bytes] of a query; a written title has twice as many
 */
export function kept(text, bytes = 100) {
  if (/@|[\p{L}\p{Nd}']\.[\p{L}\p{Nd}']/u.test(text) || text.replace(/\P{Nd}/gu, "").length > 4)
    return "";
  const folded = text.toLowerCase().replaceAll("ё", "е").replaceAll("ґ", "г");
  const words = folded.split(/[^\p{L}\p{Nd}']+/u).filter(Boolean);
  let whole = words.join(" ");
  while (Buffer.byteLength(whole) > bytes) {
    words.pop();
    whole = words.join(" ");
  }
  return whole;
}

/**
 * How well a grouping agrees with the truth, over the pairs of different questions.
 * @param {number[]} truth the family of each question
 * @param {number[]} group the group of each question
 */
export function pairs(truth, group) {
  const count = (/** @type {string[]} */ keys) => {
    /** @type {Map<string, number>} */
    const sizes = new Map();
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const both = count(truth.map((family, i) => `${family} ${group[i]}`));
  const grouped = count(group.map(String));
  const same = count(truth.map(String));
  return { precision: both / grouped, recall: both / same };
}
