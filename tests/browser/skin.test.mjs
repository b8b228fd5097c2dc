// The ImGui skin in a real browser: it looks like the CSS that it replaces, draws nothing while
// nothing changes, and gives way when it cannot paint. ASKUS_SCREENS=DIR keeps the pictures.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { servePage } from "./skin-page.mjs";
import { comparePixels } from "./support/pixels.mjs";

const CHROMIUM = process.env.ASKUS_CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  ...["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  ...["--disable-background-networking", "--disable-component-update", "--no-first-run"],
];
const SIZE = { width: 392, height: 640 };
/** Share of pixels that may differ. */
const MAX_DIFFERENT = 0.005;
/** How long nothing may happen to call the page idle. */
const IDLE_MS = 1000;
const RATIOS = [1, 1.25, 1.5, 2];
const REAL_RATIOS = [1.25, 1.5];

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof servePage>>} */
let site;

before(async () => {
  site = await servePage();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** Counts frames, timers and paintings, and keeps the skin's context for the tests. */
function spy() {
  const seen = Object.assign(window, {
    counts: { frames: 0, timers: 0, paints: 0 },
    context: /** @type {WebGL2RenderingContext | null} */ (null),
  });
  const { requestAnimationFrame: frame, setTimeout: timer, setInterval: interval } = window;
  window.requestAnimationFrame = (call) => (seen.counts.frames++, frame(call));
  window.setTimeout = /** @type {any} */ (
    (/** @type {any[]} */ ...all) => {
      seen.counts.timers++;
      return Reflect.apply(timer, window, all);
    }
  );
  window.setInterval = /** @type {any} */ (
    (/** @type {any[]} */ ...all) => {
      seen.counts.timers++;
      return Reflect.apply(interval, window, all);
    }
  );
  const { transferToImageBitmap: transfer, getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.transferToImageBitmap = function () {
    seen.counts.paints++;
    return transfer.call(this);
  };
  OffscreenCanvas.prototype.getContext = /** @type {any} */ (
    /** @this {OffscreenCanvas} @param {any[]} all */
    function (...all) {
      const context = Reflect.apply(getContext, this, all);
      if (all[0] === "webgl2") seen.context = context;
      return context;
    }
  );
}

/**
 * @param {import("node:test").TestContext} t
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
async function open(t, options = {}, from = browser) {
  const context = await from.newContext({ viewport: SIZE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const messages = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.addInitScript(spy);
  await page.goto(site.url);
  t.after(async () => {
    await context.close();
    assert.deepEqual(messages, [], "the console is empty");
  });
  return page;
}

/** @param {import("playwright-core").Page} page */
async function startSkin(page) {
  await page.evaluate(async () => {
    const script = "/skin.js";
    const { start } = await import(script);
    const root = document.getElementById("panel");
    Object.assign(window, { skin: await start({ root, wasmUrl: "/skin.wasm" }) });
  });
  await skinned(page, true);
}

/** @param {import("playwright-core").Page} page @param {boolean} is */
async function skinned(page, is) {
  await page.waitForFunction(
    (wanted) => document.documentElement.classList.contains("skinned") === wanted,
    is,
  );
  await settled(page);
}

/** Two frames later what was asked for has been painted. @param {import("playwright-core").Page} page */
const settled = (page) =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
  });

/** @param {import("playwright-core").Page} page @returns {Promise<Record<string, number>>} */
const counts = (page) => page.evaluate(() => ({ .../** @type {any} */ (window).counts }));

/** @param {string} name @param {Buffer} picture */
async function keep(name, picture) {
  const folder = process.env.ASKUS_SCREENS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${name}.png`, picture);
}

/**
 * @param {import("node:test").TestContext} t
 * @param {string} name
 * @param {Buffer} css
 * @param {Buffer} skin
 */
async function assertSame(t, name, css, skin) {
  await keep(`${name}-css`, css);
  await keep(`${name}-skin`, skin);
  const { share, greatest } = await comparePixels(browser, css, skin);
  t.diagnostic(`${name}: ${(share * 100).toFixed(3)} % of pixels differ, by ${greatest} at most`);
  assert.ok(share < MAX_DIFFERENT, `${name}: ${share}`);
}

/** The states to look at, each reached by what a visitor does. */
const SCENES = {
  /** @param {import("playwright-core").Page} page */
  top: async (page) => {
    await page.mouse.move(0, 0);
    await page.focus("#search");
  },
  /** @param {import("playwright-core").Page} page */
  hover: async (page) => {
    await page.mouse.move(100, 290);
    await page.focus("textarea");
    await page.locator("main").evaluate((main) => (main.scrollTop = 0));
  },
  /** @param {import("playwright-core").Page} page */
  middle: (page) => page.locator("main").evaluate((main) => (main.scrollTop = 421)),
  /** @param {import("playwright-core").Page} page */
  far: (page) => page.locator("main").evaluate((main) => (main.scrollTop = 2500)),
};

/** @param {import("playwright-core").Page} page @returns {Promise<[string, Buffer][]>} */
async function look(page) {
  /** @type {[string, Buffer][]} */
  const pictures = [];
  for (const [name, reach] of Object.entries(SCENES)) {
    await reach(page);
    await settled(page);
    pictures.push([name, await page.screenshot()]);
  }
  return pictures;
}

for (const deviceScaleFactor of RATIOS) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`looks like CSS at ${deviceScaleFactor}x, ${colorScheme}`, async (t) => {
      const page = await open(t, { deviceScaleFactor, colorScheme });
      const css = await look(page);
      await startSkin(page);
      const skin = await look(page);
      for (const [i, [name, picture]] of css.entries()) {
        await assertSame(t, `${name}-${deviceScaleFactor}x-${colorScheme}`, picture, skin[i][1]);
      }
    });
  }
}

// Playwright's device is emulated: its layout is in CSS pixels. A real screen's is in its own.
for (const ratio of REAL_RATIOS) {
  test(`looks like CSS on a screen of ${ratio}x`, async (t) => {
    const real = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...ARGUMENTS, `--force-device-scale-factor=${ratio}`, "--window-size=500,700"],
    });
    t.after(() => real.close());
    const page = await open(t, { viewport: null }, real);
    assert.ok(Math.abs((await page.evaluate(() => devicePixelRatio)) - ratio) < 0.001);
    const css = await look(page);
    await startSkin(page);
    const skin = await look(page);
    for (const [i, [name, picture]] of css.entries()) {
      await assertSame(t, `${name}-${ratio}x-screen`, picture, skin[i][1]);
    }
  });
}

test("it is the skin that paints: without its canvases the picture is another", async (t) => {
  const page = await open(t);
  const css = await page.screenshot();
  await startSkin(page);
  assert.equal(await page.locator("#panel canvas").count(), 2);
  await page
    .locator("#panel canvas")
    .evaluateAll((all) => all.forEach((el) => el.setAttribute("hidden", "")));
  const { share } = await comparePixels(browser, css, await page.screenshot());
  assert.ok(share > MAX_DIFFERENT, `${share}`);
});

test("takes the site's colours, also when they change", async (t) => {
  const page = await open(t);
  const paint = () =>
    page.evaluate(() => {
      const { style } = document.documentElement;
      style.setProperty("--site-accent-light", "rgb(190 24 93)");
      style.setProperty("--site-soft-light", "color-mix(in srgb, rgb(190 24 93) 10%, white)");
    });
  await page.focus("#search");
  await startSkin(page);
  await paint();
  await settled(page);
  const skin = await page.screenshot();
  await page.reload();
  await paint();
  await page.focus("#search");
  await assertSame(t, "site-colours", await page.screenshot(), skin);
});

test("draws nothing while nothing changes, and follows what does", async (t) => {
  const page = await open(t, { reducedMotion: "no-preference" });
  await startSkin(page);
  const before = await counts(page);
  await settled(page);
  assert.ok((await counts(page)).paints > before.paints, "a progress moves");
  await page.evaluate(() => document.querySelector("progress")?.remove());
  await settled(page);
  const idle = await counts(page);
  await page.waitForTimeout(IDLE_MS);
  assert.deepEqual(await counts(page), idle, "no frame, no timer, no painting");
  await page.hover("#button");
  await settled(page);
  assert.equal((await counts(page)).paints, idle.paints + 1, "one layer for one hovered button");
});

test("scrolling within the margin paints nothing: the layer moves with the text", async (t) => {
  const page = await open(t);
  await startSkin(page);
  const { paints } = await counts(page);
  await page.locator("main").evaluate((main) => (main.scrollTop = 200));
  await settled(page);
  assert.equal((await counts(page)).paints, paints);
  await page.locator("main").evaluate((main) => (main.scrollTop = 900));
  await settled(page);
  assert.equal((await counts(page)).paints, paints + 1);
});

test("the layers never make the panel scroll", async (t) => {
  const page = await open(t, { deviceScaleFactor: 1.25 });
  const sizes = () =>
    page.evaluate(() =>
      ["html", "#panel", "main"].map((name) => {
        const el = /** @type {Element} */ (document.querySelector(name));
        return [el.scrollWidth, el.scrollHeight];
      }),
    );
  const css = await sizes();
  await startSkin(page);
  assert.deepEqual(await sizes(), css);
  await page.evaluate(() => document.getElementById("more")?.remove());
  await settled(page);
  const shorter = await sizes();
  await page.evaluate(() => /** @type {any} */ (window).skin.stop());
  assert.deepEqual(await sizes(), shorter, "a shorter content is not held open");
});

test("a lost context hands over to CSS at once and back when it is restored", async (t) => {
  const page = await open(t);
  const css = await page.screenshot();
  await startSkin(page);
  await page.evaluate(() => {
    const { context } = /** @type {{context: WebGL2RenderingContext}} */ (
      /** @type {unknown} */ (window)
    );
    const loss = context.getExtension("WEBGL_lose_context");
    Object.assign(window, { loss });
    loss?.loseContext();
  });
  await skinned(page, false);
  assert.deepEqual(await comparePixels(browser, css, await page.screenshot()), {
    share: 0,
    greatest: 0,
  });
  await page.evaluate(() => /** @type {any} */ (window).loss.restoreContext());
  await skinned(page, true);
  await assertSame(t, "restored", css, await page.screenshot());
});

for (const [name, off] of /** @type {const} */ ([
  ["forced colours", { forcedColors: "active" }],
  ["more contrast", { contrast: "more" }],
])) {
  test(`${name} hand over to CSS while they last`, async (t) => {
    const page = await open(t);
    await startSkin(page);
    await page.emulateMedia(off);
    await skinned(page, false);
    assert.equal(await page.locator("#panel canvas").count(), 0);
    await page.emulateMedia({ forcedColors: null, contrast: null });
    await skinned(page, true);
  });
}

test("a pinch hands over to CSS, which stays sharp", async (t) => {
  const page = await open(t);
  await startSkin(page);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
  await skinned(page, false);
  await protocol.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
  await skinned(page, true);
});

test("stop() leaves the page as it was", async (t) => {
  const page = await open(t);
  const html = () => page.evaluate(() => document.documentElement.outerHTML);
  const clean = (/** @type {string} */ text) => text.replaceAll(/ (style|class)=""/g, "");
  const css = clean(await html());
  await startSkin(page);
  assert.notEqual(clean(await html()), css);
  await page.evaluate(() => /** @type {any} */ (window).skin.stop());
  await settled(page);
  assert.equal(clean(await html()), css);
  const { paints } = await counts(page);
  await page.hover("#button");
  await settled(page);
  assert.equal((await counts(page)).paints, paints, "it listens no more");
});

test("a module that cannot be had leaves CSS alone", async (t) => {
  const page = await open(t, { serviceWorkers: "block" });
  await page.route("**/skin.wasm", (route) =>
    route.fulfill({ contentType: "application/wasm", body: "not a module" }),
  );
  const failed = await page.evaluate(async () => {
    const script = "/skin.js";
    const { start } = await import(script);
    const root = document.getElementById("panel");
    return start({ root, wasmUrl: "/skin.wasm" }).then(
      () => false,
      () => true,
    );
  });
  assert.ok(failed);
  await skinned(page, false);
  assert.equal(await page.locator("#panel canvas").count(), 0);
});
