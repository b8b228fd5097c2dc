// The page's layout: where each part has its place. The parts fill their boxes themselves.
import { h } from "./dom.js";
import { Tabs } from "./tabs.js";
import { t } from "./texts.js";

export class Page {
  #status = h("p", { className: "status", role: "status" });
  #alert = h("p", { className: "alert", role: "alert", hidden: true });

  // In the bar, and below it.
  saved = h("span", { className: "saved", role: "status" });
  tools = h("div", { className: "tools" });
  conflicts = h("div", { className: "alert", role: "alert", hidden: true });

  // The columns.
  topics = h("section", { className: "left", "aria-label": t("topics") });
  visitor = h("section", { className: "right", "aria-label": t("as_visitor") });

  // The tabs between them.
  topic = h("div", { className: "topic" });
  messages = h("div", {});
  tests = h("div", {});
  gaps = h("div", { className: "topic" });
  handed = h("div", { className: "topic" });
  settings = h("div", { className: "field" });
  history = h("div", {});
  tabs = new Tabs([
    ["topic", t("tab_topic"), this.topic],
    ["messages", t("tab_messages", { n: 0 }), this.messages],
    ["tests", t("tab_tests", { n: 0 }), this.tests],
    ["gaps", t("tab_gaps"), this.gaps],
    ["handed", t("tab_handed", { n: 0 }), this.handed],
    ["settings", t("settings"), this.settings],
    ["history", t("tab_history"), this.history],
  ]);

  /** For whatever is asked meanwhile. */
  dialog = h("dialog", { "aria-labelledby": "dialog-title" });

  /** @param {string} site @param {boolean} hasAccount who came by a key has none to go to */
  constructor(site, hasAccount) {
    this.root = h(
      "div",
      { className: "page" },
      h(
        "header",
        { className: "bar" },
        h("h1", {}, `${t("studio")} · ${site}`),
        this.saved,
        hasAccount && h("a", { href: "/staff", className: "account" }, t("account")),
        this.tools,
      ),
      this.#alert,
      this.conflicts,
      this.#status,
      h(
        "main",
        { className: "columns" },
        this.topics,
        h("section", { className: "middle", "aria-label": t("tab_topic") }, this.tabs.root),
        this.visitor,
      ),
      this.dialog,
    );
  }

  /** Says what has happened. */
  say = (/** @type {string} */ text) => {
    this.#status.textContent = text;
  };

  /** Says what went wrong. */
  fail = (/** @type {unknown} */ error) => {
    this.#alert.textContent = /** @type {Error} */ (error).message;
    this.#alert.hidden = false;
  };

  /** What went wrong is said no more. */
  calm = () => {
    this.#alert.hidden = true;
  };
}
