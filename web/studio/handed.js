// What those who answer have handed over: answers that are to become topics, visitors' comments that
// were approved. One press puts it into the draft; the server is told once the draft is saved.
import { fill, h } from "./dom.js";
import { withComment, withHandedTopic } from "./handed-edit.js";
import { button } from "./pieces.js";
import { t } from "./texts.js";

/** @typedef {import("./handed-edit.js").Handed} Handed */
/** @typedef {{draft: import("./draft.js").Draft, server: import("./server.js").Server,
 *   sync: import("./sync.js").Sync, check: import("./check.js").Check,
 *   label: (n: number) => void, select: (row: number, column?: string) => void,
 *   say: (text: string) => void, fail: (error: unknown) => void}} Studio */

/** The server is asked for what is new so often, ms. */
const LOOK_EVERY = 60_000;

export class HandedOver {
  /** @type {Handed[]} */
  #all = [];
  /** What is in the draft and not yet in the one that is saved: id and topic. @type {Map<string, string>} */
  #taken = new Map();

  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
    this.hint = h("p", { className: "hint", role: "status" });
    this.list = h("ul", { className: "gaps" });
    fill(box, this.hint, this.list);
    studio.sync.addEventListener("state", () => void this.#settle());
    setInterval(() => void this.load(), LOOK_EVERY);
  }

  async load() {
    try {
      const all = await this.studio.server.suggestions();
      this.#all = all.filter((/** @type {Handed} */ one) => !this.#taken.has(one.id));
      this.#draw();
    } catch (error) {
      this.studio.fail(error);
    }
  }

  #draw() {
    this.studio.label(this.#all.length);
    this.hint.textContent =
      this.#all.length === 0 ? t("handed_none") : t("handed_n", { n: this.#all.length });
    fill(this.list, ...this.#all.map((one) => this.#row(one)));
  }

  /** @param {Handed} one */
  #row(one) {
    const { draft } = this.studio;
    const topic = draft.records.find(({ id }) => id === one.topic)?.title || one.topic;
    const isComment = one.kind === "comment";
    const title = isComment ? t("handed_comment", { topic }) : one.title;
    const press = (/** @type {string} */ name, /** @type {() => void} */ onclick) =>
      button(t(name), onclick, { "aria-label": `${t(name)}: ${title}` });
    return h(
      "li",
      { className: "gap" },
      h(
        "div",
        { className: "head" },
        h("strong", { lang: one.language }, title),
        h(
          "span",
          { className: "hint" },
          [one.author, one.language, one.at.slice(0, 10)].filter(Boolean).join(" · "),
        ),
      ),
      h("p", { className: "handed", lang: one.language }, one.text),
      h(
        "div",
        { className: "actions" },
        press(isComment ? "handed_add" : "handed_make", () => this.#take(one)),
        press("handed_decline", () => void this.#decline(one)),
      ),
    );
  }

  /** @param {Handed} one */
  #take(one) {
    const { draft, check, select, say } = this.studio;
    const made =
      one.kind === "comment"
        ? withComment(draft.records, one)
        : withHandedTopic(draft.records, one, check.language);
    if (!made) return say(t("handed_no_topic", { topic: one.topic }));
    this.#taken.set(one.id, made.records[made.row].id);
    this.#all = this.#all.filter(({ id }) => id !== one.id);
    draft.setRecords(made.records);
    this.#draw();
    select(made.row, one.kind === "comment" ? undefined : "answer");
    say(t("handed_taken"));
  }

  /** @param {Handed} one */
  async #decline(one) {
    const { server, fail, say } = this.studio;
    try {
      await server.settle(one.id, "declined", "");
      this.#all = this.#all.filter(({ id }) => id !== one.id);
      this.#draw();
      say(t("handed_declined"));
    } catch (error) {
      fail(error);
    }
  }

  /** What is taken is said to be so when it cannot be lost any more. */
  async #settle() {
    const { server, sync } = this.studio;
    if (!sync.isSaved) return;
    for (const [id, topic] of this.#taken)
      try {
        await server.settle(id, "taken", topic);
        this.#taken.delete(id);
      } catch {
        return; // the next save says it again
      }
  }
}
