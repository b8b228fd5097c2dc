// By when requests are to be answered: what is overdue at the top of the list, and how long there is.
import { h } from "../dom.js";
import { lasting, t } from "../texts.js";

/** Views that have what is overdue at their top, as the server gives them. */
const LIFTED = ["new", "mine", "department"];
const OPEN = ["received", "in-work"];

/** @typedef {import("./feed.js").Row} Row */
/** @typedef {{id: string, group: string}} Group a line between rows; `group` is its text's name */

/**
 * Whether a row comes behind another one in a view.
 * @param {string} view @param {Row} row @param {Row} other
 */
export function isBehind(view, row, other) {
  const top = (/** @type {Row} */ one) => view === "overdue" || (LIFTED.includes(view) && one.late);
  if (top(row) !== top(other)) return top(other);
  return top(row) ? row.number > other.number : row.number < other.number;
}

/**
 * The rows with lines that say which are overdue, where a view has them apart.
 * @param {string} view @param {Row[]} rows
 * @returns {(Row | Group)[]}
 */
export function withGroups(view, rows) {
  const rest = rows.findIndex((row) => !row.late);
  if (!LIFTED.includes(view) || rows.length === 0 || rest === 0) return rows;
  const late = { id: "group-late", group: "group_late" };
  if (rest < 0) return [late, ...rows];
  return [
    late,
    ...rows.slice(0, rest),
    { id: "group-rest", group: "group_rest" },
    ...rows.slice(rest),
  ];
}

/**
 * How long there is to answer, or how long it is overdue.
 * @param {{status: string, due: string}} request
 */
export function dueText(request) {
  if (!request.due || !OPEN.includes(request.status)) return "";
  const seconds = (Date.parse(request.due) - Date.now()) / 1000;
  return t(seconds > 0 ? "due_in" : "late_by", { time: lasting(Math.abs(seconds)) });
}

/** @param {Row} row */
export function dueTag(row) {
  const text = dueText(row);
  return text && h("span", { class: row.late ? "tag late" : "tag" }, text);
}
