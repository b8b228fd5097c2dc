// Where a staff answer goes: to VK, to Facebook, by e-mail, to other systems; each stand-in judges what
// it is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  askBySite,
  askInFacebook,
  askInVk,
  logInByHand,
  startGoingOut,
  uuid7,
} from "./going-out.mjs";
import { Lost } from "./receivers.mjs";

/** @type {Awaited<ReturnType<typeof startGoingOut>>} */
let out;
/** @type {Awaited<ReturnType<typeof logInByHand>>} */
let staff;
const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);
const sent = (/** @type {any[]} */ deliveries) =>
  deliveries.length > 0 && deliveries.every((one) => one.state === "sent");
const failed = (/** @type {any[]} */ deliveries) => deliveries.at(-1)?.state === "failed";

before(async () => {
  out = await startGoingOut();
  staff = await logInByHand(out.askus);
});
after(async () => {
  await out.stop();
  assert.deepEqual(out.wrong(), [], "every call was as the interfaces are described");
});

for (const [place, method, thread] of [
  ["wall", "wall.createComment", { owner_id: "-77", post_id: "3", from_group: "77" }],
  ["topic", "board.createComment", { group_id: "77", topic_id: "4", from_group: "1" }],
  ["photo", "photos.createComment", { owner_id: "-77", photo_id: "6", from_group: "1" }],
  ["message", "messages.send", { peer_id: "5" }],
])
  test(`asked in VK (${place}): answered there by ${method}`, async () => {
    const { id, item } = await askInVk(out.askus, String(place), `Питання: ${place}`);
    assert.equal((await staff.reply(id, `Відповідь: ${place} & «так» +1`)).status, 204);
    const request = await staff.until(id, sent);
    assert.deepEqual(request.ways, place === "message" ? [] : ["here", "private"]);
    assert.equal(request.goes, "vk");
    const call = out.vk.taken.at(-1);
    assert.equal(call.method, method);
    assert.equal(call.message, `Відповідь: ${place} & «так» +1`);
    for (const [name, value] of Object.entries(thread)) assert.equal(call[name], value, name);
    if (place === "wall" || place === "photo") assert.equal(call.reply_to_comment, item);
    assert.ok(request.history.some((/** @type {any} */ one) => one.kind === "delivered"));
  });

test("moved to private messages, the talk stays there until it is moved back", async () => {
  const { id } = await askInVk(out.askus, "wall", "Номер договору 123, що з ним?");
  const first = out.vk.taken.length;
  for (const way of ["private", undefined, "here"])
    assert.equal((await staff.reply(id, `Відповідь ${way}`, { way })).status, 204);
  const request = await staff.until(id, (all) => all.length === 3 && sent(all));
  assert.deepEqual(
    out.vk.taken.slice(first).map((one) => one.method),
    ["messages.send", "messages.send", "wall.createComment"],
  );
  const moves = request.history.filter((/** @type {any} */ one) => one.kind === "moved");
  assert.deepEqual(
    moves.map((/** @type {any} */ one) => one.detail),
    ["private", "here"],
  );
  assert.equal(request.way, "");
  assert.equal((await staff.reply(id, "?", { way: "loud" })).status, 422);
});

test("a long answer goes in parts, each of them once, though a call fails between", async () => {
  const { id } = await askInVk(out.askus, "message", "Розкажіть усе");
  const first = out.vk.taken.length;
  const calls = out.vk.calls.length;
  const text = Array.from({ length: 700 }, (_, i) => `Речення номер ${i} 😀.`).join(" ");
  out.vk.watcher = (step) => {
    if (step !== "after" || out.vk.taken.length !== first + 2) return;
    out.vk.watcher = null;
    throw new Lost();
  };
  assert.equal((await staff.reply(id, text)).status, 204);
  await staff.until(id, sent);
  const parts = out.vk.taken.slice(first).map((one) => one.message);
  assert.ok(parts.length > 2 && parts.every((part) => part.length <= 4096));
  assert.equal(parts.join(" "), text);
  assert.equal(out.vk.calls.length - calls, parts.length + 1, "the second was sent again");
});

test("VK's limits are waited for, its refusals end, and can be tried again", async () => {
  const { id } = await askInVk(out.askus, "wall", "Є обмеження?");
  out.vk.faults.push({ error_code: 6, error_msg: "Too many requests per second" });
  const begin = Date.now();
  assert.equal((await staff.reply(id, "Є.")).status, 204);
  const late = await staff.until(id, sent);
  assert.ok(Date.now() - begin >= 1_000, "not within the second that VK asks for");
  assert.equal(late.deliveries[0].tries, 2);

  out.vk.faults.push({ error_code: 901, error_msg: "Can't send messages without permission" });
  assert.equal((await staff.reply(id, "Особисте.", { way: "private" })).status, 204);
  const refused = await staff.until(id, failed);
  const [, delivery] = refused.deliveries;
  assert.match(delivery.reason, /^not-wanted VK 901/);
  const deed = refused.history.at(-1);
  assert.deepEqual([deed.kind, deed.detail], ["undelivered", `vk ${delivery.reason}`]);
  const path = `/v1/sites/demo/requests/${id}/deliveries`;
  const retry = (/** @type {string} */ one) => staff.call("POST", `${path}/${one}/retry`);
  assert.equal((await retry(refused.deliveries[0].id)).status, 409, "what was sent");
  assert.equal((await retry("nothing")).status, 404);
  assert.equal((await retry(delivery.id)).status, 204);
  await staff.until(id, sent);
});

test("Facebook: a comment, a private answer to it, a message", async () => {
  const { id, item } = await askInFacebook(out.askus, "comment", "Скільки коштує?");
  assert.equal((await staff.reply(id, "Сто.")).status, 204);
  assert.equal((await staff.reply(id, "А вам — вісімдесят.", { way: "private" })).status, 204);
  // The interface takes one private answer to a comment.
  assert.equal((await staff.reply(id, "Ще одне.")).status, 204);
  const request = await staff.until(id, failed);
  assert.match(request.deliveries[2].reason, /^answered /);
  const [open, hidden] = out.page.taken.slice(-2);
  assert.deepEqual(open, { edge: "comments", id: item, message: "Сто." });
  assert.deepEqual(hidden.recipient, { comment_id: item });

  const message = await askInFacebook(out.askus, "message", "Добрий день");
  assert.equal((await staff.reply(message.id, "Добрий!")).status, 204);
  await staff.until(message.id, sent);
  assert.deepEqual(out.page.taken.at(-1).recipient, { id: "6" });
});

test("Facebook: outside of its window nothing is sent, and staff are told", async () => {
  const old = await askInFacebook(out.askus, "message", "Давно", now() - 2 * DAY, "7001");
  assert.equal((await staff.reply(old.id, "Пізно.")).status, 204);
  const request = await staff.until(old.id, failed);
  assert.match(request.deliveries[0].reason, /^window /);
  // They have written again: the window is open, for the older question too.
  await askInFacebook(out.askus, "message", "Агов?", now(), "7001");
  const path = `/v1/sites/demo/requests/${old.id}/deliveries/${request.deliveries[0].id}/retry`;
  assert.equal((await staff.call("POST", path)).status, 204);
  await staff.until(old.id, sent);
});

test("Facebook's rates and Retry-After are respected; a text that was lost is not told twice", async () => {
  const { id } = await askInFacebook(out.askus, "comment", "Лічильник?");
  out.page.faults.push({ status: 503, headers: { "retry-after": "1" }, message: "later" });
  out.page.faults.push({ code: 506, message: "Duplicate status message" });
  const begin = Date.now();
  assert.equal((await staff.reply(id, "Новий.")).status, 204);
  const request = await staff.until(id, sent);
  assert.ok(Date.now() - begin >= 1_000);
  assert.equal(request.deliveries[0].tries, 2);
});

test("by e-mail: our own words, the question, the link; unsubscribing by its header", async () => {
  const asked = await askBySite(out.askus, {
    title: "Коли\u2028Bcc: all@example.org приїде майстер?",
    details: "Рядок перший\n<script>alert(1)</script>",
  });
  const reply = "Майстер приїде у вівторок.\nЧекайте <b>вдома</b>.";
  assert.equal((await staff.reply(asked.id, reply)).status, 204);
  const request = await staff.until(asked.id, sent);
  const mail = out.mail.taken.at(-1);
  assert.deepEqual([mail.from, mail.to], ["help@example.org", ["maria@example.net"]]);
  const { headers } = mail;
  assert.equal(headers.from, "Підтримка, «Приклад» <help@example.org>");
  assert.equal(
    headers.subject,
    `Відповідь на звернення № ${asked.number}: Коли Bcc: all@example.org приїде майстер?`,
  );
  assert.ok(!("bcc" in headers));
  assert.equal(headers["auto-submitted"], "auto-generated");
  assert.equal(headers["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
  assert.match(headers["message-id"], /^<[0-9a-f-]{36}\.email@example\.org>$/);
  for (const words of ["Вітаємо!\n", reply, "> Рядок перший", "— Олена Коваль, інженерка"])
    assert.ok(mail.text.includes(words), words);
  const link = `https://support.example.com${asked.link.replace("#", "?lang=uk#")}`;
  assert.ok(mail.text.includes(link), "the private link, in the letter's language");
  assert.ok(mail.html.includes(`<a href="${link}">Уся розмова`), "the same under words");
  assert.ok(mail.html.includes("&lt;script&gt;") && !/<script|<img|<b>/.test(mail.html));
  assert.equal(request.deliveries[0].channel, "email");

  const [, address] =
    /^<https:\/\/support\.example\.com(.*)>$/.exec(headers["list-unsubscribe"]) ?? [];
  const looked = await fetch(out.askus.origin + address);
  assert.equal(looked.status, 200);
  assert.match(await looked.text(), /Відписатися/);
  assert.equal((await staff.reply(asked.id, "Ще одне.")).status, 204);
  await staff.until(asked.id, (all) => all.length === 2 && sent(all));
  /** @param {string} where @param {string} body */
  const post = (where, body) =>
    fetch(out.askus.origin + where, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body,
    });
  assert.equal((await post(address.replace(/.$/, "!"), "List-Unsubscribe=One-Click")).status, 404);
  assert.equal((await post(address, "List-Unsubscribe=One-Click")).status, 200);
  const before = out.mail.taken.length;
  assert.equal((await staff.reply(asked.id, "І ще.")).status, 204);
  const quiet = await staff.until(asked.id, failed);
  assert.equal(quiet.deliveries[2].reason, "unsubscribed");
  assert.equal(out.mail.taken.length, before);
  assert.equal(
    out.askus.query("select count(*) as n from unsubscribed where address like '%maria%'")[0].n,
    0,
    "the address itself is not kept",
  );
  assert.match(await (await post(address, "again=1")).text(), /знову/);
  assert.equal((await staff.reply(asked.id, "Знову.")).status, 204);
  await staff.until(asked.id, (all) => all[3]?.state === "sent");
});

test("a mail server's 4xx is tried again, its 5xx and a bad address are not", async () => {
  const asked = await askBySite(out.askus);
  out.mail.faults.push({ at: "RCPT", say: "451 greylisted" });
  assert.equal((await staff.reply(asked.id, "Перша.")).status, 204);
  assert.equal((await staff.until(asked.id, sent)).deliveries[0].tries, 2);
  out.mail.faults.push({ at: "RCPT", say: "550 no such mailbox" });
  assert.equal((await staff.reply(asked.id, "Друга.")).status, 204);
  assert.match(
    (await staff.until(asked.id, failed)).deliveries[1].reason,
    /^address SMTP 550 no such mailbox$/,
  );
  const bad = await askBySite(out.askus, { contact: "maria..k@example.net" });
  assert.equal((await staff.reply(bad.id, "Третя.")).status, 204);
  assert.equal((await staff.until(bad.id, failed)).deliveries[0].reason, "address");
});

test("a note and a reply to who left no address go nowhere", async () => {
  const asked = await askBySite(out.askus, { contact: "+380441234567" });
  assert.equal((await staff.reply(asked.id, "Відповідь.")).status, 204);
  assert.equal((await staff.reply(asked.id, "Нотатка.", { public: false })).status, 204);
  const request = await staff.read(asked.id);
  assert.deepEqual([request.deliveries, request.goes], [[], ""]);
});

test("other systems are told of each change once, signed, in its order", async () => {
  out.crm.faults.push({ status: 500 });
  const asked = await askBySite(out.askus);
  await staff.call("PUT", `/v1/sites/demo/requests/${asked.id}/status`, { status: "in-work" });
  assert.equal((await staff.reply(asked.id, "Так.")).status, 204);
  const of = () => out.crm.taken.filter((one) => one.data.id === asked.id);
  while (of().length < 4) await out.crm.until(out.crm.taken.length + 1);
  const told = of().sort((a, b) => a.data.seq - b.data.seq);
  assert.deepEqual(
    told.map((one) => one.type),
    ["request.received", "request.status", "request.assigned", "request.replied"],
  );
  assert.equal(told[0].data.number, asked.number);
  assert.ok(!JSON.stringify(told).includes("maria"), "nothing personal is in it");
});

test("another system reads and answers by its key, until it is revoked", async () => {
  const admin = await logInByHand(out.askus, "admin@example.org", "administrator");
  const path = "/v1/sites/demo/api-keys";
  const make = async (/** @type {string} */ scope) => {
    const answer = await admin.call("POST", path, { name: "Служба підтримки", scope });
    assert.equal(answer.status, 201);
    return answer.json();
  };
  const [reader, answerer] = [await make("read"), await make("answer")];
  assert.match(answerer.key, /^askus_[\w-]{43}$/);
  const listed = await (await admin.call("GET", path)).text();
  assert.ok(!listed.includes(reader.key) && !listed.includes(answerer.key));
  assert.equal(
    out.askus.query(`select count(*) as n from api_keys where hash like '%askus_%'`)[0].n,
    0,
  );
  /** @param {string} key @param {string} method @param {string} where @param {object} [body] */
  const by = (key, method, where, body) =>
    fetch(`${out.askus.origin}/v1/sites/demo/${where}`, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
  const asked = await askBySite(out.askus);
  const reply = { id: uuid7(), text: "Відповідь з CRM.", public: true };
  for (const [key, method, where, body, status] of /** @type {const} */ ([
    [reader.key, "GET", "requests?view=new", undefined, 200],
    [reader.key, "GET", `requests/${asked.id}`, undefined, 200],
    [reader.key, "POST", `requests/${asked.id}/replies`, reply, 401],
    [reader.key, "PUT", `requests/${asked.id}/status`, { status: "closed" }, 401],
    [`${reader.key}x`, "GET", "requests", undefined, 401],
    [answerer.key, "GET", "people", undefined, 401],
    [answerer.key, "GET", "api-keys", undefined, 401],
    [answerer.key, "GET", "stats", undefined, 401],
    [answerer.key, "PUT", "draft", {}, 401],
    [answerer.key, "POST", `requests/${asked.id}/replies`, reply, 204],
    [answerer.key, "PUT", `requests/${asked.id}/status`, { status: "closed" }, 204],
  ]))
    assert.equal((await by(key, method, where, body)).status, status, `${method} ${where}`);
  const request = await staff.until(asked.id, sent);
  assert.equal(request.replies[0].author, "Служба підтримки");
  assert.equal(request.assignee, "", "a program has nothing in hand");
  assert.match(out.mail.taken.at(-1).text, /— Служба підтримки/);
  // What a person has in hand is theirs to answer.
  const held = await askBySite(out.askus);
  assert.equal((await staff.reply(held.id, "Моє.")).status, 204);
  const late = { ...reply, id: uuid7() };
  assert.equal((await by(answerer.key, "POST", `requests/${held.id}/replies`, late)).status, 409);
  assert.equal((await admin.call("DELETE", `${path}/${answerer.id}`)).status, 204);
  assert.equal((await by(answerer.key, "GET", "requests")).status, 401);
  const audit = await (await admin.call("GET", "/v1/sites/demo/audit")).json();
  assert.deepEqual(
    audit.slice(0, 2).map((/** @type {any} */ act) => act.action),
    ["revoke-key", "make-key"],
  );
});

test("the numbers are there", async () => {
  const metrics = await (await fetch(`${out.askus.metrics}/metrics`)).text();
  assert.match(metrics, /askus_outbox_tries_total\{channel="vk",end="sent"\} [1-9]/);
  assert.match(metrics, /askus_outbox_tries_total\{channel="email",end="failed"\} [1-9]/);
  assert.match(metrics, /askus_outbox_waiting\{channel="webhook"\} \d/);
});

test("what waits for an erased request is not sent", async () => {
  const asked = await askBySite(out.askus);
  out.mail.faults.push(...Array(3).fill({ at: "MAIL", say: "421 closing" }));
  assert.equal((await staff.reply(asked.id, "Таємниця.", { id: uuid7() })).status, 204);
  await staff.until(asked.id, (all) => all[0]?.tries > 0 && all[0].state === "waiting");
  const erased = await fetch(`${out.askus.origin}/v1/requests/${asked.id}`, {
    method: "DELETE",
    headers: { Authorization: `Bearer ${asked.token}` },
  });
  assert.equal(erased.status, 204);
  const left = out.askus.query(
    "select count(*) as n from outbox where request <> ''" + ` and request = '${asked.id}'`,
  );
  assert.equal(left[0].n, 0);
  out.mail.faults.splice(0);
});
