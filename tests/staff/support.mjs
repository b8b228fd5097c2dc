// People who log in, in real browsers against the real server.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEMO, askusServer } from "../browser/support/askus.mjs";

/** @typedef {import("../browser/support/askus.mjs").Askus} Askus */
/** @typedef {import("playwright-core").Page} Page */

export const PASSWORD = "correct horse battery";

/**
 * The operator's link for an account.
 * @param {Askus} askus @param {string} email @param {string} role @param {string[]} [more] arguments
 */
export async function link(askus, email, role, more = []) {
  const { stdout } = await askusServer([
    ...["invite", "--config", join(askus.data, "server.json"), "--site", "demo"],
    ...["--email", email, "--role", role, "--origin", askus.origin, ...more],
  ]);
  return stdout.trim();
}

/** Accepts an invitation as who is new. @param {Page} page @param {string} address @param {string} name */
export async function accept(page, address, name) {
  await page.goto(address);
  await page.getByLabel("Full name").fill(name);
  await page.getByLabel("Position").fill("network engineer");
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
}

/** @param {Page} page @param {string} [password] */
export async function logIn(page, password = PASSWORD) {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/**
 * An account made by the operator's link, and logged in; the page shows the first screen.
 * @param {Askus} askus @param {Page} page @param {string} email @param {string} role
 * @param {string} name
 */
export async function enter(askus, page, email, role, name) {
  await accept(page, await link(askus, email, role), name);
  await logIn(page);
  await page.getByRole("navigation").getByText(name).waitFor();
}

/**
 * Windows of people who have logged in, by name.
 * @param {Askus} askus
 * @param {ReturnType<typeof import("../browser/support/browser.mjs").useBrowser>} chromium
 * @param {Record<string, string>} roles by name
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function openDesk(askus, chromium, roles, options) {
  /** @type {Record<string, import("../browser/support/browser.mjs").TestPage>} */
  const desk = {};
  for (const [name, role] of Object.entries(roles)) {
    desk[name] = await chromium.page({ locale: "en-US", ...options });
    await enter(askus, desk[name].page, `${name}@example.org`, role, name);
  }
  return desk;
}

/** RFC 6238, by another library than the server's. @param {string} base32 @param {number} step */
export function oneTimeCode(base32, step) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const consentVersion = JSON.parse(readFileSync(DEMO.site, "utf8")).consent.version;
let count = 0;
/**
 * What the panel sends when a visitor has written.
 * @param {Askus} askus @param {string} title @param {object} [more]
 * @returns {Promise<{id: string, link: string, number: number}>}
 */
export async function askFor(askus, title, more = {}) {
  const id = `01890a5d-ac96-774b-bcce-${String(++count).padStart(12, "0")}`;
  const form = await (await fetch(`${askus.origin}/v1/sites/demo/form`)).json();
  const response = await fetch(`${askus.origin}/v1/sites/demo/requests`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": id,
      "X-Askus-Form": form.token,
    },
    body: JSON.stringify({
      ...{ id, kind: "problem", title, details: `Details of ${title}`, language: "en" },
      ...{ name: "Maria", contact: "maria@example.org", mood: "upset", channel: "site" },
      consent: { version: consentVersion, text_hash: "a".repeat(64), at: "2026-01-01T00:00:00Z" },
      ...more,
    }),
  });
  const text = await response.text();
  assert.equal(response.status, 201, text);
  return { id, ...JSON.parse(text) };
}
