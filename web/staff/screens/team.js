// Who is at the site and what they may do; invitations; who has done what.
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { avatar } from "../person.js";
import { keysPart } from "./keys.js";
import { say } from "../say.js";
import { Tags, readTags } from "../tags.js";
import { spoken, t, when } from "../texts.js";

/** @typedef {import("../person.js").Colleague} Colleague */
/** @typedef {{id: string, at: string, actor: string, action: string, subject: string, address: string}} Act */
const ROLES = ["staff", "lead", "marketer", "administrator"];
/** As many acts as the server gives at once: docs/http-api.md, "People". */
const MOST_ACTS = 200;
/** What stands at the end of an act's subject: a role and whether it is taken away, or a key's scope. */
const GIVEN = /^(.*) (?:(staff|lead|marketer|administrator)( inactive)?|(read|answer))$/;

/** @returns {[string, string][]} */
const roleOptions = () => ROLES.map((role) => [role, t(`role_${role}`)]);

/**
 * @param {object} options
 * @param {string} options.site
 * @param {string} options.me the person's own id
 * @param {{id: string, title: string}[]} options.categories of the site
 */
export function teamScreen({ site, me, categories }) {
  const people = h("ul", { class: "people" });
  const invitations = h("div", {});
  const acts = h("tbody", {});
  const more = h(
    "button",
    { type: "button", class: "plain", hidden: true, onclick: () => void readActs(true) },
    t("show_more"),
  );
  const main = h(
    "main",
    { class: "column" },
    h("h1", { tabindex: -1 }, t("team")),
    h("section", { class: "card" }, h("h2", {}, t("people")), people),
    h("section", { class: "card" }, h("h2", {}, t("invite")), invitePart(), invitations),
    keysPart(site, () => void reload()),
    h("section", { class: "card" }, h("h2", {}, t("audit")), auditTable(), h("div", {}, more)),
  );
  /** @type {Colleague[]} */
  let known = [];
  let tags = new Tags([]);
  /** The oldest act that is shown. */
  let oldest = "";

  async function reload() {
    const [team, waiting, tree] = await Promise.all([
      call("GET", ofSite(site, "people")),
      call("GET", ofSite(site, "invitations")),
      readTags(site),
    ]);
    tags = tree;
    if (team.ok) {
      known = team.json;
      fill(people, known.map(personRow));
    }
    if (waiting.ok) fill(invitations, waitingList(waiting.json));
    await readActs();
  }

  /** @param {boolean} [further] those before the ones that are shown */
  async function readActs(further = false) {
    const before = further ? `?before=${oldest}` : "";
    const answer = await call("GET", ofSite(site, `audit${before}`));
    if (!answer.ok) return;
    /** @type {Act[]} */
    const list = answer.json;
    if (!further) fill(acts);
    acts.append(...list.map(actRow));
    oldest = list.at(-1)?.id ?? oldest;
    more.hidden = list.length < MOST_ACTS;
  }

  /** @param {string[]} chosen @returns {HTMLElement | ""} */
  function categoriesPart(chosen) {
    if (categories.length === 0) return "";
    return h(
      "fieldset",
      {},
      h("legend", {}, t("their_categories")),
      categories.map(({ id, title }) =>
        h(
          "label",
          { class: "choice" },
          h("input", {
            type: "checkbox",
            name: "category",
            value: id,
            checked: chosen.includes(id),
          }),
          title,
        ),
      ),
    );
  }
  /** @param {HTMLElement} within */
  const chosenIn = (within) =>
    [.../** @type {NodeListOf<HTMLInputElement>} */ (within.querySelectorAll("[name=category]"))]
      .filter((box) => box.checked)
      .map((box) => box.value);

  /** @param {Colleague} person */
  function personRow(person) {
    const role = field("role", t("role"), { value: person.role }, { options: roleOptions() });
    const active = field("active", t("active"), { type: "checkbox", checked: person.active });
    const chosen = categoriesPart(person.categories);
    const change = form({
      label: t("change_person", { name: person.name }),
      parts: chosen ? [role, chosen, active] : [role, active],
      submit: t("save"),
      send: (values) =>
        call("PUT", ofSite(site, `people/${person.id}`), {
          role: values.role,
          active: values.active,
          categories: chosen ? chosenIn(chosen) : person.categories,
        }),
      done: async () => {
        await reload();
        say(t("person_changed", { name: person.name }));
      },
    });
    return h(
      "li",
      { class: person.active ? "" : "off" },
      avatar(person),
      h(
        "div",
        { class: "grow" },
        h("strong", {}, person.name),
        person.id === me && h("span", { class: "tag" }, t("you")),
        !person.active && h("span", { class: "tag" }, t("no_access")),
        person.one_time_codes && h("span", { class: "tag" }, t("with_codes")),
        h(
          "p",
          { class: "hint" },
          [t(`role_${person.role}`), person.position, person.email].filter(Boolean).join(" · "),
        ),
        h("details", {}, h("summary", {}, t("change")), change),
      ),
    );
  }

  function invitePart() {
    const link = h("div", { role: "status" });
    const chosen = categoriesPart([]);
    const role = field("role", t("role"), { value: "staff" }, { options: roleOptions() });
    const email = field("email", t("email"), {
      type: "email",
      autocomplete: "off",
      required: true,
    });
    const whole = form({
      parts: chosen ? [email, role, chosen] : [email, role],
      submit: t("invite_make"),
      send: (values) =>
        call("POST", ofSite(site, "invitations"), {
          email: values.email,
          role: values.role,
          categories: chosen ? chosenIn(chosen) : [],
        }),
      done: async (answer) => {
        whole.reset();
        const address = location.origin + answer.json.link;
        const text = h("input", { readonly: true, value: address, "aria-label": t("invite_link") });
        fill(
          link,
          h("p", {}, t("invite_send", { email: answer.json.email })),
          h(
            "div",
            { class: "row" },
            text,
            h(
              "button",
              {
                type: "button",
                class: "plain",
                onclick: async () => {
                  text.select();
                  await navigator.clipboard?.writeText(address).catch(() => {});
                  say(t("copied"));
                },
              },
              t("copy"),
            ),
          ),
        );
        await reload();
      },
    });
    return h("div", {}, whole, link);
  }

  /** @param {{id: string, email: string, role: string, expires_at: string}[]} list */
  function waitingList(list) {
    if (list.length === 0) return "";
    return h(
      "ul",
      { class: "plain-list", "aria-label": t("invitations") },
      list.map((one) =>
        h(
          "li",
          { class: "row" },
          h(
            "span",
            { class: "grow" },
            `${one.email} · ${t(`role_${one.role}`)} · ${t("until", { time: when(one.expires_at) })}`,
          ),
          h(
            "button",
            {
              type: "button",
              class: "plain",
              "aria-label": t("withdraw_of", { email: one.email }),
              onclick: async () => {
                await call("DELETE", ofSite(site, `invitations/${one.id}`));
                await reload();
                say(t("withdrawn", { email: one.email }));
                /** @type {HTMLElement} */ (main.querySelector("h1")).focus();
              },
            },
            t("withdraw"),
          ),
        ),
      ),
    );
  }

  /** @param {string} actor */
  const nameOf = (actor) =>
    actor === "operator" ? t("operator") : (known.find(({ id }) => id === actor)?.name ?? actor);
  /** What an act was about, in words of ours. @param {Act} act */
  function subjectText({ action, subject }) {
    if (action === "picture") return "";
    if (action === "log-in-refused")
      return t(subject === "password" ? "password" : "code").toLocaleLowerCase(spoken());
    if (subject === "ready-made") return t("audit_ready_made");
    const [, what, role, off, scope] = GIVEN.exec(subject) ?? ["", subject];
    return [
      what
        .split(" ")
        .map((word) => known.find(({ id }) => id === word)?.name ?? (tags.trail(word) || word))
        .join(action === "merge-tag" ? " → " : " "),
      role && t(`role_${role}`),
      off && t("no_access"),
      scope && t(`key_${scope}`),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  /** @param {Act} act */
  const actRow = (act) =>
    h(
      "tr",
      {},
      h("td", {}, when(act.at)),
      h("td", {}, nameOf(act.actor)),
      h("td", {}, `${t(`act_${act.action.replace(/-/g, "_")}`)} ${subjectText(act)}`),
      h("td", {}, act.address),
    );

  function auditTable() {
    const names = ["audit_when", "audit_who", "audit_what", "audit_from"];
    return h(
      "div",
      { class: "scroll audit", tabindex: 0, role: "region", "aria-label": t("audit") },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            names.map((name) => h("th", { scope: "col" }, t(name))),
          ),
        ),
        acts,
      ),
    );
  }

  void reload();
  return main;
}
