// The panel's page as the server makes it of panel.html, and snapshots signed for it.
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { signedText } from "../../../web/panel/snapshot.js";
import { answer, WEB } from "./server.mjs";

export const SITE = "demo";
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** @param {Uint8Array} bytes */
const base64Url = (bytes) => Buffer.from(bytes).toString("base64url");

/** A fresh signing key: what signs, and what the page is told. */
export async function makeKey() {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey(curve, true, [
    "sign",
    "verify",
  ]);
  const { x = "", y = "" } = await webcrypto.subtle.exportKey("jwk", publicKey);
  /** @param {string} text */
  const sign = async (text) => {
    const bytes = new TextEncoder().encode(text);
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    return base64Url(new Uint8Array(await webcrypto.subtle.sign(algorithm, privateKey, bytes)));
  };
  return { sign, public: { x, y } };
}

/**
 * @param {Uint8Array} bytes of the snapshot
 * @param {{sign: (text: string) => Promise<string>}} key
 * @param {object} [changes] to the manifest, before it is signed
 */
export async function makeManifest(bytes, key, changes = {}) {
  const manifest = {
    format: 1,
    site: SITE,
    version: 1,
    issued_at: "2026-01-02T03:04:05Z",
    fresh_until: "2026-02-02T03:04:05Z",
    length: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    signature: "",
    ...changes,
  };
  manifest.signature = await key.sign(signedText(manifest));
  return manifest;
}

/**
 * Puts panel, manifest and snapshot on a test server.
 * @param {import("./server.mjs").TestServer} server
 * @param {object} options
 * @param {{x: string, y: string}[]} options.keys
 * @param {object} options.manifest
 * @param {Uint8Array} options.snapshot
 * @param {string} [options.language]
 * @param {string[]} [options.origins]
 */
export function servePanel(server, { keys, manifest, snapshot, language = "uk", origins = [] }) {
  const { texts, more_texts, ...assets } = JSON.parse(
    readFileSync(join(WEB, "assets.json"), "utf8"),
  );
  for (const name of Object.keys(assets)) assets[name] = `/${assets[name]}`;
  assets.more_texts = `/${more_texts[language]}`;
  const api = `/v1/sites/${SITE}`;
  const config = {
    site: SITE,
    lang: language,
    languages: Object.keys(texts),
    keys,
    manifest: `${api}/manifest.json`,
    snapshots: `${api}/snapshots/`,
    requests: `${api}/requests`,
    origins,
    pictures: [],
    keep_queries: false,
    assets,
    texts: JSON.parse(readFileSync(join(WEB, texts[language]), "utf8")),
  };
  /** @type {Record<string, string>} */
  const values = {
    lang: language,
    title: "Ask us!",
    style: assets.panel_style,
    script: assets.panel_script,
    core: assets.core,
    manifest: config.manifest,
    config: JSON.stringify(config).replaceAll("<", "\\u003c"),
  };
  const template = readFileSync(join(WEB, "panel.html"), "utf8");
  const html = template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
  };
  server.routes.set(`/sites/${SITE}/panel`, answer(html, headers));
  server.routes.set(`/sites/${SITE}/ask`, answer(html, headers));
  const json = { "Content-Type": "application/json", "Cache-Control": "no-cache" };
  server.routes.set(config.manifest, answer(JSON.stringify(manifest), json));
  const form = { token: "form-token", issued_at: 0, work: 0 };
  server.routes.set(`${api}/form`, answer(JSON.stringify(form), json));
  const { sha256 } = /** @type {{sha256: string}} */ (manifest);
  server.routes.set(`${config.snapshots}${sha256}.faq`, (_, response) =>
    response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(snapshot),
  );
  return config;
}
