// The panel's end of the messages: only the parent, only from an origin that the operator allows.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { servePanel } from "./support/panel.mjs";
import { answer, startServer, WEB } from "./support/server.mjs";

const chromium = useBrowser();
/** @type {import("./support/server.mjs").TestServer} the company's */
let host;
/** @type {import("./support/server.mjs").TestServer} ours */
let ours;
before(async () => {
  host = await startServer([]);
  ours = await startServer([WEB]);
});
after(() => Promise.all([host.close(), ours.close()]));
beforeEach(() => ours.routes.clear());

/** Counts what arrives in every frame, before the panel's own listener is asked. */
const COUNT = "window.arrived = 0; addEventListener('message', () => void window.arrived++);";

/**
 * A host's page with the panel, and beside it a frame of the host's own.
 * @param {{origins: string[], claimed: string}} options
 */
async function openHost({ origins, claimed }) {
  const manifest = { sha256: "" }; // the panel says that it is refused, and is usable
  servePanel(ours, { keys: [], manifest, snapshot: new Uint8Array(0), origins });
  const hints = new URLSearchParams({ origin: claimed });
  const head = '<!doctype html><link rel="icon" href="data:,"><title>t</title>';
  host.routes.set("/sibling", answer(head));
  host.routes.set(
    "/page",
    answer(
      `${head}<script>window.said = []; addEventListener("message", ({ data }) => said.push(data.type));</script>
      <iframe src="${ours.origin}/sites/demo/panel?lang=uk#${hints}"></iframe><iframe src="/sibling"></iframe>`,
    ),
  );
  const opened = await chromium.page({
    setUp: (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(COUNT),
  });
  await opened.page.goto(`${host.origin}/page`);
  const panel = opened.page.frame({ url: /\/sites\/demo\/panel/ });
  const sibling = opened.page.frame({ url: /\/sibling/ });
  assert.ok(panel && sibling);
  await panel.getByRole("alert").waitFor();
  return { ...opened, panel, sibling };
}

const SEARCH = '{ askus: 1, type: "search", text: "from the host" }';
const FROM_PARENT = `frames[0].postMessage(${SEARCH}, "*")`;
const FROM_SIBLING = `parent.frames[0].postMessage(${SEARCH}, "*")`;

test("an allowed parent is heard and answered, the frame beside it is not", async () => {
  const { page, panel, sibling, done } = await openHost({
    origins: ["https://other.example", host.origin],
    claimed: host.origin,
  });
  await page.waitForFunction("said.length > 0");
  // Then what there is of requests, once, when the later chunk has come.
  await page.waitForFunction("said.length > 2");
  assert.deepEqual(await page.evaluate("said"), ["ready", "keep", "unread"]);
  await sibling.evaluate(FROM_SIBLING);
  await panel.waitForFunction("arrived === 1");
  assert.equal(await panel.getByRole("combobox").inputValue(), "");
  await page.evaluate(FROM_PARENT);
  await panel.waitForFunction("arrived === 2");
  assert.equal(await panel.getByRole("combobox").inputValue(), "from the host");
  await done();
});

const CASES = {
  "a parent that is not allowed": () => ({ origins: [], claimed: host.origin }),
  "a parent that claims another's origin": () => ({
    origins: ["https://other.example"],
    claimed: "https://other.example",
  }),
  "a parent that claims our own": () => ({ origins: [], claimed: ours.origin }),
  "a parent that claims none": () => ({ origins: [host.origin], claimed: "" }),
};
for (const [name, options] of Object.entries(CASES)) {
  test(`${name} is neither heard nor answered`, async () => {
    const { page, panel, done } = await openHost(options());
    await page.evaluate(FROM_PARENT);
    await panel.waitForFunction("arrived === 1");
    assert.equal(await panel.getByRole("combobox").inputValue(), "");
    assert.deepEqual(await page.evaluate("said"), []);
    await done(/target origin provided/); // Chromium tells of the answer that it held back
  });
}
