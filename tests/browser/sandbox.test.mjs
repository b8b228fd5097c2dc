// A frame without an origin of its own, sandboxed without allow-same-origin: nothing can be kept,
// every call is another site's, and the whole path works from memory, at the price of some work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { panelOf, startHost } from "./support/host.mjs";
import { openForm, send } from "./support/later.mjs";

const chromium = useBrowser();
const SANDBOX = "allow-scripts allow-forms";
/** Every frame that the page makes. */
const SANDBOXED = `{
  const create = document.createElement;
  document.createElement = function (name, ...more) {
    const made = create.call(this, name, ...more);
    if (name === "iframe") made.setAttribute("sandbox", "${SANDBOX}");
    return made;
  };
}`;
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost();
});
after(() => host.stop());

/** @param {string} title */
const rowsOf = (title) =>
  host.askus.query(`select channel, page from requests where title = '${title}'`);

/** Search, read, write, send. @param {import("playwright-core").FrameLocator} panel @param {string} title */
async function wholePath(panel, title) {
  await panel.getByRole("combobox").fill("зник інтернет");
  await panel.getByRole("option").first().click();
  await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
  await panel.getByRole("button", { name: "Назад" }).click();
  await openForm(panel, title);
  await send(panel);
  await panel.getByRole("heading", { name: /№/ }).waitFor();
}

/** @param {import("playwright-core").Page} page */
async function assertOpaque(page) {
  const frame = page.frames().find((each) => each.url().includes("/sites/demo/panel"));
  assert.equal(await frame?.evaluate("self.origin"), "null");
}

test("behind the loader: the panel says what it says, and the request is stored once", async () => {
  const { page, done } = await chromium.page({
    setUp: (/** @type {import("playwright-core").Page} */ p) => p.addInitScript(SANDBOXED),
  });
  await page.goto(host.example("plain"));
  await page.evaluate("AskUs('prefill', { name: 'Марія' })");
  await page.getByRole("button", { name: "Запитайте нас!" }).click();
  const panel = await panelOf(page);
  await assertOpaque(page);
  const title = "щщщ пісочниця за завантажувачем";
  await wholePath(panel, title);
  assert.deepEqual(rowsOf(title), [{ channel: "site", page: `${host.origin}/plain` }]);
  await panel.getByRole("button", { name: "Закрити" }).click();
  await page.waitForFunction("AskUs('info').state === 'closed'");
  await done(/403/); // the first try says what it costs
});

test("in an iframe of the page's own", async () => {
  const address = host.serve(
    "/sandbox",
    `<!doctype html><title>own frame</title><link rel="icon" href="data:,"><iframe title="Допомога" sandbox="${SANDBOX}"
      style="width:400px;height:640px" src="${host.askus.origin}/sites/demo/panel?lang=uk"></iframe>`,
  );
  const { page, done } = await chromium.page();
  await page.goto(address);
  const panel = await panelOf(page);
  await assertOpaque(page);
  assert.ok(await panel.getByRole("button", { name: "Закрити" }).isHidden(), "nothing to close");
  const title = "щщщ пісочниця сторінки";
  await wholePath(panel, title);
  assert.equal(rowsOf(title).length, 1);
  await done(/403/);
});
