// "Forget me": says what is kept on this device, asks where something would be lost, offers to erase
// the requests on the server too, and leaves nothing.
import * as P from "../panel/protocol.js";
import * as K from "./keys.js";
import * as N from "./nodes.js";
import { eraseRequest } from "./own-request.js";

export class ForgetScreen {
  #onServer = false;
  #isBusy = false;
  #isDone = false;
  /** How many the server did not erase. */
  #failed = 0;

  /** @param {import("./more.js").App} app */
  constructor(app) {
    this.app = app;
  }

  get isDone() {
    return this.#isDone;
  }

  open() {
    this.#onServer = this.#isBusy = this.#isDone = false;
    this.#failed = 0;
    this.app.show(K.HEADING);
  }

  /** @returns {import("./nodes.js").Branch[]} */
  draw() {
    const { t, mine, unsent } = this.app;
    if (this.#isDone) {
      return [
        N.region(N.HERO, [
          N.icon(N.ICON.check),
          N.make(P.STATUS, { key: N.keyOf(K.HEADING), label: t("forgotten") }),
        ]),
      ];
    }
    const kept = mine.list().length;
    const waiting = unsent().length;
    return [
      N.make(P.HEADING, { key: N.keyOf(K.HEADING), number: 2, label: t("forget") }),
      N.text(N.TEXT.body, t("forget_text")),
      waiting > 0 && N.make(P.ALERT, { label: t("forget_unsent", { n: waiting }) }),
      kept > 0 &&
        N.make(P.CHECK, {
          ...{ key: N.keyOf(K.ON_SERVER), label: t("forget_server", { n: kept }) },
          flags: this.#onServer ? P.SELECTED : 0,
        }),
      this.#failed > 0 && N.make(P.ALERT, { label: t("forget_failed", { n: this.#failed }) }),
    ].filter((branch) => branch !== false);
  }

  /** @returns {import("./nodes.js").Branch[]} the buttons below */
  footer() {
    const { t } = this.app;
    if (this.#isDone) return [N.button(N.BUTTON.plain, N.keyOf(K.BACK), t("to_questions"))];
    return [
      N.button(N.BUTTON.ghost, N.keyOf(K.BACK), t("cancel")),
      N.button(N.BUTTON.primary, N.keyOf(K.FORGET_NOW), t("forget_now"), {
        flags: this.#isBusy ? P.DISABLED : 0,
      }),
    ];
  }

  /** @param {number} action @param {string} value @returns {number} the action to focus, 0: none */
  event(action, value) {
    if (action === K.ON_SERVER) this.#onServer = value === "1";
    if (action === K.FORGET_NOW && !this.#isBusy) void this.#forget();
    return 0;
  }

  async #forget() {
    const { mine } = this.app;
    if (this.#onServer) {
      this.#isBusy = true;
      this.app.draw();
      const all = mine.list();
      const erased = await Promise.all(all.map(eraseRequest));
      this.#isBusy = false;
      all.forEach(({ id }, i) => erased[i] && mine.remove(id));
      this.#failed = erased.filter((each) => !each).length;
      // Without their tokens nobody could erase those any more.
      if (this.#failed > 0) return this.app.draw();
    }
    await this.app.forgetAll();
    this.#isDone = true;
    this.app.show(K.HEADING);
  }
}
