// What packaging/ holds works: the proxies' configurations in front of a real server, the unit's
// sandbox as systemd sees it.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { askusFaq, DEMO, freePort, startAskus } from "../browser/support/askus.mjs";
import { makeCertificate } from "../browser/support/certificate.mjs";

/** What systemd-analyze says at worst; 0 is best, 10 is no sandbox at all. */
const MOST_EXPOSED = 1.5;

/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
let requests = 0;
const folder = mkdtempSync(join(tmpdir(), "askus-proxy-"));
before(async () => {
  askus = await startAskus(undefined, { abuse: { form_token: false } }); // these tests have no form
});
after(async () => {
  await askus.stop();
  rmSync(folder, { recursive: true });
});

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {Buffer} body
 */

/**
 * One request, whatever the certificate.
 * @param {string} origin
 * @param {string} method
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [body]
 * @returns {Promise<Answer>}
 */
function ask(origin, method, path, headers = {}, body) {
  const send = origin.startsWith("https") ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    const options = { method, headers, rejectUnauthorized: false, agent: false };
    const call = send(origin + path, options, (response) => {
      /** @type {Buffer[]} */
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    call.on("error", fail);
    call.end(body);
  });
}

/**
 * Starts a proxy and waits until it answers.
 * @param {string[]} command
 * @param {string} origin
 */
async function startProxy(command, origin) {
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const proxy = spawn(command[0], command.slice(1), { stdio: ["ignore", "ignore", "pipe"], env });
  let errors = "";
  let ended = false;
  proxy.stderr.on("data", (part) => (errors += part));
  proxy.on("error", (error) => (errors += error));
  proxy.on("close", () => (ended = true));
  for (;;) {
    assert.ok(!ended, `${command[0]} ended: ${errors}`);
    const answer = await ask(origin, "GET", "/healthz").catch(() => null);
    if (answer?.status === 200) break;
    await new Promise((later) => setTimeout(later, 20));
  }
  return () =>
    new Promise((done) => {
      if (ended) return done(undefined);
      proxy.on("close", done);
      proxy.kill("SIGTERM");
    });
}

/** What must come through unchanged. @param {string} origin */
async function checkProxied(origin) {
  const direct = askus.origin;
  const page = await ask(origin, "GET", "/sites/demo/panel?lang=uk");
  const itself = await ask(direct, "GET", "/sites/demo/panel?lang=uk");
  assert.equal(page.status, 200);
  assert.deepEqual(page.body, itself.body);
  for (const name of ["content-security-policy", "x-content-type-options", "etag", "cache-control"])
    assert.equal(page.headers[name], itself.headers[name], name);

  // Codings and entity tags are the server's own, parts as well.
  const coded = await ask(origin, "GET", "/ask.js", { "accept-encoding": "br" });
  assert.equal(coded.headers["content-encoding"], "br");
  const tag = coded.headers.etag ?? "";
  assert.match(tag, /^"/);
  const same = { "accept-encoding": "br", "if-none-match": tag };
  assert.equal((await ask(origin, "GET", "/ask.js", same)).status, 304);
  const part = await ask(origin, "GET", "/ask.js", { range: "bytes=0-9" });
  assert.equal(part.status, 206);
  assert.equal(part.body.length, 10);

  const id = `01890a5d-ac96-774b-bcce-${String(++requests).padStart(12, "0")}`;
  const body = JSON.stringify({
    ...{ id, kind: "question", title: "Чому?", language: "uk", contact: "visitor@example.org" },
    consent: {
      version: JSON.parse(readFileSync(DEMO.site, "utf8")).consent.version,
      text_hash: "a".repeat(64),
      at: "2026-01-01T00:00:00Z",
    },
  });
  const headers = { "content-type": "application/json", "idempotency-key": id };
  const first = await ask(origin, "POST", "/v1/sites/demo/requests", headers, body);
  assert.equal(first.status, 201, first.body.toString());
  const again = await ask(direct, "POST", "/v1/sites/demo/requests", headers, body);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers["idempotent-replayed"], "true");

  const refused = await ask(origin, "GET", "/nothing");
  assert.equal(refused.headers["content-type"], "application/problem+json");
  assert.equal((await ask(origin, "GET", "/metrics")).status, 404);
  // A publication, over the proxy's limit of bodies. What is too large is the server's to say.
  const token = readFileSync(join(askus.data, "token"), "utf8").trim();
  const large = await ask(
    origin,
    "POST",
    "/v1/sites/demo/snapshots",
    { authorization: `Bearer ${token}` },
    `{}\n${"x".repeat(8 << 20)}`,
  );
  assert.match(large.body.toString(), /bad-manifest/);
}

test("nginx, as packaging/nginx.conf says", async () => {
  const port = await freePort();
  const origin = `https://127.0.0.1:${port}`;
  const { keyFile, certFile } = makeCertificate(folder, "askus");
  const site = readFileSync("packaging/nginx.conf", "utf8")
    .replace("127.0.0.1:8080", new URL(askus.origin).host)
    .replace("listen 443", `listen 127.0.0.1:${port}`)
    .replace("/etc/ssl/askus.pem", certFile)
    .replace("/etc/ssl/askus.key", keyFile);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join(" ");
  const config = join(folder, "nginx.conf");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(
    config,
    `daemon off; ${user} pid ${join(folder, "nginx.pid")}; error_log stderr warn;
     events {} http { access_log off; ${paths}\n${site} }`,
  );
  const stop = await startProxy(["/usr/sbin/nginx", "-p", folder, "-c", config], origin);
  try {
    await checkProxied(origin);
  } finally {
    await stop();
  }
});

test("Caddy, as packaging/Caddyfile says", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const site = readFileSync("packaging/Caddyfile", "utf8")
    .replace("127.0.0.1:8080", new URL(askus.origin).host)
    .replace("\naskus.example.org {", `\n${origin} {`);
  const config = join(folder, "Caddyfile");
  writeFileSync(config, `{\n\tadmin off\n}\n${site}`);
  const stop = await startProxy(["caddy", "run", "--config", config], origin);
  try {
    await checkProxied(origin);
    // askus-faq publishes through it.
    const where = ["--to", origin, "--accept-warnings"];
    await askusFaq(["publish", DEMO.faq, "--site", DEMO.site, ...askus.tools, ...where]);
  } finally {
    await stop();
  }
});

test("the unit's sandbox, as systemd sees it", () => {
  const unit = "packaging/askus-server.service";
  const command = ["security", "--offline=true", "--no-pager", unit];
  const said = execFileSync("systemd-analyze", command).toString();
  const exposure = Number(/exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
  assert.ok(exposure > 0 && exposure <= MOST_EXPOSED, `exposure ${exposure}`);
  console.log(`# exposure level ${exposure} of 10`);
  // The unit's times and limits are above the configuration's defaults.
  const text = readFileSync(unit, "utf8");
  const source = (/** @type {string} */ file) => readFileSync(file, "utf8").replaceAll("'", "");
  const limits = source("server-stub/http/limits.h");
  const number = (/** @type {string} */ from, /** @type {RegExp} */ pattern) =>
    Number(pattern.exec(from)?.[1]);
  // Who is killed while something is sent sends it again.
  const longest =
    number(limits, /kDrain\{(\d+)\}/) +
    number(source("server-stub/config/outgoing.h"), /timeout\{(\d+)\}/) +
    1000 * number(source("server-stub/api/feed_poller.h"), /kFeedDeadline\{(\d+)\}/);
  assert.ok(number(text, /TimeoutStopSec=(\d+)/) * 1000 > longest);
  assert.ok(number(text, /LimitNOFILE=(\d+)/) > number(limits, /kConnections = (\d+);/) + 100);
});
