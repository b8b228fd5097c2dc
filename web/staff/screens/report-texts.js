// Figures and names of a report's rows as people read them.
import { spoken, t } from "../texts.js";

/** @typedef {import("./reports.js").Report} Report */
/** @typedef {import("./reports.js").Figure} Figure */

/** @param {string} day YYYY-MM-DD @param {"medium" | "short"} [style] */
export const dayText = (day, style = "medium") =>
  new Intl.DateTimeFormat(spoken(), { dateStyle: style, timeZone: "UTC" }).format(new Date(day));

/** @param {number} value @param {string} unit */
const unitText = (value, unit) =>
  new Intl.NumberFormat(spoken(), { style: "unit", unit, unitDisplay: "short" }).format(value);

/** "2 hr 15 min": the two largest units that fit. @param {number} seconds */
export function durationText(seconds) {
  const units = /** @type {const} */ ([
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ]);
  const at = Math.max(
    0,
    units.findIndex(([, size]) => seconds >= size),
  );
  if (seconds < 1) return unitText(0, "second");
  const [unit, size] = units[at];
  const rest = units[at + 1];
  const parts = [unitText(Math.floor(seconds / size), unit)];
  const more = rest ? Math.floor((seconds % size) / rest[1]) : 0;
  if (rest && more > 0) parts.push(unitText(more, rest[0]));
  return parts.join(" ");
}

/** @param {number | null} value @param {Figure} figure @param {string} currency */
export function figureText(value, figure, currency) {
  if (value === null) return "–";
  if (figure.unit === "seconds") return durationText(value);
  const style =
    figure.unit === "share"
      ? { style: "percent", maximumFractionDigits: 1 }
      : figure.unit === "money"
        ? { style: "currency", currency }
        : {};
  return new Intl.NumberFormat(spoken(), /** @type {Intl.NumberFormatOptions} */ (style)).format(
    value,
  );
}

/** A text of ours for a value that the server names, or that name. @param {string} name @param {string} value */
const ours = (name, value) => {
  const text = t(name);
  return text === name ? value : text;
};

/** What a row is about. @param {Report} report @param {string} by @param {string} value */
export function rowName(report, by, value) {
  const named = report.names[by]?.[value];
  if (named) return named;
  if (by === "person") return value ? t("somebody") : t("report_program");
  if (by === "mood" && !value) return t("report_no_mood");
  if (by === "category" && !value) return t("report_no_department");
  if (!value) return t("report_unknown");
  if (by === "day") return dayText(value);
  if (by === "language")
    return new Intl.DisplayNames([spoken()], { type: "language" }).of(value) ?? value;
  if (["channel", "kind", "mood", "tone"].includes(by)) return ours(`${by}_${value}`, value);
  return value;
}
