// A person's own account: what visitors read of them, the password, the codes, the sessions.
import { call } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { avatar } from "../person.js";
import { say } from "../say.js";
import { LANGUAGE_NAMES, LANGUAGES, t } from "../texts.js";

/** Bytes of a picture that the server takes. */
const MOST_PICTURE = 262_144;
/** Pixels a side that a picture is made smaller to. */
const PICTURE_SIDE = 256;

/** @typedef {import("../person.js").Me} Me */

/**
 * @param {object} options
 * @param {Me} options.me
 * @param {() => Promise<void>} options.changed reads the person again
 * @param {(language: string) => Promise<void>} options.speak
 * @param {() => void} options.left
 */
export function profileScreen({ me, changed, speak, left }) {
  return h(
    "main",
    { class: "column" },
    h("h1", { tabindex: -1 }, t("profile")),
    profilePart(me, async (language) => {
      await speak(language);
      await changed();
      say(t("saved"));
    }),
    picturePart(me, changed),
    passwordPart(me, () => say(t("password_changed"))),
    codesPart(me, changed),
    sessionsPart(left),
  );
}

/** @param {string} title @param {(HTMLElement | string | false | undefined)[]} children */
const part = (title, ...children) =>
  h("section", { class: "card" }, h("h2", {}, title), ...children);

/** @param {Me} me @param {(language: string) => void} saved */
function profilePart(me, saved) {
  const language = field(
    "language",
    t("language"),
    { value: me.language },
    { options: LANGUAGES.map((tag) => [tag, LANGUAGE_NAMES[tag]]) },
  );
  return part(
    t("about_you"),
    form({
      parts: [
        field(
          "name",
          t("name"),
          { value: me.name, autocomplete: "name", maxlength: 120, required: true },
          { hint: t("name_hint") },
        ),
        field(
          "position",
          t("position"),
          { value: me.position, autocomplete: "organization-title", maxlength: 120 },
          { hint: t("position_hint") },
        ),
        language,
      ],
      submit: t("save"),
      send: (values) => call("PUT", "/v1/profile", values),
      done: () => saved(String(language.value())),
    }),
  );
}

/** A square of the picture's middle, small enough for everybody. @param {File} file */
async function smaller(file) {
  const bitmap = await createImageBitmap(file);
  const side = Math.min(bitmap.width, bitmap.height);
  const canvas = h("canvas", { width: PICTURE_SIDE, height: PICTURE_SIDE });
  canvas
    .getContext("2d")
    ?.drawImage(
      bitmap,
      (bitmap.width - side) / 2,
      (bitmap.height - side) / 2,
      ...[side, side, 0, 0, PICTURE_SIDE, PICTURE_SIDE],
    );
  return new Promise((/** @type {(blob: Blob | null) => void} */ done) =>
    canvas.toBlob(done, "image/jpeg", 0.85),
  );
}

/** @param {Me} me @param {() => Promise<void>} changed */
function picturePart(me, changed) {
  const choose = field("picture", t("picture_choose"), {
    type: "file",
    accept: "image/png,image/jpeg,image/webp",
    onchange: async () => {
      const file = /** @type {HTMLInputElement} */ (choose.input).files?.[0];
      if (!file) return;
      choose.fail("");
      const picture = await smaller(file).catch(() => null);
      if (!picture || picture.size > MOST_PICTURE) return choose.fail(t("wrong_picture"));
      const answer = await call("PUT", "/v1/profile/picture", picture);
      if (!answer.ok) return choose.fail(t("wrong_picture"));
      await changed();
    },
  });
  return part(t("picture"), h("div", { class: "row" }, avatar(me), choose.element));
}

/** Whose password it is, for the browser's store of them. @param {Me} me */
const username = (me) =>
  h("input", {
    class: "vh",
    autocomplete: "username",
    value: me.email,
    readonly: true,
    tabindex: -1,
    "aria-hidden": "true",
  });

/** @param {Me} me @param {() => void} changed */
function passwordPart(me, changed) {
  const fields = [
    username(me),
    field("password", t("password_now"), { type: "password", autocomplete: "current-password" }),
    field(
      "new_password",
      t("new_password"),
      { type: "password", autocomplete: "new-password" },
      { hint: t("password_hint") },
    ),
  ];
  const whole = form({
    parts: fields,
    submit: t("password_change"),
    send: (values) => call("PUT", "/v1/password", values),
    done: () => {
      whole.reset();
      changed();
    },
  });
  return part(t("password"), h("p", { class: "hint" }, t("password_ends_sessions")), whole);
}

/** @param {Me} me @param {() => Promise<void>} changed */
function codesPart(me, changed) {
  const password = () =>
    field("password", t("password_now"), { type: "password", autocomplete: "current-password" });
  const body = h("div", {});
  const start = h(
    "button",
    {
      type: "button",
      class: "plain",
      onclick: async () => {
        const answer = await call("POST", "/v1/codes");
        if (!answer.ok) return;
        const { secret, address, sealed } = answer.json;
        const code = field("code", t("code"), {
          inputmode: "numeric",
          autocomplete: "one-time-code",
          maxlength: 6,
        });
        fill(
          body,
          h("p", {}, t("codes_step")),
          h("p", { class: "secret", tabindex: 0 }, secret.replace(/(.{4})(?=.)/g, "$1 ")),
          h("p", {}, h("a", { href: address }, t("codes_open_app"))),
          form({
            parts: [username(me), code, password()],
            submit: t("codes_on"),
            send: (values) => call("PUT", "/v1/codes", { ...values, sealed }),
            done: changed,
          }),
        );
        code.input.focus();
      },
    },
    t("codes_set_up"),
  );
  fill(
    body,
    me.one_time_codes
      ? form({
          parts: [username(me), password()],
          submit: t("codes_off"),
          send: (values) => call("DELETE", "/v1/codes", values),
          done: changed,
        })
      : start,
  );
  return part(
    t("codes"),
    h("p", { class: "hint" }, t(me.one_time_codes ? "codes_are_on" : "codes_hint")),
    body,
  );
}

/** @param {() => void} left */
function sessionsPart(left) {
  const end = (/** @type {string} */ path) => async () => {
    const answer = await call("DELETE", path);
    if (answer.ok || answer.status === 401) left();
  };
  return part(
    t("sessions"),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "plain", onclick: end("/v1/session") }, t("log_out")),
      h(
        "button",
        { type: "button", class: "plain", onclick: end("/v1/sessions") },
        t("log_out_everywhere"),
      ),
    ),
  );
}
