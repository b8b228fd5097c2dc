// What visitors asked in vain: groups of questions that mean the same, which of them the draft
// answers by now, and one press to make a phrasing or a topic of one.
import { lastDays, lastMonth } from "./days.js";
import { fill, h } from "./dom.js";
import { asTitle, withPhrasings, withTopic } from "./gap-edit.js";
import { GroupRow } from "./gap-row.js";
import { button, cancelButton, labelled, openDialog, pressable } from "./pieces.js";
import { t } from "./texts.js";

/** Groups that are shown at once, and topics that nothing leads to. */
const MOST_GROUPS = 50;
const MOST_IDLE = 200;

/** @typedef {{text: string, language: string, searched: number, written: number}} Question */
/** @typedef {{n: number, languages: import("./gap-edit.js").Spoken[], questions: number[]}} Group */
/** @typedef {{n: number, untold: number, questions: Question[], groups: Group[]}} Found */
/** @typedef {{n: number, found: number, sure: number, questions: number[], idle: string[],
 *   groups: {found: number, sure: number, topics: string[]}[]}} Replay questions: 0 not found, 2 for sure */
/** @typedef {{draft: import("./draft.js").Draft, server: import("./server.js").Server,
 *   service: import("./service.js").Service, dialog: HTMLDialogElement,
 *   check: import("./check.js").Check,
 *   select: (row: number, column?: string) => void, say: (text: string) => void,
 *   fail: (error: unknown) => void}} Studio */

/** @type {Record<string, () => {from: string, to: string}>} */
const PERIODS = {
  days_7: () => lastDays(7),
  days_30: () => lastDays(30),
  month: () => lastMonth(),
  days_90: () => lastDays(90),
};

export class Gaps {
  /** @type {Found | null} */
  #found = null;
  /** What is published answers so many of them; -1: nothing is published. */
  #today = -1;
  /** The rows in sight, by group. @type {GroupRow[]} */
  #rows = [];
  #shown = MOST_GROUPS;
  #asked = 0;

  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
    this.from = h("input", { type: "date", id: "gaps-from" });
    this.to = h("input", { type: "date", id: "gaps-to" });
    this.period = h(
      "select",
      { id: "gaps-period" },
      ...Object.keys(PERIODS).map((name) => h("option", { value: name }, t(`gaps_${name}`))),
      h("option", { value: "own" }, t("gaps_own")),
    );
    this.period.value = "days_30";
    this.sentence = h("p", { className: "sentence", role: "status" });
    this.hint = h("p", { className: "hint" });
    this.list = h("ol", { className: "gaps" });
    this.more = button(t("gaps_more"), () => this.#showMore());
    this.idle = h("details", { className: "idle", hidden: true });
    this.period.addEventListener("input", () => {
      if (this.period.value === "own") return this.from.focus();
      this.#choosePeriod();
      void this.load();
    });
    for (const day of [this.from, this.to])
      day.addEventListener("change", () => {
        this.period.value = "own";
        if (this.from.value && this.to.value) void this.load();
      });
    fill(
      box,
      h(
        "div",
        { className: "pair" },
        labelled(t("gaps_period"), this.period),
        labelled(t("gaps_from"), this.from),
        labelled(t("gaps_to"), this.to),
      ),
      this.sentence,
      this.hint,
      this.list,
      this.more,
      this.idle,
    );
    this.more.hidden = true;
    this.#choosePeriod();
    box.addEventListener("shown", () => void this.show());
  }

  #choosePeriod() {
    const { from, to } = PERIODS[this.period.value]();
    this.from.value = from;
    this.to.value = to;
  }

  #showMore() {
    const first = this.#shown;
    this.#shown += MOST_GROUPS;
    this.#drawList();
    this.#rows[first]?.focus();
    void this.replay();
  }

  get isShown() {
    return !this.box.hidden;
  }

  /** When it comes into sight: asks the server the first time, the draft every time. */
  async show() {
    if (this.#found) return this.replay();
    await this.load();
  }

  /** Asks the server for the period's questions. */
  async load() {
    const { server, service, fail } = this.studio;
    const asked = ++this.#asked;
    this.sentence.textContent = t("gaps_loading");
    try {
      const [answer, manifest] = await Promise.all([
        server.gaps(this.from.value, this.to.value),
        server.manifest(),
      ]);
      if (asked !== this.#asked) return;
      const { json } = await service.call({ call: "gaps" }, [answer]);
      this.#found = json;
      this.#today = manifest
        ? (await service.call({ call: "replay" }, [await server.snapshot(manifest.sha256)])).json
            .found
        : -1;
      this.#shown = MOST_GROUPS;
      this.#drawList();
      await this.replay();
    } catch (error) {
      this.sentence.textContent = "";
      fail(error);
    }
  }

  /** Asks the questions of the draft as it was checked last. */
  async replay() {
    const { service, check, fail } = this.studio;
    if (!this.#found || !this.isShown) return;
    if (this.#found.n === 0 || !check.last.built) {
      this.sentence.textContent = t(this.#found.n === 0 ? "gaps_none" : "gaps_not_built");
      this.#drawHint();
      return;
    }
    try {
      const { json } = await service.call({ call: "replay" });
      this.#drawReplay(json);
    } catch (error) {
      fail(error);
    }
  }

  #drawList() {
    const { questions, groups } = /** @type {Found} */ (this.#found);
    const shown = groups.slice(0, this.#shown);
    this.#rows = shown.map(
      (group, i) => this.#rows[i]?.of(group) ?? new GroupRow(group, questions, this),
    );
    fill(this.list, ...this.#rows.map(({ root }) => root));
    this.more.hidden = groups.length <= this.#shown;
    this.#drawHint();
  }

  #drawHint() {
    const untold = this.#found?.untold ?? 0;
    this.hint.textContent = untold > 0 ? t("gaps_untold", { n: untold }) : "";
    this.hint.hidden = untold === 0;
  }

  /** @param {Replay} replay */
  #drawReplay({ n, found, sure, questions, groups, idle }) {
    const today = this.#today < 0 ? "" : ` ${t("gaps_today", { n: this.#today })}`;
    const sentence = t("gaps_found", { n, found, sure }) + today;
    // What is the same is not said again.
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    this.#rows.forEach((row, i) => row.update(groups[i], questions));
    this.idle.hidden = idle.length === 0;
    fill(
      this.idle,
      h("summary", {}, t("gaps_idle", { n: idle.length })),
      h("p", { className: "hint" }, t("gaps_idle_hint")),
      h("ul", { className: "findings" }, ...idle.slice(0, MOST_IDLE).map((id) => this.#idle(id))),
    );
  }

  /** @param {string} id */
  #idle(id) {
    const open = () => this.studio.select(this.rowOf(id), "phrasings");
    return pressable("warning", open, this.titleOf(id));
  }

  /** @param {string} id */
  rowOf(id) {
    return this.studio.draft.records.findIndex((record) => record.id === id);
  }
  /**
   * A topic as a person knows it, in that language where it has it.
   * @param {string} id
   * @param {string} [language]
   */
  titleOf(id, language) {
    const { records } = this.studio.draft;
    const own = records.find((record) => record.id === id && record.lang === language);
    return (own ?? records[this.rowOf(id)])?.title || id;
  }

  /** @param {Group} group @param {string} id */
  makePhrasing({ languages }, id) {
    const { draft, say } = this.studio;
    const records = withPhrasings(draft.records, id, languages);
    const topic = this.titleOf(id, languages[0].language);
    if (!records) return say(t("gaps_there_already", { topic }));
    draft.setRecords(records);
    say(t("gaps_added", { topic }));
  }

  /** Lets another topic be searched for. @param {Group} group */
  chooseTopic(group) {
    const { dialog, service, check, fail } = this.studio;
    const { language, text } = group.languages[0];
    const found = h("ul", { className: "findings" });
    const said = h("p", { className: "hint", role: "status" });
    const field = h("input", { id: "gaps-search", type: "search", value: text });
    const search = async () => {
      const call = { call: "search", query: field.value, language };
      const { json } = await service.call(call);
      const { hits } = json;
      said.textContent = hits.length === 0 ? t("nothing_found") : "";
      fill(
        found,
        ...hits.map((/** @type {{id: string, title: string}} */ hit) => {
          const choose = () => {
            dialog.close();
            this.makePhrasing(group, hit.id);
          };
          return pressable(undefined, choose, `${hit.title} `, h("small", {}, hit.id));
        }),
      );
    };
    const searchNow = () => void (check.last.built && search().catch(fail));
    field.addEventListener("input", searchNow);
    openDialog(
      dialog,
      t("gaps_which", { text }),
      labelled(t("search"), field),
      said,
      found,
      cancelButton(dialog),
    );
    field.select();
    searchNow();
  }

  /** Asks for the title and the category of a new topic. @param {Group} group */
  newTopic(group) {
    const { dialog, draft, check, select } = this.studio;
    const { language: fallback } = check;
    const [{ language, text }] = group.languages;
    const title = h("input", {
      id: "gaps-title",
      lang: language,
      value: asTitle(text),
      required: true,
    });
    const category = h(
      "select",
      { id: "gaps-category" },
      ...[{ id: "" }, ...check.last.categories].map(({ id }) =>
        h("option", { value: id }, id || t("no_category")),
      ),
    );
    const make = (/** @type {Event} */ event) => {
      event.preventDefault();
      const chosen = { title: title.value.trim(), category: category.value };
      const records = withTopic(draft.records, group.languages, { ...chosen, fallback });
      dialog.close();
      draft.setRecords(records);
      select(records.length - 1, "answer");
    };
    openDialog(
      dialog,
      t("gaps_new_topic"),
      h(
        "form",
        { className: "topic", onsubmit: make },
        labelled(t("field_title"), title),
        labelled(t("field_category"), category),
        h("p", { className: "hint" }, t("gaps_new_hint")),
        h(
          "div",
          { className: "actions" },
          h("button", { className: "primary", type: "submit" }, t("add_topic")),
          cancelButton(dialog),
        ),
      ),
    );
    title.select();
  }
}
