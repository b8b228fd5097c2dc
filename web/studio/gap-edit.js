// What a press in the gaps does to the draft.
import { freshId, listOf, listText } from "./records.js";

/** @typedef {import("./records.js").Record_} Record_ */
/** @typedef {{language: string, n: number, text: string}} Spoken a group's own words in a language */

/** As a sentence begins. @param {string} text */
export const asTitle = (text) => {
  const [first = "", ...rest] = [...text];
  return first.toLocaleUpperCase() + rest.join("");
};

/**
 * The records with the group's words as phrasings of a topic: those of each language with the
 * version of that language, or with the first one where the topic has no such version. Null where
 * there is no such topic, or it has all of them.
 * @param {Record_[]} records
 * @param {string} id
 * @param {Spoken[]} languages
 */
export function withPhrasings(records, id, languages) {
  const rows = records.flatMap((record, row) => (record.id === id ? [row] : []));
  if (rows.length === 0) return null;
  /** @type {Map<number, string[]>} */
  const added = new Map();
  for (const { language, text } of languages) {
    const row = rows.find((r) => records[r].lang === language) ?? rows[0];
    const known = [
      ...listOf(listText(records[row], "phrasings"), "phrasings"),
      ...(added.get(row) ?? []),
    ];
    if (known.some((phrasing) => phrasing.toLocaleLowerCase() === text.toLocaleLowerCase()))
      continue;
    added.set(row, [...(added.get(row) ?? []), text]);
  }
  if (added.size === 0) return null;
  return records.map((record, row) => {
    const more = added.get(row);
    if (!more) return record;
    const phrasings = [...listOf(listText(record, "phrasings"), "phrasings"), ...more];
    return { ...record, phrasings };
  });
}

/**
 * A topic of the group's own: its words in the language that asks most, the answer yet to be written.
 * @param {Record_[]} records
 * @param {Spoken[]} languages
 * @param {{category: string, fallback: string, title: string}} chosen
 */
export function withTopic(records, languages, { category, fallback, title }) {
  const [{ language, text }] = languages;
  const phrasings =
    title.toLocaleLowerCase() === text.toLocaleLowerCase() ? {} : { phrasings: [text] };
  const record = {
    ...{ id: freshId(records), lang: language || fallback, ...(category ? { category } : {}) },
    ...{ title, ...phrasings, answer: "" },
  };
  return [...records, record];
}
