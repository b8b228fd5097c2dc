// Where tab and panel stand: at each side, as a bubble, in the page; on a desktop and on a phone,
// and on pages whose styles are against it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { contrast, parseColour } from "../../web/panel/theme.js";
import { useBrowser } from "./support/browser.mjs";
import { panelOf, startHost } from "./support/host.mjs";
import { comparePixels } from "./support/pixels.mjs";

const chromium = useBrowser();
const TAB = "Запитайте нас!";
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const FULL = { x: 0, y: 0, ...PHONE };
/** Target size (WCAG 2.5.8 asks for 24), px. */
const MIN_TARGET = 44;
/** Share of pixels that may differ on a hostile page. */
const MAX_DIFFERENT = 0.01;
/** @type {import("./support/host.mjs").Host} */
let host;
before(async () => {
  host = await startHost();
});
after(() => host.stop());

/**
 * @param {{attributes?: string, head?: string, viewport?: {width: number, height: number}, name?: string}} [more]
 */
async function open({ attributes = "", head = "", viewport = DESKTOP, name = "plain" } = {}) {
  const address = host.example(name, (html) =>
    html
      .replace('data-site="demo" data-colour="#0f766e"', `data-site="demo" ${attributes}`)
      .replace("</head>", `${head}</head>`),
  );
  const opened = await chromium.page({ viewport });
  await opened.page.goto(address);
  return opened;
}

/** Which edges a box touches, and how far it is from the others. */
const SIDES = [
  { side: "right", tab: { right: 0 }, panel: { right: 60, bottom: 24 } },
  { side: "left", tab: { left: 0 }, panel: { left: 60, bottom: 24 } },
  { side: "top", tab: { top: 0, right: 24 }, panel: { top: 60, right: 24 } },
  { side: "bottom", tab: { bottom: 0, right: 24 }, panel: { bottom: 96, right: 24 } },
  { side: "bubble", tab: { bottom: 24, right: 24 }, panel: { bottom: 96, right: 24 } },
  { side: "bubble left", tab: { bottom: 24, left: 24 }, panel: { bottom: 96, left: 24 } },
];

/** @param {{x: number, y: number, width: number, height: number} | null} box @param {{width: number, height: number}} viewport */
function edges(box, viewport) {
  assert.ok(box);
  const right = viewport.width - box.x - box.width;
  return { left: box.x, top: box.y, right, bottom: viewport.height - box.y - box.height };
}

for (const { side, tab: tabAt, panel: panelAt } of SIDES) {
  test(`${side}: tab and panel stand beside each other, on a phone the panel fills the screen`, async () => {
    for (const viewport of [DESKTOP, { width: 1280, height: 600 }, PHONE]) {
      const { page, done } = await open({ attributes: `data-side="${side}"`, viewport });
      const tab = page.getByRole("button", { name: TAB });
      const box = await tab.boundingBox();
      const at = edges(box, viewport);
      assert.ok(box && Math.min(box.width, box.height) >= MIN_TARGET, JSON.stringify(box));
      for (const [edge, px] of Object.entries(tabAt)) {
        assert.ok(Math.abs(at[/** @type {"left"} */ (edge)] - px) < 0.5, `${edge}: ${at.left}`);
      }
      await tab.click();
      await panelOf(page);
      const panel = await page.locator("iframe").boundingBox();
      if (viewport === PHONE) {
        assert.deepEqual(panel, FULL);
        assert.equal(await page.evaluate("document.body.inert"), true, "nothing behind it");
        await page.frameLocator("iframe").getByRole("button", { name: "Закрити" }).click();
        assert.equal(await page.evaluate("document.body.inert"), false);
        assert.ok(await tab.evaluate((el) => el.matches(":focus")));
      } else {
        const stands = edges(panel, viewport);
        for (const [edge, px] of Object.entries(panelAt)) {
          assert.equal(stands[/** @type {"left"} */ (edge)], px, edge);
        }
        assert.ok(Math.min(...Object.values(stands)) >= 16, "no part is outside");
        const overlap =
          panel &&
          box.x < panel.x + panel.width &&
          panel.x < box.x + box.width &&
          box.y < panel.y + panel.height &&
          panel.y < box.y + box.height;
        assert.ok(!overlap, "the tab stays in reach");
      }
      await done();
    }
  });
}

test("on a phone the page can be used again when the open panel is taken away", async () => {
  const { page, done } = await open({ viewport: PHONE });
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  assert.equal(await page.evaluate("document.body.inert"), true);
  await page.evaluate("AskUs('destroy')");
  assert.equal(await page.evaluate("document.body.inert"), false);
  await page.evaluate("AskUs('init'), AskUs('open')");
  await panelOf(page);
  assert.equal(await page.evaluate("document.body.inert"), true);
  await done();
});

test("side none: no tab, but elements of the page open the panel", async () => {
  const { page, done } = await open({ attributes: 'data-side="none"' });
  await page.waitForFunction("AskUs('info').state === 'closed'");
  assert.ok(await page.getByRole("button", { name: TAB }).isHidden());
  await page.getByText("Напишіть нам").click();
  await panelOf(page);
  await page.keyboard.press("Escape");
  await page.locator("a[data-askus-open]:focus").waitFor();
  await done();
});

test("the tab's text is readable on every colour", async () => {
  const { page, done } = await open();
  await page.getByRole("button", { name: TAB }).waitFor();
  const steps = ["00", "22", "44", "66", "77", "88", "aa", "cc", "ff"];
  const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));
  const texts = await page.evaluate((all) => {
    const tab = /** @type {any} */ (document.querySelector("html > div")).shadowRoot.querySelector(
      "button",
    );
    return all.map((colour) => {
      /** @type {any} */ (window).AskUs("init", { colour });
      const { color, backgroundColor } = getComputedStyle(tab);
      return [color, backgroundColor];
    });
  }, colours);
  const numbers = (/** @type {string} */ css) =>
    /** @type {[number, number, number]} */ ((css.match(/\d+/g) ?? []).map(Number));
  let worst = 21;
  for (const [i, [text, back]] of texts.entries()) {
    assert.deepEqual(numbers(back), parseColour(colours[i]));
    worst = Math.min(worst, contrast(numbers(text), numbers(back)));
  }
  assert.ok(worst >= 4.5, `contrast ${worst.toFixed(2)}`);
  await done();
});

for (const viewport of [DESKTOP, PHONE]) {
  test(`in the page, ${viewport.width} px wide: full width, in flow, no tab, nothing focused`, async () => {
    const { page, done } = await open({ name: "inline", viewport });
    const panel = await panelOf(page);
    const [box, heading] = [
      await page.locator("ask-us iframe").boundingBox(),
      await page.getByRole("heading", { name: "Допомога" }).boundingBox(),
    ];
    assert.ok(box && heading);
    assert.equal(box.width, viewport.width - 16, "the page's own margin");
    assert.ok(box.y >= heading.y + heading.height && box.height >= 420);
    assert.equal(await page.getByRole("button", { name: TAB }).count(), 0);
    assert.equal(await page.evaluate("document.activeElement.tagName"), "BODY");
    assert.ok(await panel.getByRole("button", { name: "Закрити" }).isHidden());
    await page.evaluate("AskUs('search', 'зник інтернет')");
    await panel.getByRole("option").first().click();
    await panel.getByRole("heading", { name: "Що робити, якщо немає інтернету?" }).waitFor();
    await done();
  });
}

test("in the page: fetched when it is near, and the page's own link where it does not come", async () => {
  const far = "<style>h1{margin-bottom:3000px}</style>";
  const { page, requests, done } = await open({ name: "inline", head: far });
  await page.waitForFunction("AskUs.name !== undefined && customElements.get('ask-us')");
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
  assert.ok(!requests.some((url) => url.includes("/sites/")));
  await page.locator("ask-us").scrollIntoViewIfNeeded();
  await panelOf(page);
  await done();

  const late = await chromium.page({
    setUp: (/** @type {import("playwright-core").Page} */ p) => p.clock.install(),
  });
  await late.page.route(/sites\/demo\/panel/, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>broken</title>" }),
  );
  await late.page.goto(host.example("inline"));
  await late.page.locator("ask-us iframe").waitFor();
  await late.page.clock.runFor(10_001);
  await late.page.getByRole("link", { name: "Напишіть нам" }).waitFor();
  assert.equal(await late.page.locator("ask-us iframe").count(), 0);
  await late.done(/favicon|404/);
});

const HOSTILE = {
  "unset, all of it": "*,*::before,*::after{all:unset!important}",
  "huge fonts":
    "html{font-size:60px!important}*{font:italic 700 60px/3 serif!important;letter-spacing:1em!important;text-transform:uppercase!important;direction:rtl!important}",
  "transforms, filters, stacking":
    "html,body{transform:rotate(7deg) scale(1.3)!important;filter:invert(1)!important;perspective:9px!important;contain:paint!important;will-change:transform!important}",
  "boxes and visibility":
    "div,iframe,button{display:none!important;position:static!important;visibility:hidden!important;opacity:.2!important;width:9px!important;max-width:9px!important;height:9px!important;pointer-events:none!important;z-index:-1!important;color-scheme:dark!important;clip-path:circle(1px)!important;animation:x 1s infinite!important}@keyframes x{to{opacity:0}}",
  backdrops:
    "::backdrop{background:#f00!important;display:block!important}[popover]{inset:99px!important;border:9px solid red!important;overflow:hidden!important}",
};

test("hostile styles change less than a pixel in a hundred", async (t) => {
  const shots = async (/** @type {string} */ style) => {
    const { page, done } = await open({ head: `<style>${style}</style>` });
    const tab = page.getByRole("button", { name: TAB, includeHidden: true });
    await tab.waitFor();
    const before = await page.screenshot({ clip: TAB_AT });
    await tab.click();
    await panelOf(page);
    await page.frameLocator("iframe").locator("html.skinned").waitFor();
    const after = await page.screenshot({ clip: PANEL_AT });
    await done();
    return { before, after };
  };
  // Inside the boxes' rounded corners, where only they are seen.
  const [TAB_AT, PANEL_AT] = await boxes();
  const plain = await shots("");
  for (const [name, style] of Object.entries(HOSTILE)) {
    const hostile = await shots(style);
    for (const what of /** @type {const} */ (["before", "after"])) {
      const { share } = await comparePixels(chromium, plain[what], hostile[what]);
      t.diagnostic(`${name}, ${what} the press: ${(share * 100).toFixed(3)} %`);
      assert.ok(share < MAX_DIFFERENT, `${name}, ${what} the press: ${share}`);
    }
  }
});

/** Of the tab and the panel on a plain page. */
async function boxes() {
  const { page, done } = await open();
  await page.getByRole("button", { name: TAB }).click();
  await panelOf(page);
  const inner = [];
  for (const [locator, by] of /** @type {const} */ ([
    [page.getByRole("button", { name: TAB }), 5],
    [page.locator("iframe"), 5],
  ])) {
    const box = await locator.boundingBox();
    assert.ok(box);
    inner.push({
      x: box.x + by,
      y: box.y + by,
      width: box.width - 2 * by,
      height: box.height - 2 * by,
    });
  }
  await done();
  return inner;
}
