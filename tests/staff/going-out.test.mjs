// Answering from /staff what was asked elsewhere: in VK in public, then privately; by e-mail; one that
// cannot be sent, and tried again. In real Chromium against the real server; VK and the mail server are
// stand-ins.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { askBySite, askInVk, startGoingOut } from "../social/going-out.mjs";
import { enter } from "./support.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const chromium = useBrowser();
/** @type {Awaited<ReturnType<typeof startGoingOut>>} */
let out;
/** @type {import("playwright-core").Page} */
let page;
/** @type {import("../browser/support/browser.mjs").TestPage} */
let watched;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  out = await startGoingOut();
  watched = await chromium.page({ locale: "en-US" });
  page = watched.page;
  await enter(out.askus, page, "olena@example.org", "staff", "Olena");
});
after(async () => {
  await out.stop();
  assert.deepEqual(out.wrong(), []);
});

/** @param {string} title */
const open = async (title) => {
  await page.locator(".feed a", { hasText: title }).click();
  await page.locator(".pane").getByRole("heading", { name: title }).waitFor();
};
const choices = () => page.getByLabel("Who reads it").locator("option").allTextContents();
/** @param {string} text */
const reply = async (text) => {
  await page.getByLabel("Your reply").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
};
/** @param {string} name */
const shoot = (name) => page.screenshot({ path: `${OUT}/going-out-${name}.png`, fullPage: true });

test("asked on VK's wall: in public, in private from then on, or a note", async () => {
  await askInVk(out.askus, "wall", "Скільки коштує підключення?");
  await open("Скільки коштує підключення?");
  assert.deepEqual(await choices(), [
    "everybody, where it was asked",
    "the visitor, in private messages",
    "colleagues only",
  ]);
  await reply("Сто гривень.");
  await page.getByText("VK, in public: sent").waitFor();
  assert.equal(out.vk.taken[0].method, "wall.createComment");
  assert.equal(out.vk.taken[0].message, "Сто гривень.");

  await page.getByLabel("Who reads it").selectOption({ label: "the visitor, in private messages" });
  await reply("Ваш договір 123.");
  await page.getByText("VK, private message: sent").waitFor();
  assert.equal((await choices())[0], "the visitor, in private messages");
  await reply("І ще одне.");
  await page.getByText("VK, private message: sent").nth(1).waitFor();
  assert.deepEqual(
    out.vk.taken.map((one) => one.method),
    ["wall.createComment", "messages.send", "messages.send"],
  );
  await page.getByText("History").click();
  await page.getByText("moved · the visitor, in private messages").waitFor();
  assert.deepEqual(await violations(page), []);
  await shoot("vk");
});

test("one that VK refuses says why, and is tried again by a press", async () => {
  await askInVk(out.askus, "message", "Де мій договір?");
  await open("Де мій договір?");
  out.vk.faults.push({ error_code: 901, error_msg: "Can't send messages without permission" });
  await reply("Ось він.");
  const line = page.getByText("VK, private message: not sent: this person takes no messages");
  await line.waitFor();
  const view = page.getByRole("link", { name: "Not delivered 1" });
  await view.click();
  await page.getByRole("link", { name: /Де мій договір\?.*the reply did not arrive/s }).click();
  await line.waitFor();
  assert.deepEqual(await violations(page), []);
  await shoot("failed");
  await page.setViewportSize({ width: 390, height: 800 });
  await shoot("failed-phone");
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot("failed-phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
  const again = page.getByRole("button", { name: "Try again" });
  await again.focus();
  await page.keyboard.press("Enter");
  await page.getByText("VK, private message: sent").waitFor();
  assert.equal(await again.count(), 0);
  await view.waitFor({ state: "detached" });
  await page.getByRole("link", { name: /^All/ }).click();
});

test("who left an address gets it by e-mail; while it waits that is told", async () => {
  await askBySite(out.askus, { title: "Чекаю на майстра", language: "uk" });
  await open("Чекаю на майстра");
  assert.deepEqual(await choices(), ["the visitor, also by e-mail", "colleagues only"]);
  out.mail.faults.push({ at: "RCPT", say: "451 come again" });
  await reply("Він уже їде.");
  await page.getByText("E-mail: sent").waitFor();
  assert.equal(out.mail.taken.length, 1);
  assert.match(out.mail.taken[0].text, /Він уже їде\./);
  await shoot("mail");
  await watched.done(/status of 4\d\d/);
});

test("an administrator makes a key for another system, sees it once, and revokes it", async () => {
  const watchedAdmin = await chromium.page({ locale: "en-US" });
  const admin = watchedAdmin.page;
  await enter(out.askus, admin, "admin@example.org", "administrator", "Admin");
  await admin.getByRole("link", { name: "Team" }).click();
  await admin.getByLabel("What it is for").fill("Support desk");
  await admin.getByLabel("What it may do").selectOption({ label: "read and answer" });
  await admin.getByRole("button", { name: "Make a key" }).click();
  const key = await admin.getByLabel("Key", { exact: true }).inputValue();
  assert.match(key, /^askus_[\w-]{43}$/);
  const read = () =>
    fetch(`${out.askus.origin}/v1/sites/demo/requests`, {
      headers: { Authorization: `Bearer ${key}` },
    });
  assert.equal((await read()).status, 200);
  assert.deepEqual(await violations(admin), []);
  await admin.screenshot({ path: `${OUT}/going-out-keys.png`, fullPage: true });
  await admin.reload();
  await admin.getByRole("button", { name: "Revoke the key of Support desk" }).waitFor();
  assert.equal(await admin.getByLabel("Key", { exact: true }).count(), 0);
  await admin.getByRole("button", { name: "Revoke the key of Support desk" }).click();
  await admin.getByText("The key of Support desk is worth nothing any more.").waitFor();
  assert.equal((await read()).status, 401);
  await watchedAdmin.done();
});
