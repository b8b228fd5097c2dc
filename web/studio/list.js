// The table of records: only the rows in sight are in the document.
import { SETTINGS_FILE } from "./check.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const ROW = 58; // px, as studio.css has it
const SPARE = 6; // rows above and below the ones in sight

/** @typedef {import("./records.js").Record_} Record_ */
/** @typedef {{errors: number, warnings: number}} Marks */

/** What is wrong with each row that something is wrong with. @param {import("./check.js").Finding[]} findings */
export function marksOf(findings) {
  /** @type {Map<number, Marks>} */
  const marks = new Map();
  for (const { row, severity, file } of findings) {
    if (row === 0 || file === SETTINGS_FILE) continue;
    const mark = marks.get(row - 1) ?? { errors: 0, warnings: 0 };
    mark[severity === "error" ? "errors" : "warnings"] += 1;
    marks.set(row - 1, mark);
  }
  return marks;
}

/**
 * Which records are shown, in which order.
 * @param {Record_[]} records
 * @param {Map<number, Marks>} marks by row
 * @param {{text: string, show: string, sort: string}} wanted
 * @returns {number[]} rows
 */
export function chosenRows(records, marks, { text, show, sort }) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows = records.flatMap((record, row) => {
    if (show === "errors" && !marks.get(row)?.errors) return [];
    if (show === "messages" && !marks.has(row)) return [];
    if (show.startsWith("lang:") && record.lang !== show.slice(5)) return [];
    if (show.startsWith("category:") && record.category !== show.slice(9)) return [];
    if (words.length === 0) return [row];
    const whole = Object.values(record).flat().join(" ").toLocaleLowerCase();
    return words.every((word) => whole.includes(word)) ? [row] : [];
  });
  if (sort === "file") return rows;
  const value = (/** @type {number} */ row) => String(records[row][sort] ?? "");
  const sign = sort === "updated" ? -1 : 1;
  return rows.sort((a, b) => sign * value(a).localeCompare(value(b)) || a - b);
}

export class List {
  /** @type {Record_[]} */
  #records = [];
  /** @type {Map<number, Marks>} */
  #marks = new Map();
  /** @type {number[]} */
  #rows = [];
  #selected = -1;

  /**
   * @param {HTMLElement} box scrolls, has the focus
   * @param {(row: number) => void} select
   */
  constructor(box, select) {
    this.box = box;
    this.select = select;
    this.inner = h("div", { className: "rows", role: "presentation" });
    box.append(this.inner);
    box.addEventListener("scroll", () => this.#draw());
    new ResizeObserver(() => this.#draw()).observe(box);
    box.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {Record_[]} records @param {Map<number, Marks>} marks @param {number[]} rows */
  show(records, marks, rows) {
    this.#records = records;
    this.#marks = marks;
    this.#rows = rows;
    this.#draw();
  }

  /** @param {number} row @param {boolean} [scroll] into sight */
  choose(row, scroll = true) {
    this.#selected = row;
    const at = this.#rows.indexOf(row);
    if (scroll && at >= 0) {
      const top = at * ROW;
      const { scrollTop, clientHeight } = this.box;
      if (top < scrollTop || top + ROW > scrollTop + clientHeight)
        this.box.scrollTop = Math.max(0, top - clientHeight / 3);
    }
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#rows.indexOf(this.#selected);
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
    /** @type {Record<string, number>} */
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: this.#rows.length - 1,
    };
    if (!(event.key in to) || this.#rows.length === 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(to[event.key], 0), this.#rows.length - 1);
    this.select(this.#rows[next]);
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - SPARE);
    const count = Math.ceil(this.box.clientHeight / ROW) + 2 * SPARE;
    this.inner.style.blockSize = `${this.#rows.length * ROW}px`;
    const shown = this.#rows.slice(first, first + count);
    this.inner.replaceChildren(...shown.map((row, i) => this.#row(row, first + i)));
    const active = shown.includes(this.#selected) ? `row-${this.#selected}` : "";
    if (active) this.box.setAttribute("aria-activedescendant", active);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {number} row @param {number} at */
  #row(row, at) {
    const record = this.#records[row];
    const marks = this.#marks.get(row);
    const mark = marks?.errors
      ? h("span", { className: "mark bad" }, t("errors", { n: marks.errors }))
      : marks && h("span", { className: "mark warn" }, t("warnings", { n: marks.warnings }));
    const item = h(
      "div",
      {
        id: `row-${row}`,
        className: "row",
        role: "option",
        "aria-selected": row === this.#selected,
        "aria-setsize": this.#rows.length,
        "aria-posinset": at + 1,
        onclick: () => this.select(row),
      },
      h("span", { className: "title", lang: record.lang ?? "" }, record.title || t("untitled")),
      h(
        "span",
        { className: "what" },
        [record.id, record.lang, record.category].filter(Boolean).join(" · "),
      ),
      mark,
    );
    item.style.insetBlockStart = `${at * ROW}px`;
    return item;
  }
}
