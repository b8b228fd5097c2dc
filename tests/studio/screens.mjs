// Pictures of the studio for docs/studio.md and for a look: node tests/studio/screens.mjs FOLDER.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startAskus } from "../browser/support/askus.mjs";
import { ARGS } from "../browser/support/browser.mjs";
import { live } from "./month/live.mjs";
import { makeMonth, readFamilies } from "./month/month.mjs";

const folder = process.argv[2] ?? ".";
const askus = await startAskus(
  undefined,
  { abuse: { rate_limit: false, form_token: false } },
  { staffKey: "k" },
);
await live(askus, makeMonth(readFamilies(), { visits: 600 }));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ARGS });
const CSV = `id,lang,category,title,answer,tests
no-internet,en,connection,What if there is no internet?,Restart the router. See [tariffs](#tarifs).,no wifi | why is it slow
pay,en,biling,How do I pay?,By card.,can I pay in cash
`;

/** @param {string} name @param {import("playwright-core").BrowserContextOptions} options */
async function pictures(name, options) {
  const page = await (await browser.newContext({ locale: "en-GB", ...options })).newPage();
  const shot = async (/** @type {string} */ what) => {
    await page.screenshot({ path: join(folder, `studio-${what}${name}.png`) });
  };
  await page.goto(`${askus.origin}/studio/demo`);
  await page.getByText("With a publisher's key").click();
  await page.locator("#key").fill(readFileSync(join(askus.data, "token"), "utf8").trim());
  await page.getByRole("button", { name: "Enter" }).click();
  await page.locator("[data-ready]").waitFor();
  await page.locator("#language option[value=en]").waitFor({ state: "attached" });
  await page.locator("#language").selectOption("en");
  await page.locator(".row").nth(2).click();
  const panel = page.frameLocator("iframe");
  await panel.getByText("Did this help?").first().waitFor();
  await shot("topic");
  await page.locator("#tab-gaps").click();
  await page.locator(".gap .mark:not(:empty)").first().waitFor();
  await page.locator(".gap summary").first().click();
  await shot("gaps");
  const dropped = { name: "faq.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) };
  await page.locator("#file").setInputFiles(dropped);
  await page.getByRole("button", { name: "Replace the draft" }).click();
  await page.locator("#panel-messages .finding").first().waitFor();
  await shot("messages");
  await page.locator("#tab-tests").click();
  await page.locator("#query").fill("no wifi");
  await page.locator(".why li").first().waitFor();
  await shot("tests");
  await page.getByRole("button", { name: "Publish…" }).click();
  await page
    .getByRole("dialog")
    .getByText("What changes")
    .or(page.getByText("gone:"))
    .first()
    .waitFor();
  await shot("publish");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.locator(".saved[data-state='saved']").waitFor();
  await page.close();
}

try {
  await pictures("", { viewport: { width: 1280, height: 680 } });
  await pictures("-dark", { viewport: { width: 1360, height: 800 }, colorScheme: "dark" });
  await pictures("-phone", { viewport: { width: 390, height: 844 } });
} finally {
  await browser.close();
  await askus.stop();
}
