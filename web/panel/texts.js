// Interface texts: a number of widget/view/texts.def and its arguments in, a sentence out.

/**
 * What web/build.mjs makes of texts/<language>.json.
 * @typedef {object} TextTable
 * @property {(string | Partial<Record<Intl.LDMLPluralRule, string>>)[]} list by number; [0] is empty
 * @property {Record<string, string>} languages tag -> "in that language"
 * @property {{load_failed: string, optional: string, opens_new_tab: string}} page
 */

/**
 * @typedef {object} Texts
 * @property {(number: number, args: {n?: number, text?: string, more?: string}) => string} format
 * @property {(isoDate: string) => string} date
 * @property {TextTable["page"]} page
 */

/**
 * @param {TextTable} table
 * @param {string} language BCP 47
 * @returns {Texts}
 */
export function makeTexts(table, language) {
  const plural = new Intl.PluralRules(language);
  /** @param {string} tag */
  const languageName = (tag) => table.languages[tag.split("-")[0]] ?? tag;
  return {
    page: table.page,
    format(index, { n = 0, text = "", more = "" }) {
      const entry = table.list[index] ?? "";
      const sentence =
        typeof entry === "string" ? entry : (entry[plural.select(n)] ?? entry.other ?? "");
      return sentence.replace(/\{(n|text|more|language)\}/g, (_, name) => {
        // Without plural forms it is no count: a request's number is written as it is.
        if (name === "n") return typeof entry === "string" ? `${n}` : n.toLocaleString(language);
        if (name === "language") return languageName(text);
        return name === "text" ? text : more;
      });
    },
    date(isoDate) {
      const date = new Date(isoDate);
      if (Number.isNaN(date.getTime())) return isoDate;
      const thisYear = date.getUTCFullYear() === new Date().getUTCFullYear();
      return new Intl.DateTimeFormat(language, {
        day: "numeric",
        month: "long",
        year: thisYear ? undefined : "numeric",
        timeZone: "UTC",
      }).format(date);
    },
  };
}
