// The pages under a company's own domain, with the very configurations of docs/help-pages.md: nginx
// and Caddy in front of the server, nginx with exported files.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { askusFaq, DEMO, freePort, readJsonLines, startAskus } from "../browser/support/askus.mjs";

const folder = mkdtempSync(join(tmpdir(), "askus-hosting-"));
const [proxied, caddy, map, files] = [
  ...readFileSync("docs/help-pages.md", "utf8").matchAll(/```(?:nginx|caddy)\n(.*?)```/gs),
].map((match) => match[1]);
const OLD = "uk/yak-oplatyty-internet--how-to-pay/";
const NEW = "uk/sposoby-oplaty--how-to-pay/";

/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await startAskus(undefined, {}, { helpPages: true });
});
after(async () => {
  await askus.stop();
  rmSync(folder, { recursive: true });
});

/** A part of a configuration with the tests' own values. @param {string} text @param {[string, string][]} values */
function replaced(text, values) {
  for (const [from, to] of values) {
    assert.ok(text.includes(from), `docs/help-pages.md has ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/**
 * @param {string} address
 * @returns {Promise<{status: number, location: string | undefined, csp: unknown, body: string}>}
 */
const get = (address) =>
  new Promise((done, fail) => {
    const call = request(address, { agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (body += part));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          csp: response.headers["content-security-policy"],
          body,
        }),
      );
    });
    call.on("error", fail);
    call.end();
  });

/** Starts a web server, waits until it answers, and gives how to end it. @param {string[]} command @param {string} origin */
async function start(command, origin) {
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const server = spawn(command[0], command.slice(1), { stdio: ["ignore", "ignore", "pipe"], env });
  let errors = "";
  let ended = false;
  server.stderr.on("data", (part) => (errors += part));
  server.on("close", () => (ended = true));
  while (!(await get(`${origin}/`).catch(() => null))) {
    assert.ok(!ended, `${command[0]} ended: ${errors}`);
    await new Promise((later) => setTimeout(later, 20));
  }
  return () =>
    new Promise((done) => {
      server.on("close", done);
      server.kill("SIGTERM");
    });
}

/** nginx with parts of its http and server blocks. @param {string} http @param {string} server */
async function startNginx(http, server) {
  const port = await freePort();
  const file = join(folder, `nginx-${port}.conf`);
  const types = "types { text/html html; text/css css; application/xml xml; }";
  writeFileSync(
    file,
    `daemon off;\nmaster_process off;\npid ${folder}/nginx-${port}.pid;\nerror_log stderr;\nevents {}\n` +
      `http {\naccess_log off;\n${types}\nclient_body_temp_path ${folder}/b;\nproxy_temp_path ${folder}/p;\n` +
      `fastcgi_temp_path ${folder}/f;\nuwsgi_temp_path ${folder}/u;\nscgi_temp_path ${folder}/s;\n` +
      `${http}\nserver {\nlisten 127.0.0.1:${port};\n${server}\n}\n}\n`,
  );
  const origin = `http://127.0.0.1:${port}`;
  const program = execFileSync("sh", ["-c", "PATH=$PATH:/usr/sbin command -v nginx"]);
  return { origin, stop: await start([program.toString().trim(), "-c", file], origin) };
}

/** What a reader and a search engine find behind a proxy. @param {string} origin */
async function checkProxied(origin) {
  const direct = await get(`${askus.origin}/help/demo/${OLD}`);
  const page = await get(`${origin}/help/${OLD}`);
  assert.equal(page.status, 200);
  assert.equal(page.body, direct.body);
  assert.equal(page.csp, direct.csp);
  const moved = await get(`${origin}/help/uk/anything--how-to-pay/`);
  assert.equal(moved.status, 301);
  const target = new URL(moved.location ?? "", `${origin}/help/uk/anything--how-to-pay/`);
  assert.equal(target.href, `${origin}/help/${OLD}`, "stays on the company's domain");
  const first = await get(`${origin}/help/`);
  assert.equal(new URL(first.location ?? "", `${origin}/help/`).href, `${origin}/help/uk/`);
  const style = /href="([^"]+\.css)"/.exec(page.body)?.[1] ?? "";
  assert.equal((await get(new URL(style, `${origin}/help/${OLD}`).href)).status, 200);
  assert.equal((await get(`${origin}/help/uk/gone--gone/`)).status, 404);
}

test("nginx in front of the server", async () => {
  const part = replaced(proxied, [["https://ask.example.org", askus.origin]]);
  const { origin, stop } = await startNginx("", part);
  await checkProxied(origin).finally(stop);
});

test("Caddy in front of the server", async () => {
  const port = await freePort();
  const file = join(folder, "Caddyfile");
  const part = replaced(caddy, [
    ["www.example.org {", `http://127.0.0.1:${port} {`],
    ["https://ask.example.org", askus.origin],
  ]);
  writeFileSync(file, `{\n\tadmin off\n}\n${part}`);
  const origin = `http://127.0.0.1:${port}`;
  const stop = await start(["caddy", "run", "--config", file, "--adapter", "caddyfile"], origin);
  await checkProxied(origin).finally(stop);
});

test("nginx with exported files: 301 for a former address, 404 with the page of ours", async () => {
  const out = join(folder, "www/help");
  mkdirSync(out, { recursive: true });
  const base = ["--base", "https://www.example.org/help/", "-o", out, "--site", DEMO.site];
  const lines = join(folder, "faq.jsonl");
  await askusFaq(["export", DEMO.faq, "-o", lines]);
  const records = readJsonLines(lines);
  const pages = async (/** @type {Record<string, string>} */ titles) => {
    for (const record of records)
      if (record.lang === "uk") record.title = titles[record.id] ?? record.title;
    writeFileSync(lines, records.map((record) => JSON.stringify(record)).join("\n"));
    await askusFaq(["pages", lines, ...base]);
  };
  // The second address is as long as one can be, which nginx's maps must be told to take.
  await pages({ autopay: "довге слово ".repeat(20) });
  await pages({ autopay: "Автоплатіж", "how-to-pay": "Способи оплати" });
  assert.match(readFileSync(join(out, "redirects.map"), "utf8"), /dovhe-slovo-[\w-]{60}/);
  const where = /** @type {[string, string][]} */ ([["/srv/www", join(folder, "www")]]);
  const { origin, stop } = await startNginx(replaced(map, where), replaced(files, where));
  try {
    const moved = await get(`${origin}/help/${OLD}`);
    assert.equal(moved.status, 301);
    assert.ok(moved.location?.endsWith(`/help/${NEW}`), moved.location);
    assert.equal((await get(`${origin}/help/${NEW}`)).status, 200);
    assert.equal((await get(`${origin}/help/`)).status, 200);
    const missing = await get(`${origin}/help/uk/gone--gone/`);
    assert.equal(missing.status, 404);
    assert.match(missing.body, /Такої сторінки немає/);
    assert.equal((await get(`${origin}/help/askus-pages.json`)).status, 404);
  } finally {
    await stop();
  }
});
