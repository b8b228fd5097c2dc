// A topic in its languages, side by side.
import { h } from "./dom.js";
import { proposing, phrasingFields } from "./proposals.js";
import { LISTS, listOf, listText } from "./records.js";
import { ruleSays, t } from "./texts.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./check.js").Finding} Finding */

/** Fields in the order they are shown; how tall. @type {[string, number][]} */
const FIELDS = [
  ["title", 0],
  ["phrasings", 4],
  ["answer", 9],
  ["tests", 3],
  ["tags", 0],
  ["updated", 0],
];
/** @type {[string, number][]} */
const MORE_FIELDS = [
  ["author", 0],
  ["role", 0],
  ["url", 0],
  ["picture", 0],
];

export class Editor {
  #topic = "";
  #shape = "";
  /** @type {Finding[]} */
  #findings = [];
  /** @type {string[]} */
  #languages = [];
  /** @type {string[]} */
  #categories = [];
  /** Null: there is no language model. @type {import("./proposals.js").Proposer | null} */
  proposer = null;
  /** By language: what was proposed stays when the fields around it are made anew. @type {Map<string, HTMLElement>} */
  #proposals = new Map();

  /**
   * @param {HTMLElement} box
   * @param {Draft} draft
   * @param {(row: number) => void} select
   */
  constructor(box, draft, select) {
    this.box = box;
    this.draft = draft;
    this.select = select;
  }

  /**
   * @param {number} row any of the topic's records; -1: none
   * @param {{languages: string[], categories: {id: string}[], findings: Finding[]}} checked
   */
  show(row, { languages, categories, findings }) {
    this.#languages = languages;
    this.#categories = categories.map(({ id }) => id);
    this.#findings = findings;
    const record = this.draft.records[row];
    if (this.#topic !== (record?.id ?? "")) this.#proposals.clear();
    this.#topic = record?.id ?? "";
    const rows = this.#rows(row);
    const shape = `${row < 0 ? "" : rows.join()}|${languages}|${this.#categories}`;
    // What is typed in stays where it is: fields are made anew only for another topic.
    if (shape === this.#shape) return this.#refresh();
    this.#shape = shape;
    if (!record) return this.box.replaceChildren(h("p", { className: "hint" }, t("choose_topic")));
    const missing = languages.filter(
      (tag) => !rows.some((r) => this.draft.records[r].lang === tag),
    );
    const active = document.activeElement;
    this.box.replaceChildren(
      this.#head(rows),
      h("div", { className: "versions" }, ...rows.map((r) => this.#version(r))),
      h(
        "div",
        { className: "actions" },
        ...missing.map((tag) =>
          h(
            "button",
            { className: "plain", onclick: () => this.#addLanguage(rows, tag) },
            t("add_language", { lang: tag }),
          ),
        ),
        h(
          "button",
          { className: "ghost bad", onclick: () => this.#remove(rows) },
          t("delete_topic"),
        ),
      ),
    );
    if (active instanceof HTMLElement && this.box.contains(active)) active.focus();
    this.#refresh();
  }

  /** Puts the focus into a field. @param {number} row @param {string} column */
  focus(row, column) {
    const field =
      this.box.querySelector(`[id="f-${row}-${column}"]`) ??
      this.box.querySelector(`[id="f-${row}-title"]`);
    if (!(field instanceof HTMLElement)) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }

  /** The rows of the topic; of a record without id only its own. @param {number} row */
  #rows(row) {
    if (!this.#topic) return row < 0 ? [] : [row];
    return this.draft.records.flatMap((record, i) => (record.id === this.#topic ? [i] : []));
  }

  /** @param {number[]} rows */
  #head(rows) {
    const record = this.draft.records[rows[0]];
    const rename = (/** @type {Event} */ event) => {
      const id = /** @type {HTMLInputElement} */ (event.target).value.trim();
      const records = this.draft.records.map((old, i) => (rows.includes(i) ? { ...old, id } : old));
      this.draft.setRecords(records);
    };
    const choose = (/** @type {Event} */ event) => {
      const category = /** @type {HTMLSelectElement} */ (event.target).value;
      const records = this.draft.records.map((old, i) =>
        rows.includes(i) ? { ...old, category } : old,
      );
      this.draft.setRecords(records);
    };
    const known = [...new Set(["", ...this.#categories, record.category ?? ""])];
    return h(
      "div",
      { className: "pair" },
      this.#labelled(rows[0], "id", h("input", { value: record.id ?? "", onchange: rename })),
      this.#labelled(
        rows[0],
        "category",
        h(
          "select",
          { onchange: choose },
          ...known.map((id) =>
            h(
              "option",
              { value: id, selected: id === (record.category ?? "") },
              id || t("no_category"),
            ),
          ),
        ),
      ),
    );
  }

  /** @param {number} row */
  #version(row) {
    const { lang } = this.draft.records[row];
    const known = this.#languages.includes(lang);
    return h(
      "fieldset",
      { className: "version" },
      h("legend", {}, known ? lang : t("language")),
      !known && this.#field(row, "lang", 0),
      ...FIELDS.flatMap(([name, lines]) => [
        this.#field(row, name, lines),
        name === "phrasings" && this.#proposing(lang ?? ""),
      ]),
      h(
        "details",
        {},
        h("summary", {}, t("more_fields")),
        ...MORE_FIELDS.map(([name, lines]) => this.#field(row, name, lines)),
      ),
      h(
        "button",
        { className: "ghost bad", type: "button", onclick: () => this.#remove([row]) },
        t("delete_version"),
      ),
    );
  }

  /** Where a model proposes phrasings. @param {string} lang */
  #proposing(lang) {
    const topic = this.#topic;
    if (!this.proposer || !topic) return null;
    const find = () =>
      this.draft.records.findIndex((one) => one.id === topic && (one.lang ?? "") === lang);
    const made = this.#proposals.get(lang) ?? proposing(this.draft, find, this.proposer);
    this.#proposals.set(lang, made);
    return made;
  }

  /** @param {number} row @param {string} name */
  #value(row, name) {
    const record = this.draft.records[row];
    return LISTS.includes(name) ? listText(record, name) : String(record[name] ?? "");
  }

  /** @param {number} row @param {string} name @param {number} lines 0: one */
  #field(row, name, lines) {
    const record = this.draft.records[row];
    const set = {
      value: this.#value(row, name),
      lang: record.lang ?? "",
      oninput: (/** @type {Event} */ { target }) => {
        const { value } = /** @type {HTMLInputElement} */ (target);
        if (name === "phrasings")
          this.draft.setFields(
            row,
            phrasingFields(this.draft.records[row], listOf(value, name)),
            `${row} ${name}`,
          );
        else this.draft.setField(row, name, LISTS.includes(name) ? listOf(value, name) : value);
      },
    };
    const control = lines > 0 ? h("textarea", { ...set, rows: lines }) : h("input", set);
    return this.#labelled(row, name, control);
  }

  /** @param {number} row @param {string} name @param {HTMLElement} control */
  #labelled(row, name, control) {
    control.id = `f-${row}-${name}`;
    control.setAttribute("aria-describedby", `m-${row}-${name}`);
    return h(
      "div",
      { className: "field" },
      h("label", { for: control.id }, t(`field_${name}`)),
      control,
      h("div", { className: "messages", id: `m-${row}-${name}` }),
    );
  }

  /** What changed elsewhere (undo, another person), and what is wrong now. */
  #refresh() {
    for (const control of this.box.querySelectorAll("[id^='f-']")) {
      const [, row, name] = control.id.split("-");
      const field = /** @type {HTMLInputElement} */ (control);
      const record = this.draft.records[Number(row)];
      if (!record) continue;
      const value = this.#value(Number(row), name);
      const isSame = LISTS.includes(name)
        ? JSON.stringify(listOf(field.value, name)) === JSON.stringify(listOf(value, name))
        : field.value === value;
      if (!isSame) field.value = value; // typing is in the draft already: this came from elsewhere
      const mine = this.#findings.filter((f) => f.row === Number(row) + 1 && f.column === name);
      field.setAttribute("aria-invalid", String(mine.some((f) => f.severity === "error")));
      this.box
        .querySelector(`[id="m-${row}-${name}"]`)
        ?.replaceChildren(
          ...mine.map((f) => h("p", { className: f.severity }, ruleSays(f.rule) ?? f.remedy)),
        );
    }
  }

  /** @param {number[]} rows @param {string} lang */
  #addLanguage(rows, lang) {
    const first = this.draft.records[rows[0]];
    const added = {
      id: first.id,
      lang,
      ...(first.category ? { category: first.category } : {}),
      title: "",
      answer: "",
    };
    const at = rows[rows.length - 1] + 1;
    const { records } = this.draft;
    this.draft.setRecords([...records.slice(0, at), added, ...records.slice(at)]);
    this.select(at);
    this.focus(at, "title");
  }

  /** @param {number[]} rows */
  #remove(rows) {
    const records = this.draft.records.filter((_, i) => !rows.includes(i));
    this.draft.setRecords(records);
    this.select(-1);
  }
}
