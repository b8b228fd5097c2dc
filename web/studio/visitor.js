// The right column: the panel on the draft, as a visitor sees it, and why a query finds what it finds.
import { debounce, fill, h } from "./dom.js";
import { labelled } from "./pieces.js";
import { Preview } from "./preview.js";
import { t } from "./texts.js";

const SHOW_AFTER_MS = 400;
const EXPLAIN_AFTER_MS = 200;

/** @typedef {{id: string, title: string, language: string, score: number}} Hit */
/** @typedef {{draft: import("./draft.js").Draft, service: import("./service.js").Service,
 *   check: import("./check.js").Check, publishing: import("./publish.js").Publishing, site: string,
 *   more: string, fail: (error: unknown) => void}} Studio `more`: the address of the module that
 *   stands for the panel's later screens */

export class Visitor {
  #language = h("select", { id: "language" });
  #width = h(
    "select",
    { id: "width" },
    h("option", { value: "phone" }, t("phone")),
    h("option", { value: "desktop" }, t("desktop")),
  );
  #frame = h("iframe", { title: t("as_visitor") });
  #query = h("input", { type: "search", id: "query" });
  #why = h("div", { className: "why" });

  /** @param {HTMLElement} box @param {Studio} studio */
  constructor(box, studio) {
    this.studio = studio;
    this.#frame.dataset.width = "phone";
    fill(
      box,
      h("h2", {}, t("as_visitor")),
      h(
        "div",
        { className: "pair" },
        labelled(t("language"), this.#language),
        labelled(t("width"), this.#width),
      ),
      this.#frame,
      labelled(t("why_query"), this.#query),
      this.#why,
    );
    this.preview = new Preview(this.#frame, studio.site, studio.more);
    const explainSoon = debounce(EXPLAIN_AFTER_MS, () => void this.explain().catch(studio.fail));
    this.#language.addEventListener("input", () => void this.show());
    this.#width.addEventListener("input", () => (this.#frame.dataset.width = this.#width.value));
    this.#query.addEventListener("input", explainSoon);
  }

  /** @param {string[]} languages to choose from */
  offer(languages) {
    const now = this.#language.value;
    const option = (/** @type {string} */ tag) =>
      h("option", { value: tag, selected: tag === now }, tag);
    fill(this.#language, ...languages.map(option));
  }

  /** The panel on the draft as it was checked last, with the chosen topic open. */
  async show() {
    const { draft, check, publishing } = this.studio;
    if (!check.snapshot) return;
    const { site, languages } = check.last;
    const language = this.#language.value || languages[0] || "en";
    const topic = draft.chosen?.id ?? "";
    await this.preview.show(check.snapshot, site, language, publishing.version, topic);
  }

  showSoon = debounce(SHOW_AFTER_MS, () => void this.show().catch(this.studio.fail));

  /** What the query finds, and how the search came to it. */
  async explain() {
    const { check, service } = this.studio;
    const query = this.#query.value.trim();
    if (!query || !check.last.built) return fill(this.#why);
    const call = { call: "search", query, language: this.#language.value };
    const { json } = await service.call(call);
    const hit = (/** @type {Hit} */ { id, title, language, score }) =>
      h("li", {}, `${title} `, h("small", {}, `${id} · ${language} · ${score.toFixed(2)}`));
    fill(
      this.#why,
      h("ol", {}, ...json.hits.map(hit)),
      json.hits.length === 0 && h("p", { className: "hint" }, t("nothing_found")),
      h("pre", { tabIndex: 0, "aria-label": t("why") }, json.explain),
    );
  }
}
