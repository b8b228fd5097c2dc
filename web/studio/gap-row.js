// A group of questions that mean the same, in the list of the gaps.
import { fill, h } from "./dom.js";
import { asTitle } from "./gap-edit.js";
import { button } from "./pieces.js";
import { t } from "./texts.js";

/** Questions that are shown at most. */
const MOST_QUESTIONS = 200;

/** Not found, found, found for sure. */
const STATES = [
  { name: "bad", sign: "✗", text: "gaps_is_not" },
  { name: "warn", sign: "?", text: "gaps_is_found" },
  { name: "good", sign: "✓", text: "gaps_is_sure" },
];

/** @typedef {import("./gaps.js").Gaps} Gaps */
/** @typedef {import("./gaps.js").Group} Group */
/** @typedef {import("./gaps.js").Question} Question */

/** One group in the list. What is in it changes in place, so that the focus stays. */
export class GroupRow {
  #nearest = "";

  /** @param {Group} group @param {Question[]} questions @param {Gaps} gaps */
  constructor(group, questions, gaps) {
    this.group = group;
    this.gaps = gaps;
    const [{ language, text }] = group.languages;
    this.mark = h("span", { className: "mark" });
    this.topics = h("span", { className: "actions" });
    this.other = button(t("gaps_other"), () => gaps.chooseTopic(group));
    /** Whether each is found, before its text. @type {[number, HTMLElement][]} */
    this.states = [];
    const shown = group.questions.slice(0, MOST_QUESTIONS);
    this.root = h(
      "li",
      { className: "gap" },
      h(
        "div",
        { className: "head" },
        h("strong", { lang: language }, asTitle(text)),
        this.mark,
        h(
          "span",
          { className: "hint" },
          [
            t("gaps_times", { n: group.n }),
            ...group.languages.map((one) => `${one.language || "?"} ${one.n}`),
          ].join(" · "),
        ),
      ),
      h(
        "div",
        { className: "actions" },
        h("span", { className: "hint" }, t("gaps_make")),
        this.topics,
        this.other,
        button(t("gaps_new"), () => gaps.newTopic(group)),
      ),
      h(
        "details",
        {},
        h("summary", {}, t("gaps_questions", { n: group.questions.length })),
        h(
          "ul",
          { className: "asked", tabIndex: 0, "aria-label": t("gaps_asked") },
          ...shown.map((q) => this.#question(q, questions[q])),
        ),
        shown.length < group.questions.length &&
          h(
            "p",
            { className: "hint" },
            t("and_more", { n: group.questions.length - shown.length }),
          ),
      ),
    );
  }

  /** Itself, when it shows that group. @param {Group} group */
  of(group) {
    return this.group === group ? this : undefined;
  }

  focus() {
    this.other.focus();
  }

  /** @param {number} q @param {Question} question */
  #question(q, { text, language, searched, written }) {
    const state = h("span", { className: "state" });
    this.states.push([q, state]);
    return h(
      "li",
      {},
      state,
      h("span", { lang: language }, text),
      h(
        "small",
        {},
        [
          language,
          searched > 0 && t("gaps_searched", { n: searched }),
          written > 0 && t("gaps_written", { n: written }),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    );
  }

  /** @param {{found: number, sure: number, topics: string[]}} replayed @param {number[]} states of all questions */
  update({ found, sure, topics }, states) {
    const { n } = this.group;
    this.mark.className = `mark ${STATES[sure === n ? 2 : found > 0 ? 1 : 0].name}`;
    this.mark.textContent = found === 0 ? t("gaps_nothing") : t("gaps_of", { n, found, sure });
    for (const [q, state] of this.states) {
      const { name, sign, text } = STATES[states[q]];
      state.className = `state ${name}`;
      fill(
        state,
        h("span", { "aria-hidden": "true" }, sign),
        h("span", { className: "vh" }, t(text)),
      );
    }
    const [{ language }] = this.group.languages;
    const titles = topics.map((id) => this.gaps.titleOf(id, language));
    const shape = titles.join("\n");
    if (shape === this.#nearest || this.topics.contains(document.activeElement)) return;
    this.#nearest = shape;
    fill(
      this.topics,
      ...topics.map((id, i) =>
        button(titles[i], () => this.gaps.makePhrasing(this.group, id), {
          "aria-label": t("gaps_make_of", { topic: titles[i] }),
        }),
      ),
    );
  }
}
