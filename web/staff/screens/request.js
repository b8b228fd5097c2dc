// One request: what the visitor wrote, the talk, and everything that is done with it. What somebody
// else does meanwhile is drawn around the reply that is being written, which stays as it is.
import { call, ofSite } from "../api.js";
import { deliveryLines, readers, reasonText } from "../deliveries.js";
import { fill, h, keepFocus } from "../dom.js";
import { field, form, problemText } from "../form.js";
import { whenReleased } from "../press.js";
import { say } from "../say.js";
import { t, when } from "../texts.js";
import { makeUuid7 } from "../../more/uuid.js";
import { answersPart, approvalPart, openTopicDialog } from "./answers.js";
import { dueText } from "./due.js";
import { face, standing } from "./feed.js";
import {
  consultPart,
  drawConsultations,
  duplicatePart,
  flagButton,
  mergedPart,
  noteName,
  samePart,
} from "./together.js";
import { tagPart } from "./tag-picker.js";

/** The server forgets who has it open a little later than two of these. */
const RENEW_OPENING = 20_000; // ms

/** @typedef {import("./feed.js").Desk} Desk */
/** @typedef {{id: string, author: string, role: string, text: string, at: string, public: boolean}} Reply */
/** @typedef {{kind: string, at: string, actor: string, detail: string}} Deed */
/**
 * @typedef {object} Whole
 * @property {string} id
 * @property {number} number
 * @property {string} kind
 * @property {string} title
 * @property {string} details
 * @property {string} category
 * @property {string} mood
 * @property {string} name
 * @property {string} contact
 * @property {string} channel
 * @property {string} page
 * @property {string} query
 * @property {string} topic of a comment
 * @property {string} topic_title
 * @property {string} link
 * @property {string} status
 * @property {string} created
 * @property {string} assignee
 * @property {string} due
 * @property {boolean} late
 * @property {{sha256: string, type: string, length: number}[]} attachments
 * @property {Reply[]} replies
 * @property {Deed[]} history
 * @property {{id: string, number: number} | null} merged_into
 * @property {{id: string, number: number}[]} merged
 * @property {{id: string, category: string, asker: string, at: string, advice: string}[]} consultations
 * @property {string[]} flags of the person's own
 * @property {number} me_too of a comment's topic
 * @property {string} way
 * @property {string[]} ways
 * @property {string} goes
 * @property {import("../deliveries.js").Delivery[]} deliveries
 * @property {{tag: string, person: string}[]} tags
 * @property {string} tone
 * @property {string} tone_by
 * @property {string[]} watched
 */

/** Replies that are being written, by request: they outlive looking at another one. */
const drafts = new Map();

/**
 * @param {Desk} desk
 * @param {string} id
 * @param {() => void} back
 */
export function openRequest(desk, id, back) {
  /** @type {Whole | null} */
  let whole = null;
  let gone = false;
  const base = ofSite(desk.site, `requests/${id}`);
  /** Addresses of pictures that are shown, to be given back. @type {string[]} */
  const pictures = [];

  const heading = h("h2", { tabindex: -1 }, t("loading"));
  const meta = h("p", { class: "hint" });
  const others = h("p", { class: "notice", role: "status", hidden: true });
  const actions = h("div", { class: "actions" });
  const body = h("div", { class: "talk" });
  const past = h("div", {});
  const subject = h("div", {});
  const tagging = tagPart(desk, base, () => reload(), subject);
  const merged = h("div", {});
  const consultations = h("div", {});
  /** The focus goes to the heading, which the actions follow; what is looked at stays where it is. */
  const settle = () => heading.focus({ preventScroll: true });
  /** Something was done beside the reply. @param {string} text what to say */
  const done = async (text) => {
    say(text);
    await reload();
    settle();
    void same.load();
  };
  const composer = writePart();
  const answers = answersPart(base, composer.insert);
  const same = samePart(desk, base, id, done);
  const offers = h("div", { class: "offers" }, same.element, answers.element);
  const asides = h(
    "div",
    { class: "asides" },
    desk.categories.length > 0 && consultPart(desk, base, done),
    duplicatePart(desk, base, done),
  );
  for (const part of [composer.element, tagging.element, asides]) part.hidden = true;
  const element = h(
    "article",
    {},
    h(
      "div",
      { class: "back" },
      h("button", { type: "button", class: "plain", onclick: back }, t("back")),
    ),
    heading,
    meta,
    others,
    merged,
    actions,
    body,
    consultations,
    offers,
    composer.element,
    tagging.element,
    asides,
    past,
  );

  /** @param {{actor: string, kind: string}} [change] what somebody has just done */
  async function reload(change) {
    const answer = await call("GET", base);
    if (gone) return;
    if (!answer.ok) {
      heading.textContent = t(
        answer.status === 410
          ? "request_erased"
          : answer.status === 404
            ? "problem_not_found"
            : "request_failed",
      );
      for (const part of [meta, merged, actions, body, consultations, past]) fill(part);
      for (const part of [tagging.element, composer.element, asides, offers]) part.hidden = true;
      return;
    }
    whole = answer.json;
    whenReleased(() => !gone && keepFocus(element, draw));
    if (change && change.actor && change.actor !== desk.me.id)
      say(
        t("changed_by", { name: desk.nameOf(change.actor), what: t(deedName(change.kind)) }),
        true,
      );
  }

  /** One change, and what came of it. @param {Promise<import("../api.js").Answer>} call_ @param {string} done */
  async function act(call_, done) {
    const answer = await call_;
    if (answer.ok) say(done);
    else if (answer.problem !== "claimed") say(problemText(answer));
    await reload();
    if (answer.problem === "claimed")
      say(t("problem_claimed", { name: desk.nameOf(whole?.assignee ?? "") }));
    settle();
  }

  /** @param {string} to */
  const assign = (to) =>
    act(
      call("PUT", `${base}/assignee`, { from: whole?.assignee ?? "", to }),
      t(to ? "given_to" : "given_back", { name: desk.nameOf(to) }),
    );
  /** @param {string} status */
  const setStatus = (status) =>
    act(call("PUT", `${base}/status`, { status }), t(`status_${status.replace("-", "_")}`));

  function drawActions(/** @type {Whole} */ r) {
    /** @param {string} text @param {() => unknown} onclick @param {string} [style] */
    const button = (text, onclick, style = "plain") =>
      h("button", { type: "button", class: style, onclick }, text);
    const mine = r.assignee === desk.me.id;
    const open = r.status !== "closed";
    const give = field(
      "assignee",
      t("assignee"),
      {
        value: r.assignee,
        onchange: (/** @type {Event} */ event) =>
          assign(/** @type {HTMLSelectElement} */ (event.target).value),
      },
      {
        options: [
          ["", t("nobody")],
          ...[...desk.people.values()]
            .filter((one) => one.active && one.role !== "marketer")
            .map((one) => /** @type {[string, string]} */ ([one.id, one.name])),
        ],
      },
    );
    const category = field(
      "category",
      t("category"),
      {
        value: r.category,
        onchange: (/** @type {Event} */ event) =>
          act(
            call("PUT", `${base}/category`, {
              category: /** @type {HTMLSelectElement} */ (event.target).value,
            }),
            t("saved"),
          ),
      },
      {
        options: [
          ["", t("no_category")],
          ...desk.categories.map((one) => /** @type {[string, string]} */ ([one.id, one.title])),
        ],
      },
    );
    // What is joined with another request is answered there; a comment is approved or not.
    fill(subject);
    if (r.merged_into) return fill(actions, flags(r));
    if (r.kind === "comment") return fill(actions, approvalPart(base, r, done), flags(r));
    if (desk.categories.length > 0) fill(subject, category.element);
    fill(
      actions,
      open && !r.assignee && button(t("take"), () => assign(desk.me.id), "primary"),
      open && mine && button(t("give_back"), () => assign("")),
      open
        ? button(t("close_request"), () => setStatus("closed"))
        : button(t("reopen"), () => setStatus("in-work")),
      desk.rights.includes("assign") && give.element,
      r.replies.some((one) => one.public) &&
        button(t("make_topic_dots"), () => openTopicDialog(desk, base, same.all, done)),
      flags(r),
    );
  }

  /** @param {Whole} r */
  const flags = (r) => {
    /** A press keeps the focus on the switch, which is made anew. @param {string} flag */
    const toggled = (flag) => async () => {
      await reload();
      /** @type {HTMLElement | null} */ (actions.querySelector(`.${flag}`))?.focus();
    };
    return h(
      "span",
      { class: "row" },
      ["starred", "done"].map((flag) =>
        flagButton(base, flag, r.flags.includes(flag), toggled(flag)),
      ),
    );
  };

  function drawOthers() {
    const names = desk.others(id).map(desk.nameOf);
    others.hidden = names.length === 0;
    others.textContent = names.length > 0 ? t("opened_by", { name: names.join(", ") }) : "";
  }

  /** @param {Whole} r */
  function drawTalk(r) {
    /** A link of ours to what somebody else named: only ever to the web. @param {string} url */
    const link = (url) =>
      /^https?:\/\//.test(url)
        ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url)
        : url;
    fill(
      body,
      h(
        "section",
        { class: "said-by visitor" },
        h(
          "div",
          { class: "row" },
          r.mood && face(r.mood),
          h("h3", {}, r.name || t("visitor")),
          h("span", { class: "hint" }, when(r.created)),
        ),
        h("p", { class: "text" }, r.details || r.title),
        r.attachments.length > 0 && h("div", { class: "pictures" }, r.attachments.map(picture)),
        h(
          "dl",
          {},
          /** @type {[string, any][]} */ ([
            [t("below_topic"), r.topic_title || r.topic],
            [t("contact"), r.contact],
            [t("page"), r.page && link(r.page)],
            [t("written_at"), r.link && link(r.link)],
            [t("searched"), r.query],
          ])
            .filter(([, value]) => value)
            .flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
        ),
      ),
      r.replies.map((one) =>
        h(
          "section",
          { class: one.public ? "said-by staff" : "said-by note" },
          h(
            "div",
            { class: "row" },
            h("h3", {}, one.author),
            h("span", { class: "hint" }, [one.role, when(one.at)].filter(Boolean).join(" · ")),
            !one.public && h("span", { class: "tag" }, noteName(desk, r, one.id)),
          ),
          h("p", { class: "text" }, one.text),
          deliveryLines(
            r.deliveries.filter((delivery) => delivery.reply === one.id),
            (delivery) =>
              act(call("POST", `${base}/deliveries/${delivery.id}/retry`), t("out_trying")),
          ),
        ),
      ),
    );
  }

  /** Bytes that were fetched: as an address it would be a download. @param {{sha256: string}} one */
  function picture(one) {
    const image = h("img", { alt: t("picture_sent"), class: "sent" });
    void fetch(`${base}/attachments/${one.sha256}`)
      .then((response) => (response.ok ? response.blob() : null))
      .then((blob) => {
        if (!blob || gone) return;
        image.src = URL.createObjectURL(blob);
        pictures.push(image.src);
      })
      .catch(() => {});
    return image;
  }

  /** @param {string} kind */
  const deedName = (kind) => `deed_${kind.replace(/-/g, "_")}`;
  /** @param {Deed} deed */
  const detailOf = (deed) =>
    deed.kind === "assigned"
      ? deed.detail
        ? desk.nameOf(deed.detail)
        : t("nobody")
      : deed.kind === "merged" || deed.kind === "joined"
        ? `№ ${deed.detail}`
        : deed.kind === "category" || deed.kind === "consulted"
          ? (desk.categories.find((one) => one.id === deed.detail)?.title ?? deed.detail)
          : deed.kind === "moved"
            ? t(deed.detail === "private" ? "out_to_private" : "out_to_here")
            : deed.kind === "tone"
              ? t(`tone_${deed.detail}`)
              : ["tagged", "untagged"].includes(deed.kind)
                ? desk.tags.trail(deed.detail)
                : outDetail(deed);
  /** Of what was sent: its channel, and why it was not. @param {Deed} deed */
  function outDetail({ kind, detail }) {
    if (!["delivered", "undelivered", "retried"].includes(kind)) return "";
    const [channel, ...reason] = detail.split(" ");
    const name = t(channel === "email" ? "out_email" : `channel_${channel}`);
    return reason.length > 0 ? `${name}: ${reasonText(reason.join(" "))}` : name;
  }

  function draw() {
    const r = /** @type {Whole} */ (whole);
    heading.textContent = r.title || t(`kind_${r.kind}`);
    heading.classList.toggle("kind", !r.title);
    meta.textContent = [
      `№ ${r.number}`,
      t(`kind_${r.kind}`),
      t(`channel_${r.channel}`),
      ...standing(desk, r),
      dueText(r),
    ]
      .filter(Boolean)
      .join(" · ");
    drawActions(r);
    tagging.draw(r);
    drawOthers();
    fill(merged, mergedPart(r, base, desk.addressOf, done));
    drawTalk(r);
    drawConsultations(consultations, desk, base, r, done);
    composer.element.hidden = !!r.merged_into;
    tagging.element.hidden = false;
    asides.hidden = offers.hidden = !!r.merged_into || r.kind === "comment";
    drawReaders(r);
    fill(
      past,
      h(
        "details",
        { open: past.querySelector("details")?.open },
        h("summary", {}, t("history")),
        h(
          "ol",
          { class: "plain-list" },
          r.history.map((deed) =>
            h(
              "li",
              {},
              h("span", { class: "hint" }, when(deed.at)),
              h(
                "span",
                { class: "grow" },
                [deed.actor && desk.nameOf(deed.actor), t(deedName(deed.kind)), detailOf(deed)]
                  .filter(Boolean)
                  .join(" · "),
              ),
            ),
          ),
        ),
      ),
    );
  }

  /** What the field of who reads it offers now; what was chosen stays. @param {Whole} r */
  function drawReaders(r) {
    const select = composer.element.querySelector("select");
    const list = readers(r);
    const now = list.map((one) => one.join()).join("|");
    if (!select || select.dataset.list === now) return;
    const chosen = select.value;
    const known = select.dataset.list !== undefined;
    select.dataset.list = now;
    fill(select, ...list.map(([value, text]) => h("option", { value }, text)));
    if (known && list.some(([value]) => value === chosen)) select.value = chosen;
  }

  function writePart() {
    // The same reply keeps its id until it is stored: sent twice it is there once.
    let replyId = makeUuid7();
    const text = field(
      "text",
      t("your_reply"),
      {
        maxlength: 8_000,
        rows: 5,
        oninput: () => drafts.set(id, text.input.value),
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
        },
      },
      { lines: true },
    );
    text.input.value = drafts.get(id) ?? "";
    const to = field(
      "to",
      t("who_reads"),
      { value: "visitor" },
      {
        options: [
          ["visitor", t("to_visitor")],
          ["note", t("to_staff")],
        ],
      },
    );
    const element = form({
      parts: [text, to],
      submit: t("send"),
      send: (values) => {
        const isPublic = values.to !== "note";
        const also = isPublic ? same.chosen : [];
        const reply = { id: replyId, text: values.text, public: isPublic };
        const way = ["here", "private"].includes(values.to) ? { way: values.to } : {};
        return call("POST", `${base}/replies`, {
          ...{ ...reply, ...way },
          ...(also.length > 0 && { also }),
        });
      },
      done: async (answer) => {
        const refused = same.numbersOf(answer.json?.refused ?? []);
        replyId = makeUuid7();
        drafts.delete(id);
        text.input.value = "";
        await reload();
        say(refused ? t("sent_but", { numbers: refused }) : t("sent"));
        settle();
        void same.load();
      },
      failed: (answer) => {
        if (answer.problem !== "claimed") return false;
        void reload().then(() => {
          text.fail(t("problem_claimed", { name: desk.nameOf(whole?.assignee ?? "") }));
          text.input.focus();
        });
        return true;
      },
    });
    return {
      element,
      /** Behind what is written, where the caret then is. @param {string} more */
      insert(more) {
        const before = text.input.value.trimEnd();
        text.input.value = before ? `${before}\n\n${more}` : more;
        drafts.set(id, text.input.value);
        text.input.focus();
      },
    };
  }

  const tellOpen = () => void call("PUT", `${base}/opening`);
  const renewal = setInterval(
    () => document.visibilityState === "visible" && tellOpen(),
    RENEW_OPENING,
  );
  tellOpen();
  void reload();
  void answers.load();
  void same.load();

  return {
    id,
    element,
    reload,
    drawOthers,
    redraw: () => whole && keepFocus(element, draw),
    focus: () => heading.focus(),
    close() {
      gone = true;
      clearInterval(renewal);
      void call("DELETE", `${base}/opening`);
      for (const address of pictures) URL.revokeObjectURL(address);
    },
  };
}
