// What the compiler says of the draft, and the snapshot that it makes of it.
import { dayOf } from "./days.js";

/** The files that a finding may name: a line of the draft, or the settings. */
export const DRAFT_FILE = "draft.jsonl";
export const SETTINGS_FILE = "site.json";

/** @typedef {{severity: string, rule: string, file: string, row: number, column: string,
 *   found: string, remedy: string}} Finding `row` counts from 1; 0: of the whole file */
/** @typedef {{question: string, language: string, topics: string[], rank: number, row: number,
 *   found: boolean, first: string[]}} TestQuestion `rank` 0: not found at all */
/** @typedef {{site: string, languages: string[], categories: {id: string}[], built: boolean,
 *   errors: boolean, findings: Finding[], tests: TestQuestion[]}} Checked docs/studio-protocol.md */

/** @param {Finding[]} findings */
export const countErrors = (findings) =>
  findings.filter(({ severity }) => severity === "error").length;

export class Check {
  /** What was said last. @type {Checked} */
  last;
  /** Of the draft as it was checked last; null where that has errors. @type {Uint8Array<ArrayBuffer> | null} */
  snapshot = null;

  /**
   * @param {import("./draft.js").Draft} draft
   * @param {import("./service.js").Service} service
   * @param {string} site what it is called until the settings have said it
   */
  constructor(draft, service, site) {
    this.draft = draft;
    this.service = service;
    this.last = {
      ...{ site, languages: [], categories: [], built: false, errors: false },
      ...{ findings: [], tests: [] },
    };
  }

  /** The language of what does not say its own. */
  get language() {
    return this.last.languages[0] ?? "uk";
  }

  async ask() {
    const blobs = [this.draft.lines, this.draft.settings];
    const call = { call: "check", today: dayOf(new Date()) };
    this.last = (await this.service.call(call, blobs)).json;
  }

  /** Fetches the snapshot of what was asked last. */
  async build() {
    if (!this.last.built) this.snapshot = null;
    else
      this.snapshot = /** @type {Uint8Array<ArrayBuffer>} */ (
        (await this.service.call({ call: "snapshot" })).bytes
      );
  }
}
