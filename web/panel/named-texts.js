// A text by its name, out of the tables of pages that load theirs as JSON (staff, studio).

/** @typedef {Record<string, string | Partial<Record<Intl.LDMLPluralRule, string>>>} Table */

/**
 * @param {Table} table
 * @param {string} language BCP 47
 * @param {string} name
 * @param {Record<string, string | number>} values of its {placeholders}; `n` chooses the plural,
 *   numbers are written as the language writes them
 */
export function sentenceOf(table, language, name, values) {
  const entry = table[name] ?? name;
  const form = new Intl.PluralRules(language).select(Number(values.n ?? 0));
  const sentence = typeof entry === "string" ? entry : (entry[form] ?? entry.other ?? name);
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => {
    const value = values[key] ?? whole;
    return typeof value === "number"
      ? new Intl.NumberFormat(language).format(value)
      : String(value);
  });
}
