// The body of a request (docs/http-api.md) out of the core's `send` effect.
import { sha256Hex } from "./bytes.js";

/** In the order of shared/request/request.h. */
const FIELDS = [
  "id",
  "kind",
  "title",
  "details",
  "category",
  "mood",
  "name",
  "contact",
  "language",
];
const WHERE = ["channel", "page", "query", "identity"];

/**
 * @param {Map<string, string>} fields names and values of the effect
 * @param {import("./verify.js").Crypto} crypto
 * @param {string} [attachments] SHA-256 of its pictures, space-separated
 * @returns {Promise<import("./outbox.js").Letter>}
 */
export async function writeRequest(fields, crypto, attachments) {
  /** @type {Record<string, string | object>} */
  const body = {};
  for (const name of [...FIELDS, ...WHERE]) {
    const value = fields.get(name);
    if (value) body[name] = value;
  }
  const version = fields.get("consent_version");
  if (version) {
    const text = new TextEncoder().encode(fields.get("consent_text") ?? "");
    const text_hash = await sha256Hex(text, crypto);
    body.consent = { version, text_hash, at: fields.get("consent_at") ?? "" };
  }
  if (attachments) body.attachments = attachments.split(" ");
  return { id: fields.get("id") ?? "", body: JSON.stringify(body) };
}
