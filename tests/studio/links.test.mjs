// `askus-faq check --links` asks for every address in a FAQ: a server of the test's own plays all the
// ways in which one may be alive or dead.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { makeCertificate } from "../browser/support/certificate.mjs";
import { freePort } from "../browser/support/askus.mjs";

const FAQ = join(resolve(process.env.ASKUS_BIN ?? "build/release/bin"), "askus-faq");
const folder = mkdtempSync(join(tmpdir(), "askus-links-"));
const file = (/** @type {string} */ name) => join(folder, name);
/** What was asked for. @type {string[]} */
const asked = [];
let origin = "";
let silent = "";
/** @type {import("node:https").Server} */
let server;

before(async () => {
  const { key, cert } = makeCertificate(folder, "links");
  server = createServer({ key, cert }, (request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (path === "/slow") return; // says nothing, ever
    if (path === "/endless") {
      response.writeHead(200);
      const more = () => void (response.destroyed || response.write("x".repeat(65_536), more));
      return more();
    }
    const status = Number(/^\/(\d{3})$/.exec(path)?.[1] ?? 200);
    const location = { "/301": "/fine", "/302": "/404", "/307": "/307" }[path];
    response.writeHead(status, location ? { Location: location } : {}).end("a body");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  origin = `https://127.0.0.1:${port}`;
  silent = `https://127.0.0.1:${await freePort()}/`;
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/**
 * @param {string[]} answers @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Record<string, string>>} what is said of each address, but for the origin
 */
async function said(answers, environment = { SSL_CERT_FILE: file("links.pem") }) {
  const rows = answers.map((answer, i) => `t${i},Topic ${i},"${answer}"`);
  writeFileSync(file("faq.csv"), ["id,title,answer", ...rows, ""].join("\n"));
  const args = [
    "check",
    file("faq.csv"),
    "--lang",
    "en",
    "--json",
    "--links",
    "--link-seconds",
    "1",
  ];
  const report = await new Promise((done) =>
    execFile(FAQ, args, { env: { ...process.env, ...environment } }, (_, stdout) => done(stdout)),
  );
  /** @type {{rule: string, row: number, found: string, remedy: string}[]} */
  const findings = JSON.parse(String(report)).findings.filter(
    (/** @type {any} */ f) => f.rule === "dead-link",
  );
  return Object.fromEntries(
    findings.map(({ row, found, remedy }) => [`${row} ${found.replace(origin, "")}`, remedy]),
  );
}

test("each way to be dead is told with its row, and what is alive is not", async () => {
  const links = (/** @type {string[]} */ ...paths) =>
    paths.map((p) => `[x](${origin}${p})`).join(" ");
  const says = await said([
    links("/fine", "/301", "/endless", "/fine#part", "/401", "/403", "/405", "/429", "/503"),
    links("/404", "/410", "/500", "/302", "/307", "/slow"),
    `[x](${silent}) [y](https://nowhere.invalid/) [z](mailto:a@b.example) [w](tel:+380441234567)`,
    links("/404"),
  ]);
  assert.deepEqual(says, {
    "3 /404": "the page is not there (404)",
    "3 /410": "the page is not there (410)",
    "3 /500": "the server fails (500)",
    "3 /302": "the page is not there (404)",
    "3 /307": "it leads from one address to the next without end",
    "3 /slow": "no answer in time",
    [`4 ${silent}`]: says[`4 ${silent}`],
    "4 https://nowhere.invalid/": "there is no such host",
    "5 /404": "the page is not there (404)",
  });
  assert.match(says[`4 ${silent}`], /^nobody answers there \(/);
  assert.equal(asked.filter((path) => path === "/fine").length, 2, "once, and once by redirection");
  assert.ok(!asked.some((path) => path.includes("#")));
});

test("a certificate that browsers do not trust is told", async () => {
  const says = await said([`[x](${origin}/fine)`], {
    SSL_CERT_FILE: "/etc/ssl/certs/ca-certificates.crt",
  });
  assert.deepEqual(says, { "2 /fine": "its certificate is not valid: browsers will warn" });
});

test("without --links nothing is asked for", async () => {
  asked.length = 0;
  writeFileSync(file("faq.csv"), `id,title,answer\nt,Topic,[x](${origin}/404)\n`);
  execFileSync(FAQ, ["check", file("faq.csv"), "--lang", "en"]);
  assert.deepEqual(asked, []);
});

test("many addresses: each is asked once", async () => {
  asked.length = 0;
  const many = Array.from({ length: 300 }, (_, i) => `[x](${origin}/page-a${i}?q)`);
  assert.deepEqual(await said([many.slice(0, 150).join(" "), many.slice(100).join(" ")]), {});
  assert.equal(asked.length, 300);
  assert.equal(new Set(asked).size, 300);
});
