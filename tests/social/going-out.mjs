// A server whose replies go out to stand-ins, with somebody who answers, and questions of every place.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO, startAskus } from "../browser/support/askus.mjs";
import { CHANNELS, hubSignature, SECRETS } from "../browser/support/social.mjs";
import { link, PASSWORD } from "../staff/support.mjs";
import { Facebook, MailServer, TOKENS, Vk, WebhookReceiver } from "./receivers.mjs";

export const ACCOUNT = { user: "askus", password: "mail-password" };
const CRM_KEY = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** A UUID version 7, as a page makes it. */
export function uuid7() {
  const hex = Date.now().toString(16).padStart(12, "0") + randomBytes(10).toString("hex");
  const variant = "89ab"[parseInt(hex[16], 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * @param {object} [options]
 * @param {object} [options.outbox] of the configuration
 * @param {import("../staff/postgres.mjs").Postgres} [options.postgres] the database, where it is not
 *   SQLite
 * @param {MailServer} [options.mail]
 * @param {string} [options.caFile] whom a mail server's certificate must come from
 */
export async function startGoingOut(options = {}) {
  const { outbox, postgres } = options;
  const [vk, page, mail, crm] = await Promise.all([
    new Vk().start(),
    new Facebook().start(),
    (options.mail ?? new MailServer(ACCOUNT)).start(),
    new WebhookReceiver(CRM_KEY).start(),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "askus-out-"));
  writeFileSync(join(folder, "mail-password"), `${ACCOUNT.password}\n`, { mode: 0o600 });
  const events = ["request.received", "request.replied", "request.status", "request.assigned"];
  const askus = await startAskus(
    { faq: DEMO.faq, site: "web/demo/site-plain.json" },
    {
      mail: {
        ...{ url: mail.url, from: "help@example.org", name: "Підтримка, «Приклад»" },
        ...{ user: ACCOUNT.user, password_file: join(folder, "mail-password") },
        origin: "https://support.example.com",
        ca_file: options.caFile,
      },
      outbox: { first_retry_ms: 40, longest_retry_ms: 400, ...outbox },
      abuse: { form_token: false, rate_limit: false },
    },
    {
      channels: {
        ...CHANNELS,
        vk: {
          ...CHANNELS.vk,
          access_token: { env: "VK_TOKEN" },
          administrator_token: { env: "VK_ADMIN_TOKEN" },
          api_url: `${vk.origin}/method/`,
        },
        facebook: {
          ...CHANNELS.facebook,
          access_token: { env: "FACEBOOK_TOKEN" },
          api_url: page.origin,
        },
      },
      outgoingWebhooks: { crm: { url: `${crm.origin}/hook`, keys: [{ env: "CRM_KEY" }], events } },
      environment: { ...SECRETS, ...TOKENS, CRM_KEY },
      metrics: true,
      postgres,
    },
  );
  const receivers = { vk, page, mail, crm };
  return {
    askus,
    ...receivers,
    wrong: () => Object.values(receivers).flatMap((one) => one.wrong),
    stop: async () => {
      await askus.stop();
      await Promise.all(Object.values(receivers).map((one) => one.stop()));
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Somebody who answers, without a browser.
 * @param {import("../browser/support/askus.mjs").Askus} askus
 */
export async function logInByHand(askus, email = "olena@example.org", role = "staff") {
  const ticket = (await link(askus, email, role)).split("=")[1];
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json", Origin: askus.origin };
  /** @param {string} method @param {string} path @param {object} [body] */
  const call = (method, path, body) =>
    fetch(askus.origin + path, { method, headers, body: body && JSON.stringify(body) });
  const account = { ticket, password: PASSWORD, name: "Олена Коваль", language: "uk" };
  const made = await call("POST", "/v1/invitation/acceptance", {
    ...account,
    position: "інженерка",
  });
  if (made.status !== 204) throw new Error(`the invitation: ${await made.text()}`);
  const entered = await call("POST", "/v1/session", { email, password: PASSWORD });
  headers.Cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0];
  const path = (/** @type {string} */ id) => `/v1/sites/demo/requests/${id}`;
  return {
    call,
    /** @param {string} id @param {string} text @param {object} [more] */
    reply: (id, text, more = {}) =>
      call("POST", `${path(id)}/replies`, { id: uuid7(), text, public: true, ...more }),
    /** @param {string} id @returns {Promise<any>} */
    read: async (id) => (await call("GET", path(id))).json(),
    /**
     * The request, when its deliveries are as they should be.
     * @param {string} id @param {(deliveries: any[]) => boolean} settled
     */
    until: async (id, settled, patience = 10_000) => {
      for (const begin = Date.now(); ;) {
        const request = await (await call("GET", path(id))).json();
        if (settled(request.deliveries)) return request;
        if (Date.now() - begin > patience)
          throw new Error(`still ${JSON.stringify(request.deliveries)}`);
        // The server tells of changes by its stream of events; a look now and then is simpler here.
        await new Promise((done) => setTimeout(done, 50));
      }
    },
  };
}

/** The id of the request that was stored last. @param {import("../browser/support/askus.mjs").Askus} askus */
const newest = (askus) =>
  String(askus.query("select id from requests order by number desc limit 1")[0].id);

let counted = 100;

/**
 * A question in VK: "wall", "topic", "photo" or "message". @returns its id
 * @param {import("../browser/support/askus.mjs").Askus} askus @param {string} place
 * @param {string} text
 */
export async function askInVk(askus, place, text) {
  const id = ++counted;
  const type = {
    ...{ wall: "wall_reply_new", topic: "board_post_new", photo: "photo_comment_new" },
    message: "message_new",
  }[place];
  const thread = { wall: { post_id: 3 }, topic: { topic_id: 4 }, photo: { photo_id: 6 } }[place];
  const date = Math.floor(Date.now() / 1000);
  const object =
    place === "message"
      ? { message: { id, conversation_message_id: id, from_id: 5, peer_id: 5, date, text } }
      : { id, from_id: 5, owner_id: -77, date, text, ...thread };
  const body = { type, group_id: 77, event_id: `e${id}`, secret: SECRETS.VK_CALLBACK, object };
  const answer = await fetch(`${askus.origin}/vk/demo/callback`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  if ((await answer.text()) !== "ok") throw new Error("VK's call was not taken");
  return { id: newest(askus), item: String(id) };
}

/**
 * The same in Facebook: "comment" or "message".
 * @param {import("../browser/support/askus.mjs").Askus} askus @param {string} place
 * @param {string} text @param {number} [at] Unix seconds @param {string} [user]
 */
export async function askInFacebook(
  askus,
  place,
  text,
  at = Math.floor(Date.now() / 1000),
  user = "6",
) {
  const item = String(++counted);
  const value = {
    ...{ item: "comment", verb: "add", comment_id: `42_${item}`, post_id: "42_1", message: text },
    ...{ from: { id: user, name: "Марія" }, created_time: at },
  };
  const message = {
    sender: { id: user },
    timestamp: at * 1000,
    message: { mid: `m${item}`, text },
  };
  const entry =
    place === "comment"
      ? { id: "42", changes: [{ field: "feed", value }] }
      : { id: "42", messaging: [message] };
  const body = JSON.stringify({ object: "page", entry: [entry] });
  const answer = await fetch(`${askus.origin}/facebook/demo/webhook`, {
    method: "POST",
    headers: hubSignature(body),
    body,
  });
  if ((await answer.text()) !== "ok") throw new Error("Facebook's call was not taken");
  return { id: newest(askus), item: `42_${item}` };
}

/**
 * A question from the site with an e-mail address.
 * @param {import("../browser/support/askus.mjs").Askus} askus
 * @param {object} [fields]
 */
export async function askBySite(askus, fields = {}) {
  const id = uuid7();
  const request = {
    ...{ id, kind: "question", title: "Коли приїде майстер?", details: "Чекаю з понеділка." },
    ...{ name: "Марія", contact: "maria@example.net", language: "uk", channel: "site" },
    ...fields,
  };
  const answer = await fetch(`${askus.origin}/v1/sites/demo/requests`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": id },
    body: JSON.stringify(request),
  });
  if (answer.status !== 201) throw new Error(`not stored: ${await answer.text()}`);
  return { id, ...(await answer.json()) };
}
