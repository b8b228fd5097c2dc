// Logging in: address and password, and the code where the account has codes.
import { call } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { LANGUAGE_NAMES, LANGUAGES, spoken, t } from "../texts.js";

/**
 * A choice of the page's language, for who has none of their own yet.
 * @param {(language: string) => void} choose
 */
export const languageChoice = (choose) =>
  field(
    "language",
    t("language"),
    {
      value: spoken(),
      onchange: (/** @type {Event} */ event) =>
        choose(/** @type {HTMLSelectElement} */ (event.target).value),
    },
    { options: LANGUAGES.map((tag) => [tag, LANGUAGE_NAMES[tag]]) },
  );

/**
 * @param {object} options
 * @param {() => void} options.entered
 * @param {(language: string) => void} options.choose
 * @param {string} [options.notice] what has just happened
 * @param {string} [options.email]
 */
export function logInScreen({ entered, choose, notice, email = "" }) {
  const address = field("email", t("email"), {
    type: "email",
    autocomplete: "username",
    required: true,
    value: email,
  });
  const password = field("password", t("password"), {
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const code = field(
    "code",
    t("code"),
    { inputmode: "numeric", autocomplete: "one-time-code", maxlength: 6 },
    { hint: t("code_hint") },
  );
  code.element.hidden = true;
  return h(
    "main",
    { class: "narrow" },
    h("h1", { tabindex: -1 }, t("log_in")),
    notice && h("p", { class: "notice", role: "status" }, notice),
    form({
      parts: [address, password, code],
      submit: t("log_in"),
      send: ({ email: typed, password: secret, code: digits }) =>
        call("POST", "/v1/session", {
          email: typed,
          password: secret,
          ...(digits ? { code: digits } : {}),
        }),
      done: entered,
      failed: (answer) => {
        if (answer.problem !== "code-needed") return false;
        code.element.hidden = false;
        code.input.focus();
        return true;
      },
    }),
    h("p", { class: "hint" }, t("no_account_hint")),
    languageChoice(choose).element,
  );
}

/**
 * Accepting an invitation, or the operator's link for a new password.
 * @param {object} options
 * @param {string} options.ticket
 * @param {(email: string, notice: string) => void} options.accepted
 * @param {(language: string) => void} options.choose
 */
export function invitationScreen({ ticket, accepted, choose }) {
  const main = h("main", { class: "narrow" }, h("p", { class: "hint" }, t("loading")));
  void call("POST", "/v1/invitation", { ticket }).then((answer) => {
    if (!answer.ok)
      return fill(
        main,
        h("h1", { tabindex: -1 }, t("invitation_gone")),
        h("p", {}, t(answer.problem === "offline" ? "problem_offline" : "invitation_gone_hint")),
        h("p", {}, h("a", { href: "#/" }, t("log_in"))),
      );
    const { email, site, role, kind, known } = answer.json;
    const joins = kind === "join";
    const fresh = joins && !known;
    // Known or not, the browser's password store is told whose password it is.
    const address = field("email", t("email"), {
      type: "email",
      autocomplete: "username",
      value: email,
      readonly: true,
    });
    const name = field(
      "name",
      t("name"),
      { autocomplete: "name", maxlength: 120, required: true },
      { hint: t("name_hint") },
    );
    const position = field(
      "position",
      t("position"),
      { autocomplete: "organization-title", maxlength: 120 },
      { hint: t("position_hint") },
    );
    const password = field(
      "password",
      t(known && joins ? "password" : "new_password"),
      {
        type: "password",
        autocomplete: known && joins ? "current-password" : "new-password",
        required: true,
      },
      { hint: t(known && joins ? "password_known_hint" : "password_hint") },
    );
    fill(
      main,
      h("h1", { tabindex: -1 }, t(joins ? "invitation" : "new_password")),
      joins && h("p", {}, t("invitation_for", { site, role: t(`role_${role}`) })),
      form({
        parts: fresh ? [address, name, position, password] : [address, password],
        submit: t(joins ? "accept" : "save"),
        send: (values) =>
          call("POST", "/v1/invitation/acceptance", {
            ticket,
            password: values.password,
            language: spoken(),
            ...(fresh ? { name: values.name, position: values.position } : {}),
          }),
        done: () => accepted(email, t("accepted_notice")),
      }),
      languageChoice(choose).element,
    );
    /** @type {HTMLElement} */ (main.querySelector("h1")).focus();
  });
  return main;
}
