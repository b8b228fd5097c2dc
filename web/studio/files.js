// Files: one is brought in, to be added to the draft or to take its place; the draft is taken out as one.
import { h } from "./dom.js";
import { button, openDialog } from "./pieces.js";
import { addRecords, parseLines } from "./records.js";
import { t } from "./texts.js";

const READ = ".csv,.tsv,.xlsx,.json,.jsonl,.ndjson,.html,.htm";
const WRITTEN = ["xlsx", "csv", "jsonl"];
/** An address of what was taken out is good for so long. */
const ADDRESS_MS = 60_000;

/** @typedef {{draft: import("./draft.js").Draft, service: import("./service.js").Service,
 *   findings: import("./findings.js").Findings, tabs: import("./tabs.js").Tabs,
 *   dialog: HTMLDialogElement, site: string, say: (text: string) => void,
 *   fail: (error: unknown) => void, calm: () => void}} Studio */

export class Files {
  #file = h("input", { type: "file", id: "file", className: "vh", accept: READ });
  #takeOut = h(
    "select",
    { "aria-label": t("take_out") },
    h("option", { value: "" }, t("take_out")),
    ...WRITTEN.map((format) => h("option", { value: format }, format.toUpperCase())),
  );
  controls = [
    this.#file,
    h("label", { for: "file", className: "plain button" }, t("bring_in")),
    this.#takeOut,
  ];
  /** The draft has come out of a file and nobody has seen yet what is wrong with it. */
  isJustIn = false;

  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files ?? [];
      this.#file.value = "";
      if (file) void this.#bringIn(file);
    });
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.#bringIn(file);
    });
    this.#takeOut.addEventListener("change", () => {
      const format = /** @type {"csv" | "jsonl" | "xlsx"} */ (this.#takeOut.value);
      this.#takeOut.value = "";
      void this.#write(format).catch(studio.fail);
    });
  }

  /** @param {File} file */
  async #bringIn(file) {
    const { service, findings, tabs, fail, calm } = this.studio;
    calm();
    try {
      const answer = await service.read(file.name, new Uint8Array(await file.arrayBuffer()));
      const records = parseLines(new TextDecoder().decode(answer.bytes));
      findings.ofFile = answer.json.findings;
      if (records.length === 0) findings.draw();
      else if (!(await this.#takeOver(file.name, records))) return;
      if (findings.ofFile.length > 0 || records.length === 0) tabs.choose("messages");
    } catch (error) {
      fail(error);
    }
  }

  /**
   * Puts a file's records into the draft; false: they are not wanted.
   * @param {string} file
   * @param {import("./records.js").Record_[]} records
   */
  async #takeOver(file, records) {
    const { draft, say } = this.studio;
    const isAdded = await this.#askHow(file, records.length);
    if (isAdded === null) return false;
    draft.selected = -1;
    this.isJustIn = true;
    draft.setRecords(isAdded ? addRecords(draft.records, records) : records);
    say(t("brought_in", { n: records.length, file }));
    return true;
  }

  /**
   * Whether a file's records are added to the draft or take its place; null: neither.
   * @param {string} file
   * @param {number} n
   * @returns {Promise<boolean | null>}
   */
  #askHow(file, n) {
    const { draft, dialog } = this.studio;
    if (draft.records.length === 0) return Promise.resolve(false);
    return new Promise((done) => {
      const choice = (/** @type {string} */ name, /** @type {boolean | null} */ answer) =>
        button(t(name), () => {
          done(answer);
          dialog.close();
        });
      dialog.addEventListener("close", () => done(null), { once: true });
      openDialog(
        dialog,
        file,
        h("p", {}, t("file_what", { n })),
        h("p", { className: "hint" }, t("file_add_hint")),
        h(
          "div",
          { className: "actions" },
          ...[choice("file_replace", false), choice("file_add", true), choice("cancel", null)],
        ),
      );
    });
  }

  /** @param {"csv" | "jsonl" | "xlsx"} format */
  async #write(format) {
    const { draft, service, site } = this.studio;
    const bytes = await service.write(format, draft.lines);
    const address = URL.createObjectURL(new Blob([bytes]));
    h("a", { href: address, download: `${site}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), ADDRESS_MS);
  }
}
