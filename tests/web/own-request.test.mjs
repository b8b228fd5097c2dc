// A request of one's own: its private link, when the server is asked again, what counts as gone.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { eraseRequest, exportRequest, parseLink, readRequest } from "../../web/more/own-request.js";

const ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
const usual = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = usual;
});

/** Answers one after the other. @param {(Response | Error)[]} answers */
function server(answers) {
  /** @type {{url: string, authorization: string | null}[]} */
  const asked = [];
  globalThis.fetch = async (url, init) => {
    asked.push({
      url: String(url),
      authorization: new Headers(init?.headers).get("authorization"),
    });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error("asked too often");
    return answer;
  };
  return asked;
}
const again = { waits: [1, 1, 1], pause: async () => {} };
const json = (/** @type {object} */ body, status = 200) =>
  new Response(JSON.stringify(body), { status });
const access = { id: ID, token: "to-ken_" };

test("a private link is an id and a token, or none", () => {
  assert.deepEqual(parseLink(`${ID}.to-ken_`), access);
  for (const link of ["", ID, `${ID}.`, "../x.y", `${ID}.a b`]) assert.equal(parseLink(link), null);
});

test("the token travels in the header; what is left out of the answer is empty", async () => {
  const asked = server([json({ id: ID, number: 7, status: "received", title: "Т", details: "" })]);
  const said = await readRequest(access);
  assert.ok(typeof said === "object");
  assert.deepEqual([said.number, said.title, said.replies, said.attachments], [7, "Т", [], []]);
  assert.deepEqual(asked, [{ url: `/v1/requests/${ID}`, authorization: "Bearer to-ken_" }]);
});

test("a wrong token and an erased request are gone, at once", async () => {
  for (const status of [401, 404, 410]) {
    const asked = server([json({}, status)]);
    assert.equal(await readRequest(access, again), "gone");
    assert.equal(asked.length, 1);
  }
});

test("a server that cannot answer now is asked again, then given up", async () => {
  server([new TypeError("offline"), json({}, 503), json({ number: 1 })]);
  const said = await readRequest(access, again);
  assert.ok(typeof said === "object" && said.number === 1);
  const asked = server([json({}, 429)]);
  assert.equal(await readRequest(access, again), "unreachable");
  assert.equal(asked.length, 4);
});

test("erased is what the server says is erased", async () => {
  const said = async (/** @type {Response | Error} */ answer) => {
    server([answer]);
    return eraseRequest(access);
  };
  assert.equal(await said(new Response(null, { status: 204 })), true);
  assert.equal(await said(json({}, 410)), true);
  assert.equal(await said(json({}, 401)), false);
  assert.equal(await said(json({}, 503)), false);
  assert.equal(await said(new TypeError("offline")), false);
});

test("a copy is what the server gave, or nothing", async () => {
  const asked = server([json({ a: 1 }), json({}, 503)]);
  assert.equal(await (await exportRequest(access))?.text(), '{"a":1}');
  assert.equal(await exportRequest(access), null);
  assert.equal(asked[0].url, `/v1/requests/${ID}/export`);
});
