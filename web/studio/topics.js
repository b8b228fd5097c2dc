// The left column: the table of records, which of them it shows, in which order, and a way to a new one.
import { fill, h } from "./dom.js";
import { List, chosenRows, marksOf } from "./list.js";
import { button, labelled } from "./pieces.js";
import { freshId } from "./records.js";
import { t } from "./texts.js";

const ORDERS = ["file", "id", "title", "category", "updated"];

/** @typedef {import("./check.js").Checked} Checked */
/** @typedef {{draft: import("./draft.js").Draft, check: import("./check.js").Check,
 *   select: (row: number, column?: string) => void}} Studio */

export class Topics {
  #search = h("input", { type: "search", id: "search", placeholder: t("search") });
  #show = h("select", { id: "show" }, h("option", { value: "" }, t("show_all")));
  #sort = h(
    "select",
    { id: "sort" },
    ...ORDERS.map((name) => h("option", { value: name }, t(`sort_${name}`))),
  );
  #count = h("p", { className: "hint", role: "status" });
  #table = h("div", {
    ...{ className: "list", role: "listbox", tabIndex: 0, "aria-label": t("topics") },
  });
  /** @type {Map<number, import("./list.js").Marks>} */
  #marks = new Map();

  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.studio = studio;
    this.list = new List(this.#table, (row) => studio.select(row));
    const add = button(t("add_topic"), () => this.#add());
    fill(
      box,
      labelled(t("search"), this.#search),
      h(
        "div",
        { className: "pair" },
        labelled(t("show"), this.#show),
        labelled(t("sort"), this.#sort),
      ),
      h("div", { className: "pair" }, this.#count, add),
      this.#table,
    );
    for (const control of [this.#search, this.#show, this.#sort])
      control.addEventListener("input", () => this.draw());
  }

  get hasFocus() {
    return document.activeElement === this.#table;
  }

  /** What the compiler says of each row, and what can be chosen by it. @param {Checked} checked */
  mark(checked) {
    this.#marks = marksOf(checked.findings);
    this.#drawFilters(checked);
    this.draw();
  }

  draw() {
    const { draft } = this.studio;
    const [text, show, sort] = [this.#search.value, this.#show.value, this.#sort.value];
    const rows = chosenRows(draft.records, this.#marks, { text, show, sort });
    this.list.show(draft.records, this.#marks, rows);
    this.list.choose(draft.selected, false);
    this.#count.textContent = t("records", { n: rows.length });
  }

  /** @param {Checked} checked */
  #drawFilters({ languages, categories }) {
    const now = this.#show.value;
    const option = (/** @type {string} */ value, /** @type {string} */ text) =>
      h("option", { value, selected: value === now }, text);
    fill(
      this.#show,
      option("", t("show_all")),
      option("errors", t("show_errors")),
      option("messages", t("show_messages")),
      ...languages.map((tag) => option(`lang:${tag}`, tag)),
      ...categories.map(({ id }) => option(`category:${id}`, id)),
    );
  }

  #add() {
    const { draft, check, select } = this.studio;
    const added = { id: freshId(draft.records), lang: check.language, title: "", answer: "" };
    draft.setRecords([...draft.records, added]);
    select(draft.records.length - 1, "title");
  }
}
