// Sending: kept until a definite answer, the same bytes each time, patient as the server asks.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Outbox, RETRY, retryAfter } from "../../web/panel/outbox.js";
import { writeRequest } from "../../web/panel/request.js";
import { openStorage } from "../../web/panel/storage.js";
import { webCrypto } from "../../web/panel/verify.js";
import { readBody, startServer } from "../browser/support/server.mjs";

/** @type {import("../browser/support/server.mjs").TestServer} */
let server;
/** @type {{key: string | string[] | undefined, body: string}[]} what arrived */
let arrived;
/** @type {{status: number, body?: object | string, headers?: Record<string, string>, drop?: boolean}[]} */
let script;

before(async () => {
  server = await startServer([]);
  RETRY.firstMs = 1;
});
after(() => server.close());
beforeEach(() => {
  arrived = [];
  script = [];
  server.routes.set("/requests", async (request, response) => {
    arrived.push({ key: request.headers["idempotency-key"], body: await readBody(request) });
    const step = script.shift() ?? { status: 500 };
    if (step.drop) return request.socket.destroy();
    const body = typeof step.body === "string" ? step.body : JSON.stringify(step.body ?? {});
    response.writeHead(step.status, step.headers).end(body);
  });
});

const LETTER = { id: "0190-a", body: '{"id":"0190-a","title":"Ґ 🙂"}' };
const STORED = {
  status: 201,
  body: { id: "0190-a", number: 7, token: "t", link: "/l", answers: ["x"] },
};

/**
 * Runs an outbox until it is empty or a letter is refused.
 * @param {import("../../web/panel/storage.js").Storage} storage
 */
function start(storage) {
  /** @type {string[]} */
  const log = [];
  /** @type {(value: unknown) => void} */
  let finish = () => {};
  const finished = new Promise((done) => (finish = done));
  const outbox = new Outbox(`${server.origin}/requests`, storage, {
    sent: ({ number }) => finish(log.push(`sent ${number}`)),
    delayed: ({ reason }) => void log.push(`delayed ${reason}`),
    refused: ({ reason, text, errors }) =>
      finish(log.push(`refused ${reason} ${text} ${errors.map((e) => e.field)}`.trim())),
  });
  return { outbox, log, finished };
}

const memory = () =>
  openStorage("demo", () => {
    throw new Error("blocked");
  });

test("every failure that can pass is tried again with the same bytes", async () => {
  script = [
    { status: 0, drop: true },
    { status: 500 },
    { status: 503, headers: { "Retry-After": "0" } },
    { status: 429 },
    { status: 409 },
    { status: 201, body: "not json" },
    { status: 201, body: { id: "another" } },
    STORED,
  ];
  const storage = memory();
  const { outbox, log, finished } = start(storage);
  outbox.add(LETTER);
  outbox.add({ ...LETTER, body: "changed after Send" });
  assert.match(storage.get("outbox"), /0190-a/);
  await finished;
  assert.deepEqual(log, [
    ...["delayed offline", "delayed error", "delayed busy", "delayed busy", "delayed busy"],
    ...["delayed error", "delayed error", "sent 7"],
  ]);
  assert.ok(arrived.every(({ key, body }) => key === LETTER.id && body === LETTER.body));
  assert.equal(arrived.length, 8);
  assert.equal(storage.get("outbox"), "");
});

test("what the server refuses is said with its fields, and not kept", async () => {
  const errors = [{ field: "contact", text: "not an address" }];
  const cases = [
    { step: { status: 422, body: { detail: "d", errors } }, said: "refused invalid d contact" },
    { step: { status: 413, body: { title: "t" } }, said: "refused error t" },
    { step: { status: 404, body: "<html>" }, said: "refused error HTTP 404" },
  ];
  for (const { step, said } of cases) {
    script = [step];
    const storage = memory();
    const { outbox, log, finished } = start(storage);
    outbox.add(LETTER);
    await finished;
    assert.deepEqual(log, [said]);
    assert.equal(storage.get("outbox"), "");
  }
});

test("a reload goes on where it stopped", async () => {
  const storage = memory();
  storage.set("outbox", JSON.stringify([LETTER, { id: 5 }]));
  script = [STORED];
  const { outbox, log, finished } = start(storage);
  outbox.flush();
  await finished;
  assert.deepEqual(log, ["sent 7"]);
  for (const broken of ["{", "{}", "null", '"x"']) {
    storage.set("outbox", broken);
    start(storage).outbox.flush();
  }
  assert.equal(arrived.length, 1);
});

test("Retry-After as seconds and as a date", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  assert.equal(retryAfter("7", now), 7000);
  assert.equal(retryAfter("Thu, 01 Jan 2026 00:00:09 GMT", now), 9000);
  for (const header of [null, "", "soon", "-5", "Thu, 01 Jan 2015 00:00:09 GMT"])
    assert.equal(retryAfter(header, now), 0);
});

test("the body: known fields that are not empty, consent with the text's hash", async () => {
  const fields = new Map([
    ...Object.entries({ id: "i", title: "Тест", kind: "question", name: "", hacked: "x" }),
    ...Object.entries({
      consent_version: "2",
      consent_text: "abc",
      consent_at: "2026-01-01T00:00:00Z",
    }),
  ]);
  const { id, body } = await writeRequest(fields, webCrypto(globalThis.crypto.subtle));
  assert.equal(id, "i");
  assert.deepEqual(JSON.parse(body), {
    id: "i",
    kind: "question",
    title: "Тест",
    consent: {
      version: "2",
      text_hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      at: "2026-01-01T00:00:00Z",
    },
  });
});
