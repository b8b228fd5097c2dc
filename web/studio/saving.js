// What a person sees of the saving: whether all is saved, and where another one's change stands
// instead of theirs.
import { fill, h } from "./dom.js";
import { button } from "./pieces.js";
import { t } from "./texts.js";

/** @typedef {import("./records.js").Conflict} Conflict */
/** @typedef {{draft: import("./draft.js").Draft, sync: import("./sync.js").Sync,
 *   say: (text: string) => void}} Studio */

export class Saving {
  /** @param {HTMLElement} state @param {HTMLElement} conflicts @param {Studio} studio */
  constructor(state, conflicts, studio) {
    this.conflicts = conflicts;
    this.studio = studio;
    const { sync, say } = studio;
    sync.addEventListener("state", () => {
      state.textContent = t(`state_${sync.state}`);
      state.dataset.state = sync.state;
    });
    sync.addEventListener("joined", (event) => {
      const { who, conflicts } = /** @type {CustomEvent} */ (event).detail;
      say(t("joined", { who }));
      if (conflicts.length > 0) this.#show(conflicts);
    });
    addEventListener("beforeunload", (event) => {
      if (!sync.isSaved) event.preventDefault();
    });
  }

  /** @param {Conflict[]} conflicts */
  #show(conflicts) {
    this.conflicts.hidden = false;
    fill(
      this.conflicts,
      h("p", {}, t("conflicts", { n: conflicts.length })),
      h("ul", {}, ...conflicts.map((one) => this.#line(one))),
      button(t("keep_theirs"), () => this.#close()),
    );
  }

  /** @param {Conflict} conflict */
  #line(conflict) {
    const { id, lang, field, mine } = conflict;
    return h(
      "li",
      {},
      `${id} · ${lang} · ${field}: `,
      h("q", {}, String(mine ?? "")),
      " ",
      button(t("take_mine"), () => this.#takeMine(conflict)),
    );
  }

  /** @param {Conflict} conflict */
  #takeMine({ id, lang, field, mine }) {
    const { draft } = this.studio;
    const row = draft.records.findIndex((record) => record.id === id && record.lang === lang);
    if (row >= 0) draft.setField(row, field, mine);
    this.#close();
  }

  #close() {
    this.conflicts.hidden = true;
  }
}
