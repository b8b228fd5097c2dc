// Who answers when: the departments with their hours, their promise, and the people.
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { spoken, t, when } from "../texts.js";
import { readCategories } from "./feed.js";
import { dayText, durationText } from "./report-texts.js";

/** @typedef {import("../person.js").Colleague} Colleague */
/**
 * @typedef {object} Department
 * @property {string} category empty: everything else
 * @property {string} time_zone
 * @property {string[][]} hours by weekday, Monday first
 * @property {string[]} holidays
 * @property {number} answer_within_minutes
 * @property {boolean} open
 * @property {string} opens
 * @property {string[]} people
 * @property {{answered: number, median: number, p75: number} | null} measured
 */

/** A weekday's name. @param {number} day 0 is Monday */
const weekday = (day) =>
  new Intl.DateTimeFormat(spoken(), { weekday: "short", timeZone: "UTC" }).format(
    new Date(Date.UTC(2024, 0, 1 + day)),
  );

/** Days with the same hours in a row as one line. @param {string[][]} hours */
export function weekLines(hours) {
  /** @type {{first: number, last: number, text: string}[]} */
  const lines = [];
  hours.forEach((openings, day) => {
    const text = openings.join(", ").replace(/-/g, "–");
    const before = lines.at(-1);
    if (before && before.text === text) before.last = day;
    else lines.push({ first: day, last: day, text });
  });
  return lines.filter(({ text }) => text);
}

/** @param {{site: string}} options */
export function departmentsScreen({ site }) {
  const list = h("div", { class: "column-cards" });
  const problem = h("p", { class: "error", role: "alert" });
  const element = h(
    "main",
    { class: "column" },
    h("h1", { tabindex: -1 }, t("dept_title")),
    h("p", { class: "hint" }, t("dept_hint")),
    problem,
    list,
  );

  async function load() {
    const [departments, people, categories] = await Promise.all([
      call("GET", ofSite(site, "departments")),
      call("GET", ofSite(site, "people")),
      readCategories(site),
    ]);
    if (!departments.ok || !people.ok) {
      problem.textContent = t("problem_busy");
      return;
    }
    /** @type {Map<string, string>} */
    const names = new Map(people.json.map((/** @type {Colleague} */ one) => [one.id, one.name]));
    const titles = new Map(
      categories.map((/** @type {{id: string, title: string}} */ one) => [one.id, one.title]),
    );
    fill(
      list,
      departments.json.map((/** @type {Department} */ one) =>
        card(
          one,
          one.category ? (titles.get(one.category) ?? one.category) : t("dept_rest"),
          one.people.map((id) => names.get(id) ?? t("somebody")),
        ),
      ),
    );
  }

  /** @param {Department} d @param {string} title @param {string[]} people */
  function card(d, title, people) {
    const lines = weekLines(d.hours);
    const today = new Date().toISOString().slice(0, 10);
    const holidays = d.holidays.filter((day) => day >= today).slice(0, 5);
    /** @param {string} name @param {import("../dom.js").Child[]} value */
    const row = (name, ...value) => [h("dt", {}, name), h("dd", {}, ...value)];
    const state = d.open
      ? t("dept_open")
      : d.opens
        ? t("dept_closed_until", { time: when(d.opens) })
        : "";
    return h(
      "section",
      { class: "card" },
      h("h2", {}, title, h("span", { class: d.open ? "tag s-received" : "tag" }, state)),
      h(
        "dl",
        {},
        row(
          t("dept_hours"),
          ...(lines.length === 0
            ? [t("dept_always")]
            : lines.map(({ first, last, text }) =>
                h(
                  "div",
                  {},
                  `${weekday(first)}${last > first ? ` – ${weekday(last)}` : ""}: ${text}`,
                ),
              )),
          lines.length > 0 && h("div", { class: "hint" }, d.time_zone),
        ),
        holidays.length > 0 &&
          row(t("dept_holidays"), holidays.map((day) => dayText(day)).join(", ")),
        row(
          t("dept_promise"),
          t("dept_within", { time: durationText(d.answer_within_minutes * 60) }),
        ),
        row(
          t("dept_measured"),
          d.measured
            ? t("dept_measured_times", {
                n: d.measured.answered,
                median: durationText(d.measured.median),
                p75: durationText(d.measured.p75),
              })
            : t("dept_not_measured"),
        ),
        d.category !== "" && row(t("dept_people"), people.join(", ") || t("nobody")),
      ),
    );
  }

  void load();
  return { element };
}
