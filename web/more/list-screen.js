// "My questions": what was sent from this device, the newest first, and what waits to be sent.
import * as P from "../panel/protocol.js";
import * as K from "./keys.js";
import * as N from "./nodes.js";

/** Names of texts, by the states of docs/http-api.md; of another nothing is said. */
const STATES = {
  received: "status_received",
  "in-work": "status_in_work",
  answered: "status_answered",
  closed: "status_closed",
  waiting: "status_waiting",
};

/** @param {import("./more.js").App["t"]} t @param {string} status */
export const stateTag = (t, status) =>
  status in STATES && N.text(N.TEXT.tag, t(STATES[/** @type {"closed"} */ (status)]));

/**
 * @param {import("./more.js").App} app
 * @returns {import("./nodes.js").Branch[]}
 */
export function drawList({ t, mine, unsent }) {
  const waiting = unsent().map((title) =>
    card([N.text(N.TEXT.name, title), N.region(N.REGION.row, [N.text(N.TEXT.tag, t("not_sent"))])]),
  );
  const sent = mine
    .list()
    .map(({ title, number, status, created, replies, seen }, i) =>
      card([
        make(title, N.keyOf(K.OPEN, i)),
        N.region(N.REGION.row, [
          replies > seen
            ? N.text(N.TEXT.tag, t("new_reply"), { flags: P.STRONG })
            : stateTag(t, status),
          N.text(N.TEXT.hint, t("number", { n: number })),
          created && N.make(P.TIME, { value: created }),
        ]),
      ]),
    );
  const all = [...waiting, ...sent];
  return all.length > 0
    ? [N.make(P.LIST, { style: 2 }, all)]
    : [N.region(N.HERO, [N.icon(N.ICON.message), N.text(N.TEXT.hint, t("no_requests"))])];
}

/** @param {string} label @param {number} key */
const make = (label, key) => N.make(P.LINK, { style: 1, key, label });

/** @param {(import("./nodes.js").Branch | false | "")[]} children */
const card = (children) => N.make(P.ITEM, {}, [N.region(N.REGION.card, children)]);
