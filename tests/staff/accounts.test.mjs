// Accounts as people meet them: the operator's link, logging in, one-time codes, the own profile, the
// team. In real Chromium against the real server.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { accept, enter, link, logIn, oneTimeCode, PASSWORD } from "./support.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const chromium = useBrowser();
/** What the console says of calls that are refused: who is there, asked before anybody has logged in,
 *  and what these tests do wrong on purpose. */
const REFUSED = /status of 4\d\d/;
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus();
});
after(() => askus.stop());

const english = (/** @type {object} */ options = {}) =>
  chromium.page({ locale: "en-US", ...options });

test("from the operator's link to an account, in three languages", async () => {
  const address = await link(askus, "admin@example.org", "administrator");
  for (const [locale, heading] of [
    ["uk-UA", "Запрошення"],
    ["ru-RU", "Приглашение"],
    ["en-US", "Invitation"],
  ]) {
    const { page, done } = await english({ locale });
    await page.goto(address);
    await page.getByRole("heading", { name: heading }).waitFor();
    assert.equal(await page.evaluate("document.documentElement.lang"), locale.slice(0, 2));
    assert.deepEqual(await violations(page), []);
    await done();
  }
  const { page, done } = await english();
  await page.goto(address);
  // What is wrong is said beside its field, which has the focus.
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await page.getByText("Write your name.").waitFor();
  assert.equal(await page.evaluate("document.activeElement.name"), "name");
  assert.deepEqual(await violations(page), []);
  await accept(page, address, "Anna Petrenko");
  assert.equal(await page.getByLabel("E-mail address").inputValue(), "admin@example.org");
  await logIn(page, "wrong horse battery");
  await page.getByRole("alert").getByText("is not right").waitFor();
  await logIn(page);
  await page.getByRole("navigation").getByText("Anna Petrenko").waitFor();
  // No script reads the cookie, and it is no other page's.
  const [cookie] = await page.context().cookies();
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, "Strict");
  assert.equal(await page.evaluate("document.cookie"), "");
  await page.reload();
  await page.getByRole("navigation").getByText("Anna Petrenko").waitFor();
  await page.goto(address);
  await page.getByText("This link is not good any more").waitFor();
  await done(REFUSED);
});

test("the page's policy allows no script of anybody else, and nobody frames it", async () => {
  const response = await fetch(`${askus.origin}/staff`);
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
});

test("the own profile, the picture, the password and the codes", async () => {
  const { page, done } = await english();
  await enter(askus, page, "ivan@example.org", "staff", "Ivan <b>Melnyk</b>");
  await page.getByRole("link", { name: /Ivan/ }).click();
  await page.getByRole("heading", { name: "My profile" }).waitFor();
  assert.deepEqual(await violations(page), []);
  // A name is text, whatever it says.
  assert.equal(await page.locator("nav b").count(), 0);
  await page.getByLabel("Full name").fill("Ivan Melnyk");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("navigation").getByText("Ivan Melnyk", { exact: true }).waitFor();

  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } });
  await page
    .getByLabel("Choose a picture")
    .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: png });
  await page.locator("nav img.avatar").waitFor();
  assert.ok(
    await page
      .locator("nav img.avatar")
      .evaluate((i) => /** @type {HTMLImageElement} */ (i).decode().then(() => true)),
  );

  const card = page.locator("section", { has: page.getByRole("heading", { name: "Password" }) });
  await card.getByLabel("Present password").fill(PASSWORD);
  await card.getByLabel("New password").fill("another long password");
  await card.getByRole("button", { name: "Change password" }).click();
  await page.getByText("The password is changed.").waitFor();

  await page.getByRole("button", { name: "Set up" }).click();
  const secret = ((await page.locator(".secret").textContent()) ?? "").replace(/ /g, "");
  const codes = page.locator("section", {
    has: page.getByRole("heading", { name: "One-time codes" }),
  });
  const step = Math.floor(Date.now() / 30_000);
  await codes.getByLabel("One-time code").fill(oneTimeCode(secret, step));
  await codes.getByLabel("Present password").fill("another long password");
  await codes.getByRole("button", { name: "Turn on" }).click();
  await page.getByText("We ask for a code when you log in.").waitFor();
  await page.screenshot({ path: `${OUT}/staff-profile.png`, fullPage: true });

  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await page.getByText("You are logged out.").waitFor();
  await page.getByLabel("E-mail address").fill("ivan@example.org");
  await logIn(page, "another long password");
  await page.getByLabel("One-time code").waitFor();
  assert.equal(await page.evaluate("document.activeElement.name"), "code");
  assert.deepEqual(await violations(page), []);
  // The next step's: the one before is used.
  await page.getByLabel("One-time code").fill(oneTimeCode(secret, step + 1));
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("navigation").getByText("Ivan Melnyk").waitFor();
  await done(REFUSED);
});

test("an administrator invites, changes and takes away; who is taken away is out", async () => {
  const admin = await english();
  await enter(askus, admin.page, "boss@example.org", "administrator", "Boss");
  await admin.page.getByRole("link", { name: "Team" }).click();
  await admin.page.getByRole("heading", { name: "Invite" }).waitFor();
  const invite = admin.page.locator("section", {
    has: admin.page.getByRole("heading", { name: "Invite" }),
  });
  await invite.getByLabel("E-mail address").fill("maria@example.org");
  await invite.getByLabel("Role").selectOption("lead");
  await invite.getByRole("button", { name: "Make a link" }).click();
  const address = await invite.getByLabel("Link", { exact: true }).inputValue();
  assert.ok(address.startsWith(`${askus.origin}/staff#invitation=`));

  const maria = await english();
  await accept(maria.page, address, "Maria");
  await logIn(maria.page);
  await maria.page.getByRole("navigation").getByText("Maria").waitFor();
  assert.equal(await maria.page.getByRole("link", { name: "Team" }).count(), 0);

  await admin.page.reload();
  const row = admin.page.locator("li", { hasText: "maria@example.org" }).first();
  await row.getByText("Change", { exact: true }).click();
  assert.deepEqual(await violations(admin.page), []);
  await admin.page.screenshot({ path: `${OUT}/staff-team.png`, fullPage: true });
  await row.getByLabel("Has access").uncheck();
  await row.getByRole("button", { name: "Save" }).click();
  await row.getByText("no access").waitFor();
  await admin.page
    .getByText(/accepted an invitation/)
    .first()
    .waitFor();

  await maria.page.reload();
  await maria.page.getByRole("heading", { name: "Log in" }).waitFor();
  await admin.done(REFUSED);
  await maria.done(REFUSED);
});

test("looks: light and dark, a phone, 200 %, and nothing is cut off", async () => {
  const address = await link(askus, "look@example.org", "administrator");
  for (const [name, options] of /** @type {[string, object][]} */ ([
    ["light", {}],
    ["dark", { colorScheme: "dark" }],
    ["phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
    ["zoom", { viewport: { width: 640, height: 400 } }],
  ])) {
    const { page, done } = await english(options);
    await page.goto(address);
    await page.getByRole("heading", { name: "Invitation" }).waitFor();
    assert.deepEqual(await violations(page), [], name);
    assert.ok(
      await page.evaluate("document.documentElement.scrollWidth <= innerWidth"),
      `${name}: no scrolling sideways`,
    );
    await page.screenshot({ path: `${OUT}/staff-invitation-${name}.png`, fullPage: true });
    await done();
  }
});
