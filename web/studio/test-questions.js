// The tests' tab: the questions that are to find their topics, and whether they do.
import { fill, h } from "./dom.js";
import { pressable } from "./pieces.js";
import { t } from "./texts.js";

/** Shown at once, those that do not find their topic first. */
const MOST = 500;

/** @typedef {import("./check.js").TestQuestion} TestQuestion */
/** @typedef {{check: import("./check.js").Check, tabs: import("./tabs.js").Tabs,
 *   select: (row: number, column?: string) => void}} Studio */

export class TestQuestions {
  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
  }

  draw() {
    const { tests } = this.studio.check.last;
    const n = tests.length;
    const good = tests.filter(({ found }) => found).length;
    const shown = [...tests].sort((a, b) => Number(a.found) - Number(b.found)).slice(0, MOST);
    this.studio.tabs.label("tests", t("tab_tests", { n }));
    fill(
      this.box,
      h("p", { role: "status" }, n === 0 ? t("no_tests") : t("tests_found", { n, good })),
      h("ul", { className: "findings" }, ...shown.map((test) => this.#line(test))),
    );
  }

  /** @param {TestQuestion} test */
  #line({ question, language, topics, rank, row, found, first }) {
    const place = rank === 0 ? t("not_found") : t("place_of", { rank });
    const instead = found ? "" : `; ${t("first_is", { id: first[0] ?? "–" })}`;
    return pressable(
      found ? "good" : "error",
      () => this.studio.select(row - 1, "tests"),
      h("strong", {}, `${found ? "✓" : "✗"} ${question} `),
      h("span", {}, `${language} → ${topics.join(", ")}: ${place}${instead}`),
    );
  }
}
