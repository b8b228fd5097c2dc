// What a press on something that was handed over does to the draft.
import { freshId } from "./records.js";

/** @typedef {import("./records.js").Record_} Record_ */
/**
 * @typedef {object} Handed as docs/http-api.md has it
 * @property {string} id
 * @property {"topic" | "comment"} kind
 * @property {string} language
 * @property {string} topic below which a comment is
 * @property {string} category
 * @property {string} title
 * @property {string} phrasing
 * @property {string} text
 * @property {string} author
 * @property {string} at
 */

/**
 * The records with a topic of its own for the answer, last.
 * @param {Record_[]} records @param {Handed} handed @param {string} fallback language
 */
export function withHandedTopic(records, handed, fallback) {
  const { language, category, title, phrasing, text } = handed;
  const isOther = phrasing && phrasing.toLocaleLowerCase() !== title.toLocaleLowerCase();
  /** @type {Record_} */
  const record = {
    ...{ id: freshId(records), lang: language || fallback, ...(category ? { category } : {}) },
    ...{ title, ...(isOther ? { phrasings: [phrasing] } : {}), answer: text },
  };
  return { records: [...records, record], row: records.length };
}

/**
 * The records with the comment below its topic, in the comment's language where the topic has it;
 * null where there is no such topic. The same comment is there once.
 * @param {Record_[]} records @param {Handed} handed
 */
export function withComment(records, { topic, language, author, text, at }) {
  const rows = records.flatMap((record, row) => (record.id === topic ? [row] : []));
  if (rows.length === 0) return null;
  const row = rows.find((one) => records[one].lang === language) ?? rows[0];
  const comment = { author, date: at.slice(0, 10), text };
  const value = records[row].comments;
  const known = Array.isArray(value) ? value : value ? String(value).split("\n") : [];
  const has = known.some((one) => typeof one === "object" && one.text === text);
  /** @type {Record_} */
  const changed = { ...records[row], comments: has ? known : [...known, comment] };
  return { records: records.map((record, i) => (i === row ? changed : record)), row };
}
