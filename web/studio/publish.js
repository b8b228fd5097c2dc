// Publishing: what would change, which questions get worse, then sign, send, and go back if need be.
import { fill, h } from "./dom.js";
import { Refused } from "./server.js";
import { hashOf, readKey, signManifest } from "./sign.js";
import { t, when } from "./texts.js";

const TRIES = 3; // when somebody else was faster

/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./service.js").Service} Service */

/** The signing key of this tab, once it was chosen. @type {CryptoKey | null} */
let signingKey = null;
/** Whether the server has the key, and signs; asked for once. @type {boolean | null} */
let isSignedThere = null;

const canSign = () => isSignedThere === true || signingKey !== null;

/** A field for the key's file; nothing when there is a key. @param {string} id @param {() => void} chosen */
function keyField(id, chosen) {
  if (canSign()) return null;
  const said = h("p", { className: "error", role: "alert" });
  const read = async (/** @type {Event} */ { target }) => {
    const [file] = /** @type {HTMLInputElement} */ (target).files ?? [];
    try {
      signingKey = await readKey(await file.text());
      said.textContent = "";
      chosen();
    } catch {
      said.textContent = t("bad_key");
    }
  };
  return h(
    "div",
    { className: "field" },
    h("label", { for: id }, t("signing_key")),
    h("input", { id, type: "file", accept: ".pem", onchange: read }),
    h("p", { className: "hint" }, t("signing_key_hint")),
    said,
  );
}

/**
 * @param {Server} server
 * @param {{site: string, length: number, sha256: string}} what
 * @param {CryptoKey} key
 */
async function signHere(server, what, key) {
  const current = await server.manifest();
  return signManifest({ ...what, version: (current?.version ?? 0) + 1 }, key);
}

/**
 * Signs as the version behind the current one and sends; again when somebody else was faster.
 * @param {Server} server
 * @param {{site: string, length: number, sha256: string}} what
 * @param {(manifest: string) => Promise<void>} send
 */
async function signAndSend(server, what, send) {
  for (let left = TRIES; ; left -= 1) {
    const manifest = signingKey
      ? await signHere(server, what, signingKey)
      : await server.sign(what);
    try {
      await send(manifest);
      return JSON.parse(manifest).version;
    } catch (error) {
      if (left <= 1 || !(error instanceof Refused) || error.type !== "version-not-higher")
        throw error;
    }
  }
}

/** @param {{added: string[], gone: string[], changed: {id: string, what: string[]}[], settings: string[]}} diff */
function changes({ added, gone, changed, settings }) {
  const lines = [
    ...added.map((id) => ["+", id, ""]),
    ...gone.map((id) => ["−", id, ""]),
    ...changed.map(({ id, what }) => ["~", id, what.join(", ")]),
    ...(settings.length > 0 ? [["~", t("settings"), settings.join(", ")]] : []),
  ];
  if (lines.length === 0) return [h("p", { className: "hint" }, t("nothing_changed"))];
  const MOST = 200;
  return [
    h("p", {}, t("changes", { added: added.length, gone: gone.length, changed: changed.length })),
    h(
      "ul",
      { className: "diff", tabIndex: 0, "aria-label": t("what_changes") },
      ...lines
        .slice(0, MOST)
        .map(([sign, id, what]) =>
          h("li", {}, `${sign} ${id}`, what && h("small", {}, ` ${what}`)),
        ),
      lines.length > MOST && h("li", {}, t("and_more", { n: lines.length - MOST })),
    ),
  ];
}

/** @param {{question: string, before: number, after: number, worse: boolean}[]} questions */
function fates(questions) {
  const place = (/** @type {number} */ rank) => (rank === 0 ? t("not_found") : String(rank));
  return (
    questions.length > 0 &&
    h(
      "ul",
      { className: "diff", tabIndex: 0, "aria-label": t("questions") },
      ...questions.map(({ question, before, after, worse }) =>
        h(
          "li",
          { className: worse ? "error" : "good" },
          `${worse ? t("worse") : t("better")}: «${question}» ${place(before)} → ${place(after)}`,
        ),
      ),
    )
  );
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {{server: Server, service: Service, site: string, errors: number, published: (version: number) => void}} studio
 */
export async function openPublish(dialog, { server, service, site, errors, published }) {
  isSignedThere ??= await server.signsHere();
  const manifest = await server.manifest();
  const old = manifest && (await server.snapshot(manifest.sha256));
  const { bytes } = await service.call({ call: "snapshot" });
  const { json: diff } = old ? await service.call({ call: "compare" }, [old]) : { json: null };
  const worse = diff?.questions.filter((/** @type {any} */ q) => q.worse).length ?? 0;
  const said = h("p", { className: "error", role: "alert" });
  const anyway = h("input", { type: "checkbox", id: "anyway", onchange: () => ready() });
  const send = h("button", { className: "primary", onclick: () => void go() }, t("publish"));
  const ready = () => {
    send.disabled = errors > 0 || !canSign() || (worse > 0 && !anyway.checked);
  };
  const go = async () => {
    send.disabled = true;
    said.textContent = "";
    try {
      const snapshot = /** @type {Uint8Array<ArrayBuffer>} */ (bytes);
      const what = { site, length: snapshot.length, sha256: await hashOf(snapshot) };
      const version = await signAndSend(server, what, (text) => server.publish(text, snapshot));
      dialog.close();
      published(version);
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
      ready();
    }
  };
  fill(
    dialog,
    h("h2", { id: "dialog-title" }, t("publish_title")),
    errors > 0 && h("p", { className: "error" }, t("errors_first", { n: errors })),
    ...(diff ? changes(diff) : [h("p", {}, t("first_publish"))]),
    fates(diff?.questions ?? []),
    worse > 0 &&
      h(
        "p",
        { className: "check" },
        anyway,
        h("label", { for: "anyway" }, t("publish_anyway", { n: worse })),
      ),
    keyField("signing-key", ready),
    said,
    h(
      "div",
      { className: "actions" },
      send,
      h("button", { className: "plain", onclick: () => dialog.close() }, t("cancel")),
    ),
  );
  ready();
  dialog.showModal();
}

/**
 * What a version has changed of the one that is kept from before it.
 * @param {Server} server @param {Service} service @param {string} before @param {string} after
 * @returns {Promise<Node[]>}
 */
async function changesOf(server, service, before, after) {
  const files = await Promise.all([server.snapshot(before), server.snapshot(after)]);
  const { json } = await service.call({ call: "compare" }, files);
  return changes(json);
}

/**
 * What was published, with a way back.
 * @param {HTMLElement} box
 * @param {{server: Server, service: Service, site: string, published: (version: number) => void}} studio
 */
export async function showHistory(box, { server, service, site, published }) {
  isSignedThere ??= await server.signsHere();
  const kept = await server.history();
  const said = h("p", { className: "error", role: "alert" });
  /** @param {Promise<unknown>} work */
  const attempt = (work) => {
    said.textContent = "";
    work.catch((error) => (said.textContent = error.message));
  };
  /** @param {any} entry */
  const back = async ({ sha256 }) => {
    const { length } = await server.snapshot(sha256);
    const what = { site, length, sha256 };
    published(await signAndSend(server, what, (text) => server.rollback(text)));
  };
  /** @param {any} entry @param {any} before the one that is kept from before it */
  const line = (entry, before) => {
    const details = h("div", { hidden: true });
    const show = async () => {
      details.hidden = !details.hidden;
      if (details.hidden || details.hasChildNodes()) return;
      fill(details, ...(await changesOf(server, service, before.sha256, entry.sha256)));
    };
    const restore = {
      className: "plain",
      disabled: !canSign(),
      onclick: () => attempt(back(entry)),
    };
    return h(
      "li",
      {},
      h("strong", {}, t("version", { version: entry.version })),
      h("span", {}, when(entry.published_at || entry.issued_at)),
      h("span", { className: "hint" }, entry.publisher && t("by", { who: entry.publisher })),
      before &&
        h("button", { className: "ghost", onclick: () => attempt(show()) }, t("what_changed")),
      entry.current
        ? h("span", { className: "mark good" }, t("current"))
        : h("button", restore, t("restore")),
      details,
    );
  };
  const draw = () =>
    fill(
      box,
      keyField("history-key", draw),
      said,
      kept.length === 0 && h("p", { className: "hint" }, t("never_published")),
      h("ol", { className: "history" }, ...kept.map((entry, i) => line(entry, kept[i + 1]))),
    );
  draw();
}
