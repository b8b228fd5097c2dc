// Where a reply went besides "my questions": how far each has come, and trying again.
import { h } from "./dom.js";
import { t, when } from "./texts.js";

/**
 * @typedef {object} Delivery
 * @property {string} id
 * @property {string} reply
 * @property {"email" | "vk" | "facebook"} channel
 * @property {string} place
 * @property {"waiting" | "sending" | "sent" | "failed"} state
 * @property {number} tries
 * @property {string} reason a word that has a text, and what the other side said
 * @property {string} at
 * @property {string} [next]
 */

/** Words that the server gives as reasons; docs/http-api.md. */
const REASONS = new Set(
  [
    ...["address", "answered", "busy", "credentials", "given-up", "gone", "not-configured"],
    ...["not-permitted", "not-trusted", "not-wanted", "refused", "too-long", "unreachable"],
    ...["unsubscribed", "window"],
  ].map((word) => `out_reason_${word.replace(/-/g, "_")}`),
);

/**
 * In words of ours, and what the other side said behind them.
 * @param {string} reason
 * @returns {string}
 */
export function reasonText(reason) {
  const [word, ...said] = reason.split(" ");
  // "given-up busy VK 6: ..." has the last try's behind it.
  const name = `out_reason_${word.replace(/-/g, "_")}`;
  if (!REASONS.has(name)) return reason;
  const rest = word === "given-up" ? reasonText(said.join(" ")) : said.join(" ");
  return rest ? `${t(name)} (${rest})` : t(name);
}

/** @param {Delivery} one */
const where = (one) =>
  t(
    one.channel === "email"
      ? "out_email"
      : one.place === "message"
        ? `out_${one.channel}_message`
        : `out_${one.channel}_public`,
  );

/**
 * Lines beside a reply.
 * @param {Delivery[]} deliveries of the reply
 * @param {(one: Delivery) => unknown} again
 */
export function deliveryLines(deliveries, again) {
  return deliveries.map((one) => {
    const stuck = one.state === "waiting" && one.tries > 0;
    const state = stuck
      ? t("out_waiting_again", { at: when(one.next ?? one.at), why: reasonText(one.reason) })
      : one.state === "failed"
        ? t("out_failed", { why: reasonText(one.reason) })
        : one.state === "sent"
          ? t("out_sent")
          : t("out_waiting");
    return h(
      "p",
      { class: one.state === "failed" ? "row delivery failed" : "row delivery hint" },
      h("span", {}, `${where(one)}: ${state}`),
      one.state === "failed" &&
        h("button", { type: "button", class: "plain", onclick: () => again(one) }, t("out_again")),
    );
  });
}

/**
 * Who reads a reply, for the field that asks it: names and texts.
 * @param {{ways: string[], way: string, goes: string}} request
 * @returns {[string, string][]}
 */
export function readers({ ways, way, goes }) {
  /** @type {[string, string]} */
  const note = ["note", t("to_staff")];
  if (ways.length === 0)
    return [["visitor", goes ? t(`out_to_visitor_${goes}`) : t("to_visitor")], note];
  const list = /** @type {[string, string][]} */ ([
    ["here", t("out_to_here")],
    ["private", t("out_to_private")],
  ]);
  // How the talk has been so far comes first: it is what is meant unless somebody says otherwise.
  return [...(way === "private" ? list.reverse() : list), note];
}
