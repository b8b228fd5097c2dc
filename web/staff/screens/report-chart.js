// Charts of a report: figures at a glance, bars, and columns by day. Each stands before a table that
// says the same; for who cannot see it, it is one picture with a name.
import { h } from "../dom.js";
import { t } from "../texts.js";
import { dayText, figureText, rowName } from "./report-texts.js";

const SVG = "http://www.w3.org/2000/svg";
/** Bars of a chart: more are only in the table. */
const MOST_BARS = 12;

/** @typedef {import("./reports.js").Report} Report */
/** @typedef {import("./reports.js").Table} Table */
/** @typedef {import("./reports.js").Row} Row */

/** What is drawn of a report's tables. @type {Record<string, string[]>} */
const FIGURES = {
  found: ["found_alone", "wrote_anyway", "found_nothing", "helped_share", "requests", "searches"],
  requests: ["requests"],
  times: ["response_median", "response_p90", "in_time_share", "resolution_median"],
  themes: ["requests"],
  gaps: ["zero", "found_nothing", "requests"],
  cost: ["saved", "cost_each", "answers", "alone"],
};
/** Where that is another one than the first of the above. @type {Record<string, string>} */
const OF_TABLE = { "found/topics": "opened", "found/days": "helped" };

/** @param {string} tag @param {Record<string, string | number>} attributes @param {Element[]} children */
function svg(tag, attributes, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A length without a unit, stretched to where it stands. @param {[number, string][]} parts share and class */
function bar(parts) {
  let x = 0;
  const drawn = parts.map(([share, name]) => {
    const rect = svg("rect", { x, y: 0, width: share * 100, height: 10, class: name });
    x += share * 100;
    return rect;
  });
  return svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", class: "gauge" }, drawn);
}

/** @param {Report} report @param {Table} table @param {string} title */
export function chart(report, table, title) {
  const figures = FIGURES[report.report] ?? [];
  if (table.by.length === 0) return tiles(report, table, figures);
  const figure = OF_TABLE[`${report.report}/${table.name}`] ?? figures[0];
  const at = table.figures.findIndex(({ name }) => name === figure);
  if (at < 0) return "";
  const label = t("report_chart", { name: title, figure: t(`report_fig_${figure}`) });
  const content =
    table.by[0] === "day"
      ? columns(report, table, at)
      : table.by.length === 2
        ? stacks(report, table, at)
        : bars(report, table, at);
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", { class: "hint" }, t(`report_fig_${figure}`)),
    h("div", { role: "img", "aria-label": label }, content),
  );
}

/** The totals. @param {Report} report @param {Table} table @param {string[]} figures */
function tiles(report, table, figures) {
  const [row] = table.rows;
  return h(
    "dl",
    { class: "tiles" },
    figures.map((name) => {
      const at = table.figures.findIndex((one) => one.name === name);
      /** @param {number | null} value */
      const text = (value) => figureText(value, table.figures[at], report.currency);
      return h(
        "div",
        {},
        h("dt", {}, t(`report_fig_${name}`)),
        h("dd", {}, h("strong", {}, text(row.now[at]))),
        h("dd", { class: "hint" }, t("report_before", { value: text(row.before[at]) })),
      );
    }),
  );
}

/** @param {Row[]} rows @param {number} at */
const largest = (rows, at) =>
  Math.max(...rows.flatMap((row) => [row.now[at] ?? 0, row.before[at] ?? 0]), Number.MIN_VALUE);

/** @param {string} name @param {Element} drawn @param {string} value */
const line = (name, drawn, value) =>
  h("div", { class: "line" }, h("span", {}, name), drawn, h("span", { class: "value" }, value));

/** Now, and thinner below it the period before. @param {Report} report @param {Table} table @param {number} at */
function bars(report, table, at) {
  const rows = [...table.rows]
    .sort((a, b) => (b.now[at] ?? -1) - (a.now[at] ?? -1))
    .slice(0, MOST_BARS);
  const most = largest(rows, at);
  return rows.map((row) =>
    line(
      rowName(report, table.by[0], row.of[0]),
      h(
        "span",
        { class: "pair" },
        bar([[(row.now[at] ?? 0) / most, "now"]]),
        bar([[(row.before[at] ?? 0) / most, "before"]]),
      ),
      figureText(row.now[at], table.figures[at], report.currency),
    ),
  );
}

/** What a second key can be, in the order of the chart. */
const PARTS = {
  mood: ["upset", "indifferent", "happy", ""],
  tone: ["negative", "neutral", "positive"],
};

/** What the second key makes of the first. @param {Report} report @param {Table} table @param {number} at */
function stacks(report, table, at) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of table.rows) groups.set(row.of[0], [...(groups.get(row.of[0]) ?? []), row]);
  /** @param {Row[]} rows */
  const sum = (rows) => rows.reduce((n, row) => n + (row.now[at] ?? 0), 0);
  const most = Math.max(...[...groups.values()].map(sum), 1);
  const parts = PARTS[/** @type {"mood"} */ (table.by[1])];
  return [
    h(
      "p",
      { class: "legend hint" },
      parts.map((part) =>
        h("span", {}, bar([[1, `part-${part || "none"}`]]), rowName(report, table.by[1], part)),
      ),
    ),
    ...largestOf(groups, sum).map(([key, rows]) =>
      line(
        rowName(report, table.by[0], key),
        bar(
          parts.map((part) => [
            (rows.find((row) => row.of[1] === part)?.now[at] ?? 0) / most,
            `part-${part || "none"}`,
          ]),
        ),
        figureText(sum(rows), table.figures[at], report.currency),
      ),
    ),
  ];
}

/**
 * Those with the most, the most first.
 * @param {Map<string, Row[]>} groups @param {(rows: Row[]) => number} sum
 */
const largestOf = (groups, sum) =>
  [...groups].sort(([, a], [, b]) => sum(b) - sum(a)).slice(0, MOST_BARS);

/** One a day, days without anything among them. @param {Report} report @param {Table} table @param {number} at */
function columns(report, table, at) {
  const values = new Map(table.rows.map((row) => [row.of[0], row.now[at] ?? 0]));
  /** @type {string[]} */
  const days = [];
  for (let time = Date.parse(report.from); time <= Date.parse(report.to); time += 86_400_000)
    days.push(new Date(time).toISOString().slice(0, 10));
  const most = Math.max(...values.values(), 1);
  const drawn = days.map((day, i) => {
    const height = ((values.get(day) ?? 0) / most) * 100;
    const tip = svg("title", {});
    tip.textContent = `${dayText(day)}: ${figureText(values.get(day) ?? 0, table.figures[at], report.currency)}`;
    const place = { x: i + 0.1, y: 100 - height, width: 0.8, height, class: "now" };
    return svg("rect", place, [tip]);
  });
  return [
    h("div", { class: "hint" }, figureText(most, table.figures[at], report.currency)),
    svg(
      "svg",
      { viewBox: `0 0 ${days.length} 100`, preserveAspectRatio: "none", class: "columns" },
      drawn,
    ),
    h(
      "div",
      { class: "ends hint" },
      h("span", {}, dayText(report.from)),
      h("span", {}, dayText(report.to)),
    ),
  ];
}
