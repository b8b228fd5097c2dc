// Under an answer: "I have this too", and a comment of one's own. Both are letters of the outbox
// like a request, under keys of their own.
import { sha256Hex } from "../panel/bytes.js";
import * as P from "../panel/protocol.js";
import * as K from "./keys.js";
import { BUTTON, button, keyOf, make, REGION, region, TEXT, text } from "./nodes.js";
import { makeUuid7 } from "./uuid.js";

/** Bytes of shared/request/request.h. */
const MAX_TEXT = 32_000;
const MAX_NAME = 200;
const ME_TOO = "metoo.";
const DRAFT = "comment.";

/** @typedef {import("./nodes.js").Branch} Branch */

/**
 * The topic that is read, and what a site asks to be agreed to.
 * @typedef {object} Topic
 * @property {string} id
 * @property {string} consentVersion "": nothing is asked
 * @property {Branch | null} consent the core's own node of it
 */

/** @param {string} value */
const bytesOf = (value) => new TextEncoder().encode(value).length;

export class TopicPart {
  /** @type {Topic} */
  #topic = { id: "", consentVersion: "", consent: null };
  #isOpen = false;
  #text = "";
  #name = "";
  #agreedAt = "";
  /** Names of texts. */
  #problems = { text: "", name: "", consent: "" };
  /** What became of the last comment: the name of a text, and the server's words. */
  #status = "";
  #reason = "";
  /** Id of the comment that is on its way. */
  #sending = "";

  /** @param {import("./more.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {Topic} topic @returns {Branch[]} */
  draw(topic) {
    const isOther = topic.id !== this.#topic.id;
    this.#topic = topic;
    if (isOther) this.#restore();
    const { t, storage } = this.app;
    const isCounted = storage.get(ME_TOO + topic.id) !== "";
    return [
      region(REGION.row, [
        button(BUTTON.plain, keyOf(K.ME_TOO), t(isCounted ? "me_too_done" : "me_too"), {
          flags: isCounted ? P.DISABLED | P.SELECTED : 0,
        }),
        !this.#isOpen && button(BUTTON.ghost, keyOf(K.COMMENT), t("comment_add")),
      ]),
      this.#isOpen && this.#form(),
      make(P.STATUS, { key: keyOf(K.COMMENT_STATUS), label: this.#status && t(this.#status) }, [
        this.#reason && text(TEXT.hint, this.#reason),
      ]),
    ].filter((branch) => branch !== false);
  }

  #form() {
    const { t } = this.app;
    const { consent, consentVersion } = this.#topic;
    const error = (/** @type {string} */ name) => name && text(TEXT.error, t(name));
    const invalid = (/** @type {string} */ name) => (name ? P.INVALID : 0);
    const problems = this.#problems;
    return region(
      REGION.card,
      [
        make(P.FIELD, {
          ...{ key: keyOf(K.COMMENT_TEXT), label: t("comment_label"), value: this.#text },
          flags: P.MULTILINE | P.REQUIRED | invalid(problems.text),
        }),
        error(problems.text) || text(TEXT.hint, t("comment_hint")),
        make(P.FIELD, {
          ...{ key: keyOf(K.COMMENT_NAME), style: 3, label: t("comment_name"), value: this.#name },
          flags: invalid(problems.name),
        }),
        error(problems.name),
        consentVersion &&
          consent &&
          make(
            P.CHECK,
            {
              ...{ key: keyOf(K.COMMENT_CONSENT), label: consent.node.label },
              flags: P.REQUIRED | (this.#agreedAt ? P.SELECTED : 0) | invalid(problems.consent),
            },
            consent.children,
          ),
        error(problems.consent),
        region(REGION.row, [
          button(BUTTON.primary, keyOf(K.COMMENT_SEND), t("comment_send")),
          button(BUTTON.ghost, keyOf(K.COMMENT_CANCEL), t("cancel")),
        ]),
      ],
      { label: t("comment_add") },
    );
  }

  #restore() {
    this.#text = this.app.storage.get(DRAFT + this.#topic.id);
    this.#isOpen = this.#text !== "";
    this.#agreedAt = this.#status = this.#reason = "";
    this.#problems = { text: "", name: "", consent: "" };
  }

  /** @param {number} action @param {string} value @returns {number} the action to focus, 0: none */
  event(action, value) {
    const { storage } = this.app;
    switch (action) {
      case K.ME_TOO:
        return this.#meToo();
      case K.COMMENT:
        this.#isOpen = true;
        this.#status = this.#reason = "";
        return K.COMMENT_TEXT;
      case K.COMMENT_CANCEL:
        this.#isOpen = false;
        storage.set(DRAFT + this.#topic.id, "");
        this.#restore();
        return K.COMMENT;
      case K.COMMENT_TEXT:
        this.#text = value;
        this.#problems.text = "";
        storage.set(DRAFT + this.#topic.id, value);
        this.app.outbox.prepare();
        return 0;
      case K.COMMENT_NAME:
        this.#name = value;
        this.#problems.name = "";
        return 0;
      case K.COMMENT_CONSENT:
        this.#agreedAt = value === "1" ? new Date().toISOString().slice(0, 19) + "Z" : "";
        this.#problems.consent = "";
        return 0;
      case K.COMMENT_SEND:
        return this.#send();
    }
    return 0;
  }

  #meToo() {
    const { storage, counters } = this.app;
    const { id: topic } = this.#topic;
    if (storage.get(ME_TOO + topic)) return 0;
    storage.set(ME_TOO + topic, "1");
    counters.add(["me-too", topic]);
    this.#post({ topic, me_too: true });
    return 0;
  }

  /** @param {object} fields @returns {string} the letter's id */
  #post(fields) {
    const id = makeUuid7();
    const body = { id, kind: "comment", ...this.app.place(), ...fields };
    this.app.outbox.add({ id, body: JSON.stringify(body) });
    return id;
  }

  /** @returns {number} */
  #send() {
    if (this.#sending) return 0;
    const { consentVersion, consent, id: topic } = this.#topic;
    const tooLong = "error_too_long";
    this.#problems = {
      text: !this.#text.trim() ? "error_comment" : bytesOf(this.#text) > MAX_TEXT ? tooLong : "",
      name: bytesOf(this.#name) > MAX_NAME ? tooLong : "",
      consent: consentVersion && !this.#agreedAt ? "error_consent" : "",
    };
    if (this.#problems.text) return K.COMMENT_TEXT;
    if (this.#problems.name) return K.COMMENT_NAME;
    if (this.#problems.consent) return K.COMMENT_CONSENT;
    this.#sending = "?"; // a second press while the text is hashed
    const [details, name, at] = [this.#text, this.#name.trim(), this.#agreedAt];
    const agreed = new TextEncoder().encode(consent?.node.label);
    void this.app
      .crypto()
      .then((crypto) => (consentVersion ? sha256Hex(agreed, crypto) : ""))
      .then((text_hash) => {
        this.#sending = this.#post({
          ...{ topic, details, ...(name && { name }) },
          ...(text_hash && { consent: { version: consentVersion, text_hash, at } }),
        });
        this.#status = "comment_sending";
        this.app.draw();
      })
      .catch(() => {
        this.#sending = "";
        this.#status = "unreachable";
        this.app.draw();
      });
    return K.COMMENT_STATUS;
  }

  /**
   * What the server said of a letter.
   * @param {string} id
   * @param {import("../panel/outbox.js").Refusal | null} refusal null: it is stored
   */
  outcome(id, refusal) {
    if (id !== this.#sending) return;
    this.#sending = "";
    if (refusal) {
      this.#status = "comment_refused";
      this.#reason = refusal.text;
      return;
    }
    this.app.storage.set(DRAFT + this.#topic.id, "");
    this.#restore();
    this.#status = "comment_sent";
  }

  /** A letter that waits. @param {string} id */
  delayed(id) {
    if (id === this.#sending) this.#status = "comment_waits";
  }

  forget() {
    this.#name = this.#sending = "";
    this.#restore();
  }
}
