// The panel inside VK and Facebook, in frames of the widths that they give it, with no storage: from
// the network's signature to the stored request.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { startAskus } from "../browser/support/askus.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { CHANNELS, SECRETS, signedRequest, vkLaunch } from "../browser/support/social.mjs";
import { blockStorage, FRAMES, openInside, said, tell } from "./platforms.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
// The networks' pages are public, the test's server is this machine's.
const chromium = useBrowser([
  "--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessForNavigations",
]);
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;

before(async () => {
  mkdirSync(OUT, { recursive: true });
  askus = await startAskus(undefined, {}, { channels: CHANNELS, environment: SECRETS });
});
after(() => askus.stop());

const DARK = "rgb(19, 26, 35)";
const LIGHT = "rgb(255, 255, 255)";
/** The console's word for a page that is refused, and for a form filled in quicker than a person. */
const REFUSED = /status of 403/;

/** @param {(page: import("playwright-core").Page) => Promise<unknown>} [setUp] */
const openPage = (setUp) =>
  chromium.page({
    locale: "en-US",
    setUp: async (page) => {
      await page.addInitScript(blockStorage);
      await setUp?.(page);
    },
  });

/** @param {Record<string, string>} [more] */
const vkAddress = (more = {}) => {
  const parameters = {
    vk_user_id: "494075",
    vk_language: "uk",
    vk_platform: "desktop_web",
    ...more,
  };
  return `${askus.origin}/vk/demo?${vkLaunch(parameters)}`;
};
/** @param {object} [more] */
const facebookForm = (more = {}) => {
  const page = { id: "42", admin: false };
  const user = { locale: "uk_UA" };
  const request = signedRequest({ user_id: "218471", page, user, ...more });
  return { action: `${askus.origin}/facebook/demo`, fields: { signed_request: request } };
};

/** @param {import("playwright-core").Page} page @param {string} name */
const shoot = (page, name) => page.screenshot({ path: `${OUT}/social-${name}.png` });

/**
 * Writes a request that nothing answers, and sends it; the number that the visitor sees.
 * @param {import("playwright-core").FrameLocator} panel
 * @param {string} title
 */
async function write(panel, title) {
  await panel.getByRole("combobox").fill(title);
  await panel.getByRole("button", { name: "Написати нам" }).first().click();
  await panel.getByLabel("Подробиці").fill("Із соціальної мережі");
  await panel.getByLabel("Ім’я").fill("Марія");
  await panel.getByLabel("Ел. пошта або телефон").fill("maria@example.org");
  const consent = panel.getByRole("checkbox");
  if ((await consent.count()) > 0) await consent.check({ force: true });
  await panel.getByRole("button", { name: "Надіслати" }).click();
  const number = panel.getByRole("heading", { name: /№/ });
  const anyway = panel.getByRole("button", { name: /надіслати/i });
  await number.or(anyway).first().waitFor();
  if (!(await number.isVisible())) await anyway.click();
  await number.waitFor();
  return Number(((await number.textContent()) ?? "").replace(/\D/g, ""));
}

/** The row of a request with where it comes from. @param {number} number */
const rowOf = (number) =>
  askus.query(
    "select r.channel, r.title, s.channel as network, s.place, s.group_id, s.user_id from requests r" +
      ` join sources s on s.request = r.id where r.number = ${number}`,
  )[0];

/** Nothing is cut off at the side. @param {import("playwright-core").FrameLocator} panel */
async function checkFits(panel) {
  const over = await panel
    .locator("html")
    .evaluate((html) => html.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${over} px are cut off`);
}

for (const size of FRAMES.vk) {
  test(`VK at ${size.width} px: from the launch to the stored request`, async () => {
    const { page, requests, done } = await openPage();
    const src = vkAddress({ vk_platform: size.platform });
    const panel = await openInside(page, "vk", size, { src });
    const search = panel.getByRole("combobox");
    await search.waitFor();
    const [init] = await said(page);
    assert.equal(init.handler, "VKWebAppInit");
    assert.ok(init.after < 1000, `init came after ${Math.round(init.after)} ms`);
    await checkFits(panel);
    await shoot(page, `${size.name}-ask`);

    const frame = page.frames()[1];
    assert.equal(new URL(frame.url()).search, "", "the launch is not in the address any more");
    assert.equal(await frame.evaluate(() => document.documentElement.lang), "uk");

    await tell(page, "VKWebAppUpdateConfig", { appearance: "dark", insets: { bottom: 34 } });
    /** @param {string} colour @param {string} bottom */
    const seen = (colour, bottom) =>
      frame.waitForFunction(
        ([background, padding]) => {
          const { backgroundColor, paddingBottom } = getComputedStyle(document.body);
          return backgroundColor === background && paddingBottom === padding;
        },
        [colour, bottom],
      );
    await seen(DARK, "34px");
    await shoot(page, `${size.name}-dark`);
    await tell(page, "VKWebAppUpdateConfig", { appearance: "light", insets: { bottom: 1e9 } });
    await seen(LIGHT, "120px");
    await tell(page, "VKWebAppUpdateConfig", { appearance: "pink", insets: null });
    await tell(page, "VKWebAppUpdateConfig", { insets: {} });
    await seen(LIGHT, "0px");

    const number = await write(panel, `zzqx кашалот ${size.name}`);
    await shoot(page, `${size.name}-sent`);
    assert.deepEqual(rowOf(number), {
      ...{ channel: "vk", title: `zzqx кашалот ${size.name}`, network: "vk", place: "panel" },
      ...{ group_id: "77", user_id: "494075" },
    });
    const resized = (await said(page)).filter(({ handler }) => handler === "VKWebAppResizeWindow");
    if (size.platform === "desktop_web") {
      assert.ok(resized.length > 0, "the frame's height follows");
      for (const { params } of resized) {
        assert.ok(params.height >= size.height && params.height <= 900, `height ${params.height}`);
        assert.equal(params.width, size.width);
      }
      const heights = resized.map(({ params }) => params.height);
      assert.deepEqual(
        heights,
        [...heights].sort((a, b) => a - b),
        "it never becomes lower",
      );
    } else {
      assert.deepEqual(resized, [], "on a telephone the height is the telephone's");
    }
    const launches = requests.filter((url) => url.includes("sign="));
    assert.equal(launches.length, 1, "the launch is sent once, and not as a referrer");
    await done(REFUSED);
  });
}

for (const size of FRAMES.facebook) {
  test(`Facebook at ${size.width} px: from the tab to the stored request`, async () => {
    const { page, done } = await openPage();
    const panel = await openInside(page, "facebook", size, { form: facebookForm() });
    await panel.getByRole("combobox").waitFor();
    await checkFits(panel);
    await shoot(page, `${size.name}-ask`);
    const frame = page.frames()[1];
    assert.equal(new URL(frame.url()).search, "", "the code is not in the address any more");
    assert.deepEqual(await said(page), [], "nobody speaks VK's language to Facebook");
    const number = await write(panel, `zzqx кашалот ${size.name}`);
    await shoot(page, `${size.name}-sent`);
    assert.deepEqual(rowOf(number), {
      ...{ channel: "facebook", title: `zzqx кашалот ${size.name}`, network: "facebook" },
      ...{ place: "panel", group_id: "42", user_id: "218471" },
    });
    await done(REFUSED);
  });
}

test("administrators see a hint above the panel", async () => {
  const { page, done } = await openPage();
  const size = FRAMES.vk[1];
  const src = vkAddress({ vk_viewer_group_role: "admin", vk_platform: "mobile_web" });
  const panel = await openInside(page, "vk", size, { src });
  await panel.getByText("Для адміністраторів").click();
  await panel.getByText(/увімкніть Callback API/).waitFor();
  await panel.getByRole("combobox").waitFor();
  await checkFits(panel);
  const heights = await panel
    .locator("#panel")
    .evaluate((el) => [Math.round(el.getBoundingClientRect().bottom), innerHeight]);
  assert.equal(heights[0], heights[1], "the panel ends where the frame ends");
  await shoot(page, "vk-700-admin");
  await done();
});

for (const [language, words] of Object.entries({
  uk: "Відкрийте зі спільноти",
  ru: "Откройте из сообщества",
  en: "Open this from the community",
})) {
  test(`a launch that is not VK's says where to open the panel, in ${language}`, async () => {
    const { page, done } = await openPage();
    const src = `${askus.origin}/vk/demo?vk_user_id=1&vk_language=${language}`;
    const panel = await openInside(page, "vk", FRAMES.vk[1], { src });
    await panel.getByRole("heading", { name: words }).waitFor();
    await shoot(page, `vk-700-refused-${language}`);
    await done(REFUSED);
  });
}

test("Facebook's tab opened by hand, or a second time by its code, says where to open it", async () => {
  const { page, done } = await openPage();
  const src = `${askus.origin}/facebook/demo`;
  const panel = await openInside(page, "facebook", FRAMES.facebook[0], { src });
  await panel.getByRole("heading", { name: "Open this from the company’s Page" }).waitFor();
  await shoot(page, "facebook-520-refused");
  await done(REFUSED);
});

test("no other page frames the panel", async () => {
  for (const network of /** @type {const} */ (["vk", "facebook"])) {
    const { page, messages, done } = await openPage();
    const at = "https://evil.example/";
    const what = network === "vk" ? { src: vkAddress() } : { form: facebookForm() };
    await openInside(page, network, FRAMES[network][0], { ...what, at });
    await page.waitForEvent("console", { predicate: (m) => m.text().includes("frame-ancestors") });
    assert.ok(messages.some((message) => message.includes("frame-ancestors")));
    assert.equal(await page.frameLocator("iframe").locator("#panel").count(), 0);
    await done(/frame-ancestors|chrome-error/);
  }
});
