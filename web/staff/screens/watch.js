// The site's watch list: what is looked for in social channels and feeds, what rules it out, whose
// messages are left alone; and how the feeds do.
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { say } from "../say.js";
import { t } from "../texts.js";

/** As many lines, and letters of one, as the server takes: docs/http-api.md, "The watch list". */
const ROWS = { words: 6, minus_words: 3, ignored: 3 };

/**
 * @typedef {object} WatchList
 * @property {string[]} words
 * @property {string[]} minus_words
 * @property {string[]} ignored
 * @property {number} ignored_count
 * @property {{url: string, polled: boolean, problem: string}[]} feeds
 */

/** @param {{site: string}} options */
export function watchScreen({ site }) {
  const path = ofSite(site, "watch-list");
  const heading = h("h1", { tabindex: -1 }, t("watched"));
  const list = h("div", {}, t("loading"));
  const feeds = h("div", {});
  const main = h(
    "main",
    { class: "column" },
    heading,
    h("section", { class: "card" }, h("p", { class: "hint" }, t("watch_hint")), list),
    h("section", { class: "card" }, h("h2", {}, t("watch_feeds")), feeds),
  );

  /** @param {WatchList} now */
  function listForm(now) {
    const parts = /** @type {const} */ (["words", "minus_words", "ignored"]).map((name) =>
      field(
        name,
        t(`watch_${name}`),
        { value: now[name].join("\n"), rows: ROWS[name], spellcheck: "false" },
        { lines: true, hint: t(`watch_${name}_hint`) },
      ),
    );
    return form({
      label: t("watched"),
      parts,
      submit: t("save"),
      send: (values) =>
        call(
          "PUT",
          path,
          Object.fromEntries(
            parts.map(({ name }) => [
              name,
              String(values[name])
                .split("\n")
                .map((line) => line.trim())
                .filter(Boolean),
            ]),
          ),
        ),
      failed: (answer) => {
        const wrong = parts.filter(({ name }) => name in answer.errors);
        for (const one of wrong) one.fail(t("watch_wrong"));
        wrong[0]?.input.focus();
        return wrong.length > 0;
      },
      done: async () => {
        await reload();
        say(t("saved"));
        heading.focus();
      },
    });
  }

  async function reload() {
    const answer = await call("GET", path);
    if (!answer.ok) return fill(list, h("p", { class: "error" }, t("list_failed")));
    /** @type {WatchList} */
    const now = answer.json;
    fill(
      list,
      listForm(now),
      now.ignored_count > 0 &&
        h("p", { class: "hint" }, t("watch_left_out", { n: now.ignored_count })),
    );
    fill(
      feeds,
      now.feeds.length === 0
        ? h("p", { class: "hint" }, t("watch_no_feeds"))
        : h(
            "ul",
            { class: "plain-list" },
            now.feeds.map((feed) =>
              h(
                "li",
                {},
                h(
                  "span",
                  { class: "grow" },
                  feed.url,
                  h(
                    "span",
                    { class: feed.problem ? "error" : "hint" },
                    ` · ${feed.problem ? t("watch_feed_failed") : t(feed.polled ? "watch_feed_read" : "watch_feed_waits")}`,
                  ),
                  feed.problem && h("code", { class: "hint" }, ` ${feed.problem}`),
                ),
              ),
            ),
          ),
    );
  }

  void reload();
  return main;
}
