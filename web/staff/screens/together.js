// What several people do with one request: advice from another department, duplicates, those who ask
// the same.
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form, problemText } from "../form.js";
import { say } from "../say.js";
import { t } from "../texts.js";
import { makeUuid7 } from "../../more/uuid.js";

/** @typedef {import("./feed.js").Desk} Desk */
/** @typedef {import("./request.js").Whole} Whole */
/** @typedef {{id: string, number: number, title: string, name: string, assignee: string}} Same */

/** Where a department answers no subject of its own, the subject stands for it. @param {Desk} desk */
const departments = (desk) =>
  desk.categories.map(
    ({ id, title, department }) =>
      /** @type {[string, string]} */ ([id, department ? `${title} – ${department}` : title]),
  );

/** @param {Desk} desk @param {string} category */
const departmentOf = (desk, category) => {
  const known = desk.categories.find(({ id }) => id === category);
  return known?.department || known?.title || category;
};

/**
 * Asks another department: a question among colleagues, of which the visitor reads nothing.
 * @param {Desk} desk @param {string} base @param {(text: string) => Promise<void>} done
 */
export function consultPart(desk, base, done) {
  let id = makeUuid7();
  const whom = field("category", t("consult_whom"), {}, { options: departments(desk) });
  const text = field("text", t("consult_text"), { maxlength: 8_000, rows: 3 }, { lines: true });
  return h(
    "details",
    { class: "aside" },
    h("summary", {}, t("consult")),
    form({
      parts: [whom, text],
      submit: t("consult_send"),
      send: (values) => call("POST", `${base}/consultations`, { id, ...values }),
      done: async () => {
        id = makeUuid7();
        text.input.value = "";
        await done(t("consulted_said"));
      },
    }),
  );
}

/**
 * What is asked of other departments and not answered yet, each with a place for the advice. A part
 * that is being written in is kept as it is.
 * @param {HTMLElement} box @param {Desk} desk @param {string} base @param {Whole} r
 * @param {(text: string) => Promise<void>} done
 */
export function drawConsultations(box, desk, base, r, done) {
  // Whoever has asked waits for it, and does not give it.
  const open = r.consultations.filter((one) => !one.advice && one.asker !== desk.me.id);
  const kept = new Map(
    [...box.children].map((part) => [/** @type {HTMLElement} */ (part).dataset.key, part]),
  );
  const parts = open.map((one) => kept.get(one.id) ?? advicePart(desk, base, r, one, done));
  // Only when something is different: moving takes the focus away.
  if (parts.length !== box.children.length || parts.some((part, i) => part !== box.children[i]))
    fill(box, parts);
}

/**
 * @param {Desk} desk @param {string} base @param {Whole} r
 * @param {Whole["consultations"][number]} one
 * @param {(text: string) => Promise<void>} done
 */
function advicePart(desk, base, r, one, done) {
  const id = makeUuid7();
  const question = r.replies.find((reply) => reply.id === one.id)?.text ?? "";
  const text = field("text", t("advice"), { maxlength: 8_000, rows: 3 }, { lines: true });
  const part = h(
    "section",
    { class: "aside", "aria-label": t("consultation") },
    h(
      "p",
      { class: "hint" },
      t("asks", { name: desk.nameOf(one.asker), whom: departmentOf(desk, one.category) }),
    ),
    h("p", { class: "text" }, question),
    form({
      parts: [text],
      submit: t("advise_send"),
      send: (values) => call("POST", `${base}/consultations/${one.id}/advice`, { id, ...values }),
      done: () => done(t("advised_said", { name: desk.nameOf(one.asker) })),
    }),
  );
  part.dataset.key = one.id;
  return part;
}

/** What a note is, beside who wrote it: a question to a department, its advice, or a note. @param {Desk} desk @param {Whole} r @param {string} note */
export function noteName(desk, r, note) {
  const asked = r.consultations.find((one) => one.id === note);
  if (asked) return t("note_asks", { whom: departmentOf(desk, asked.category) });
  return t(r.consultations.some((one) => one.advice === note) ? "advice_name" : "note");
}

/**
 * Those who ask the same: answered together, or joined with this one.
 * @param {Desk} desk @param {string} base @param {string} id
 * @param {(text: string) => Promise<void>} done
 */
export function samePart(desk, base, id, done) {
  const list = h("ul", { class: "plain-list" });
  const element = h(
    "details",
    { class: "aside", hidden: true },
    h("summary", {}),
    h("p", { class: "hint" }, t("same_hint")),
    list,
  );
  /** @type {Same[]} */
  let same = [];

  /** @param {Same} one */
  function row(one) {
    const held = one.assignee && one.assignee !== desk.me.id;
    const box = h("input", { type: "checkbox", value: one.id, disabled: !!held });
    return h(
      "li",
      { class: "row" },
      h(
        "label",
        { class: "choice grow" },
        box,
        h(
          "span",
          {},
          `№ ${one.number} · ${one.title}`,
          h(
            "span",
            { class: "hint" },
            [one.name, held && t("in_hand", { name: desk.nameOf(one.assignee) })]
              .filter(Boolean)
              .map((text) => ` · ${text}`)
              .join(""),
          ),
        ),
      ),
      !held &&
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": t("join_of", { n: String(one.number) }),
            onclick: async () => {
              const answer = await call("PUT", ofSite(desk.site, `requests/${one.id}/merged`), {
                into: id,
              });
              await done(
                answer.ok ? t("joined_said", { n: String(one.number) }) : problemText(answer),
              );
            },
          },
          t("join"),
        ),
    );
  }

  return {
    element,
    async load() {
      const answer = await call("GET", `${base}/same`);
      same = answer.ok ? answer.json : [];
      element.hidden = same.length === 0;
      fill(/** @type {Element} */ (element.firstElementChild), t("same", { n: same.length }));
      fill(list, same.map(row));
    },
    /** All of them, for whoever is told when the answer is published. */
    get all() {
      return same;
    },
    /** Those that were chosen to get the reply too. */
    get chosen() {
      return [
        .../** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll("input:checked")),
      ].map((box) => box.value);
    },
    /** @param {string[]} ids @returns {string} their numbers */
    numbersOf: (ids) =>
      same
        .filter((one) => ids.includes(one.id))
        .map((one) => `№ ${one.number}`)
        .join(", "),
  };
}

/**
 * Where a request has gone, or what has come to it.
 * @param {Whole} r @param {string} base @param {(id: string) => string} address
 * @param {(text: string) => Promise<void>} done
 */
export function mergedPart(r, base, address, done) {
  /** @param {{id: string, number: number}} one */
  const link = (one) => h("a", { href: address(one.id) }, `№ ${one.number}`);
  if (r.merged_into)
    return h(
      "p",
      { class: "notice row" },
      h("span", { class: "grow" }, t("merged_into"), " ", link(r.merged_into)),
      h(
        "button",
        {
          type: "button",
          class: "plain",
          onclick: async () => {
            const answer = await call("PUT", `${base}/merged`, { into: "" });
            await done(answer.ok ? t("parted_said") : problemText(answer));
          },
        },
        t("part"),
      ),
    );
  return (
    r.merged.length > 0 &&
    h(
      "p",
      { class: "hint" },
      t("merged_here"),
      " ",
      r.merged.flatMap((one) => [link(one), " "]),
    )
  );
}

/**
 * A request whose number is known is the same as this one: this one is joined with it.
 * @param {Desk} desk @param {string} base @param {(text: string) => Promise<void>} done
 */
export function duplicatePart(desk, base, done) {
  const number = field("number", t("duplicate_of"), { inputmode: "numeric", size: 8 });
  return h(
    "details",
    { class: "aside" },
    h("summary", {}, t("duplicate")),
    form({
      parts: [number],
      submit: t("join"),
      send: async (values) => {
        const wanted = Number(String(values.number).replace(/[^0-9]/g, ""));
        const query = new URLSearchParams({ text: String(wanted) });
        const found = await call("GET", ofSite(desk.site, `requests?${query}`));
        const into = found.json?.requests.find(
          (/** @type {{number: number}} */ row) => row.number === wanted,
        );
        if (!into) return { ...found, ok: false, problem: "not-found", errors: { number: "" } };
        const answer = await call("PUT", `${base}/merged`, { into: into.id });
        // Joined itself, or gone: another one is meant.
        return answer.problem === "claimed" ? { ...answer, errors: { number: "" } } : answer;
      },
      done: () => done(t("joined_said", { n: String(number.value()) })),
    }),
  );
}

/** A switch of the person's own. @param {string} base @param {string} flag @param {boolean} isSet @param {() => Promise<void>} done */
export function flagButton(base, flag, isSet, done) {
  return h(
    "button",
    {
      type: "button",
      class: `plain flag ${flag}`,
      "aria-pressed": String(isSet),
      onclick: async () => {
        const answer = await call("PUT", `${base}/flags`, { flag, set: !isSet });
        await done();
        if (!answer.ok) say(problemText(answer));
      },
    },
    t(`flag_${flag}`),
  );
}
