// Reports: one at a time, over a period that is chosen, beside as many days before it. The address's
// fragment names both, so that a link shows somebody else the same.
import { REPORTS } from "../addresses.js";
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { say } from "../say.js";
import { spoken, t } from "../texts.js";
import { chart } from "./report-chart.js";
import { daysOf } from "./report-days.js";
import { dayText, figureText, rowName } from "./report-texts.js";

const NAMES = ["found", "requests", "times", "themes", "gaps", "cost"];
const PERIODS = ["1", "7", "30", "quarter", "own"];
/** A report that takes longer is said to be on its way, ms. */
const SLOW = 300;

/** @typedef {{name: string, unit: "count" | "share" | "seconds" | "money"}} Figure */
/** @typedef {{of: string[], now: (number | null)[], before: (number | null)[]}} Row */
/** @typedef {{name: string, by: string[], figures: Figure[], rows: Row[]}} Table */
/**
 * @typedef {object} Report
 * @property {string} report
 * @property {string} from
 * @property {string} to
 * @property {{from: string, to: string}} before
 * @property {string} currency
 * @property {Record<string, Record<string, string>>} names
 * @property {Table[]} tables
 */

const parameters = () => new URLSearchParams(location.hash.split("?")[1] ?? "");

/** What the fragment asks for. */
function asked() {
  const own = parameters();
  const period = PERIODS.find((one) => one === own.get("period")) ?? "30";
  const report = NAMES.find((one) => one === own.get("report")) ?? "found";
  const days =
    period === "own" && own.get("from") && own.get("to")
      ? { from: own.get("from") ?? "", to: own.get("to") ?? "" }
      : daysOf(period === "own" ? "30" : period);
  return { report, period, ...days };
}

/** @param {Record<string, string>} more what is different */
function address(more) {
  const { report, period, from, to } = { ...asked(), ...more };
  const query = new URLSearchParams({ report, period });
  if (period === "own") {
    query.set("from", from);
    query.set("to", to);
  }
  return `${REPORTS}?${query}`;
}

/**
 * @param {object} options
 * @param {string} options.site
 * @param {string[]} options.rights
 */
export function reportsScreen({ site, rights }) {
  let closed = false;
  const heading = h("h1", { tabindex: -1 }, t("reports"));
  const tabs = h("nav", { class: "views", "aria-label": t("report_which") });
  const choice = h("form", {
    class: "period",
    "aria-label": t("report_period"),
    onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
  });
  const problem = h("p", { class: "error", role: "alert" });
  const body = h("div", { class: "report" });
  // The figures are many: what is read out is only that they are there.
  const status = h("p", { class: "vh", role: "status" });
  const byMail = h("div", { class: "no-print" });
  const element = h(
    "main",
    { class: "reports" },
    heading,
    tabs,
    choice,
    problem,
    status,
    body,
    byMail,
  );

  function drawChoice() {
    const { period, from, to } = asked();
    const which = field(
      "period",
      t("report_period"),
      { value: period },
      { options: PERIODS.map((one) => [one, t(`report_period_${one}`)]) },
    );
    which.input.addEventListener("change", () => {
      location.hash = address({ period: String(which.value()) });
    });
    const days = [
      field("from", t("from"), { type: "date", value: from }),
      field("to", t("to"), { type: "date", value: to }),
    ];
    for (const one of days)
      one.input.addEventListener("change", () => {
        const [first, last] = days.map((each) => String(each.value()));
        if (first && last) location.hash = address({ from: first, to: last });
      });
    fill(
      choice,
      which.element,
      period === "own" && days.map((one) => one.element),
      h("button", { type: "button", class: "plain", onclick: () => print() }, t("report_print")),
    );
  }

  async function load() {
    const { report, from, to } = asked();
    const query = new URLSearchParams({ from, to, lang: spoken() });
    const slow = setTimeout(() => fill(body, h("p", { class: "hint" }, t("loading"))), SLOW);
    const answer = await call("GET", ofSite(site, `reports/${report}?${query}`));
    clearTimeout(slow);
    const now = asked();
    if (closed || now.report !== report || now.from !== from || now.to !== to) return;
    problem.textContent = answer.ok
      ? ""
      : t(
          answer.problem === "bad-query"
            ? "report_bad_days"
            : answer.problem === "offline"
              ? "problem_offline"
              : "report_failed",
        );
    status.textContent = "";
    if (!answer.ok) return fill(body);
    /** @type {Report} */
    const whole = answer.json;
    const days = t("report_days", {
      days: `${dayText(whole.from)} – ${dayText(whole.to)}`,
      before: `${dayText(whole.before.from)} – ${dayText(whole.before.to)}`,
    });
    status.textContent = `${t(`report_${report}`)}: ${days}`;
    fill(
      body,
      h("p", { class: "hint" }, days),
      h("p", {}, t(`report_about_${report}`)),
      report === "gaps" &&
        rights.includes("publish") &&
        h("p", {}, h("a", { href: `/studio/${site}` }, t("report_to_studio"))),
      whole.tables.map((table) => tableCard(whole, table)),
      helpCard(whole),
    );
  }

  /** @param {Report} report @param {Table} table */
  function tableCard(report, table) {
    const { from, to } = report;
    const csv = new URLSearchParams({ from, to, lang: spoken(), format: "csv", table: table.name });
    const title = t(`report_table_${table.name}`);
    return h(
      "section",
      { class: "card" },
      h("h2", {}, title),
      table.rows.length === 0
        ? h("p", { class: "hint" }, t("report_nothing"))
        : [chart(report, table, title), figuresTable(report, table, title)],
      table.rows.length > 0 &&
        h(
          "p",
          { class: "no-print" },
          h(
            "a",
            {
              href: ofSite(site, `reports/${report.report}?${csv}`),
              download: true,
              "aria-label": t("report_csv_of", { name: title }),
            },
            t("report_csv"),
          ),
        ),
    );
  }

  /** @param {Report} report @param {Table} table @param {string} title */
  function figuresTable(report, table, title) {
    /** @param {number | null} value @param {number | null} before @param {Figure} figure */
    const cell = (value, before, figure) =>
      h(
        "td",
        {},
        figureText(value, figure, report.currency),
        table.by[0] !== "day" &&
          h(
            "span",
            { class: "hint" },
            h("span", { class: "vh" }, t("report_before", { value: "" })),
            figureText(before, figure, report.currency),
          ),
      );
    const keys = table.by.map((by) =>
      h("th", { scope: "col", class: "key" }, t(`report_by_${by}`)),
    );
    return h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            keys,
            table.figures.map((one) => h("th", { scope: "col" }, t(`report_fig_${one.name}`))),
          ),
        ),
        h(
          "tbody",
          {},
          table.rows.map((row) =>
            h(
              "tr",
              {},
              row.of.map((_, at) =>
                h("th", { scope: "row" }, rowName(report, table.by[at], row.of[at])),
              ),
              table.figures.map((figure, i) => cell(row.now[i], row.before[i], figure)),
            ),
          ),
        ),
      ),
    );
  }

  /** Every figure of the report with its formula. @param {Report} report */
  function helpCard(report) {
    const names = [...new Set(report.tables.flatMap(({ figures }) => figures.map((f) => f.name)))];
    return h(
      "section",
      { class: "card" },
      h("h2", {}, t("report_formulas")),
      h(
        "dl",
        { class: "formulas" },
        names
          .map((name) => [
            h("dt", {}, t(`report_fig_${name}`)),
            h("dd", {}, t(`report_help_${name}`)),
          ])
          .flat(),
      ),
      h(
        "p",
        { class: "hint" },
        report.tables.some(({ figures }) => figures.some((f) => f.unit === "seconds")) &&
          `${t("report_medians")} `,
        t("report_bars"),
      ),
    );
  }

  /** Which reports come by e-mail, where this server sends any. */
  async function drawMail() {
    const path = ofSite(site, "report-subscriptions");
    const answer = await call("GET", path);
    if (closed || !answer.json?.mail) return;
    fill(
      byMail,
      h(
        "section",
        { class: "card" },
        h("h2", {}, t("report_mail")),
        h("p", { class: "hint" }, t("report_mail_hint")),
        form({
          label: t("report_mail"),
          parts: ["day", "week", "month"].map((period) =>
            field(period, t(`report_mail_${period}`), {
              type: "checkbox",
              checked: answer.json[period],
            }),
          ),
          submit: t("save"),
          send: (values) => call("PUT", path, values),
          done: () => say(t("saved")),
        }),
      ),
    );
  }

  function follow() {
    const { report } = asked();
    fill(
      tabs,
      NAMES.map((name) =>
        h(
          "a",
          {
            href: address({ report: name }),
            "aria-current": name === report ? "page" : undefined,
          },
          t(`report_${name}`),
        ),
      ),
    );
    drawChoice();
    void load();
  }

  /** The focus stays where it was: on the choice that was changed, or on the tab. */
  function followKeeping() {
    const focused = /** @type {HTMLInputElement | null} */ (document.activeElement);
    const name = element.contains(focused) ? focused?.name : "";
    const onTab = tabs.contains(focused);
    follow();
    if (onTab) /** @type {HTMLElement | null} */ (tabs.querySelector("[aria-current]"))?.focus();
    else if (name)
      /** @type {HTMLElement | null} */ (choice.querySelector(`[name="${name}"]`))?.focus();
  }

  follow();
  void drawMail();
  return { element, follow: followKeeping, close: () => void (closed = true) };
}
