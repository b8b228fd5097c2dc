// The private link of a request, in a window of its own against the real server: who has it sees
// what became of the request, who has not learns nothing of it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { DEMO, startAskus } from "./support/askus.mjs";
import { useBrowser } from "./support/browser.mjs";

const chromium = useBrowser();
const ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
const TITLE = "Не працює «Домашній 500» 🦔";
const DETAILS = 'перший рядок\nдругий <b>рядок</b> "лапки"';
/** @type {import("./support/askus.mjs").Askus} */
let askus;
/** @type {{number: number, link: string, token: string}} */
let sent;

before(async () => {
  askus = await startAskus(DEMO, { abuse: { form_token: false } }); // this test has no form
  const text = "Погоджуюся.";
  const response = await fetch(`${askus.origin}/v1/sites/demo/requests`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": ID },
    body: JSON.stringify({
      ...{ id: ID, kind: "problem", title: TITLE, details: DETAILS, language: "uk" },
      ...{ name: "Марія", contact: "maria@example.org" },
      consent: {
        version: "1",
        text_hash: createHash("sha256").update(text).digest("hex"),
        at: "2026-11-18T11:06:40Z",
      },
    }),
  });
  assert.equal(response.status, 201, await response.clone().text());
  sent = await response.json();
});
after(() => askus.stop());

/** @param {string} link */
async function open(link) {
  const opened = await chromium.page();
  await opened.page.goto(askus.origin + link);
  return { ...opened, main: opened.page.locator("main") };
}

test("the private link shows the request and what became of it", async () => {
  assert.equal(sent.link, `/sites/demo/ask#request=${ID}.${sent.token}`);
  const { page, main, requests, done } = await open(sent.link);
  const heading = page.getByRole("heading", { name: `Звернення № ${sent.number}` });
  await heading.waitFor();
  await main.getByText("Отримано", { exact: true }).waitFor();
  await main.getByText(TITLE, { exact: true }).waitFor();
  const shown = main.getByText("перший рядок");
  assert.equal(await shown.evaluate((el) => el.textContent), DETAILS, "text, not markup");
  assert.ok(await heading.evaluate((el) => el === document.activeElement), "read out first");
  assert.deepEqual(
    requests.filter((url) => url.includes(sent.token)),
    [],
    "the token is in no address",
  );
  assert.ok(!askus.log.some((line) => line.includes(sent.token)), "and in no log");
  await done();
});

test("its status is the one of now", async () => {
  askus.query(`update requests set status = 'answered' where number = ${sent.number}`);
  const { main, done } = await open(sent.link);
  await main.getByText("Є відповідь", { exact: true }).waitFor();
  assert.equal(await main.getByText("Отримано").count(), 0);
  await done();
});

const WRONG = {
  "a wrong token": () => `/sites/demo/ask#request=${ID}.${"x".repeat(sent.token.length)}`,
  "another request's id": () => sent.link.replace(ID, ID.replace("98c4", "98c5")),
  "half a link": () => sent.link.slice(0, sent.link.indexOf(".")),
};
for (const [name, link] of Object.entries(WRONG)) {
  test(`${name}: it is said that there is no such request`, async () => {
    const { page, main, done } = await open(link());
    const alert = page.getByRole("alert").filter({ hasText: "Такого звернення не знайдено" });
    await alert.waitFor();
    assert.doesNotMatch((await main.textContent()) ?? "", /Домашній/);
    // The way on: the panel behind it works.
    await page.getByRole("button", { name: "Назад" }).click();
    await page.getByRole("combobox").waitFor();
    await done(/the server responded with a status of 401/);
  });
}
