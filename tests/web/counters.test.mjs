// Counters in the panel: what the core counted under the server's names, what may be told of a query,
// and a batch that is sent until it is counted.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Counters, FULL, tellable, translate } from "../../web/more/counters.js";
import { makeUuid7, timeOf } from "../../web/more/uuid.js";
import { openStorage } from "../../web/panel/storage.js";

const usual = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = usual;
});

test("a query is told folded, short, and never with what may be a contact", () => {
  const cases = [
    ["  Зник   ІНТЕРНЕТ ", "зник інтернет"],
    ["тариф 1000", "тариф 1000"],
    ["подзвоніть 0671234567", ""],
    ["06 71 2", ""],
    ["٠٦٧١٢", ""],
    ["пишіть maria@", ""],
    ["t.me/maria", ""],
    ["mail.ua", ""],
    ["кінець. речення", "кінець. речення"],
    ["ї".repeat(200), "ї".repeat(50)],
  ];
  for (const [query, told] of cases) assert.equal(tellable(query), told, query);
});

test("the server's names", () => {
  const cases = [
    [["search", "тариф"], [{ name: "search" }]],
    [
      ["zero", "Щось"],
      [{ name: "search" }, { name: "zero", query: "щось" }],
    ],
    [["article", "pay"], [{ name: "topic", topic: "pay" }]],
    [["helpful", "pay", "partly"], [{ name: "helpful-partly", topic: "pay" }]],
    [["offered", "pay"], [{ name: "offered", topic: "pay" }]],
    [["write"], [{ name: "write" }]],
    [["me-too", "pay"], [{ name: "me-too", topic: "pay" }]],
    [["sent"], []],
    [["of a newer core"], []],
  ];
  for (const [args, events] of cases)
    assert.deepEqual(translate(/** @type {string[]} */ (args), true), events);
  assert.deepEqual(translate(["zero", "Щось"], false), [{ name: "search" }, { name: "zero" }]);
});

test("a UUIDv7 says when it was made", () => {
  const now = 1_795_000_000_123;
  const id = makeUuid7(now);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(timeOf(id), now);
  assert.notEqual(makeUuid7(now), id);
});

/** Answers with these statuses one after the other; 0: no answer. @param {number[]} statuses */
function server(statuses) {
  /** @type {{id: string, events: object[]}[]} */
  const arrived = [];
  globalThis.fetch = async (_, init) => {
    arrived.push(JSON.parse(String(init?.body)));
    const status = statuses.shift() ?? 204;
    if (status === 0) throw new TypeError("offline");
    return new Response(null, { status });
  };
  return arrived;
}

const settled = () => new Promise((done) => setTimeout(done));
const site = { channel: "site", language: "uk", keepQueries: false };
const memory = () =>
  openStorage("demo", () => {
    throw new Error("blocked");
  });

test("a batch goes when it is full or flushed, and is kept until the server has it", async () => {
  for (const status of [0, 503, 429, 204, 422]) {
    const storage = memory();
    const arrived = server([status]);
    const counters = new Counters("/events", storage, site);
    for (let i = 0; i < FULL - 1; i++) counters.add(["write"]);
    assert.equal(arrived.length, 0);
    counters.add(["write"]);
    await settled();
    assert.deepEqual(
      arrived.map(({ events }) => events.length),
      [FULL],
    );
    const isKept = ![204, 422].includes(status);
    assert.equal(storage.names("counts.").length, isKept ? 1 : 0, String(status));
    counters.flush();
    counters.add(["sent"]);
    counters.flush();
    assert.equal(arrived.length, 1, "nothing more to send");
  }
});

test("what was left is sent under its own id; too old it is thrown away, too young it waits", async () => {
  const storage = memory();
  const minute = 60_000;
  const [old, left, young] = [7 * 1440, 60, 1].map((age) => makeUuid7(Date.now() - age * minute));
  for (const id of [old, left, young])
    storage.set(`counts.${id}`, JSON.stringify({ id, events: [{ name: "write" }] }));
  const arrived = server([]);
  new Counters("/events", storage, site).sendLeft();
  await settled();
  assert.deepEqual(
    arrived.map(({ id }) => id),
    [left],
  );
  assert.deepEqual(storage.names("counts."), [`counts.${young}`]);
});
