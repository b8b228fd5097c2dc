// People who log in, in real browsers against the real server.
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { askusServer } from "../browser/support/askus.mjs";

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
