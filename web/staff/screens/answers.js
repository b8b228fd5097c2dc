// What is published and fits, to be put into a reply; and a reply made into something published.
import { call } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { say } from "../say.js";
import { t } from "../texts.js";
import { makeUuid7 } from "../../more/uuid.js";

/** @typedef {import("./feed.js").Desk} Desk */
/** @typedef {{id: string, title: string, answer: string, url: string}} Topic */

/**
 * The topics that fit best. No text is prepared for whoever answers: these are what visitors read.
 * @param {string} base @param {(text: string) => void} insert
 */
export function answersPart(base, insert) {
  const list = h("ul", { class: "plain-list" });
  const element = h("details", { class: "aside", hidden: true }, h("summary", {}), list);
  return {
    element,
    async load() {
      const answer = await call("GET", `${base}/topics`);
      /** @type {Topic[]} */
      const topics = answer.ok ? answer.json : [];
      element.hidden = topics.length === 0;
      fill(
        /** @type {Element} */ (element.firstElementChild),
        t("answers_have", { n: topics.length }),
      );
      fill(
        list,
        topics.map((topic) =>
          h(
            "li",
            { class: "answer" },
            h("strong", {}, topic.title),
            h("p", { class: "text excerpt" }, topic.answer),
            h(
              "button",
              {
                type: "button",
                class: "plain",
                "aria-label": t("insert_of", { title: topic.title }),
                onclick: () => {
                  insert(topic.answer);
                  say(t("inserted"));
                },
              },
              t("insert"),
            ),
          ),
        ),
      );
    },
  };
}

/**
 * Shows what a topic made of the answer would be, without contacts and names, and hands it to the
 * marketers.
 * @param {Desk} desk @param {string} base
 * @param {{id: string, number: number}[]} askers who may be told when it is published
 * @param {(text: string) => Promise<void>} done
 */
export async function openTopicDialog(desk, base, askers, done) {
  const proposed = await call("GET", `${base}/topic`);
  if (!proposed.ok) return say(t("problem_internal"));
  const { language, category, title, phrasing, text, removed } = proposed.json;
  const id = makeUuid7();
  const parts = {
    title: field("title", t("topic_title"), { value: title, maxlength: 300, lang: language }),
    phrasing: field(
      "phrasing",
      t("topic_phrasing"),
      { value: phrasing, maxlength: 300, lang: language },
      { hint: t("topic_phrasing_hint") },
    ),
    text: field(
      "text",
      t("topic_text"),
      { maxlength: 8_000, rows: 8, lang: language },
      { lines: true },
    ),
    category: field(
      "category",
      t("category"),
      { value: category },
      { options: [["", t("no_category")], ...categoryOptions(desk)] },
    ),
  };
  parts.text.input.value = text;
  const boxes = askers.map((one) => h("input", { type: "checkbox", value: one.id, checked: true }));
  const dialog = h("dialog", { "aria-labelledby": "topic-heading" });
  const close = () => dialog.close();
  const tell =
    askers.length > 0 &&
    h(
      "fieldset",
      {},
      h("legend", {}, t("topic_tell")),
      askers.map((one, i) => h("label", { class: "choice" }, boxes[i], `№ ${one.number}`)),
    );
  const whole = form({
    parts: [parts.title, parts.phrasing, parts.text, parts.category, ...(tell ? [tell] : [])],
    submit: t("topic_send"),
    send: (values) =>
      call("POST", `${base}/topic`, {
        ...{ id, language, ...values },
        askers: boxes.filter((box) => box.checked).map((box) => box.value),
      }),
    done: async () => {
      close();
      await done(t("topic_sent"));
    },
  });
  fill(
    dialog,
    h("h2", { id: "topic-heading" }, t("make_topic")),
    h(
      "p",
      { class: "notice" },
      removed.length > 0 ? t("topic_removed", { words: removed.join(", ") }) : t("topic_look"),
    ),
    whole,
    h("button", { type: "button", class: "plain", onclick: close }, t("cancel")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Desk} desk */
const categoryOptions = (desk) =>
  desk.categories.map((one) => /** @type {[string, string]} */ ([one.id, one.title]));

/**
 * A visitor's comment below an answer: into the next snapshot, or not.
 * @param {string} base @param {{status: string, me_too: number}} r
 * @param {(text: string) => Promise<void>} done
 */
export function approvalPart(base, r, done) {
  /** @param {boolean} approved @param {string} name @param {string} style */
  const button = (approved, name, style) =>
    h(
      "button",
      {
        type: "button",
        class: style,
        onclick: async () => {
          const answer = await call("PUT", `${base}/approval`, { approved });
          await done(answer.ok ? t(`${name}_said`) : t("problem_internal"));
        },
      },
      t(name),
    );
  return [
    r.status === "waiting" && button(true, "approve", "primary"),
    r.status === "waiting" && button(false, "decline", "plain"),
    r.me_too > 0 && h("span", { class: "hint" }, t("me_too", { n: r.me_too })),
  ];
}
