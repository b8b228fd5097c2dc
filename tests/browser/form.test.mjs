// The request form in a browser without JavaScript, against the real server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startAskus } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";

const chromium = useBrowser();
const SETTINGS = { abuse: { quick_form_ms: 1 } }; // a test types quicker than a person
/** @type {import("./support/askus.mjs").Askus} */
let askus;

before(async () => {
  askus = await startAskus(undefined, SETTINGS);
});
after(() => askus.stop());

test("without JavaScript the panel's page leads to a form, and the form to a number", async () => {
  const { page, done } = await chromium.page({ javaScriptEnabled: false });
  await page.goto(`${askus.origin}/sites/demo/ask`);
  const link = page.getByRole("link", { name: "Написати нам" });
  await page.goto(new URL(String(await link.getAttribute("href")), page.url()).href);
  await page.getByRole("heading", { name: "Нове звернення" }).waitFor();
  await page.getByLabel("Коротко").fill("Не працює «Домашній 500» 🦔");
  await page.getByLabel("Подробиці").fill("перший рядок\nдругий <b>рядок</b>");
  await page.getByLabel("Ел. пошта або телефон").fill("не адреса");
  const consent = page.getByRole("checkbox");
  if ((await consent.count()) > 0) await consent.check();
  const send = page.getByRole("button", { name: "Надіслати" });
  await send.click();
  const contact = page.getByLabel("Ел. пошта або телефон");
  assert.equal(await contact.getAttribute("aria-invalid"), "true");
  assert.equal(await page.getByLabel("Коротко").inputValue(), "Не працює «Домашній 500» 🦔");
  await contact.fill("maria@example.org");
  if ((await consent.count()) > 0) await consent.check();
  await send.click();
  await page.getByRole("heading", { name: "Звернення № 1 прийнято" }).waitFor();
  const [row] = askus.query("select * from requests");
  assert.equal(row.details, "перший рядок\nдругий <b>рядок</b>");
  assert.equal(row.channel, "form");
  await done(/422/); // the browser itself reports the answer
});
