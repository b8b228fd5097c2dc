// The panel's page with the real core and a snapshot that is signed here: what it asks for, what it
// refuses, and that it works without storage and without crypto.subtle.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { demoSnapshot } from "./support/askus.mjs";
import { SKIN_RULES, violations, WITHOUT_SKIN } from "./support/axe.mjs";
import { useBrowser } from "./support/browser.mjs";
import { makeKey, makeManifest, servePanel } from "./support/panel.mjs";
import { answer, readBody, startServer, WEB } from "./support/server.mjs";
import { showStates } from "./support/states.mjs";

const chromium = useBrowser();
/** @type {import("./support/server.mjs").TestServer} */
let server;
/** @type {Uint8Array} */
let snapshot;
/** @type {Awaited<ReturnType<typeof makeKey>>} */
let key;

before(async () => {
  snapshot = await demoSnapshot();
  server = await startServer([WEB]);
  key = await makeKey();
});
after(() => server.close());
beforeEach(() => server.routes.clear());

/**
 * @param {{changes?: object, bytes?: Uint8Array, language?: string, options?: object, init?: string}} [more]
 */
async function openPanel({ changes, bytes, language = "uk", options = {}, init = "" } = {}) {
  const manifest = { ...(await makeManifest(snapshot, key)), ...changes };
  servePanel(server, { keys: [key.public], manifest, snapshot: bytes ?? snapshot, language });
  const opened = await chromium.page({
    ...options,
    setUp: (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(init),
  });
  await opened.page.goto(`${server.origin}/sites/demo/panel?lang=${language}`);
  await opened.page.getByRole("combobox").waitFor();
  return opened;
}

const REFUSED = /не пройшли перевірку/;

test("usable after six requests, in three steps", async () => {
  const { page, requests, done } = await openPanel();
  await page.getByRole("option").first().waitFor();
  const kinds = requests
    .map((url) => new URL(url).pathname)
    .map((path) => path.replace(/[.][0-9a-f]{12}/, "").replace(/[0-9a-f]{64}/, "x"));
  const api = "/v1/sites/demo";
  assert.equal(kinds[0], "/sites/demo/panel");
  // What comes after the first answer is fetched behind it.
  const last = kinds.indexOf(`${api}/snapshots/x.faq`);
  assert.deepEqual(kinds.slice(1, last).sort(), [
    "/assets/core.wasm",
    "/assets/panel.css",
    "/assets/panel.js",
    `${api}/manifest.json`,
  ]);
  await done();
});

test("what is not the site's is refused, and said", async () => {
  const flipped = Uint8Array.from(snapshot);
  flipped[1000] ^= 1;
  const cases = [
    { bytes: flipped },
    { bytes: snapshot.subarray(0, 5000) },
    { changes: { version: 9 } },
    { changes: { site: "other" } },
  ];
  for (const more of cases) {
    const { page, done } = await openPanel(more);
    await page.getByRole("alert").filter({ hasText: REFUSED }).waitFor();
    assert.equal(await page.getByRole("option").count(), 0);
    await done();
  }
});

test("a snapshot that is signed but broken is refused by the core", async () => {
  const broken = snapshot.slice(0, snapshot.length - 64);
  const manifest = await makeManifest(broken, key, { version: 7 });
  const { page, done } = await openPanel({ changes: manifest, bytes: broken });
  const refused = page.getByRole("alert").filter({ hasText: REFUSED });
  await refused.waitFor();
  assert.equal(await page.evaluate("localStorage.getItem('askus.demo.version')"), null);
  // Asked for again it is fetched again, and the refusal is said again.
  const again = page.getByRole("button", { name: "Спробувати ще раз" });
  const fetched = page.waitForResponse(/[.]faq$/);
  await again.click();
  await fetched;
  await refused.waitFor();
  servePanel(server, { keys: [key.public], manifest: await makeManifest(snapshot, key), snapshot });
  await again.click();
  await page.getByRole("option").first().waitFor();
  assert.equal(await page.evaluate("localStorage.getItem('askus.demo.version')"), "1");
  await done();
});

test("an older version than the one seen before is refused", async () => {
  const init = "localStorage.setItem('askus.demo.version', '2')";
  const { page, done } = await openPanel({ init });
  await page.getByRole("alert").filter({ hasText: REFUSED }).waitFor();
  await done();
});

test("without the server: said, and tried again; what was typed is kept", async () => {
  const { page, done } = await openPanel({ changes: { length: 3 } });
  await page.getByRole("alert").waitFor();
  await page.getByRole("combobox").fill("немає інтернету");
  servePanel(server, { keys: [key.public], manifest: await makeManifest(snapshot, key), snapshot });
  await page.getByRole("button", { name: "Спробувати ще раз" }).click();
  await page.getByRole("option").first().waitFor();
  assert.equal(await page.getByRole("combobox").inputValue(), "немає інтернету");
  await done();
});

/** Fills the form and sends it. @param {import("playwright-core").Page} page */
async function writeAndSend(page) {
  await page.getByRole("combobox").fill("щщщ ззз кашалот");
  await page.getByRole("button", { name: "Написати нам" }).first().click();
  await page.getByLabel("Подробиці").fill("«Подробиці» 🙂");
  await page.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Надіслати" }).click();
  const sent = page.getByRole("heading", { name: /№/ });
  const anyway = page.getByRole("button", { name: "Усе одно надіслати" });
  await sent.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await sent.waitFor();
}

const UNTYPED = "the core of another type";
const HOSTILE = {
  "nothing missing": "",
  "storage blocked":
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })",
  "no crypto.subtle": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
  [UNTYPED]: "",
};
const { core: CORE } = JSON.parse(readFileSync(join(WEB, "assets.json"), "utf8"));
for (const [name, init] of Object.entries(HOSTILE)) {
  test(`a request is sent once, after failures too (${name})`, async () => {
    // Some servers do not know what a .wasm is: then it is compiled once it is whole.
    if (name === UNTYPED)
      server.routes.set(`/${CORE}`, (_, response) => {
        response.setHeader("Content-Type", "application/octet-stream");
        response.end(readFileSync(join(WEB, CORE)));
      });
    const { page, done } = await openPanel({ init });
    await page.getByRole("option").first().waitFor();
    /** @type {{key: unknown, body: string}[]} */
    const arrived = [];
    const path = "/v1/sites/demo/requests";
    server.routes.set(path, async (request, response) => {
      const body = await readBody(request);
      arrived.push({ key: request.headers["idempotency-key"], body });
      const { id } = JSON.parse(body);
      if (arrived.length === 1) return response.writeHead(503, { "Retry-After": "0" }).end("{}");
      const stored = { id, number: 3, token: "t", link: "/sites/demo/ask", answers: [] };
      response.writeHead(201).end(JSON.stringify(stored));
    });
    await writeAndSend(page);
    assert.equal(arrived.length, 2);
    assert.deepEqual(arrived[0], arrived[1], "the same bytes under the same key");
    const body = JSON.parse(arrived[0].body);
    assert.equal(body.id, arrived[0].key);
    assert.equal(body.details, "«Подробиці» 🙂");
    assert.match(body.consent.text_hash, /^[0-9a-f]{64}$/);
    await done(/503/); // Chromium itself reports the answer
  });
}

/**
 * Walks through the states and lets axe-core look at each.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {object} rules
 */
async function examine(page, name, rules) {
  const check = async (/** @type {string} */ state) =>
    assert.deepEqual(await violations(page, rules), [], `${state}, ${name}`);
  await check("ask");
  await page.getByRole("combobox").fill("wi-fi");
  await page.getByRole("option").first().waitFor();
  await page.getByRole("combobox").press("ArrowDown");
  await check("results");
  await page.getByRole("option").first().click();
  await check("read");
  await page.locator("footer button").click();
  await page.locator("footer .primary").click();
  await page.locator("[aria-invalid]").first().waitFor();
  await check("write, with errors");
}

test("no violation that axe-core knows, in every state, scheme and language", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const language of ["uk", "ru", "en"]) {
      const { page, done } = await openPanel({
        language,
        options: { colorScheme },
        init: WITHOUT_SKIN,
      });
      await page.getByRole("option").first().waitFor();
      await examine(page, `${language}, ${colorScheme}`, {});
      await done();
    }
  }
});

test("nor with the skin, but for the contrast on a canvas, which axe-core cannot see", async () => {
  const { page, done } = await openPanel();
  await page.locator("html.skinned").waitFor();
  await examine(page, "skin", SKIN_RULES);
  await done();
});

/** WCAG 1.4.12, all four at once. */
const SPACING =
  "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}" +
  "p{margin-block-end:2em!important}";

/**
 * What cannot be read or reached: boxes that scroll sideways, texts that are cut, and what Tab
 * reaches outside of what is seen.
 * @param {import("playwright-core").Page} page
 */
const lost = (page) =>
  page.evaluate(() => {
    const wrong = [];
    for (const el of document.querySelectorAll("html, main, header, footer"))
      if (el.scrollWidth > el.clientWidth) wrong.push(`${el.localName} scrolls sideways`);
    for (const el of document.querySelectorAll("#panel *")) {
      const { overflowX, overflowY } = getComputedStyle(el);
      const isCut =
        (overflowX === "hidden" && el.scrollWidth > el.clientWidth + 1) ||
        (overflowY === "hidden" && el.scrollHeight > el.clientHeight + 1);
      if (isCut && !el.closest(".vh") && el.localName !== "main")
        wrong.push(`${el.localName}.${el.className} is cut: ${el.textContent}`);
    }
    const controls = "#panel :is(a[href], button, input, textarea, select):not(.vh, .vh *)";
    for (const el of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(controls))) {
      if (!el.checkVisibility()) continue; // of a slot that is not filled yet
      el.blur(); // or the focus that is there already would not scroll to it
      el.focus();
      const { top, left, bottom, right } = el.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, top + 20)];
      const hit = document.elementFromPoint(x, y);
      if (!hit || !(el.contains(hit) || hit.closest("label")?.contains(el) || hit.contains(el)))
        wrong.push(`${el.localName} "${el.textContent || el.id}" is covered`);
    }
    return wrong;
  });

// A phone; a frame of the widget's on a screen of 1280 x 800 at 200 %; 1280 x 1024 at 400 %.
for (const [width, height] of [
  [320, 568],
  [392, 360],
  [320, 256],
]) {
  test(`nothing is cut, covered or sideways at ${width} x ${height}, nor with wide text spacing`, async () => {
    const { page, done } = await openPanel({ options: { viewport: { width, height } } });
    await page.getByRole("option").first().waitFor();
    const look = async (/** @type {string} */ state) => {
      assert.deepEqual(await lost(page), [], state);
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }, SPACING);
      assert.deepEqual(await lost(page), [], `${state}, spaced`);
      await page.evaluate(() => {
        document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
      });
    };
    await showStates(page, look);
    await done();
  });
}

test("a server that knows no such file leaves a plain sentence", async () => {
  const config = servePanel(server, { keys: [], manifest: { sha256: "" }, snapshot });
  server.routes.set(config.assets.core, answer("", {}, 500));
  const { page, done } = await chromium.page();
  await page.goto(`${server.origin}/sites/demo/panel`);
  await page.getByRole("alert").filter({ hasText: "Не вдалося завантажити" }).waitFor();
  await done(/500/);
});
