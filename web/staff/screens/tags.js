// The site's tree of tags: added, renamed, moved, merged, retired.
import { call, ofSite } from "../api.js";
import { combobox } from "../combobox.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { say } from "../say.js";
import { Tags, readTags, titleOf } from "../tags.js";
import { LANGUAGES, LANGUAGE_NAMES, t } from "../texts.js";

/** @typedef {import("../tags.js").Tag} Tag */

/** A name out of a title: what is not of it is left out. @param {string} title */
const nameOf = (title) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);

/** @param {{site: string}} options */
export function tagsScreen({ site }) {
  let tags = new Tags([]);
  /** The tags whose forms are open: they stay so when the tree is read again. @type {Set<string>} */
  const opened = new Set();
  const base = ofSite(site, "tags");
  const tree = h("div", { class: "tree" });
  const adding = h("div", {});
  const find = field("find", t("tags_find"), { type: "search", oninput: () => narrow() });
  const ready = h("div", {});
  const heading = h("h1", { tabindex: -1 }, t("tags"));
  const main = h(
    "main",
    { class: "column" },
    heading,
    h("details", { class: "card new-tag" }, h("summary", {}, t("tags_new")), adding),
    h("section", { class: "card" }, h("h2", {}, t("tags_tree")), ready, find.element, tree),
  );

  async function reload() {
    tags = await readTags(site);
    fill(
      ready,
      h("p", { class: "hint" }, t(tags.all.size === 0 ? "tags_none" : "tags_hint")),
      tags.all.size === 0 &&
        h(
          "div",
          { class: "actions" },
          h(
            "button",
            {
              type: "button",
              class: "primary",
              onclick: async () => {
                const answer = await call("POST", `${base}/ready-made`);
                await reload();
                say(t(answer.ok ? "saved" : "problem_internal"));
                heading.focus();
              },
            },
            t("tags_ready_made"),
          ),
        ),
    );
    fill(tree, branch(""));
    find.element.hidden = tags.all.size === 0;
    narrow();
    fill(adding, addForm());
  }

  /** Only what has all that is typed in its trail, and what is above it. */
  function narrow() {
    const words = find.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (tree.querySelectorAll("li"))) {
      const tag = tags.all.get(item.dataset.tag ?? "");
      const text = `${tags.trail(tag?.id ?? "")} ${tag?.path ?? ""}`.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      for (
        let up = item.hidden ? null : item.parentElement?.closest("li");
        up;
        up = up.parentElement?.closest("li")
      )
        up.hidden = false;
    }
  }

  /** @param {string} parent @returns {HTMLElement | ""} */
  function branch(parent) {
    const list = tags.below(parent);
    if (list.length === 0) return "";
    return h("ul", {}, list.map(item));
  }

  /** @param {Tag} tag */
  function item(tag) {
    const inside = h("div", {});
    const more = h(
      "details",
      {
        open: opened.has(tag.id),
        ontoggle: () => {
          if (more.open) opened.add(tag.id);
          else opened.delete(tag.id);
          if (more.open && !inside.firstChild) fill(inside, changeForm(tag), mergeForm(tag));
        },
      },
      h(
        "summary",
        {},
        h("span", { class: tag.retired ? "off" : "" }, titleOf(tag)),
        h("code", {}, tag.name),
        tag.requests > 0 && h("span", { class: "tag" }, t("tags_requests", { n: tag.requests })),
        tag.retired && h("span", { class: "tag" }, t("tags_retired")),
      ),
      inside,
    );
    return h("li", { "data-tag": tag.id }, more, branch(tag.id));
  }

  /** The fields of a tag, and what they send. @param {Tag | null} tag */
  function fieldsOf(tag) {
    const languages = [...new Set([...LANGUAGES, ...Object.keys(tag?.titles ?? {})])];
    const titles = languages.map((language) => {
      const name = /** @type {Record<string, string>} */ (LANGUAGE_NAMES)[language] ?? language;
      return field(`title_${language}`, t("tags_title", { language: name }), {
        value: tag?.titles[language] ?? "",
        lang: language,
        maxlength: 60,
      });
    });
    const name = field(
      "name",
      t("tags_name"),
      { value: tag?.name ?? "", maxlength: 40, autocapitalize: "none", spellcheck: "false" },
      { hint: t("tags_name_hint") },
    );
    // A new one is named after its English title, until it is given a name.
    const english = titles[languages.indexOf("en")].input;
    if (!tag) english.addEventListener("input", () => (name.input.value = nameOf(english.value)));
    const parent = combobox("parent", t("tags_parent"), {
      options: () => [
        { value: "", text: t("tags_top") },
        ...tags.options((one) => !tag || !tags.isBelow(one.id, tag.id)),
      ],
      value: tag?.parent ?? "",
    });
    const words = field(
      "words",
      t("tags_words"),
      { value: (tag?.words ?? []).join("\n"), rows: 3 },
      { lines: true, hint: t("tags_words_hint") },
    );
    return {
      parts: [...titles, name, parent, words],
      /** @param {Record<string, any>} values */
      body: (values) => ({
        parent: values.parent,
        name: values.name,
        titles: Object.fromEntries(
          languages
            .map((language) => [language, values[`title_${language}`]])
            .filter(([, title]) => title),
        ),
        words: String(values.words)
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      }),
      /** @param {import("../api.js").Answer} answer */
      failed(answer) {
        if (answer.problem === "tag-exists") name.fail(t("problem_tag_exists"));
        else if ("titles" in answer.errors) titles[0].fail(t("tags_title_missing"));
        else return false;
        (answer.problem === "tag-exists" ? name : titles[0]).input.focus();
        return true;
      },
    };
  }

  function addForm() {
    const { parts, body, failed } = fieldsOf(null);
    return form({
      label: t("tags_new"),
      parts,
      submit: t("tags_add"),
      send: (values) => call("POST", base, body(values)),
      failed,
      done: async () => {
        await reload();
        say(t("saved"));
        heading.focus();
      },
    });
  }

  /** @param {Tag} tag */
  function changeForm(tag) {
    const { parts, body, failed } = fieldsOf(tag);
    const retired = field("retired", t("tags_retire"), { type: "checkbox", checked: tag.retired });
    return form({
      label: t("tags_change", { title: titleOf(tag) }),
      parts: [
        ...(tag.joined ? [h("p", { class: "hint" }, t("tags_joined"))] : []),
        ...parts,
        retired,
      ],
      submit: t("save"),
      send: (values) =>
        call("PUT", `${base}/${tag.id}`, { ...body(values), retired: values.retired }),
      failed,
      done: async () => {
        opened.delete(tag.id);
        await reload();
        say(t("saved"));
        heading.focus();
      },
    });
  }

  /** @param {Tag} tag */
  function mergeForm(tag) {
    const into = combobox("into", t("tags_into"), {
      options: () => tags.options((one) => !tags.isBelow(one.id, tag.id) && !one.retired),
    });
    return h(
      "details",
      {},
      h("summary", {}, t("tags_merge")),
      form({
        label: t("tags_merge_of", { title: titleOf(tag) }),
        parts: [h("p", { class: "hint" }, t("tags_merge_hint")), into],
        submit: t("tags_merge"),
        send: (values) => call("POST", `${base}/${tag.id}/merge`, { into: values.into }),
        failed: (answer) => {
          if (answer.problem !== "tag-exists") return false;
          into.fail(t("tags_merge_clash"));
          return true;
        },
        done: async () => {
          opened.delete(tag.id);
          await reload();
          say(t("saved"));
          heading.focus();
        },
      }),
    );
  }

  void reload();
  return main;
}
