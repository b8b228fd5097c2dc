// The private link of a request: what the core is told, and when the server is asked again.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openPrivateLink } from "../../web/panel/private-link.js";

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
const noPause = async () => {};
const json = (/** @type {object} */ body, status = 200) =>
  new Response(JSON.stringify(body), { status });

test("a request's number and status reach the core", async () => {
  const asked = server([json({ id: ID, number: 7, status: "received", title: "Т", details: "" })]);
  assert.deepEqual(await openPrivateLink(`${ID}.to-ken_`, noPause), [
    ...["request", "number", "7", "status", "received"],
    ...["title", "Т", "created", "", "details", ""],
  ]);
  assert.deepEqual(asked, [{ url: `/v1/requests/${ID}`, authorization: "Bearer to-ken_" }]);
});

test("a wrong token, or a link that is none, is no request", async () => {
  server([json({}, 401)]);
  assert.deepEqual(await openPrivateLink(`${ID}.x`, noPause), ["request"]);
  const asked = server([]);
  for (const link of ["", ID, `${ID}.`, "../x.y", `${ID}.a b`])
    assert.deepEqual(await openPrivateLink(link, noPause), ["request"]);
  assert.equal(asked.length, 0);
});

test("a server that cannot answer now is asked again, then given up", async () => {
  server([new TypeError("offline"), json({}, 503), json({ number: 1 })]);
  assert.equal((await openPrivateLink(`${ID}.x`, noPause))?.[2], "1");
  const asked = server([]);
  assert.equal(await openPrivateLink(`${ID}.x`, noPause), null);
  assert.equal(asked.length, 4);
});
