// Sending: kept until a definite answer, the same bytes each time, patient as the server asks.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { Outbox, RETRY, retryAfter } from "../../web/panel/outbox.js";
import { writeRequest } from "../../web/panel/request.js";
import { openStorage } from "../../web/panel/storage.js";
import { webCrypto } from "../../web/panel/verify.js";
import { readBody, startServer } from "../browser/support/server.mjs";

// Node 20 has none; browsers always have one.
globalThis.navigator ??= /** @type {Navigator} */ ({});

/** @type {import("../browser/support/server.mjs").TestServer} */
let server;
/** @type {{key: string | string[] | undefined, body: string}[]} what arrived */
let arrived;
/** @type {unknown[]} the form tokens with it */
let shown;
/** @type {unknown[]} the social network's tokens with it */
let vouched;
/** @type {{status: number, body?: object | string, headers?: Record<string, string>, drop?: boolean}[]} */
let script;

before(async () => {
  server = await startServer([]);
  RETRY.firstMs = 1;
});
after(() => server.close());
beforeEach(() => {
  arrived = [];
  shown = [];
  vouched = [];
  script = [];
  server.routes.set("/requests", async (request, response) => {
    arrived.push({ key: request.headers["idempotency-key"], body: await readBody(request) });
    shown.push(request.headers["x-askus-form"]);
    vouched.push(request.headers["x-askus-social"]);
    const step = script.shift() ?? { status: 500 };
    if (step.drop) return request.socket.destroy();
    const body = typeof step.body === "string" ? step.body : JSON.stringify(step.body ?? {});
    response.writeHead(step.status, step.headers).end(body);
  });
});

const PROBLEM = { "Content-Type": "application/problem+json" };
const LETTER = { id: "0190-a", body: '{"id":"0190-a","title":"Ґ 🙂"}' };
const STORED = {
  status: 201,
  body: { id: "0190-a", number: 7, token: "t", link: "/l", answers: ["x"] },
};

/**
 * Runs an outbox until it is empty or a letter is refused.
 * @param {import("../../web/panel/storage.js").Storage} storage
 * @param {string} [social] token of who writes
 */
function start(storage, social) {
  /** @type {string[]} */
  const log = [];
  /** @type {(value: unknown) => void} */
  let finish = () => {};
  const finished = new Promise((done) => (finish = done));
  /** @type {import("../../web/panel/outbox.js").Listener} */
  const listener = {
    sent: ({ number }) => finish(log.push(`sent ${number}`)),
    delayed: ({ reason }) => void log.push(`delayed ${reason}`),
    refused: ({ id, type, reason, text, errors }) =>
      finish(
        log.push([`refused ${id}`, type, reason, text, ...errors.map((e) => e.field)].join(" ")),
      ),
  };
  const outbox = new Outbox(`${server.origin}/requests`, storage, listener, "", undefined, social);
  return { outbox, log, finished };
}

/** What a browser keeps for all its tabs. @param {boolean} [isFull] */
function disk(isFull = false) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = {
    get length() {
      return kept.size;
    },
    key: (/** @type {number} */ i) => [...kept.keys()][i] ?? null,
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      if (isFull) throw new Error("QuotaExceededError");
      kept.set(name, value);
    },
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
  return { kept, tab: () => openStorage("demo", () => /** @type {Storage} */ (storage)) };
}

/** @param {object} step an answer of the server, or what to do */
const serveOnce = (step) => (script = [/** @type {any} */ (step)]);

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
  const { kept, tab } = disk();
  const { outbox, log, finished } = start(tab());
  outbox.add(LETTER);
  outbox.add({ ...LETTER, body: '{"title":"changed after Send"}' });
  assert.deepEqual([...kept], [["askus.demo.outbox.0190-a", LETTER.body]]);
  await finished;
  assert.deepEqual(log, [
    ...["delayed offline", "delayed error", "delayed busy", "delayed busy", "delayed busy"],
    ...["delayed error", "delayed error", "sent 7"],
  ]);
  assert.ok(arrived.every(({ key, body }) => key === LETTER.id && body === LETTER.body));
  assert.equal(arrived.length, 8);
  assert.equal(kept.size, 0);
});

test("an identity that is not believed is left out, at once, under the same key", async () => {
  const signed = JSON.stringify({ id: LETTER.id, title: "x", identity: "a.b" });
  const form = { token: "t1", issued_at: 1, work: 0 };
  const problem = (/** @type {string} */ name, more = {}) => ({
    status: 403,
    headers: PROBLEM,
    body: { type: `/problems/${name}`, ...more },
  });
  script = [problem("stale-form-token", { form }), problem("bad-identity"), STORED];
  const { outbox, log, finished } = start(disk().tab());
  outbox.add({ id: LETTER.id, body: signed });
  await finished;
  assert.deepEqual(log, ["sent 7"], "without waiting");
  const plain = JSON.stringify({ id: LETTER.id, title: "x" });
  assert.deepEqual(
    arrived.map(({ body }) => body),
    [signed, signed, plain],
  );
  assert.deepEqual(shown, [undefined, "t1", "t1"]);
  assert.ok(arrived.every(({ key }) => key === LETTER.id));
  // One that was not there cannot be left out: a server that says so is waited for.
  script = [problem("bad-identity"), STORED];
  const other = start(disk().tab());
  other.outbox.add(LETTER);
  await other.finished;
  assert.deepEqual(other.log, ["delayed error", "sent 7"]);
});

test("unkept: what would go with the page", async () => {
  for (const isFull of [false, true]) {
    script = [{ status: 500 }, STORED];
    const { outbox, finished } = start(disk(isFull).tab());
    assert.equal(outbox.unkept, false);
    outbox.add(LETTER);
    assert.equal(outbox.unkept, isFull);
    await finished;
    assert.equal(outbox.unkept, false);
  }
});

test("what the server refuses is said with its id, name and fields, and not kept", async () => {
  const errors = [{ field: "contact", text: "not an address" }];
  const cases = [
    {
      step: { status: 422, body: { type: "/problems/invalid-request", detail: "d", errors } },
      said: "refused 0190-a invalid-request invalid d contact",
    },
    {
      step: { status: 413, body: { type: "/problems/too-large", title: "t" } },
      said: "refused 0190-a too-large error t",
    },
    {
      step: { status: 422, body: { type: "https://ask.example/problems/key-reused" } },
      said: "refused 0190-a key-reused error HTTP 422",
    },
    {
      step: { status: 410, body: { type: "/problems/erased", title: "t" } },
      said: "refused 0190-a erased error t",
    },
  ];
  for (const { step, said } of cases) {
    serveOnce({ ...step, headers: PROBLEM });
    const { kept, tab } = disk();
    const { outbox, log, finished } = start(tab());
    outbox.add(LETTER);
    await finished;
    assert.deepEqual(log, [said]);
    assert.equal(kept.size, 0);
  }
});

test("other text under an id that another tab's letter has is refused, and the letter goes", async () => {
  const { kept, tab } = disk();
  const body = JSON.stringify({ id: LETTER.id, title: "Ґ 🙂", details: "a", consent: { at: "1" } });
  tab().set("outbox.0190-a", body);
  const { outbox, log, finished } = start(tab());
  outbox.add({ id: LETTER.id, body: body.replace('"a"', '"a, and more"') });
  await finished;
  assert.deepEqual(log, ["refused 0190-a key-reused error "]);
  assert.deepEqual([...kept.values()], [body]);
  assert.equal(arrived.length, 0);
  // What the visitor did not type makes no other request.
  script = [STORED];
  const same = start(tab());
  same.outbox.add({ id: LETTER.id, body: body.replace('"1"', '"2"') });
  await same.finished;
  assert.deepEqual(
    arrived.map((each) => each.body),
    [body],
  );
});

test("what others answer, a proxy or a portal, refuses nothing", async () => {
  const known = { type: "/problems/invalid-request" };
  script = [
    { status: 404, body: "<html>" },
    { status: 403, body: "{}", headers: PROBLEM },
    { status: 422, body: known },
    { status: 400, body: { type: "/problems/not-ours" }, headers: PROBLEM },
    { status: 200, body: "null" },
    { status: 200, body: known, headers: PROBLEM },
    STORED,
  ];
  const { kept, tab } = disk();
  const { outbox, log, finished } = start(tab());
  outbox.add(LETTER);
  await finished;
  assert.deepEqual(log, [...Array(6).fill("delayed error"), "sent 7"]);
  assert.equal(kept.size, 0);
});

test("a reload goes on where it stopped", async () => {
  const { kept, tab } = disk();
  tab().set("outbox.0190-a", LETTER.body);
  kept.set("askus.other.outbox.0190-b", "of another site");
  script = [STORED];
  const { outbox, log, finished } = start(tab());
  outbox.flush();
  await finished;
  assert.deepEqual(log, ["sent 7"]);
  assert.equal(arrived.length, 1);
  assert.deepEqual([...kept.keys()], ["askus.other.outbox.0190-b"]);
});

/** Answers each letter as stored. */
function storeAll() {
  server.routes.set("/requests", async (request, response) => {
    const body = await readBody(request);
    const id = String(request.headers["idempotency-key"]);
    arrived.push({ key: id, body });
    response.writeHead(201).end(JSON.stringify({ ...STORED.body, id }));
  });
}

test("two tabs on one storage lose nothing of each other", async () => {
  const { kept, tab } = disk();
  const [left, right] = [start(tab()), start(tab())];
  script = [{ status: 500, headers: { "Retry-After": "60" } }];
  script.push(...script);
  left.outbox.add({ id: "0190-l", body: "of the left" });
  right.outbox.add({ id: "0190-r", body: "of the right" });
  assert.deepEqual([...kept.values()].sort(), ["of the left", "of the right"]);
  while (left.log.length + right.log.length < 2) await new Promise((done) => setTimeout(done, 5));
  storeAll();
  arrived = [];
  left.outbox.flush(); // the network is back, and this tab is the first to notice
  await left.finished;
  while (kept.size > 0) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(arrived.map(({ body }) => body).sort(), ["of the left", "of the right"]);
  right.outbox.changed(); // its own has gone: it asks for the answer, with the same bytes
  await right.finished;
  assert.deepEqual(right.log, ["delayed error", "sent 7"]);
  assert.deepEqual(arrived.at(-1), { key: "0190-r", body: "of the right" });
  assert.equal(kept.size, 0);
});

test("a letter of another tab is left to it, for a while", async () => {
  const usual = RETRY.maxMs;
  RETRY.maxMs = 30;
  const { kept, tab } = disk();
  const { outbox, finished } = start(tab());
  storeAll();
  tab().set("outbox.0190-o", "of another");
  outbox.changed();
  outbox.changed();
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(arrived.length, 0);
  await finished;
  assert.equal(arrived.length, 1);
  assert.equal(kept.size, 0);
  RETRY.maxMs = usual;
});

test("a letter that always fails does not hold up the others", async () => {
  const { kept, tab } = disk();
  tab().set("outbox.0190-0", "poison");
  server.routes.set("/requests", async (request, response) => {
    const id = String(request.headers["idempotency-key"]);
    if ((await readBody(request)) === "poison") return response.writeHead(404).end();
    assert.equal(kept.get("askus.demo.outbox.0190-0"), "poison");
    kept.clear(); // else it is tried for ever
    response.writeHead(201).end(JSON.stringify({ ...STORED.body, id }));
  });
  const { outbox, log, finished } = start(tab());
  outbox.flush();
  outbox.add(LETTER);
  await finished;
  assert.deepEqual(log, ["delayed error", "sent 7"]);
});

test("what the storage does not take is sent all the same, and said", async () => {
  for (const storage of [disk(true).tab(), openStorage("demo", () => assert.fail("blocked"))]) {
    script = [{ status: 500 }, { status: 503 }, STORED];
    const { outbox, log, finished } = start(storage);
    outbox.add(LETTER);
    await finished;
    assert.deepEqual(log, ["delayed unkept", "delayed unkept", "sent 7"]);
    assert.deepEqual(storage.names("outbox."), []);
  }
});

/** Does no work, and shows what it was given. */
const WORK =
  "data:text/javascript,export const pay = async (f, body) => `${f.token}.${f.work}.${body.length}`";
/** @param {string} token @param {number} work */
const stale = (token, work) => ({
  status: 403,
  body: { type: "/problems/stale-form-token", form: { token, issued_at: 1, work } },
  headers: PROBLEM,
});

/** @param {string} workScript */
function startWithWork(workScript) {
  const { tab } = disk();
  const made = start(tab());
  made.outbox.workScript = workScript;
  return made;
}

test("a token that the server asks for is shown at once, with its work", async () => {
  script = [stale("one", 16), STORED];
  const { outbox, log, finished } = startWithWork(WORK);
  outbox.add(LETTER);
  await finished;
  assert.deepEqual(log, ["sent 7"]);
  assert.deepEqual(shown, [undefined, `one.16.${LETTER.body.length}`]);
  assert.ok(arrived.every(({ key, body }) => key === LETTER.id && body === LETTER.body));
});

test("who writes gets a token first; used up, the next one does without", async () => {
  server.routes.set("/form", (_, response) =>
    response.writeHead(200).end(JSON.stringify({ token: "early", issued_at: 1, work: 0 })),
  );
  const { outbox, log, finished } = startWithWork("data:text/javascript,no work");
  await outbox.prepare();
  server.routes.delete("/form");
  await outbox.prepare(); // has one
  script = [{ status: 503, headers: { "Retry-After": "0" } }, STORED];
  outbox.add(LETTER);
  await finished;
  assert.deepEqual(log, ["delayed busy", "sent 7"]);
  assert.deepEqual(shown, ["early", "early"]);
  await outbox.prepare(); // the server has none now
  script = [{ ...STORED, body: { ...STORED.body, id: "0190-b" } }];
  outbox.add({ ...LETTER, id: "0190-b" });
  while (shown.length < 3) await new Promise((done) => setTimeout(done, 5));
  assert.equal(shown[2], undefined);
});

test("a token that is refused again, or work that cannot be done, is tried again later", async () => {
  script = [stale("one", 0), stale("two", 0), STORED];
  const patient = startWithWork(WORK);
  patient.outbox.add(LETTER);
  await patient.finished;
  assert.deepEqual(patient.log, ["delayed error", "sent 7"]);
  assert.deepEqual(shown, [undefined, "one", "two"]);

  shown = [];
  script = [stale("one", 9)];
  const { outbox, log } = startWithWork("data:text/javascript,syntax error");
  outbox.add({ ...LETTER, id: "0190-c" });
  while (log.length === 0) await new Promise((done) => setTimeout(done, 5));
  assert.ok(log.every((line) => line === "delayed offline"));
  assert.deepEqual(shown, [undefined]);
  outbox.workScript = WORK;
  script = [{ ...STORED, body: { ...STORED.body, id: "0190-c" } }];
  outbox.flush();
  while (shown.length < 2) await new Promise((done) => setTimeout(done, 5));
  assert.equal(shown[1], `one.9.${LETTER.body.length}`);
});

test("who is vouched for now is not shown with what an earlier visitor has left", async () => {
  const { tab } = disk();
  tab().set("outbox.0190-b", '{"id":"0190-b"}');
  script = [STORED, { status: 422, headers: PROBLEM, body: { type: "/problems/erased" } }];
  const { outbox } = start(tab(), "of-this-visitor");
  /** @type {Promise<void>} */
  const both = new Promise((done) => {
    outbox.listener = { ...outbox.listener, refused: () => done() };
  });
  outbox.add(LETTER);
  await both;
  assert.deepEqual(
    arrived.map(({ key }, i) => [key, vouched[i]]),
    [
      ["0190-a", "of-this-visitor"],
      ["0190-b", undefined],
    ],
  );
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
  const { id, body } = await writeRequest(
    fields,
    webCrypto(/** @type {SubtleCrypto} */ (webcrypto.subtle)),
  );
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

test("what is forgotten is not sent again, nor is anybody told what became of it", async () => {
  script = [{ status: 503, headers: { "Retry-After": "0" } }, STORED];
  const storage = disk().tab();
  const { outbox, log } = start(storage);
  outbox.add(LETTER);
  outbox.clear();
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(arrived.length, 1, "that one was on its way");
  assert.deepEqual(log, []);
  assert.deepEqual(storage.names(""), []);
  // What is written afterwards is sent as ever.
  script = [{ ...STORED, body: { ...STORED.body, id: "0190-b" } }];
  outbox.add({ id: "0190-b", body: '{"id":"0190-b"}' });
  while (log.length === 0) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(log, ["sent 7"]);
});

test("pictures go before the letter that names them; until they are there it waits", async () => {
  script = [STORED];
  const storage = disk().tab();
  /** @type {string[]} */
  const steps = [];
  const sent = new Promise((done) => {
    const upload = async (/** @type {string} */ body) => {
      steps.push(`upload ${body === LETTER.body} ${arrived.length}`);
      if (steps.length === 1) throw new TypeError("offline");
    };
    const delayed = () => void steps.push("delayed");
    const listener = { sent: done, delayed, refused: done };
    new Outbox(`${server.origin}/requests`, storage, listener, "", upload).add(LETTER);
  });
  await sent;
  assert.deepEqual(steps, ["upload true 0", "delayed", "upload true 0"]);
  assert.equal(arrived.length, 1);
});
