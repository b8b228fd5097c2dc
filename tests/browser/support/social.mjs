// What social networks would send to a server that has these channels.
import { createHmac } from "node:crypto";

/** Of the environment of the server. @type {Record<string, string>} */
export const SECRETS = {
  VK_KEY: "vk-protected-key",
  VK_CALLBACK: "vk-callback-secret",
  FACEBOOK_SECRET: "facebook-app-secret",
  FACEBOOK_VERIFY: "facebook-verify-token",
  SHOP_KEY: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
};

export const CHANNELS = {
  vk: {
    app_id: "11",
    group_id: "77",
    protected_keys: [{ env: "VK_KEY" }],
    confirmation: "a1b2c3d4",
    callback_secrets: [{ env: "VK_CALLBACK" }],
  },
  facebook: {
    app_id: "12",
    page_id: "42",
    app_secrets: [{ env: "FACEBOOK_SECRET" }],
    verify_tokens: [{ env: "FACEBOOK_VERIFY" }],
  },
  webhooks: { shop: { keys: [{ env: "SHOP_KEY" }] } },
};

/** @param {string | Buffer} key @param {string} text */
const hmac = (key, text) => createHmac("sha256", key).update(text);
const now = () => Math.floor(Date.now() / 1000);

/**
 * The query that VK opens app 11 with in community 77.
 * @param {Record<string, string>} parameters beside the usual ones
 */
export function vkLaunch(parameters) {
  const all = Object.entries({
    ...{ vk_app_id: "11", vk_group_id: "77", vk_ts: String(now()) },
    ...parameters,
  });
  const query = all
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return `${query}&sign=${hmac(SECRETS.VK_KEY, query).digest("base64url")}`;
}

/** Facebook's signed_request. @param {object} payload beside its algorithm and time */
export function signedRequest(payload) {
  const whole = { algorithm: "HMAC-SHA256", issued_at: now(), ...payload };
  const encoded = Buffer.from(JSON.stringify(whole)).toString("base64url");
  return `${hmac(SECRETS.FACEBOOK_SECRET, encoded).digest("base64url")}.${encoded}`;
}

/** @param {string} body @returns {Record<string, string>} */
export const hubSignature = (body) => ({
  "content-type": "application/json",
  "x-hub-signature-256": `sha256=${hmac(SECRETS.FACEBOOK_SECRET, body).digest("hex")}`,
});

/**
 * @param {string} id
 * @param {string} body
 * @param {number} [at] Unix seconds
 * @returns {Record<string, string>}
 */
export function webhookHeaders(id, body, at = now()) {
  const key = Buffer.from(SECRETS.SHOP_KEY.slice("whsec_".length), "base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": `v1,${hmac(key, `${id}.${at}.${body}`).digest("base64")}`,
  };
}
