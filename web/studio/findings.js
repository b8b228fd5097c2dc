// The messages' tab: what is wrong with the draft, the settings and the file that was brought in.
import { DRAFT_FILE, SETTINGS_FILE, countErrors } from "./check.js";
import { fill, h } from "./dom.js";
import { pressable } from "./pieces.js";
import { columnName, ruleSays, t } from "./texts.js";

/** Shown at once, the errors first. */
const MOST = 500;

/** @typedef {import("./check.js").Finding} Finding */
/** @typedef {import("./records.js").Record_} Record_ */
/** @typedef {{draft: import("./draft.js").Draft, check: import("./check.js").Check,
 *   tabs: import("./tabs.js").Tabs, select: (row: number, column?: string) => void}} Studio */

/** Where it is, as a person finds it. @param {Finding} finding @param {Record_ | undefined} record */
function placeOf({ file, row, column }, record) {
  if (record) {
    const { id = "", lang = "" } = record;
    return t("place", { row, id, lang, column: columnName(column) });
  }
  const parts = [file === DRAFT_FILE ? "" : file, row > 0 ? t("row", { row }) : "", column];
  return parts.filter(Boolean).join(", ");
}

export class Findings {
  /** What is wrong with the file that was brought in last, as a file. @type {Finding[]} */
  ofFile = [];

  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
  }

  draw() {
    const all = [...this.ofFile, ...this.studio.check.last.findings];
    const errors = countErrors(all);
    const rank = (/** @type {Finding} */ { severity }) => (severity === "error" ? 0 : 1);
    const shown = [...all].sort((a, b) => rank(a) - rank(b)).slice(0, MOST);
    this.studio.tabs.label("messages", t("tab_messages", { n: all.length }));
    fill(
      this.box,
      h(
        "p",
        { role: "status" },
        all.length === 0 ? t("all_well") : t("found", { errors, warnings: all.length - errors }),
      ),
      h("ul", { className: "findings" }, ...shown.map((finding) => this.#line(finding))),
      all.length > MOST && h("p", { className: "hint" }, t("and_more", { n: all.length - MOST })),
    );
  }

  /** @param {Finding} finding */
  #line(finding) {
    const { draft, select, tabs } = this.studio;
    const { severity, rule, row, column, found, remedy, file } = finding;
    const record = file === DRAFT_FILE ? draft.records[row - 1] : undefined;
    const openSettings = file === SETTINGS_FILE ? () => tabs.choose("settings") : undefined;
    const open = record ? () => select(row - 1, column) : openSettings;
    return pressable(
      severity,
      open,
      h("strong", {}, `${placeOf(finding, record)} `),
      h("span", {}, `${found ? `«${found}»: ` : ""}${ruleSays(rule) ?? remedy}`),
      // The compiler itself speaks English, and more exactly.
      h("small", { lang: "en" }, ruleSays(rule) ? `${rule}: ${remedy}` : rule),
    );
  }
}
