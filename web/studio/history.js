// What was published, newest first, and a way back.
import { changes } from "./changes.js";
import { fill, h } from "./dom.js";
import { askWhoSigns, canSign, keyField, signAndSend } from "./signing-key.js";
import { t, when } from "./texts.js";

/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./service.js").Service} Service */
/** @typedef {Awaited<ReturnType<Server["history"]>>[number]} Version */

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
 * @param {Version} version
 * @param {(() => Promise<Node[]>) | undefined} ask what it has changed, where that is known
 * @param {() => Promise<void>} restore
 * @param {(work: Promise<void>) => void} attempt
 */
function line(version, ask, restore, attempt) {
  const details = h("div", { hidden: true });
  const show = async () => {
    details.hidden = !details.hidden;
    if (details.hidden || details.hasChildNodes() || !ask) return;
    fill(details, ...(await ask()));
  };
  const back = {
    className: "plain",
    disabled: !canSign(),
    onclick: () => attempt(restore()),
  };
  return h(
    "li",
    {},
    h("strong", {}, t("version", { version: version.version })),
    h("span", {}, when(version.published_at || version.issued_at)),
    h("span", { className: "hint" }, version.publisher && t("by", { who: version.publisher })),
    ask && h("button", { className: "ghost", onclick: () => attempt(show()) }, t("what_changed")),
    version.current
      ? h("span", { className: "mark good" }, t("current"))
      : h("button", back, t("restore")),
    details,
  );
}

/**
 * @param {HTMLElement} box
 * @param {{server: Server, service: Service, site: string, published: (version: number) => void}} studio
 */
export async function showHistory(box, { server, service, site, published }) {
  await askWhoSigns(server);
  const kept = await server.history();
  const said = h("p", { className: "error", role: "alert" });
  const attempt = (/** @type {Promise<void>} */ work) => {
    said.textContent = "";
    work.catch((error) => (said.textContent = error.message));
  };
  const restore = async (/** @type {Version} */ { sha256 }) => {
    const { length } = await server.snapshot(sha256);
    const what = { site, length, sha256 };
    published(await signAndSend(server, what, (text) => server.rollback(text)));
  };
  const lineOf = (/** @type {Version} */ version, /** @type {Version | undefined} */ before) => {
    const ask = before && (() => changesOf(server, service, before.sha256, version.sha256));
    return line(version, ask, () => restore(version), attempt);
  };
  const draw = () =>
    fill(
      box,
      keyField("history-key", draw),
      said,
      kept.length === 0 && h("p", { className: "hint" }, t("never_published")),
      h("ol", { className: "history" }, ...kept.map((version, i) => lineOf(version, kept[i + 1]))),
    );
  draw();
}
