// Undo and redo, by button and by key.
import { button } from "./pieces.js";
import { t } from "./texts.js";

export class Undo {
  /** @param {import("./draft.js").Draft} draft */
  constructor(draft) {
    this.draft = draft;
    this.undo = button(t("undo"), () => draft.undo(), { disabled: true });
    this.redo = button(t("redo"), () => draft.redo(), { disabled: true });
    this.controls = [this.undo, this.redo];
    addEventListener("keydown", (event) => this.#key(event));
  }

  show() {
    this.undo.disabled = !this.draft.canUndo;
    this.redo.disabled = !this.draft.canRedo;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) this.draft.redo();
    else this.draft.undo();
  }
}
