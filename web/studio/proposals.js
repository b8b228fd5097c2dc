// Phrasings that a language model proposes: a person ticks what is right, and where they came from
// is kept with the topic. Only the topic goes to the model (docs/studio.md).
import { fill, h } from "./dom.js";
import { listOf, listText } from "./records.js";
import { t } from "./texts.js";

/** Proposals asked for at once: what a person reads through without tiring. */
const WANTED = 8;

/** @typedef {import("./draft.js").Draft} Draft */

/**
 * @typedef {object} Proposer
 * @property {string} model what it is called
 * @property {(topic: {language: string, title: string, answer: string, phrasings: string[],
 *   wanted: number}) => Promise<string[]>} propose
 */

/** The list's texts, however they are written. @param {import("./records.js").Record_} record @param {string} name */
const list = (record, name) => listOf(listText(record, name), name);

/**
 * What a record is when its phrasings change: those that came from a model and are still there are
 * still the model's.
 * @param {import("./records.js").Record_} record
 * @param {string[]} phrasings
 * @param {string[]} [proposed] new ones
 */
export function phrasingFields(record, phrasings, proposed = []) {
  const kept = [...list(record, "proposed"), ...proposed].filter((one) => phrasings.includes(one));
  return { phrasings, proposed: [...new Set(kept)] };
}

/**
 * A button that asks, and what it was answered, to be ticked.
 * @param {Draft} draft
 * @param {() => number} find the record's row, which changes when others add theirs; -1: it is gone
 * @param {Proposer} proposer
 */
export function proposing(draft, find, proposer) {
  const said = h("p", { className: "hint", role: "status" });
  const failed = h("p", { className: "error", role: "alert" });
  const answer = h("div", {});
  const button = h("button", { type: "button", className: "plain" }, t("propose"));

  /** @param {string[]} proposals */
  const show = (proposals) => {
    const { id, lang } = draft.records[find()] ?? {};
    const boxes = proposals.map((text, i) =>
      h("input", { type: "checkbox", id: `p-${id}-${lang}-${i}`, value: text }),
    );
    const take = () => {
      const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
      const row = find();
      const record = draft.records[row];
      if (!record) return;
      const phrasings = [...new Set([...list(record, "phrasings"), ...ticked])];
      draft.setFields(row, phrasingFields(record, phrasings, ticked));
      fill(answer);
      said.textContent = t("proposals_taken", { n: ticked.length });
      button.focus();
    };
    fill(
      answer,
      h(
        "fieldset",
        { className: "proposals" },
        h("legend", {}, t("proposals")),
        ...boxes.map((box) =>
          h("p", { className: "check" }, box, h("label", { for: box.id, lang }, box.value)),
        ),
        h("button", { type: "button", className: "plain", onclick: take }, t("take_ticked")),
      ),
    );
    boxes[0].focus();
  };

  const ask = async () => {
    const record = draft.records[find()];
    if (!record) return;
    const { lang, title, answer: text } = record;
    button.disabled = true;
    failed.textContent = "";
    said.textContent = t("proposing", { model: proposer.model });
    try {
      const phrasings = list(record, "phrasings");
      const topic = { language: lang ?? "", title: title ?? "", answer: text ?? "", phrasings };
      const proposals = await proposer.propose({ ...topic, wanted: WANTED });
      said.textContent = proposals.length > 0 ? "" : t("no_proposals");
      if (proposals.length > 0) show(proposals);
    } catch (error) {
      said.textContent = "";
      failed.textContent = /** @type {Error} */ (error).message;
    } finally {
      button.disabled = false;
    }
  };
  button.addEventListener("click", () => void ask());
  return h("div", { className: "proposing" }, button, said, failed, answer);
}
