// Who signs what is published: the server where it has the site's key, else this tab with a key that
// somebody has chosen.
import { h } from "./dom.js";
import { Refused } from "./server.js";
import { readKey, signManifest } from "./sign.js";
import { t } from "./texts.js";

const TRIES = 3; // when somebody else was faster

/** @typedef {import("./server.js").Server} Server */

/** The signing key of this tab, once it was chosen. @type {CryptoKey | null} */
let signingKey = null;
/** Whether the server has the key, and signs; asked for once. @type {boolean | null} */
let isSignedThere = null;

/** Before any of what follows. @param {Server} server */
export async function askWhoSigns(server) {
  isSignedThere ??= await server.signsHere();
}

export const canSign = () => isSignedThere === true || signingKey !== null;

/** A field for the key's file; nothing when there is a key. @param {string} id @param {() => void} chosen */
export function keyField(id, chosen) {
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

/** @typedef {{site: string, length: number, sha256: string}} Signed what a manifest is of */

/**
 * @param {Server} server
 * @param {Signed} what
 * @param {CryptoKey} key
 */
async function signHere(server, what, key) {
  const current = await server.manifest();
  return signManifest({ ...what, version: (current?.version ?? 0) + 1 }, key);
}

/**
 * Signs as the version behind the current one and sends; again when somebody else was faster.
 * @param {Server} server
 * @param {Signed} what
 * @param {(manifest: string) => Promise<void>} send
 * @returns {Promise<number>} that version
 */
export async function signAndSend(server, what, send) {
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
