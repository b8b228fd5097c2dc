// The draft: records as JSON Lines has them, and what joins two people's changes.

/**
 * One language of a topic, as docs/faq-format.md has it; lists may be texts as in a cell.
 * @typedef {Record<string, any>} Record_
 */

export const LISTS = ["phrasings", "tests", "tags", "proposed"];

/** @param {string} lines @returns {Record_[]} */
export function parseLines(lines) {
  return lines
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      try {
        const value = JSON.parse(line);
        return typeof value === "object" && value ? value : { answer: line };
      } catch {
        return { answer: line }; // kept, and said by the compiler: it has no id
      }
    });
}

/** @param {Record_[]} records */
export const toLines = (records) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** A list field as a person edits it: one a line, tags by comma. @param {Record_} record @param {string} name */
export function listText(record, name) {
  const value = record[name];
  if (!Array.isArray(value)) return typeof value === "string" ? value : "";
  return value.join(name === "tags" ? ", " : "\n");
}

/** @param {string} text @param {string} name */
export const listOf = (text, name) =>
  text
    .split(name === "tags" ? /[,;\n]/ : /\n/)
    .map((part) => part.trim())
    .filter(Boolean);

/** A topic's id that no record has yet. @param {Record_[]} records */
export function freshId(records) {
  let n = records.length + 1;
  while (records.some(({ id }) => id === `topic-${n}`)) n += 1;
  return `topic-${n}`;
}

/** What names a record: the same in two versions of a draft. @param {Record_} record */
const keyOf = (record) => `${record.id ?? ""}\n${record.lang ?? ""}`;

/** By key, a second one of the same key counted. @param {Record_[]} records */
function byKey(records) {
  /** @type {Map<string, Record_>} */
  const found = new Map();
  for (const record of records) {
    let key = keyOf(record);
    while (found.has(key)) key += "\n+";
    found.set(key, record);
  }
  return found;
}

/**
 * Those of `added` in place of those of the same id and language, the others behind all.
 * @param {Record_[]} records
 * @param {Record_[]} added
 */
export function addRecords(records, added) {
  const fresh = byKey(added);
  const kept = [...byKey(records)].map(([key, record]) => {
    const instead = fresh.get(key);
    fresh.delete(key);
    return instead ?? record;
  });
  return [...kept, ...fresh.values()];
}

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * @typedef {object} Conflict
 * @property {string} id
 * @property {string} lang
 * @property {string} field empty: the whole record
 * @property {any} mine what was typed here and gave way
 * @property {any} theirs what stands now
 */

/**
 * Both sides' changes since `base`. Where both changed the same field differently, theirs stands,
 * and mine is in the conflicts: nothing is lost silently.
 * @param {Record_[]} base
 * @param {Record_[]} mine
 * @param {Record_[]} theirs
 * @returns {{records: Record_[], conflicts: Conflict[]}}
 */
export function merge(base, mine, theirs) {
  const before = byKey(base);
  const here = byKey(mine);
  const there = byKey(theirs);
  /** @type {Conflict[]} */
  const conflicts = [];
  /** @type {Record_[]} */
  const records = [];
  for (const [key, their] of there) {
    const my = here.get(key);
    const old = before.get(key);
    if (!my) {
      // Deleted here: so it goes, unless it was changed there meanwhile.
      if (!old || !same(old, their)) records.push(their);
      continue;
    }
    records.push(mergeFields(old ?? {}, my, their, conflicts));
  }
  for (const [key, my] of here) {
    if (there.has(key)) continue;
    const old = before.get(key);
    // Deleted there: what was changed here comes back.
    if (!old || !same(old, my)) records.push(my);
  }
  return { records, conflicts };
}

/** @param {Record_} old @param {Record_} my @param {Record_} their @param {Conflict[]} conflicts */
function mergeFields(old, my, their, conflicts) {
  /** @type {Record_} */
  const out = {};
  for (const name of new Set([...Object.keys(their), ...Object.keys(my)])) {
    const changedHere = !same(old[name], my[name]);
    const changedThere = !same(old[name], their[name]);
    const value = changedHere && !changedThere ? my[name] : their[name];
    if (value !== undefined) out[name] = value;
    if (changedHere && changedThere && !same(my[name], their[name]))
      conflicts.push({
        id: their.id ?? "",
        lang: their.lang ?? "",
        field: name,
        mine: my[name],
        theirs: their[name],
      });
  }
  return out;
}
