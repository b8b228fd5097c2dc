// Stand-ins for what replies go out to: VK's and Facebook's APIs and a mail server. Each judges every
// call by the published description of its interface, and keeps what it has taken: once for the same
// random_id, guid or Message-ID, where the real one does so.
//   https://github.com/VKCOM/vk-api-schema, https://developers.facebook.com/docs/graph-api
//   RFC 5321, RFC 3207
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { TLSSocket } from "node:tls";

export const TOKENS = {
  VK_TOKEN: "vk-community-token",
  VK_ADMIN_TOKEN: "vk-administrator-token",
  FACEBOOK_TOKEN: "facebook-page-token",
};

/** @typedef {(step: "before" | "after") => void | Promise<void>} Watcher told when a call has come in
 * and nothing is done yet, and when it is done and not answered yet */

const int = (/** @type {string} */ text) => /^-?[0-9]{1,19}$/.test(text);
const positive = (/** @type {string} */ text) => /^[1-9][0-9]{0,18}$/.test(text);
const flag = (/** @type {string} */ text) => text === "0" || text === "1";
const guid = (/** @type {string} */ text) => /^[\w-]{1,100}$/.test(text);
const text = (/** @type {number} */ most) => (/** @type {string} */ value) =>
  value.length > 0 && value.length <= most;

/**
 * Parameters of methods.json with their types; those with a true are required here, though the
 * schema lets some be left out.
 * @type {Record<string, {token: string[], parameters: Record<string, [(text: string) => boolean, boolean]>,
 *   place: string[]}>}
 */
const VK_METHODS = {
  "wall.createComment": {
    token: [TOKENS.VK_TOKEN],
    place: ["owner_id", "post_id"],
    parameters: {
      owner_id: [int, true],
      post_id: [positive, true],
      from_group: [positive, true],
      message: [text(4096), true],
      reply_to_comment: [positive, true],
      attachments: [() => false, false],
      sticker_id: [() => false, false],
      guid: [guid, true],
    },
  },
  "board.createComment": {
    token: [TOKENS.VK_ADMIN_TOKEN],
    place: ["group_id", "topic_id"],
    parameters: {
      group_id: [positive, true],
      topic_id: [positive, true],
      message: [text(4096), true],
      from_group: [flag, true],
      guid: [guid, true],
    },
  },
  "photos.createComment": {
    token: [TOKENS.VK_ADMIN_TOKEN],
    place: ["owner_id", "photo_id"],
    parameters: {
      owner_id: [int, true],
      photo_id: [positive, true],
      message: [text(4096), true],
      from_group: [flag, true],
      reply_to_comment: [positive, true],
      guid: [guid, true],
    },
  },
  "messages.send": {
    token: [TOKENS.VK_TOKEN],
    place: ["peer_id"],
    parameters: {
      peer_id: [int, true],
      random_id: [(value) => positive(value) && Number(value) < 2 ** 31, true],
      message: [text(4096), true],
    },
  },
};

/**
 * A form as it must be sent: no name twice.
 * @param {import("node:http").IncomingMessage} request
 * @returns {Promise<Record<string, string>>}
 */
async function formOf(request) {
  assert.equal(request.method, "POST");
  assert.equal(request.headers["content-type"], "application/x-www-form-urlencoded");
  const form = new URLSearchParams(await bodyOf(request));
  assert.equal(new Set(form.keys()).size, [...form.keys()].length, "a parameter comes twice");
  return Object.fromEntries(form);
}

/** @param {import("node:http").IncomingMessage} request */
async function bodyOf(request) {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  return body;
}

/**
 * What all of them share: a list of what was taken, faults that were asked for, and calls that were
 * wrong.
 */
class Receiver {
  constructor() {
    /** What was taken, in its order. @type {any[]} */
    this.taken = [];
    /** Every call, repeated ones too. @type {any[]} */
    this.calls = [];
    /** Calls that the interface does not allow. @type {string[]} */
    this.wrong = [];
    /** What the next calls are answered with, instead of being taken. @type {any[]} */
    this.faults = [];
    /** @type {Watcher | null} */
    this.watcher = null;
    /** @type {(() => void)[]} */
    this.waiting = [];
  }
  /** @param {any} what */
  take(what) {
    this.taken.push(what);
    for (const wake of this.waiting.splice(0)) wake();
  }
  /** Resolves when so many have been taken. @param {number} count */
  async until(count) {
    while (this.taken.length < count)
      await new Promise((done) => this.waiting.push(() => done(undefined)));
    return this.taken;
  }
}

/** Thrown by a watcher: the connection is lost, whatever has been done. */
export class Lost extends Error {}

class HttpReceiver extends Receiver {
  constructor() {
    super();
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        ({ status = 200, headers = {}, body }) => {
          response.writeHead(status, { "content-type": "application/json", ...headers });
          response.end(JSON.stringify(body));
        },
        (error) => {
          if (error instanceof Lost) return response.destroy();
          this.wrong.push(String(error.message ?? error));
          response.writeHead(400, { "content-type": "application/json" });
          response.end(JSON.stringify(this.refusal(String(error.message ?? error))));
        },
      );
    });
  }
  async start() {
    await new Promise((done) => this.server.listen(0, "127.0.0.1", () => done(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.server.address());
    this.origin = `http://127.0.0.1:${port}`;
    return this;
  }
  stop() {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done(undefined)));
  }
  /**
   * @param {import("node:http").IncomingMessage} _request
   * @returns {Promise<{status?: number, headers?: Record<string, string>, body: any}>}
   */
  async answer(_request) {
    throw new Error("nothing is here");
  }
  /** @param {string} text @returns {any} */
  refusal(text) {
    return { error: text };
  }
}

export class Vk extends HttpReceiver {
  /** By guid or random_id with the place: what the first of them was answered. */
  known = new Map();

  /** @param {string} text */
  refusal(text) {
    return { error: { error_code: 100, error_msg: text } };
  }

  /** @param {import("node:http").IncomingMessage} request */
  async answer(request) {
    const name = String(request.url).replace(/^\/method\//, "");
    const method = VK_METHODS[name];
    assert.ok(method, `there is no method ${request.url}`);
    const { access_token, v, ...form } = await formOf(request);
    this.calls.push({ method: name, ...form });
    assert.ok(method.token.includes(access_token), `${name}: not with this token`);
    assert.match(v, /^5\.[0-9]{2,3}$/, "v");
    for (const [parameter, value] of Object.entries(form)) {
      const known = method.parameters[parameter];
      assert.ok(known, `${name} has no parameter ${parameter}`);
      assert.ok(known[0](value), `${name}: ${parameter} is ${value.slice(0, 80)}`);
    }
    for (const [parameter, [, needed]] of Object.entries(method.parameters))
      assert.ok(!needed || parameter in form, `${name} needs ${parameter}`);
    const fault = this.faults.shift();
    if (fault) return { status: fault.status, headers: fault.headers, body: { error: fault } };
    await this.watcher?.("before");
    const key = [form.guid ?? form.random_id, ...method.place.map((one) => form[one])].join(" ");
    if (!this.known.has(key)) {
      this.known.set(key, this.known.size + 1);
      this.take({ method: name, ...form });
    }
    const id = this.known.get(key);
    await this.watcher?.("after");
    return { body: { response: name === "messages.send" ? id : { comment_id: id } } };
  }
}

export class Facebook extends HttpReceiver {
  /** Comments that have had their private answer. */
  answered = new Set();

  /** @param {string} text */
  refusal(text) {
    return { error: { message: text, type: "OAuthException", code: 100 } };
  }

  /** @param {import("node:http").IncomingMessage} request */
  async answer(request) {
    const [, version, id, edge] = String(request.url).split("/");
    assert.match(version, /^v[0-9]{2}\.0$/);
    const { access_token, appsecret_proof, ...form } = await formOf(request);
    assert.equal(access_token, TOKENS.FACEBOOK_TOKEN, "not with this token");
    const proof = createHmac("sha256", "facebook-app-secret").update(access_token).digest("hex");
    assert.equal(appsecret_proof, proof, "appsecret_proof");
    const call = edge === "comments" ? this.comment(id, form) : this.message(id, edge, form);
    this.calls.push(call);
    const fault = this.faults.shift();
    if (fault)
      return { status: fault.status ?? 400, headers: fault.headers, body: { error: fault } };
    await this.watcher?.("before");
    if ("comment_id" in (call.recipient ?? {})) {
      const to = call.recipient.comment_id;
      if (this.answered.has(to))
        return {
          status: 400,
          body: { error: { code: 10900, message: "Activity already replied to" } },
        };
      this.answered.add(to);
    }
    this.take(call);
    await this.watcher?.("after");
    return { body: edge === "comments" ? { id: `42_${this.taken.length}` } : { message_id: "m" } };
  }

  /** @param {string} id @param {Record<string, string>} form @returns {any} */
  comment(id, form) {
    assert.match(id, /^[0-9]+_[0-9]+$/);
    assert.deepEqual(Object.keys(form), ["message"]);
    assert.ok(text(8000)(form.message));
    return { edge: "comments", id, message: form.message };
  }

  /** @param {string} id @param {string} edge @param {Record<string, string>} form @returns {any} */
  message(id, edge, form) {
    assert.equal(`${id}/${edge}`, "42/messages");
    const recipient = JSON.parse(form.recipient);
    const message = JSON.parse(form.message);
    assert.match(Object.keys(recipient).join(), /^(id|comment_id)$/);
    assert.deepEqual(Object.keys(message), ["text"]);
    assert.ok(text(2000)(message.text), "the text is too long");
    const tagged = form.messaging_type === "MESSAGE_TAG";
    assert.ok(tagged || form.messaging_type === "RESPONSE", form.messaging_type);
    assert.equal(form.tag, tagged ? "HUMAN_AGENT" : undefined);
    const known = ["recipient", "messaging_type", "message", "tag"];
    assert.ok(Object.keys(form).every((name) => known.includes(name)));
    return { edge, recipient, text: message.text, tag: form.tag };
  }
}

/** Another system that is told by webhooks: Standard Webhooks. */
export class WebhookReceiver extends HttpReceiver {
  /** @param {string} secret whsec_... */
  constructor(secret) {
    super();
    this.key = Buffer.from(secret.slice("whsec_".length), "base64");
    this.known = new Set();
  }
  /** @param {import("node:http").IncomingMessage} request */
  async answer(request) {
    const body = await bodyOf(request);
    const [id, at, signature] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((n) =>
      String(request.headers[n]),
    );
    assert.ok(Math.abs(Date.now() / 1000 - Number(at)) < 300, "webhook-timestamp");
    const right = createHmac("sha256", this.key).update(`${id}.${at}.${body}`).digest("base64");
    assert.ok(signature.split(" ").includes(`v1,${right}`), "webhook-signature");
    this.calls.push(JSON.parse(body));
    const fault = this.faults.shift();
    if (fault) return { status: fault.status, headers: fault.headers, body: {} };
    await this.watcher?.("before");
    if (!this.known.has(id)) {
      this.known.add(id);
      this.take(JSON.parse(body));
    }
    await this.watcher?.("after");
    return { body: {} };
  }
}

/** A mail as it was received. @param {string} raw */
export function readMail(raw) {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const unfolded = head.replace(/\r\n[ \t]+/g, " ");
  /** @type {Record<string, string>} */
  const headers = {};
  for (const line of unfolded.split("\r\n")) {
    const [, name, value] = /^([!-9;-~]+): ?(.*)$/.exec(line) ?? [];
    assert.ok(name, `not a header: ${line}`);
    assert.ok(!(name.toLowerCase() in headers), `${name} comes twice`);
    headers[name.toLowerCase()] = decodeWords(value);
  }
  const body = rest.join("\r\n\r\n");
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1];
  const pieces = boundary ? body.split(`--${boundary}`).slice(1, -1) : [`${head}\r\n\r\n${body}`];
  /** @type {Record<string, string>} */
  const parts = {};
  for (const piece of pieces) {
    const [partHead, content] = piece.split("\r\n\r\n");
    const type = /Content-Type: ([^;\r]+)/.exec(partHead)?.[1] ?? "";
    assert.match(partHead, /Content-Transfer-Encoding: base64/);
    parts[type] = Buffer.from(content, "base64").toString();
  }
  return { headers, text: parts["text/plain"], html: parts["text/html"] };
}

/** An address of this machine that is not known as such (RFC 6890: all of 127.0.0.0/8 is). */
export const ELSEWHERE = "127.0.0.2";

/** RFC 2047. @param {string} value */
const decodeWords = (value) =>
  value
    .replace(/\?= +=\?/g, "?==?")
    .replace(/(=\?UTF-8\?B\?[A-Za-z0-9+/=]*\?=)+/g, (words) =>
      Buffer.concat(
        [...words.matchAll(/\?B\?([^?]*)\?/g)].map(([, word]) => Buffer.from(word, "base64")),
      ).toString(),
    );

/**
 * @typedef {object} MailTls
 * @property {"from the first byte" | "STARTTLS" | "none"} mode
 * @property {string} key PEM
 * @property {string} cert PEM
 */

/**
 * A mail server; AUTH PLAIN when it has a password. Without `tls` it is on this machine. With it, it
 * is elsewhere as far as the server can tell, and says in what is in the clear nothing but STARTTLS.
 */
export class MailServer extends Receiver {
  /** @param {{user: string, password: string} | null} [account] @param {MailTls | null} [tls] */
  constructor(account = null, tls = null) {
    super();
    this.account = account;
    this.tls = tls;
    /** What was said in the clear, but greetings. @type {string[]} */
    this.clear = [];
    /** Message-IDs that were taken. */
    this.known = new Set();
    /** @type {Set<import("node:net").Socket>} */
    this.sockets = new Set();
    this.server = createSocketServer((socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket)).on("error", () => {});
      const talks = tls?.mode === "from the first byte" ? this.secured(socket) : socket;
      this.talk(talks);
      talks.write("220 stand-in\r\n");
    });
  }
  /** @param {import("node:net").Socket} socket */
  secured(socket) {
    const { key, cert } = /** @type {MailTls} */ (this.tls);
    return new TLSSocket(socket, { isServer: true, key, cert }).on("error", () => {});
  }
  async start() {
    await new Promise((done) =>
      this.server.listen(0, this.tls ? ELSEWHERE : "127.0.0.1", () => done(undefined)),
    );
    const { address, port } = /** @type {import("node:net").AddressInfo} */ (this.server.address());
    const scheme = this.tls?.mode === "from the first byte" ? "smtps" : "smtp";
    this.url = `${scheme}://${address}:${port}`;
    return this;
  }
  stop() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((done) => this.server.close(() => done(undefined)));
  }

  /** @param {import("node:net").Socket} socket */
  talk(socket) {
    const isClear = this.tls !== null && !(socket instanceof TLSSocket);
    const say = (/** @type {string} */ line) => socket.writable && socket.write(`${line}\r\n`);
    let buffer = "";
    let known = !this.account;
    let asked = false; // what AUTH has to say
    let from = "";
    /** @type {string[]} */
    let to = [];
    let data = false;
    /** @param {string} line */
    const command = (line) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "EHLO") {
        say("250-stand-in");
        if (isClear && this.tls?.mode === "STARTTLS") say("250-STARTTLS");
        else if (this.account) say("250-AUTH PLAIN");
        return say("250 SIZE 10000000");
      }
      if (verb === "QUIT") return say("221 bye") && socket.end();
      if (isClear && this.tls?.mode === "STARTTLS" && line.toUpperCase() === "STARTTLS") {
        say("220 go on");
        socket.removeAllListeners("data");
        return this.talk(this.secured(socket));
      }
      if (isClear) this.clear.push(line);
      if (verb === "AUTH" && !line.split(" ")[2]) {
        asked = true;
        return say("334 ");
      }
      if (verb === "AUTH" || asked) {
        const words = asked ? line : line.split(" ")[2];
        asked = false;
        const [, user, password] = Buffer.from(words, "base64").toString().split("\0");
        known = user === this.account?.user && password === this.account?.password;
        return say(known ? "235 welcome" : "535 not you");
      }
      if (!known) return say("530 log in first");
      const fault = ["MAIL", "RCPT", "DATA"].includes(verb) && this.faults[0]?.at === verb;
      if (fault) return say(this.faults.shift().say);
      const address = /<([^<>\s]+)>/.exec(line)?.[1] ?? "";
      if (verb === "MAIL") {
        from = address;
        to = [];
        return say("250 ok");
      }
      if (verb === "RCPT") {
        to.push(address);
        return say("250 ok");
      }
      if (verb === "DATA") {
        data = true;
        return say("354 go on");
      }
      return say("502 not here");
    };
    const takeMail = async (/** @type {string} */ raw) => {
      try {
        assert.ok(
          raw.split("\r\n").every((line) => line.length <= 998),
          "a line is too long",
        );
        assert.ok(!/[^\t\r\n -~]/.test(raw), "not 7-bit");
        const mail = { from, to: [...to], ...readMail(raw), raw };
        this.calls.push(mail);
        await this.watcher?.("before");
        const id = mail.headers["message-id"];
        if (!this.known.has(id)) {
          this.known.add(id);
          this.take(mail);
        }
        await this.watcher?.("after");
        say("250 taken");
      } catch (error) {
        if (error instanceof Lost) return socket.destroy();
        this.wrong.push(String(/** @type {Error} */ (error).message));
        say("554 this is no mail");
      }
    };
    socket.setEncoding("latin1").on("data", (piece) => {
      buffer += piece;
      for (;;) {
        const end = buffer.indexOf(data ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const part = buffer.slice(0, end);
        buffer = buffer.slice(end + (data ? 5 : 2));
        if (data) {
          data = false;
          void takeMail(part.replace(/^\.\./gm, "."));
        } else command(part);
      }
    });
  }
}
