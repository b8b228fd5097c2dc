// A language model's endpoint to test against, on this machine. It takes what the published format
// of POST /v1/chat/completions allows (https://platform.openai.com/docs/api-reference/chat/create),
// refuses everything else as that does, and can fail in every way.
import { createServer } from "node:http";
import { once } from "node:events";

export const KEY = "sk-test-key";
export const MODEL = "small-model";

const ROLES = ["developer", "system", "user", "assistant", "tool"];
/** Members of a request and what they may be; those that nobody here sends are left out. */
const MEMBERS = {
  model: (/** @type {unknown} */ v) => typeof v === "string" && v !== "",
  messages: (/** @type {unknown} */ v) =>
    Array.isArray(v) &&
    v.length > 0 &&
    v.every((one) => ROLES.includes(one?.role) && typeof one.content === "string"),
  response_format: (/** @type {any} */ v) =>
    ["text", "json_object"].includes(v?.type) && Object.keys(v).length === 1,
  max_completion_tokens: (/** @type {unknown} */ v) => Number.isInteger(v) && Number(v) > 0,
  stream: (/** @type {unknown} */ v) => typeof v === "boolean",
};

/** What is wrong with a request's body, or "". @param {any} body */
function wrongWith(body) {
  if (typeof body !== "object" || body === null) return "not an object";
  for (const name of ["model", "messages"]) if (!(name in body)) return `missing ${name}`;
  for (const [name, value] of Object.entries(body)) {
    const fits = MEMBERS[/** @type {keyof typeof MEMBERS} */ (name)];
    if (!fits) return `unrecognized argument: ${name}`;
    if (!fits(value)) return `invalid ${name}`;
  }
  // With json_object the word JSON must stand in a message.
  const text = JSON.stringify(body.messages);
  if (body.response_format?.type === "json_object" && !/json/i.test(text)) return "no word JSON";
  return body.model === MODEL ? "" : "no such model";
}

/** @param {string} content @param {string} [reason] */
const completion = (content, reason = "stop") => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_795_255_200,
  model: MODEL,
  choices: [
    { index: 0, message: { role: "assistant", content }, logprobs: null, finish_reason: reason },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/**
 * @typedef {object} Reply
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 * @property {boolean} [silent] nothing is ever answered
 * @property {boolean} [cut] the connection ends in the middle
 */

/** Ways to fail, by name. @type {Record<string, Reply>} */
export const FAILURES = {
  busy: {
    status: 429,
    headers: { "Retry-After": "20" },
    body: '{"error":{"message":"slow down"}}',
  },
  broken: { status: 500, body: "oops" },
  elsewhere: { status: 302, headers: { Location: "http://127.0.0.1:1/" } },
  "no JSON": { body: "<html>" },
  "cut JSON": { body: JSON.stringify(completion('{"phrasings":["a"]}')).slice(0, 60) },
  "cut off by its limit": { body: JSON.stringify(completion('{"phrasings":["a', "length")) },
  "another shape": { body: '{"choices":[{"text":"old API"}]}' },
  "no list": { body: JSON.stringify(completion("Sure! Here are some.")) },
  stream: {
    headers: { "Content-Type": "text/event-stream" },
    body: 'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: [DONE]\n\n',
  },
  huge: { body: JSON.stringify(completion("x".repeat(3 << 20))) },
  "cut connection": { cut: true },
};

export async function startModel() {
  /** @type {any[]} bodies that were understood */
  const asked = [];
  /** What is proposed, by the question's text. @type {(given: any) => unknown[]} */
  let answer = () => [];
  /** @type {Reply | null} */
  let failure = null;
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const say = (/** @type {number} */ status, /** @type {object} */ body) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    const refuse = (/** @type {number} */ status, /** @type {string} */ message) =>
      say(status, { error: { message, type: "invalid_request_error" } });
    if (request.headers.authorization !== `Bearer ${KEY}`) return refuse(401, "bad key");
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return refuse(404, "no such address");
    if (request.headers["content-type"] !== "application/json") return refuse(415, "not JSON");
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      return refuse(400, "no JSON");
    }
    const wrong = wrongWith(body);
    if (wrong) return refuse(wrong === "no such model" ? 404 : 400, wrong);
    asked.push(body);
    if (failure?.silent) return;
    if (failure?.cut) return response.writeHead(200, { "Content-Length": "900" }).destroy();
    if (failure)
      return response.writeHead(failure.status ?? 200, failure.headers).end(failure.body ?? "");
    const phrasings = answer(JSON.parse(body.messages[1].content));
    say(200, completion(JSON.stringify({ phrasings })));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    /** @param {(given: any) => unknown[]} how */
    answers: (how) => ([answer, failure] = [how, null]),
    /** @param {Reply} reply */
    fails: (reply) => (failure = reply),
    stop: () => {
      server.closeAllConnections?.();
      server.close();
    },
  };
}
