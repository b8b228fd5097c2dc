// A request's tags and its tone, in its pane: what is set, what is proposed, and what else there is.
import { call } from "../api.js";
import { combobox } from "../combobox.js";
import { fill, h } from "../dom.js";
import { field, problemText } from "../form.js";
import { say } from "../say.js";
import { t } from "../texts.js";

export const TONES = ["positive", "neutral", "negative"];

/** @typedef {import("./feed.js").Desk} Desk */
/** @typedef {{tags: {tag: string, person: string}[], tone: string, tone_by: string, watched: string[]}} Tagged */

/**
 * @param {Desk} desk
 * @param {string} base the request's address
 * @param {() => Promise<void>} reload
 * @param {HTMLElement} subject what stands before the tags: the request's subject
 */
export function tagPart(desk, base, reload, subject) {
  /** @type {Tagged | null} */
  let request = null;
  /** @type {string[]} */
  let proposed = [];
  let asked = false;
  const chips = h("ul", { class: "chips", "aria-label": t("tags") });
  const proposals = h("div", { class: "chips proposed", role: "group" });
  const watched = h("p", { class: "hint" });
  const tone = h("div", {});
  const pick = combobox("tag", t("tags_add_one"), {
    options: () =>
      desk.tags.options((tag) => !tag.retired && !request?.tags.some((one) => one.tag === tag.id)),
    placeholder: t("tags_type"),
    forgets: true,
    chosen: (id) => void set(id, true),
  });
  const element = h(
    "section",
    { class: "tagging", "aria-label": t("tags_and_tone") },
    watched,
    h("div", { class: "actions" }, subject, tone, pick.element),
    chips,
    proposals,
  );

  /** @param {string} id @param {boolean} on */
  async function set(id, on) {
    const answer = await call(on ? "PUT" : "DELETE", `${base}/tags/${id}`);
    const title = desk.tags.title(id);
    say(answer.ok ? t(on ? "tags_set" : "tags_taken", { title }) : problemText(answer));
    await reload();
    // What was pressed has gone: the field stays.
    if (!element.contains(document.activeElement)) pick.input.focus();
  }

  async function propose() {
    asked = true;
    const answer = await call("GET", `${base}/tag-proposals`);
    proposed = (answer.json ?? []).map((/** @type {{tag: string}} */ one) => one.tag);
    if (request) draw(request);
  }

  /** @param {Tagged} r */
  function drawTone(r) {
    const guessed = r.tone_by === "guess" || !r.tone;
    const choice = field(
      "tone",
      t("tone"),
      {
        value: guessed ? "" : r.tone,
        onchange: async (/** @type {Event} */ event) => {
          const value = /** @type {HTMLSelectElement} */ (event.target).value;
          if (!value) return;
          const answer = await call("PUT", `${base}/tone`, { tone: value });
          say(answer.ok ? t("saved") : problemText(answer));
          await reload();
          /** @type {HTMLElement | null} */ (tone.querySelector("select"))?.focus();
        },
      },
      {
        options: [
          ...(guessed
            ? [
                /** @type {[string, string]} */ ([
                  "",
                  r.tone ? t("tone_guess", { tone: t(`tone_${r.tone}`) }) : t("tone_unknown"),
                ]),
              ]
            : []),
          ...TONES.map((one) => /** @type {[string, string]} */ ([one, t(`tone_${one}`)])),
        ],
      },
    );
    fill(tone, choice.element);
  }

  /** @param {Tagged} r */
  function draw(r) {
    request = r;
    if (!asked) void propose();
    fill(
      chips,
      r.tags.map(({ tag }) =>
        h(
          "li",
          { class: "chip", title: desk.tags.trail(tag) },
          h("span", {}, desk.tags.title(tag)),
          h(
            "button",
            {
              type: "button",
              "aria-label": t("tags_remove", { title: desk.tags.trail(tag) }),
              onclick: () => void set(tag, false),
            },
            h("span", { "aria-hidden": "true" }, "×"),
          ),
        ),
      ),
    );
    chips.hidden = r.tags.length === 0;
    const open = proposed.filter(
      (id) => desk.tags.all.has(id) && !r.tags.some((one) => one.tag === id),
    );
    const label = h("span", { class: "hint" }, t("tags_proposed"));
    fill(
      proposals,
      label,
      open.map((id) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            title: desk.tags.trail(id),
            onclick: () => void set(id, true),
          },
          h("span", { "aria-hidden": "true" }, "+ "),
          desk.tags.title(id),
        ),
      ),
    );
    proposals.setAttribute("aria-label", t("tags_proposed"));
    proposals.hidden = open.length === 0;
    pick.element.hidden = desk.tags.all.size === 0;
    drawTone(r);
    watched.hidden = r.watched.length === 0;
    watched.textContent = t("watched_words", { words: r.watched.join(", ") });
  }

  return { element, draw };
}

/** What a row of the list says of tags, tone and the watch list. @param {Desk} desk @param {Tagged & {mood: string}} row */
export function tagMarks(desk, row) {
  return [
    ...row.tags
      .slice(0, 4)
      .map((/** @type {any} */ id) =>
        h("span", { class: "tag of-site", title: desk.tags.trail(id) }, desk.tags.title(id)),
      ),
    row.tags.length > 4 && h("span", { class: "tag" }, `+${row.tags.length - 4}`),
    row.tone &&
      row.tone_by !== "visitor" &&
      (row.tone !== "neutral" || row.tone_by === "staff") &&
      h(
        "span",
        { class: `tag tone-${row.tone}` },
        row.tone_by === "guess"
          ? t("tone_guess", { tone: t(`tone_${row.tone}`) })
          : t(`tone_${row.tone}`),
      ),
    row.watched.length > 0 &&
      h("span", { class: "tag open" }, t("watched_words", { words: row.watched.join(", ") })),
  ];
}
