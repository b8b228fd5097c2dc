// What differs between two versions of the FAQ, as a person reads it.
import { h } from "./dom.js";
import { t } from "./texts.js";

/** Topics shown at most. */
const MOST = 200;

/** @typedef {{added: string[], gone: string[], changed: {id: string, what: string[]}[], settings: string[]}} Diff */
/** @typedef {{question: string, before: number, after: number, worse: boolean}} Fate of a test question: its ranks, 0: not found */

/** @param {Diff} diff */
export function changes({ added, gone, changed, settings }) {
  const lines = [
    ...added.map((id) => ["+", id, ""]),
    ...gone.map((id) => ["−", id, ""]),
    ...changed.map(({ id, what }) => ["~", id, what.join(", ")]),
    ...(settings.length > 0 ? [["~", t("settings"), settings.join(", ")]] : []),
  ];
  if (lines.length === 0) return [h("p", { className: "hint" }, t("nothing_changed"))];
  return [
    h("p", {}, t("changes", { added: added.length, gone: gone.length, changed: changed.length })),
    h(
      "ul",
      { className: "diff", tabIndex: 0, "aria-label": t("what_changes") },
      ...lines
        .slice(0, MOST)
        .map(([sign, id, what]) =>
          h("li", {}, `${sign} ${id}`, what && h("small", {}, ` ${what}`)),
        ),
      lines.length > MOST && h("li", {}, t("and_more", { n: lines.length - MOST })),
    ),
  ];
}

/** @param {Fate[]} questions */
export function fates(questions) {
  const place = (/** @type {number} */ rank) => (rank === 0 ? t("not_found") : String(rank));
  return (
    questions.length > 0 &&
    h(
      "ul",
      { className: "diff", tabIndex: 0, "aria-label": t("questions") },
      ...questions.map(({ question, before, after, worse }) =>
        h(
          "li",
          { className: worse ? "error" : "good" },
          `${worse ? t("worse") : t("better")}: «${question}» ${place(before)} → ${place(after)}`,
        ),
      ),
    )
  );
}
