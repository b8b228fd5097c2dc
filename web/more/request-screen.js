// One request: what was written, what became of it, the staff's replies, and what its owner may do
// with it: copy its link, save all that is stored of it, erase it.
import * as P from "../panel/protocol.js";
import * as K from "./keys.js";
import { stateTag } from "./list-screen.js";
import * as N from "./nodes.js";
import { eraseRequest, exportRequest, readPatiently } from "./own-request.js";

/** @typedef {import("./own-request.js").OwnRequest} OwnRequest */
/** @typedef {import("./nodes.js").Branch} Branch */

export class RequestScreen {
  /** @type {import("./own-request.js").Access} */
  #access = { id: "", token: "" };
  /** @type {OwnRequest | "loading" | "gone" | "erased" | "unreachable"} */
  #shown = "loading";
  #isErasing = false;
  /** Name of the text that says what was done last. */
  #said = "";

  /** @param {import("./more.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {import("./own-request.js").Access | null} access null: a link that is none */
  async open(access) {
    this.#isErasing = false;
    this.#said = "";
    this.#shown = access ? "loading" : "gone";
    if (!access) return this.app.show(K.HEADING);
    this.#access = access;
    this.app.show(K.HEADING);
    const said = await readPatiently(access);
    if (this.#access !== access) return; // another was opened meanwhile
    this.#shown = said;
    if (typeof said === "object") this.app.mine.learn(said, true);
    if (said === "gone") this.app.mine.remove(access.id);
    this.app.changed();
    this.app.show(K.HEADING);
  }

  /** @returns {Branch[]} */
  draw() {
    const { t } = this.app;
    const shown = this.#shown;
    if (shown === "loading") {
      return [
        N.make(P.STATUS, { key: N.keyOf(K.HEADING), label: t("loading") }),
        N.make(P.PROGRESS, { label: t("loading") }),
      ];
    }
    if (typeof shown === "string") {
      const isDone = shown === "erased";
      const alert = { key: N.keyOf(K.HEADING), label: t(`request_${shown}`) };
      return [
        N.region(N.HERO, [
          N.icon(isDone ? N.ICON.check : shown === "gone" ? N.ICON.warning : N.ICON.offline),
          N.make(isDone ? P.STATUS : P.ALERT, alert),
          shown === "unreachable" && N.button(N.BUTTON.plain, N.keyOf(K.RETRY), t("try_again")),
        ]),
      ];
    }
    const { number, status, created, title, details, attachments, replies, promise } = shown;
    return [
      N.make(P.HEADING, {
        ...{ key: N.keyOf(K.HEADING), number: 2, label: t("request_title", { n: number }) },
      }),
      N.region(N.REGION.row, [stateTag(t, status), N.make(P.TIME, { value: created })]),
      N.region(N.REGION.stack, [
        title && N.text(N.TEXT.name, title),
        details && N.text(N.TEXT.body, details),
        attachments.length > 0 &&
          N.text(N.TEXT.hint, t("pictures_attached", { n: attachments.length })),
      ]),
      N.region(
        N.REGION.section,
        [
          N.make(P.HEADING, { number: 3, label: t("replies") }),
          replies.length === 0 && N.text(N.TEXT.hint, promise || t("no_reply")),
          ...replies.map(({ author, role, text, at }) =>
            N.region(N.REGION.card, [N.person(author, role, at), N.text(N.TEXT.body, text)]),
          ),
        ],
        { label: t("replies") },
      ),
      this.#isErasing ? this.#question() : this.#ways(),
      N.make(P.STATUS, { key: N.keyOf(K.STATUS), label: this.#said && t(this.#said) }),
    ];
  }

  #ways() {
    const { t } = this.app;
    return N.region(N.REGION.row, [
      N.button(N.BUTTON.ghost, N.keyOf(K.COPY), t("copy_link")),
      N.button(N.BUTTON.ghost, N.keyOf(K.SAVE), t("save_copy")),
      N.button(N.BUTTON.ghost, N.keyOf(K.ERASE), t("erase")),
    ]);
  }

  #question() {
    const { t } = this.app;
    return N.region(
      N.REGION.card,
      [
        N.text(N.TEXT.body, t("erase_question")),
        N.region(N.REGION.row, [
          N.button(N.BUTTON.primary, N.keyOf(K.ERASE_NOW), t("erase")),
          N.button(N.BUTTON.ghost, N.keyOf(K.KEEP), t("cancel")),
        ]),
      ],
      { label: t("erase") },
    );
  }

  /** @param {number} action @returns {number} the action to focus, 0: none */
  event(action) {
    this.#said = "";
    switch (action) {
      case K.COPY:
        void this.#copy();
        return 0;
      case K.SAVE:
        void this.#save();
        return 0;
      case K.ERASE:
        this.#isErasing = true;
        return K.ERASE_NOW;
      case K.KEEP:
        this.#isErasing = false;
        return K.ERASE;
      case K.ERASE_NOW:
        void this.#erase();
        return 0;
      case K.RETRY:
        void this.open(this.#access);
        return 0;
    }
    return 0;
  }

  /** @param {string} said */
  #say(said) {
    this.#said = said;
    this.app.draw();
  }

  async #copy() {
    const { id, token } = this.#access;
    await this.app.copy(`/sites/${encodeURIComponent(this.app.site)}/ask#request=${id}.${token}`);
    this.#say("link_copied");
  }

  async #save() {
    const blob = await exportRequest(this.#access);
    if (!blob || typeof this.#shown === "string") return this.#say("unreachable");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `request-${this.#shown.number}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000); // the download has its own hold then
    this.#say("copy_saved");
  }

  async #erase() {
    const access = this.#access;
    if (!(await eraseRequest(access))) return this.#say("unreachable");
    this.app.mine.remove(access.id);
    this.app.changed();
    this.#shown = "erased";
    this.app.show(K.HEADING);
  }
}
