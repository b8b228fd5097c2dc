// The draft on the server: saved as one types, joined with what others have saved meanwhile.
import { debounce } from "./dom.js";
import { merge, parseLines } from "./records.js";
import { Refused } from "./server.js";

const SAVE_AFTER_MS = 1_000;
const LOOK_EVERY_MS = 10_000;
/** Whose session is over, or whose access was taken away. */
const NOBODY = new Set([401, 403]);

/** @typedef {"saved" | "saving" | "waiting" | "failed" | "refused"} SaveState */

export class Sync extends EventTarget {
  version = 0;
  /** What the server has. @type {import("./draft.js").State} */
  #base = { records: [], settings: "" };
  /** @type {SaveState} */
  state = "saved";
  #busy = false;
  /** Whether something should have been saved while a look was on its way. */
  #missed = false;
  #save = debounce(SAVE_AFTER_MS, () => void this.save());

  /**
   * @param {import("./server.js").Server} server
   * @param {import("./draft.js").Draft} draft
   */
  constructor(server, draft) {
    super();
    this.server = server;
    this.draft = draft;
  }

  /** Takes over what the server has; false: there is no draft yet. */
  async start() {
    const found = await this.server.draft();
    if (found?.draft) this.#take(found.version, found.draft);
    this.draft.addEventListener("change", () => this.#changed());
    setInterval(() => void this.look(), LOOK_EVERY_MS);
    addEventListener("focus", () => void this.look());
    addEventListener("online", () => void this.save());
    return Boolean(found?.draft);
  }

  get isSaved() {
    return this.draft.state === this.#base;
  }

  #changed() {
    if (this.isSaved) return this.#tell("saved"); // undone before it was saved
    this.#tell("waiting");
    this.#save();
  }

  async save() {
    this.#missed = this.#busy && !this.isSaved;
    if (this.#busy || this.isSaved) return;
    this.#busy = true;
    this.#tell("saving");
    const state = this.draft.state;
    try {
      const body = { records: this.draft.lines, settings: state.settings };
      this.version = await this.server.saveDraft(this.version, body);
      this.#base = state;
      this.#tell("saved");
    } catch (error) {
      if (error instanceof Refused && error.type === "draft-changed") await this.#join();
      else this.#tell(error instanceof Refused && NOBODY.has(error.status) ? "refused" : "failed");
    } finally {
      this.#busy = false;
    }
    if (!this.isSaved) this.#save();
  }

  /** Whether somebody else has saved. */
  async look() {
    if (this.#busy || document.visibilityState === "hidden") return;
    this.#busy = true;
    try {
      await this.#join();
    } catch {
      // The next look, or the next save, says it.
    } finally {
      this.#busy = false;
    }
    if (this.#missed) this.#save();
  }

  async #join() {
    const found = await this.server.draft(this.version);
    if (!found?.draft) return;
    const theirs = parseLines(found.draft.records);
    const { records, settings } = this.draft.state;
    const mine = this.isSaved ? null : { records, settings };
    this.version = found.version;
    const base = this.#base;
    this.#base = { records: theirs, settings: found.draft.settings };
    if (!mine) {
      this.draft.replace(this.#base);
      this.#tell("saved");
      this.dispatchEvent(
        new CustomEvent("joined", { detail: { who: found.saved_by, conflicts: [] } }),
      );
      return;
    }
    const joined = merge(base.records, mine.records, theirs);
    const kept = mine.settings === base.settings ? found.draft.settings : mine.settings;
    this.draft.replace({ records: joined.records, settings: kept });
    this.dispatchEvent(
      new CustomEvent("joined", { detail: { who: found.saved_by, conflicts: joined.conflicts } }),
    );
  }

  /** @param {number} version @param {{records: string, settings: string}} draft */
  #take(version, { records, settings }) {
    this.version = version;
    this.#base = { records: parseLines(records), settings };
    this.draft.replace(this.#base);
  }

  /** @param {SaveState} state */
  #tell(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
