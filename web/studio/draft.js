// What is being edited, with undo, and which record is chosen. What shows it listens for "change".
import { parseLines, toLines } from "./records.js";

/** @typedef {import("./records.js").Record_} Record_ */
/** @typedef {{records: Record_[], settings: string}} State */

const MOST_UNDONE = 200;

export class Draft extends EventTarget {
  /** @type {State} never changed in place: an old one is undo's */
  state = { records: [], settings: "" };
  /** The chosen record's row; -1: none. */
  selected = -1;
  /** @type {State[]} */
  #past = [];
  /** @type {State[]} */
  #future = [];
  /** What the last change was of, so that typing is one step. */
  #last = "";

  get records() {
    return this.state.records;
  }
  get settings() {
    return this.state.settings;
  }
  /** The chosen record. @returns {Record_ | undefined} */
  get chosen() {
    return this.records[this.selected];
  }
  get lines() {
    return toLines(this.state.records);
  }
  get canUndo() {
    return this.#past.length > 0;
  }
  get canRedo() {
    return this.#future.length > 0;
  }

  /** @param {Record_[]} records @param {string} [what] changes of the same thing are undone together */
  setRecords(records, what) {
    this.#change({ records, settings: this.settings }, what);
  }

  /** @param {string} settings @param {string} [what] as in setRecords() */
  setSettings(settings, what) {
    this.#change({ records: this.records, settings }, what);
  }

  /** @param {State} state @param {string} [what] */
  #change(state, what = "") {
    if (!what || what !== this.#last) {
      this.#past.push(this.state);
      if (this.#past.length > MOST_UNDONE) this.#past.shift();
    }
    this.#last = what;
    this.#future = [];
    this.#show(state);
  }

  /** As it came from elsewhere: nothing to undo. @param {State} state */
  replace(state) {
    this.#last = "";
    this.#show(state);
  }

  /** @param {string} lines @param {string} settings */
  load(lines, settings) {
    this.replace({ records: parseLines(lines), settings });
  }

  /** @param {number} row @param {string} field @param {unknown} value undefined: without it */
  setField(row, field, value) {
    this.setFields(row, { [field]: value }, `${row} ${field}`);
  }

  /** @param {number} row @param {Record<string, unknown>} fields @param {string} [what] as in setRecords() */
  setFields(row, fields, what) {
    const record = { ...this.records[row], ...fields };
    for (const [field, value] of Object.entries(fields))
      if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
        delete record[field];
    const records = this.records.map((old, i) => (i === row ? record : old));
    this.setRecords(records, what);
  }

  undo() {
    const state = this.#past.pop();
    if (!state) return;
    this.#future.push(this.state);
    this.#last = "";
    this.#show(state);
  }

  redo() {
    const state = this.#future.pop();
    if (!state) return;
    this.#past.push(this.state);
    this.#last = "";
    this.#show(state);
  }

  /** @param {State} state */
  #show(state) {
    this.state = state;
    if (this.selected >= state.records.length) this.selected = -1;
    this.dispatchEvent(new Event("change"));
  }
}
