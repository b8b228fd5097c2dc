// Real traffic against docs/openapi.yaml: every operation with good and with bad input, every
// answer judged by the file. That the file has the router's routes, and no others, is
// tests/server-stub/api/routes_test.cpp's.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { askusServer, startAskus } from "../browser/support/askus.mjs";
import {
  CHANNELS,
  hubSignature,
  SECRETS,
  signedRequest,
  vkLaunch,
  webhookHeaders,
} from "../browser/support/social.mjs";
import { oneTimeCode } from "../staff/support.mjs";
import { FAILURES, KEY, MODEL, startModel } from "../studio/model.mjs";
import { Document, WATCHED } from "./document.mjs";

const document = new Document();
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {Awaited<ReturnType<typeof startModel>>} */
let model;
/** @type {string} */
let publisher;
/** The call's operation -> the statuses it has answered with. @type {Map<string, Set<number>>} */
const seen = new Map(document.operations().map((operation) => [operation, new Set()]));

const STAFF = "a-staff-key";
const JSON_TYPE = { "content-type": "application/json" };

before(async () => {
  model = await startModel();
  askus = await startAskus(
    undefined,
    {
      ...{ abuse: { quick_form_ms: 0 }, model: { url: model.url, name: MODEL } },
      // Nobody listens there: what is to be sent waits.
      mail: { url: "smtp://127.0.0.1:1", from: "help@example.org", origin: "https://ask.example" },
    },
    {
      ...{
        staffKey: STAFF,
        metrics: true,
        channels: CHANNELS,
        environment: { ...SECRETS, ASKUS_MODEL_KEY: KEY },
      },
      ...{ helpPages: true, signsItself: true },
    },
  );
  publisher = readFileSync(join(askus.data, "token"), "utf8").trim();
});
after(async () => {
  await askus.stop();
  model.stop();
});

/**
 * @typedef {object} Call
 * @property {Record<string, string>} [headers]
 * @property {string | Uint8Array<ArrayBuffer>} [body]
 * @property {string} [at] another origin
 * @property {boolean} [good] the body is one that the file allows; by default when the answer is 2xx
 */

/**
 * Makes a call, has the file judge it, and gives its answer.
 * @param {number} expected
 * @param {string} method
 * @param {string} path
 * @param {Call} [call]
 */
async function ask(expected, method, path, { headers = {}, body, at = askus.origin, good } = {}) {
  const response = await fetch(at + path, { method, headers, body, redirect: "manual" });
  const answer = {
    status: response.status,
    headers: response.headers,
    body: new Uint8Array(await response.arrayBuffer()),
  };
  const text = new TextDecoder().decode(answer.body);
  assert.equal(answer.status, expected, `${method} ${path}: ${text.slice(0, 300)}`);
  const operation = document.operation(method, path.split("?")[0]);
  assert.ok(operation, `${method} ${path} is in the file`);
  seen.get(operation)?.add(expected);
  assert.deepEqual(document.judge(operation, answer), [], `${operation}: ${text.slice(0, 300)}`);
  if ((good ?? expected < 300) && typeof body === "string")
    assert.deepEqual(document.judgeRequest(operation, "application/json", JSON.parse(body)), []);
  return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
}

/** @param {string} key */
const bearer = (key) => ({ authorization: `Bearer ${key}` });
/** @param {number} n */
const uuid = (n) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, "0")}`;
/** @param {number} n @param {object} [more] */
const request = (n, more = {}) =>
  JSON.stringify({
    id: uuid(n),
    kind: "question",
    title: "Чому?",
    language: "uk",
    consent: { version: consentVersion, text_hash: "a".repeat(64), at: "2026-01-01T00:00:00Z" },
    contact: "visitor@example.org",
    name: "Іван",
    ...more,
  });
const settings = JSON.parse(readFileSync("web/demo/site.json", "utf8"));
const consentVersion = settings.consent?.version ?? "";
/** @param {number} n */
const key = (n) => ({ ...JSON_TYPE, "idempotency-key": uuid(n) });

/** The same with a fresh form token. @param {number} n */
const keyAndForm = async (n) => {
  const { token } = await ask(200, "GET", "/v1/sites/demo/form");
  return { ...key(n), "x-askus-form": token };
};
const CROSS_SITE = { "sec-fetch-site": "cross-site" };

test("the studio's page and its draft", async () => {
  await ask(200, "GET", "/studio/demo");
  await ask(404, "GET", "/studio/nowhere");
  const path = "/v1/sites/demo/draft";
  const headers = { ...bearer(publisher), ...JSON_TYPE };
  const body = JSON.stringify({ records: '{"id":"a"}\n', settings: "{}" });
  const put = (/** @type {number} */ version) => ({ ...headers, "if-match": `"${version}"` });
  await ask(401, "GET", path);
  assert.equal((await ask(200, "GET", path, { headers })).version, 0);
  await ask(200, "PUT", path, { headers: put(0), body });
  await ask(412, "PUT", path, { headers: put(0), body });
  await ask(412, "PUT", path, { headers, body });
  await ask(200, "PUT", path, { headers: put(1), body });
  const saved = await ask(200, "GET", path, { headers });
  assert.equal(saved.version, 2);
  assert.deepEqual(saved.draft, JSON.parse(body));
  await ask(304, "GET", path, { headers: { ...headers, "if-none-match": '"2"' } });
  await ask(400, "PUT", path, { headers: put(2), body: '{"records":1}' });
  await ask(401, "PUT", path, { headers: { ...put(2), ...bearer("x") }, body });
  await ask(403, "PUT", path, { headers: { ...put(2), ...CROSS_SITE }, body });
  await ask(413, "PUT", path, { headers: put(2), body: " ".repeat(17 << 20) });
  await ask(404, "GET", "/v1/sites/nowhere/draft", { headers });

  const proposals = "/v1/sites/demo/proposals";
  const topic = { language: "uk", title: "Як?", answer: "Так.", phrasings: [], wanted: 3 };
  model.answers(() => ["Яким чином"]);
  assert.equal((await ask(200, "GET", proposals, { headers })).model, MODEL);
  await ask(401, "GET", proposals);
  await ask(200, "POST", proposals, { headers, body: JSON.stringify(topic) });
  await ask(422, "POST", proposals, { headers, body: "{}" });
  await ask(401, "POST", proposals, { headers: JSON_TYPE, body: JSON.stringify(topic) });
  model.fails(FAILURES.broken);
  await ask(502, "POST", proposals, { headers, body: JSON.stringify(topic) });

  const key = "/v1/sites/demo/signing-key";
  const what = JSON.stringify({ sha256: "0".repeat(64), length: 1 });
  await ask(200, "GET", key, { headers });
  await ask(401, "GET", key);
  await ask(200, "POST", "/v1/sites/demo/manifests", { headers, body: what });
  await ask(422, "POST", "/v1/sites/demo/manifests", { headers, body: "{}" });
  await ask(401, "POST", "/v1/sites/demo/manifests", { headers: JSON_TYPE, body: what });
});

test("pages", async () => {
  for (const page of ["panel", "ask"]) {
    await ask(200, "GET", `/sites/demo/${page}?lang=uk`);
    const { headers } = await fetch(`${askus.origin}/sites/demo/${page}`);
    await ask(304, "GET", `/sites/demo/${page}`, {
      headers: { "if-none-match": headers.get("etag") ?? "" },
    });
    await ask(404, "GET", `/sites/nowhere/${page}`);
  }
  await ask(200, "GET", "/healthz");
  await ask(200, "GET", "/readyz");
});

test("pages for search engines", async () => {
  const folder = "/help/demo";
  await ask(301, "GET", folder);
  await ask(302, "GET", `${folder}/`);
  await ask(301, "GET", `${folder}/uk`);
  const sitemap = await ask(200, "GET", `${folder}/sitemap.xml`);
  const style = (await ask(200, "GET", `${folder}/uk/`)).match(/pages-\w+\.css/)[0];
  await ask(200, "GET", `${folder}/${style}`);
  await ask(200, "GET", `${folder}/uk/feed.xml`);
  const path = (/** @type {RegExp} */ pattern) =>
    new URL(sitemap.match(pattern)?.[1] ?? assert.fail("not in the sitemap")).pathname;
  const category = path(/<loc>([^<]+\/c\/[^<]+)</);
  const topic = path(/<loc>([^<]+--no-internet\/)</);
  for (const page of [category, topic]) {
    await ask(200, "GET", page);
    await ask(301, "GET", page.slice(0, -1));
    await ask(301, "GET", page.replace(/[\w-]+--/, "another-title--"));
    await ask(404, "GET", page.replace(/--[\w-]+/, "--gone"));
  }
  for (const page of [`${folder}/uk/`, topic, category, `${folder}/sitemap.xml`]) {
    const { headers } = await fetch(askus.origin + page);
    await ask(304, "GET", page, { headers: { "if-none-match": headers.get("etag") ?? "" } });
  }
  for (const nowhere of ["", "/", "/uk/", "/x", "/uk/x", "/uk/x/", "/uk/c/x", "/uk/c/x/"])
    await ask(404, "GET", `/help/nowhere${nowhere}`);
  for (const gone of ["/x", "/xx/", "/uk/x", "/uk/x/", "/uk/c/x", "/uk/c/x/"])
    await ask(404, "GET", folder + gone);
});

test("snapshots", async () => {
  const base = "/v1/sites/demo";
  const manifest = await ask(200, "GET", `${base}/manifest.json`);
  await ask(404, "GET", "/v1/sites/nowhere/manifest.json");
  const file = `${base}/snapshots/${manifest.sha256}.faq`;
  await ask(200, "GET", file);
  await ask(206, "GET", file, { headers: { range: "bytes=0-9" } });
  await ask(416, "GET", file, { headers: { range: "bytes=999999999-" } });
  await ask(404, "GET", `${base}/snapshots/${"0".repeat(64)}.faq`);

  const mine = bearer(publisher);
  const kept = await ask(200, "GET", `${base}/snapshots`, { headers: mine });
  assert.equal(kept.length, 1);
  await ask(401, "GET", `${base}/snapshots`);
  await ask(401, "GET", `${base}/snapshots`, { headers: bearer(STAFF) });
  await ask(404, "GET", "/v1/sites/nowhere/snapshots", { headers: mine });

  // The publication that stands is taken again; broken ones are not.
  const folder = join(askus.data, "sites/demo");
  const name = readdirSync(folder).find((entry) => entry.endsWith(".faq")) ?? "";
  const bytes = readFileSync(join(folder, name));
  const line = (/** @type {object} */ json) => Buffer.from(`${JSON.stringify(json)}\n`);
  const post = { headers: mine };
  const again = Buffer.concat([line(manifest), bytes]);
  await ask(200, "POST", `${base}/snapshots`, { ...post, body: again });
  await ask(401, "POST", `${base}/snapshots`, { body: again });
  await ask(422, "POST", `${base}/snapshots`, { ...post, body: Buffer.from("{}\nx") });
  const forged = { ...manifest, version: manifest.version + 1 };
  await ask(403, "POST", `${base}/snapshots`, {
    ...post,
    body: Buffer.concat([line(forged), bytes]),
  });
  await ask(200, "POST", `${base}/rollback`, { ...post, body: JSON.stringify(manifest) });
  await ask(401, "POST", `${base}/rollback`, { body: JSON.stringify(manifest) });
  await ask(403, "POST", `${base}/rollback`, { ...post, body: JSON.stringify(forged) });
  await ask(422, "POST", `${base}/rollback`, { ...post, body: "{}" });
  await ask(413, "POST", `${base}/rollback`, { ...post, body: " ".repeat(100_000) });
});

test("requests", async () => {
  const path = "/v1/sites/demo/requests";
  const stale = await ask(403, "POST", path, { headers: key(1), body: request(1), good: true });
  assert.match(stale.form.token, /^[\w-]{43}$/);
  const receipt = await ask(201, "POST", path, { headers: await keyAndForm(1), body: request(1) });
  const replay = await ask(201, "POST", path, { headers: key(1), body: request(1) });
  assert.deepEqual(replay, receipt);
  await ask(422, "POST", path, {
    headers: key(1),
    body: request(1, { title: "Інше" }),
    good: true,
  });
  await ask(422, "POST", path, { headers: key(2), body: request(2, { kind: "spam" }) });
  await ask(400, "POST", path, { headers: JSON_TYPE, body: request(2) });
  await ask(400, "POST", path, { headers: key(3), body: request(2) });
  await ask(400, "POST", path, { headers: key(2), body: "{" });
  await ask(403, "POST", path, {
    headers: { ...key(2), "sec-fetch-site": "cross-site" },
    body: request(2),
  });
  await ask(404, "POST", "/v1/sites/nowhere/requests", { headers: key(2), body: request(2) });
  await ask(413, "POST", path, { headers: key(2), body: " ".repeat(200_000) });
  await ask(415, "POST", path, {
    headers: { ...key(2), "content-type": "text/plain" },
    body: request(2),
  });
  await ask(200, "GET", `/v1/requests/${uuid(1)}`, { headers: bearer(receipt.token) });
  await ask(401, "GET", `/v1/requests/${uuid(1)}`);
  await ask(401, "GET", `/v1/requests/${uuid(9)}`, { headers: bearer(receipt.token) });
  await ask(401, "GET", "/v1/requests/none", { headers: bearer(receipt.token) });
});

test("the form without JavaScript", async () => {
  const path = "/sites/demo/ask";
  await ask(200, "GET", `${path}?form=1&lang=uk`);
  const { token } = await ask(200, "GET", "/v1/sites/demo/form");
  await ask(404, "GET", "/v1/sites/nowhere/form");
  await ask(403, "GET", "/v1/sites/demo/form", { headers: CROSS_SITE });
  const typed = {
    ...{ id: uuid(20), form: token, lang: "uk", kind: "question", title: "Чому?" },
    ...{ name: "Іван", contact: "visitor@example.org", consent: "1", website: "" },
  };
  /** @param {Record<string, string>} more */
  const sent = (more) => ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(new URLSearchParams({ ...typed, ...more }).toString()),
  });
  await ask(303, "POST", path, sent({}));
  await ask(303, "POST", path, sent({}));
  await ask(422, "POST", path, sent({ title: "" }));
  await ask(403, "POST", path, sent({ id: uuid(21), form: "" }));
  await ask(415, "POST", path, { headers: JSON_TYPE, body: Buffer.from("{}") });
  await ask(404, "POST", "/sites/nowhere/ask", sent({}));
});

test("pictures, and what a visitor does with a request", async () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d494844520000000100000001", "hex");
  const picture = Buffer.concat([png, Buffer.from("0806000000", "hex")]);
  const hash = createHash("sha256").update(picture).digest("hex");
  const path = `/v1/sites/demo/attachments/${hash}`;
  await ask(201, "PUT", path, { body: picture });
  await ask(200, "PUT", path, { body: picture });
  await ask(415, "PUT", path, { body: Buffer.from("no picture") });
  await ask(422, "PUT", `/v1/sites/demo/attachments/${"0".repeat(64)}`, { body: picture });
  await ask(403, "PUT", path, { headers: CROSS_SITE, body: picture });
  await ask(404, "PUT", `/v1/sites/nowhere/attachments/${hash}`, { body: picture });

  const requests = "/v1/sites/demo/requests";
  const headers = await keyAndForm(30);
  const body = request(30, { attachments: [hash] });
  const missing = request(30, { attachments: ["0".repeat(64)] });
  await ask(422, "POST", requests, { headers, body: missing });
  const { token } = await ask(201, "POST", requests, { headers, body });
  const mine = { headers: bearer(token) };
  const own = `/v1/requests/${uuid(30)}`;
  const status = await ask(200, "GET", own, mine);
  assert.equal(status.attachments[0].sha256, hash);
  await ask(200, "GET", `${own}/export`, mine);
  await ask(401, "GET", `${own}/export`);
  await ask(200, "GET", `${own}/attachments/${hash}`, mine);
  await ask(404, "GET", `${own}/attachments/${"0".repeat(64)}`, mine);
  await ask(401, "GET", `${own}/attachments/${hash}`);
  await ask(401, "DELETE", own);
  await ask(403, "DELETE", own, { headers: { ...bearer(token), ...CROSS_SITE } });
  await ask(204, "DELETE", own, mine);
  await ask(204, "DELETE", own, mine);
  await ask(410, "GET", own, mine);
  await ask(410, "GET", `${own}/export`, mine);
  await ask(410, "POST", requests, { headers, body, good: true });
});

test("counters", async () => {
  const path = "/v1/sites/demo/events";
  const topic = settings.most_asked?.[0] ?? "none";
  /** @param {number} n @param {object[]} events */
  const batch = (n, events) =>
    JSON.stringify({ id: uuid(n), channel: "site", language: "uk", events });
  const events = [
    { name: "search", count: 3 },
    { name: "zero", query: "чому світло" },
    { name: "topic", topic },
    { name: "helpful-yes", topic },
  ];
  await ask(204, "POST", path, { headers: JSON_TYPE, body: batch(1, events) });
  await ask(204, "POST", path, { headers: JSON_TYPE, body: batch(1, events) });
  await ask(422, "POST", path, { headers: JSON_TYPE, body: batch(2, []) });
  await ask(422, "POST", path, { headers: JSON_TYPE, body: "{" });
  await ask(415, "POST", path, { body: batch(2, events) });
  await ask(403, "POST", path, {
    headers: { ...JSON_TYPE, "sec-fetch-site": "cross-site" },
    body: batch(2, events),
  });
  await ask(404, "POST", "/v1/sites/nowhere/events", {
    headers: JSON_TYPE,
    body: batch(2, events),
  });
  await ask(413, "POST", path, { headers: JSON_TYPE, body: " ".repeat(20_000) });

  const today = new Date().toISOString().slice(0, 10);
  const stats = `/v1/sites/demo/stats?from=${today}&to=${today}`;
  const figures = await ask(200, "GET", stats, { headers: bearer(STAFF) });
  assert.equal(figures.totals.search, 3);
  assert.equal(figures.topics.length, 1);
  assert.equal(figures.unanswered[0].query, "чому світло");
  await ask(200, "GET", "/v1/sites/demo/stats?from=2020-01-01&to=2020-01-02", {
    headers: bearer(STAFF),
  });
  await ask(400, "GET", "/v1/sites/demo/stats", { headers: bearer(STAFF) });
  await ask(401, "GET", stats);
  await ask(401, "GET", stats, { headers: bearer(publisher) });
  await ask(404, "GET", "/v1/sites/nowhere/stats", { headers: bearer(STAFF) });
});

test("reports", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const of = (/** @type {string} */ report) =>
    `/v1/sites/demo/reports/${report}?from=${today}&to=${today}`;
  const headers = bearer(STAFF);
  for (const report of ["found", "requests", "times", "themes", "gaps", "cost"]) {
    const { tables } = await ask(200, "GET", of(report), { headers });
    assert.ok(tables.length > 0);
    const csv = await ask(200, "GET", `${of(report)}&format=csv&table=${tables[0].name}`, {
      headers,
    });
    assert.ok(csv.length > 0);
  }
  await ask(400, "GET", "/v1/sites/demo/reports/found", { headers });
  await ask(400, "GET", `${of("found")}&format=csv`, { headers });
  await ask(401, "GET", of("found"));
  await ask(404, "GET", of("nothing"), { headers });
  await ask(403, "GET", "/v1/sites/demo/report-subscriptions", { headers });
});

test("gaps", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const path = `/v1/sites/demo/gaps?from=${today}&to=${today}`;
  const headers = bearer(publisher);
  const gaps = await ask(200, "GET", path, { headers });
  const texts = gaps.questions.map((/** @type {{text: string}} */ { text }) => text);
  assert.ok(texts.includes("чому світло") && texts.includes("чому"), texts.join());
  assert.ok(gaps.opened.length > 0);
  assert.ok(!JSON.stringify(gaps).includes("visitor"));
  await ask(400, "GET", "/v1/sites/demo/gaps", { headers });
  await ask(401, "GET", path);
  await ask(401, "GET", path, { headers: bearer(STAFF) });
  await ask(403, "GET", path, { headers: { ...headers, ...CROSS_SITE } });
  await ask(404, "GET", "/v1/sites/nowhere/gaps", { headers });
});

test("social networks and webhooks", async () => {
  /** @param {Record<string, string>} fields */
  const form = (fields) => ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  });
  await ask(200, "GET", `/vk/demo?${vkLaunch({ vk_user_id: "5" })}`);
  await ask(403, "GET", "/vk/demo?vk_user_id=5");
  await ask(404, "GET", "/vk/nowhere");

  const call = {
    type: "wall_reply_new",
    group_id: 77,
    event_id: "e1",
    secret: SECRETS.VK_CALLBACK,
  };
  const object = { id: 1, from_id: 5, post_id: 2, date: 1_700_000_000, text: "Чому?" };
  const callback = "/vk/demo/callback";
  await ask(200, "POST", callback, {
    headers: JSON_TYPE,
    body: JSON.stringify({ ...call, object }),
  });
  await ask(403, "POST", callback, { body: JSON.stringify({ ...call, secret: "x", object }) });
  await ask(400, "POST", callback, { body: "{" });
  await ask(404, "POST", "/vk/nowhere/callback", { body: "{}" });
  await ask(413, "POST", callback, { body: " ".repeat(1_100_000) });

  const tab = { user_id: "9001", page: { id: "42" } };
  await ask(303, "POST", "/facebook/demo", form({ signed_request: signedRequest(tab) }));
  await ask(403, "POST", "/facebook/demo", form({ signed_request: "a.b" }));
  await ask(404, "POST", "/facebook/nowhere", form({}));
  const opened = await fetch(`${askus.origin}/facebook/demo`, {
    method: "POST",
    redirect: "manual",
    ...form({ signed_request: signedRequest({ ...tab, expires: 1 }) }),
  });
  await ask(200, "GET", opened.headers.get("location") ?? "");
  await ask(403, "GET", "/facebook/demo?code=x");
  const deletion = "/facebook/demo/deletion";
  const deleted = await ask(200, "POST", deletion, {
    ...form({ signed_request: signedRequest({ user_id: "9001" }) }),
  });
  await ask(200, "GET", `${deletion}?code=${deleted.confirmation_code}`);
  await ask(404, "GET", `${deletion}?code=x`);
  await ask(403, "POST", deletion, form({ signed_request: "a.b" }));

  const webhook = "/facebook/demo/webhook";
  const token = `hub.verify_token=${SECRETS.FACEBOOK_VERIFY}`;
  await ask(200, "GET", `${webhook}?hub.mode=subscribe&hub.challenge=1&${token}`);
  await ask(403, "GET", webhook);
  await ask(400, "GET", `${webhook}?hub.mode=subscribe&${token}`);
  const value = { item: "comment", verb: "add", comment_id: "42_7", message: "Де?" };
  const batch = JSON.stringify({
    object: "page",
    entry: [{ id: "42", changes: [{ field: "feed", value }] }],
  });
  await ask(200, "POST", webhook, { headers: hubSignature(batch), body: batch });
  await ask(403, "POST", webhook, { headers: hubSignature("other"), body: batch });
  await ask(400, "POST", webhook, { headers: hubSignature("[]"), body: "[]" });

  const written = JSON.stringify({
    type: "review.created",
    timestamp: "2026-11-21T10:00:00Z",
    data: {
      id: "r1",
      text: "Why?",
      author: { id: "a", name: "Ann" },
      link: "https://shop.example/",
    },
  });
  const shop = "/webhooks/demo/shop";
  await ask(200, "POST", shop, { headers: webhookHeaders("m1", written), body: written });
  await ask(403, "POST", shop, { headers: webhookHeaders("m1", "other"), body: written });
  await ask(400, "POST", shop, { headers: webhookHeaders("m2", "{}"), body: "{}" });
  await ask(404, "POST", "/webhooks/demo/none", { body: "{}" });
  assert.equal(askus.query("select * from sources").length, 3);
});

test("people, their team and the feed", async () => {
  const own = { ...JSON_TYPE, origin: askus.origin };
  const password = "correct horse battery";
  const link = async (/** @type {string} */ email, /** @type {string} */ role) =>
    (
      await askusServer([
        ...["invite", "--config", join(askus.data, "server.json"), "--site", "demo"],
        ...["--email", email, "--role", role],
      ])
    ).stdout
      .trim()
      .split("=")[1];
  /** @param {object} value @param {object} [more] */
  const json = (value, more = {}) => ({ headers: own, body: JSON.stringify(value), ...more });
  await ask(200, "GET", "/staff");
  const ticket = await link("admin@example.org", "administrator");
  await ask(200, "POST", "/v1/invitation", json({ ticket }));
  await ask(404, "POST", "/v1/invitation", json({ ticket: "x" }));
  await ask(403, "POST", "/v1/invitation", {
    headers: JSON_TYPE,
    body: JSON.stringify({ ticket }),
  });
  const acceptance = { ticket, password, name: "Admin", position: "", language: "uk" };
  const accept = "/v1/invitation/acceptance";
  await ask(422, "POST", accept, json({ ...acceptance, password: "short" }));
  await ask(204, "POST", accept, json(acceptance));
  await ask(404, "POST", accept, json(acceptance));

  const entrance = { email: "admin@example.org", password };
  /** Logs in, and gives what the calls of the page carry. */
  const enter = async () => {
    const response = await fetch(`${askus.origin}/v1/session`, {
      method: "POST",
      ...json(entrance),
    });
    assert.equal(response.status, 204);
    const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0];
    return { cookie, origin: askus.origin };
  };
  await ask(204, "POST", "/v1/session", json(entrance));
  await ask(401, "POST", "/v1/session", json({ ...entrance, password: "wrong horse" }));
  await ask(400, "POST", "/v1/session", { headers: own, body: "[]" });
  await ask(415, "POST", "/v1/session", { headers: { origin: askus.origin }, body: "{}" });
  await ask(413, "POST", "/v1/session", { headers: own, body: " ".repeat(40_000) });
  let headers = await enter();
  /** @param {object} value */
  const mine = (value) => ({ headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) });
  const me = await ask(200, "GET", "/v1/session", { headers });
  await ask(401, "GET", "/v1/session");
  await ask(204, "PUT", "/v1/profile", mine({ name: "Admin", position: "x", language: "en" }));
  await ask(422, "PUT", "/v1/profile", mine({ name: "", language: "en" }));
  const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010806000000", "hex");
  await ask(204, "PUT", "/v1/profile/picture", { headers, body: png });
  await ask(415, "PUT", "/v1/profile/picture", { headers, body: Buffer.from("x") });
  const picture = createHash("sha256").update(png).digest("hex");
  await ask(200, "GET", `/v1/pictures/${picture}`, { headers });
  await ask(404, "GET", `/v1/pictures/${"0".repeat(64)}`, { headers });

  await ask(401, "PUT", "/v1/password", mine({ password: "wrong", new_password: `${password}!` }));
  await ask(204, "PUT", "/v1/password", mine({ password, new_password: `${password}!` }));
  entrance.password += "!";
  headers = await enter();
  const offer = await ask(200, "POST", "/v1/codes", { headers });
  await ask(401, "POST", "/v1/codes");
  const codes = { password: entrance.password, sealed: offer.sealed, code: "000000" };
  await ask(422, "PUT", "/v1/codes", mine({ ...codes, sealed: "x" }));
  const code = oneTimeCode(offer.secret, Math.floor(Date.now() / 30_000));
  await ask(204, "PUT", "/v1/codes", mine({ ...codes, code }));
  // The session that has set them is over: one is made anew without them, as the operator would.
  await ask(401, "GET", "/v1/session", { headers });
  const reset = (
    await askusServer([
      ...["invite", "--config", join(askus.data, "server.json"), "--site", "demo"],
      ...["--email", "admin@example.org", "--new-password"],
    ])
  ).stdout
    .trim()
    .split("=")[1];
  const again = { ticket: reset, password: entrance.password, language: "uk" };
  await ask(204, "POST", accept, json(again));
  headers = await enter();
  await ask(204, "DELETE", "/v1/codes", mine({ password: entrance.password }));
  await ask(401, "DELETE", "/v1/codes", mine({ password: entrance.password }));
  headers = await enter();

  const site = "/v1/sites/demo";
  const people = await ask(200, "GET", `${site}/people`, { headers });
  assert.equal(people[0].email, "admin@example.org");
  await ask(401, "GET", `${site}/people`);
  await ask(409, "PUT", `${site}/people/${me.id}`, { ...mine({ role: "staff" }), good: true });
  await ask(404, "PUT", `${site}/people/none`, { ...mine({ role: "staff" }), good: true });
  const invited = await ask(
    201,
    "POST",
    `${site}/invitations`,
    mine({ email: "staff@example.org", role: "staff", categories: [] }),
  );
  await ask(422, "POST", `${site}/invitations`, mine({ email: "no", role: "staff" }));
  assert.equal((await ask(200, "GET", `${site}/invitations`, { headers })).length, 1);
  await ask(401, "GET", `${site}/invitations`);
  await ask(204, "DELETE", `${site}/invitations/${invited.id}`, { headers });
  await ask(404, "DELETE", `${site}/invitations/${invited.id}`, { headers });
  const staffTicket = await link("staff@example.org", "staff");
  await ask(204, "POST", accept, json({ ...acceptance, ticket: staffTicket, name: "Staff" }));
  const [, staff] = await ask(200, "GET", `${site}/people`, { headers });
  await ask(200, "PUT", `${site}/people/${staff.id}`, mine({ role: "lead", active: true }));
  await ask(200, "GET", `${site}/audit`, { headers });
  await ask(401, "GET", `${site}/audit`);

  const list = await ask(200, "GET", `${site}/requests?view=all`, { headers });
  assert.ok(list.requests.length > 0);
  await ask(200, "GET", `${site}/requests?text=чому`, { headers });
  await ask(400, "GET", `${site}/requests?view=none`, { headers });
  await ask(401, "GET", `${site}/requests`);
  const first = `${site}/requests/${uuid(1)}`;
  await ask(200, "GET", first, { headers });
  await ask(404, "GET", `${site}/requests/${uuid(99)}`, { headers });
  await ask(410, "GET", `${site}/requests/${uuid(30)}`, { headers });
  await ask(204, "PUT", `${first}/assignee`, mine({ from: "", to: me.id }));
  await ask(409, "PUT", `${first}/assignee`, { ...mine({ from: "", to: staff.id }), good: true });
  const reply = { id: uuid(200), text: "Because.", public: true };
  await ask(204, "POST", `${first}/replies`, mine(reply));
  await ask(422, "POST", `${first}/replies`, mine({ ...reply, text: "" }));
  await ask(204, "PUT", `${first}/status`, mine({ status: "closed" }));
  await ask(422, "PUT", `${first}/status`, mine({ status: "lost" }));
  const [category] = await ask(200, "GET", `${site}/categories`, { headers });
  await ask(401, "GET", `${site}/categories`);
  const departments = await ask(200, "GET", `${site}/departments`, { headers });
  assert.equal(departments.at(-1).category, "");
  await ask(401, "GET", `${site}/departments`);
  await ask(204, "PUT", `${site}/report-subscriptions`, mine({ week: true }));
  await ask(400, "PUT", `${site}/report-subscriptions`, mine({ year: true }));
  const subscribed = await ask(200, "GET", `${site}/report-subscriptions`, { headers });
  assert.deepEqual(subscribed, { mail: true, day: false, week: true, month: false });
  await ask(204, "PUT", `${first}/category`, mine({ category: category.id }));
  await ask(422, "PUT", `${first}/category`, mine({ category: "none" }));
  await ask(204, "PUT", `${first}/flags`, mine({ flag: "starred" }));
  await ask(422, "PUT", `${first}/flags`, mine({ flag: "red" }));
  const note = { id: uuid(301), text: "What is it?" };
  await ask(204, "POST", `${first}/consultations`, mine({ ...note, category: category.id }));
  await ask(422, "POST", `${first}/consultations`, mine({ ...note, category: "none" }));
  const advice = `${first}/consultations/${note.id}/advice`;
  await ask(204, "POST", advice, mine({ id: uuid(302), text: "That." }));
  await ask(409, "POST", advice, { ...mine({ id: uuid(303), text: "Or that." }), good: true });
  await ask(204, "PUT", `${first}/merged`, mine({ into: "" }));
  await ask(422, "PUT", `${first}/merged`, mine({ into: "x" }));
  await ask(200, "GET", `${first}/same`, { headers });
  await ask(401, "GET", `${first}/same`);
  await ask(200, "GET", `${first}/topics`, { headers });
  await ask(401, "GET", `${first}/topics`);
  const { removed, ...proposed } = await ask(200, "GET", `${first}/topic`, { headers });
  assert.deepEqual(removed, []);
  await ask(401, "GET", `${first}/topic`);
  const handed = { ...proposed, id: uuid(304), language: "uk", askers: [uuid(1)] };
  await ask(204, "POST", `${first}/topic`, mine(handed));
  await ask(422, "POST", `${first}/topic`, mine({ ...handed, title: "" }));
  await ask(409, "PUT", `${first}/approval`, { ...mine({ approved: true }), good: true });
  await ask(422, "PUT", `${first}/approval`, mine({ approved: "yes" }));
  const topic = "no-internet";
  const comment = request(141, {
    ...{ kind: "comment", title: undefined, topic, details: "So do I." },
  });
  await ask(201, "POST", `${site}/requests`, { headers: await keyAndForm(141), body: comment });
  await ask(204, "PUT", `${site}/requests/${uuid(141)}/approval`, mine({ approved: true }));
  const suggestions = await ask(200, "GET", `${site}/suggestions`, { headers });
  assert.deepEqual(suggestions.map((/** @type {{kind: string}} */ one) => one.kind).sort(), [
    "comment",
    "topic",
  ]);
  await ask(401, "GET", `${site}/suggestions`);
  const settled = { state: "declined", topic: "" };
  await ask(204, "PUT", `${site}/suggestions/${uuid(304)}`, mine(settled));
  await ask(422, "PUT", `${site}/suggestions/${uuid(304)}`, mine({ state: "lost" }));
  await ask(204, "PUT", `${first}/opening`, { headers });
  await ask(401, "PUT", `${first}/opening`);
  await ask(204, "DELETE", `${first}/opening`, { headers });
  await ask(401, "DELETE", `${first}/opening`);

  // A key for another system.
  const made = await ask(201, "POST", `${site}/api-keys`, mine({ name: "CRM", scope: "answer" }));
  await ask(422, "POST", `${site}/api-keys`, mine({ name: "CRM", scope: "all" }));
  assert.equal((await ask(200, "GET", `${site}/api-keys`, { headers })).length, 1);
  await ask(401, "GET", `${site}/api-keys`, { headers: bearer(made.key) });
  await ask(200, "GET", `${site}/requests`, { headers: bearer(made.key) });
  await ask(204, "DELETE", `${site}/api-keys/${made.id}`, { headers });
  await ask(404, "DELETE", `${site}/api-keys/${made.id}`, { headers });
  await ask(401, "GET", `${site}/requests`, { headers: bearer(made.key) });

  // A reply that cannot be sent, and an address that wants none.
  await ask(201, "POST", `${site}/requests`, {
    headers: await keyAndForm(41),
    body: request(41, { contact: "visitor..x@example.org" }),
  });
  const unsent = `${site}/requests/${uuid(41)}`;
  await ask(204, "POST", `${unsent}/replies`, mine({ ...reply, id: uuid(201) }));
  for (let state = ""; state !== "failed";)
    state = (await ask(200, "GET", unsent, { headers })).deliveries[0].state;
  await ask(204, "POST", `${unsent}/deliveries/${uuid(201)}.email/retry`, { headers });
  await ask(404, "POST", `${unsent}/deliveries/none/retry`, { headers });
  const unsubscribe = "/sites/demo/unsubscribe?lang=en&token=";
  const hash41 = "A".repeat(43);
  const secret = readFileSync(join(askus.data, "secret"), "utf8").trim();
  const signature = createHmac("sha256", secret).update(`unsubscribe\ndemo\nreplies\n${hash41}`);
  const good = `${unsubscribe}replies.${hash41}.${signature.digest("base64url")}`;
  for (const method of ["GET", "POST"]) {
    await ask(200, method, good);
    await ask(404, method, `${unsubscribe}x`);
  }
  // Tags and tone.
  await ask(204, "POST", `${site}/tags/ready-made`, { headers });
  await ask(401, "POST", `${site}/tags/ready-made`);
  const fields = { name: "own", titles: { en: "Own" }, words: ["own"] };
  const added = await ask(201, "POST", `${site}/tags`, mine(fields));
  await ask(409, "POST", `${site}/tags`, { ...mine(fields), good: true });
  await ask(422, "POST", `${site}/tags`, mine({ ...fields, name: "Not so" }));
  const tags = await ask(200, "GET", `${site}/tags`, { headers });
  await ask(401, "GET", `${site}/tags`);
  await ask(204, "PUT", `${site}/tags/${added.id}`, mine({ ...fields, retired: false }));
  await ask(404, "PUT", `${site}/tags/none`, { ...mine(fields), good: true });
  await ask(200, "GET", `${first}/tag-proposals`, { headers });
  await ask(404, "GET", `${site}/requests/${uuid(99)}/tag-proposals`, { headers });
  await ask(204, "PUT", `${first}/tags/${added.id}`, { headers });
  await ask(404, "PUT", `${first}/tags/none`, { headers });
  await ask(200, "GET", `${site}/requests?tag=${added.id}&tone=neutral&sure=1`, { headers });
  await ask(204, "DELETE", `${first}/tags/${added.id}`, { headers });
  await ask(401, "DELETE", `${first}/tags/${added.id}`);
  await ask(204, "POST", `${site}/tags/${added.id}/merge`, mine({ into: tags[0].id }));
  await ask(404, "POST", `${site}/tags/${added.id}/merge`, {
    ...mine({ into: tags[0].id }),
    good: true,
  });
  await ask(204, "PUT", `${first}/tone`, mine({ tone: "positive" }));
  await ask(422, "PUT", `${first}/tone`, mine({ tone: "loud" }));
  await ask(204, "PUT", `${site}/watch-list`, mine({ words: ["Zirkonet"], ignored: ["bot"] }));
  await ask(422, "PUT", `${site}/watch-list`, { ...mine({ words: ["!"] }), good: true });
  await ask(200, "GET", `${site}/watch-list`, { headers });
  await ask(401, "GET", `${site}/watch-list`);

  // A picture is shown to who answers, as to its sender.
  const hash = createHash("sha256").update(png).digest("hex");
  await ask(201, "PUT", `${site}/attachments/${hash}`, { body: png });
  await ask(201, "POST", `${site}/requests`, {
    headers: await keyAndForm(40),
    body: request(40, { attachments: [hash] }),
  });
  await ask(200, "GET", `${site}/requests/${uuid(40)}/attachments/${hash}`, { headers });
  await ask(404, "GET", `${site}/requests/${uuid(40)}/attachments/${"0".repeat(64)}`, { headers });

  // Events go on until their reader leaves: the beginning is enough here.
  await ask(400, "GET", `${site}/live?after=x`, { headers });
  const leave = new AbortController();
  const live = await fetch(`${askus.origin}${site}/live?after=0`, {
    headers,
    signal: leave.signal,
  });
  assert.equal(live.headers.get("content-type"), "text/event-stream");
  seen.get("GET /v1/sites/{site}/live")?.add(200);
  leave.abort();

  await ask(204, "DELETE", "/v1/session", { headers });
  await ask(401, "DELETE", "/v1/session", { headers });
  headers = await enter();
  await ask(204, "DELETE", "/v1/sessions", { headers });
  await ask(401, "DELETE", "/v1/sessions", { headers });
});

test("as root the server says so, and goes on", () => {
  const warned = askus.log.some((line) => line.includes('"event":"running-as-root"'));
  assert.equal(warned, process.getuid?.() === 0);
});

test("the operator's listener", async () => {
  const at = askus.metrics;
  assert.match(await ask(200, "GET", "/metrics", { at }), /^askus_http_requests_total\{/m);
  await ask(200, "GET", "/healthz", { at });
  await ask(200, "GET", "/readyz", { at });
});

test("every operation of the file was asked, well and badly", () => {
  const always = [
    "GET /healthz",
    "GET /readyz",
    "GET /staff",
    ...WATCHED.map((path) => `GET ${path}`),
  ];
  for (const [operation, statuses] of seen) {
    const list = [...statuses];
    assert.ok(
      list.some((status) => status < 300 || [301, 302, 303].includes(status)),
      `${operation} was never well asked`,
    );
    if (always.includes(operation)) continue;
    assert.ok(
      list.some((status) => status >= 400),
      `${operation} was never badly asked`,
    );
  }
});

test("the judge sees what is wrong", () => {
  const headers = new Headers({
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-request-id": "0123456789abcdef",
  });
  const body = Buffer.from('{"version":0,"sha256":"x","more":1}');
  const operation = "POST /v1/sites/{site}/rollback";
  assert.equal(document.judge(operation, { status: 201, headers, body }).length, 3);
  const good = Buffer.from(`{"version":1,"sha256":"${"a".repeat(64)}"}`);
  assert.deepEqual(document.judge(operation, { status: 201, headers, body: good }), []);
  assert.match(document.judge(operation, { status: 202, headers, body: good })[0], /202/);
  headers.delete("x-request-id");
  assert.match(document.judge(operation, { status: 201, headers, body: good })[0], /x-request-id/);
  const problem = Buffer.from('{"type":"/problems/busy","title":"t","status":418}');
  headers.set("content-type", "application/problem+json");
  headers.set("x-request-id", "0123456789abcdef");
  assert.match(document.judge(operation, { status: 418, headers, body: problem })[0], /not listed/);
});
