// Who comes in: a person who has logged in on /staff, or a program's key, the publisher's.
import { h } from "./dom.js";
import { t } from "./texts.js";

/** In place of a status: no answer came. */
export const OFFLINE = -1;

/** @param {number} status */
const reason = (status) =>
  t(status === 403 ? "may_not" : status === 404 ? "no_such_site" : "no_answer");

/**
 * Shows the ways in instead of the studio.
 * @param {HTMLElement} root
 * @param {object} options
 * @param {import("./server.js").Server} options.server
 * @param {string} options.site
 * @param {number} options.refusal why nobody is in yet: a status, or OFFLINE
 * @param {() => Promise<number>} options.refused the same again, 0 once the key is known
 * @param {() => void} options.entered
 */
export function logIn(root, { server, site, refusal, refused, entered }) {
  const said = h("p", { className: "error", role: "alert" });
  const field = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
  const enter = async (/** @type {Event} */ event) => {
    event.preventDefault();
    server.key = field.value.trim();
    const status = await refused();
    if (status === 0) return entered();
    said.textContent = status === 401 ? t("key_refused") : reason(status);
    field.focus();
  };
  const isNobody = refusal === 401;
  const next = `/staff?next=${encodeURIComponent(`/studio/${site}`)}`;
  const way = h(
    "a",
    { className: "primary button", href: isNobody ? next : "/staff#/profile" },
    t(isNobody ? "log_in" : "to_account"),
  );
  root.replaceChildren(
    h(
      "main",
      { className: "login" },
      h("h1", {}, `${t("studio")} · ${site}`),
      h(
        "p",
        isNobody ? {} : { className: "error", role: "alert" },
        isNobody ? t("log_in_hint") : reason(refusal),
      ),
      way,
      h(
        "details",
        {},
        h("summary", {}, t("with_key")),
        h(
          "form",
          { onsubmit: enter },
          h("label", { for: "key" }, t("publisher_key")),
          field,
          h("p", { className: "hint" }, t("publisher_key_hint")),
          said,
          h("button", { type: "submit" }, t("enter")),
        ),
      ),
    ),
  );
  way.focus();
}
