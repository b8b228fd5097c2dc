// Keys by which other systems read and answer requests: made, shown once, revoked.
import { call, ofSite } from "../api.js";
import { fill, h } from "../dom.js";
import { field, form } from "../form.js";
import { say } from "../say.js";
import { t, when } from "../texts.js";

/** @typedef {{id: string, name: string, scope: string, created_at: string}} Key */

/**
 * A card for the team's screen.
 * @param {string} site
 * @param {() => void} changed what it has done is in the list of who has done what
 */
export function keysPart(site, changed) {
  const list = h("div", {});
  const shown = h("div", { role: "status" });
  const heading = h("h2", { tabindex: -1 }, t("keys"));

  async function reload() {
    const keys = await call("GET", ofSite(site, "api-keys"));
    if (keys.ok) fill(list, keyList(keys.json));
  }

  const name = field(
    "name",
    t("key_name"),
    { required: true, maxlength: 50 },
    { hint: t("key_name_hint") },
  );
  const scope = field(
    "scope",
    t("key_scope"),
    { value: "read" },
    {
      options: [
        ["read", t("key_read")],
        ["answer", t("key_answer")],
      ],
    },
  );
  const make = form({
    label: t("key_make"),
    parts: [name, scope],
    submit: t("key_make"),
    send: (values) =>
      call("POST", ofSite(site, "api-keys"), { name: values.name, scope: values.scope }),
    done: async (answer) => {
      make.reset();
      const text = h("input", { readonly: true, value: answer.json.key, "aria-label": t("key") });
      const copy = async () => {
        text.select();
        await navigator.clipboard?.writeText(answer.json.key).catch(() => {});
        say(t("copied"));
      };
      fill(
        shown,
        h("p", {}, t("key_once")),
        h(
          "div",
          { class: "row" },
          text,
          h("button", { type: "button", class: "plain", onclick: copy }, t("copy")),
        ),
      );
      await reload();
      changed();
    },
  });

  /** @param {Key[]} keys */
  function keyList(keys) {
    if (keys.length === 0) return "";
    return h(
      "ul",
      { class: "plain-list", "aria-label": t("keys") },
      keys.map((one) =>
        h(
          "li",
          { class: "row" },
          h(
            "span",
            { class: "grow" },
            `${one.name} · ${t(`key_${one.scope}`)} · ${when(one.created_at)}`,
          ),
          h(
            "button",
            {
              type: "button",
              class: "plain",
              "aria-label": t("key_revoke_of", { name: one.name }),
              onclick: async () => {
                const answer = await call("DELETE", ofSite(site, `api-keys/${one.id}`));
                fill(shown);
                await reload();
                if (answer.ok) say(t("key_revoked", { name: one.name }));
                heading.focus();
                changed();
              },
            },
            t("key_revoke"),
          ),
        ),
      ),
    );
  }

  void reload();
  return h(
    "section",
    { class: "card" },
    heading,
    h("p", { class: "hint" }, t("keys_hint")),
    make,
    shown,
    list,
  );
}
