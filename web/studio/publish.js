// Publishing: what would change, which questions get worse, then sign, send, and go back if need be.
import { changes, fates } from "./changes.js";
import { countErrors } from "./check.js";
import { h } from "./dom.js";
import { showHistory } from "./history.js";
import { button, cancelButton, openDialog } from "./pieces.js";
import { hashOf } from "./sign.js";
import { askWhoSigns, canSign, keyField, signAndSend } from "./signing-key.js";
import { t } from "./texts.js";

/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./service.js").Service} Service */
/** @typedef {{server: Server, service: Service, check: import("./check.js").Check,
 *   recheck: () => Promise<void>, dialog: HTMLDialogElement, say: (text: string) => void,
 *   fail: (error: unknown) => void}} Studio */

export class Publishing {
  /** Of what is published; 0: nothing is. */
  version = 0;

  /** @param {HTMLElement} box for the history @param {Studio} studio */
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
    const set = { className: "primary", disabled: true };
    this.button = button(t("publish_dots"), () => void this.#open().catch(studio.fail), set);
  }

  /** Whether there is something to publish. @param {boolean} isBuilt */
  allow(isBuilt) {
    this.button.disabled = !isBuilt;
  }

  /** @param {string} site that what is restored is signed for */
  showHistory(site) {
    const { server, service } = this.studio;
    return showHistory(this.box, { server, service, site, published: this.#published });
  }

  async #open() {
    const { server, service, check, recheck, dialog } = this.studio;
    await recheck(); // of what stands there now
    const { site, findings } = check.last;
    const errors = countErrors(findings);
    await openPublish(dialog, { server, service, site, errors, published: this.#published });
  }

  #published = (/** @type {number} */ version) => {
    const { check, say, fail } = this.studio;
    this.version = version;
    say(t("published", { version }));
    void this.showHistory(check.last.site).catch(fail);
  };
}

/**
 * The draft's snapshot, and what it changes of the published one; null: nothing is published.
 * @param {Server} server
 * @param {Service} service
 * @returns {Promise<{snapshot: Uint8Array<ArrayBuffer>,
 *   diff: import("./changes.js").Diff & {questions: import("./changes.js").Fate[]} | null}>}
 */
async function compare(server, service) {
  const manifest = await server.manifest();
  const old = manifest && (await server.snapshot(manifest.sha256));
  const { bytes } = await service.call({ call: "snapshot" });
  const { json: diff } = old ? await service.call({ call: "compare" }, [old]) : { json: null };
  return { snapshot: /** @type {Uint8Array<ArrayBuffer>} */ (bytes), diff };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {{server: Server, service: Service, site: string, errors: number, published: (version: number) => void}} studio
 */
async function openPublish(dialog, { server, service, site, errors, published }) {
  await askWhoSigns(server);
  const { snapshot, diff } = await compare(server, service);
  const worse = diff?.questions.filter((question) => question.worse).length ?? 0;
  const said = h("p", { className: "error", role: "alert" });
  const anyway = h("input", { type: "checkbox", id: "anyway", onchange: () => ready() });
  const send = button(t("publish"), () => void go(), { className: "primary" });
  const ready = () => {
    send.disabled = errors > 0 || !canSign() || (worse > 0 && !anyway.checked);
  };
  const go = async () => {
    send.disabled = true;
    said.textContent = "";
    try {
      const what = { site, length: snapshot.length, sha256: await hashOf(snapshot) };
      const version = await signAndSend(server, what, (text) => server.publish(text, snapshot));
      dialog.close();
      published(version);
    } catch (error) {
      said.textContent = /** @type {Error} */ (error).message;
      ready();
    }
  };
  const sure = h("label", { for: "anyway" }, t("publish_anyway", { n: worse }));
  ready();
  openDialog(
    dialog,
    t("publish_title"),
    errors > 0 && h("p", { className: "error" }, t("errors_first", { n: errors })),
    ...(diff ? changes(diff) : [h("p", {}, t("first_publish"))]),
    fates(diff?.questions ?? []),
    worse > 0 && h("p", { className: "check" }, anyway, sure),
    keyField("signing-key", ready),
    said,
    h("div", { className: "actions" }, send, cancelButton(dialog)),
  );
}
