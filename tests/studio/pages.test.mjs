// The pages for search engines in real Chromium, from the server and as exported files: read and
// walked through without a script, valid, accessible, and with the widget where scripts run.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { askusFaq, DEMO, readJsonLines, startAskus } from "../browser/support/askus.mjs";
import { violations } from "../browser/support/axe.mjs";
import { useBrowser } from "../browser/support/browser.mjs";
import { judgeJsonLd } from "./json-ld.mjs";

const chromium = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "askus-pages-"));
/** @type {import("../browser/support/askus.mjs").Askus} */
let askus;
/** @type {string} */
let help;

before(async () => {
  askus = await startAskus(undefined, {}, { helpPages: true });
  help = `${askus.origin}/help/demo/`;
});
after(async () => {
  await askus.stop();
  rmSync(folder, { recursive: true });
});

/** What a reader of each language does: a category, a topic in it, words of the answer. */
const LANGUAGES = {
  uk: ["Підключення та лінія", "Що робити, якщо немає інтернету?", "перезапуск"],
  ru: ["Подключение и линия", "Что делать, если нет интернета?", "перезапуск"],
  en: ["Connection and line", "What if there is no internet?", "restart"],
};
const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: /** @type {const} */ ("dark") },
};

/** Every file below a folder. @param {string} at @returns {string[]} */
const filesOf = (at) =>
  readdirSync(at).flatMap((name) => {
    const file = join(at, name);
    return statSync(file).isDirectory() ? filesOf(file) : [file];
  });

/** The demo's FAQ, changed, as exported pages. @param {(records: any[]) => void} change */
async function exportPages(change, to = join(folder, "site/help")) {
  const lines = join(folder, "faq.jsonl");
  await askusFaq(["export", DEMO.faq, "-o", lines]);
  const records = readJsonLines(lines);
  change(records);
  writeFileSync(lines, records.map((record) => JSON.stringify(record)).join("\n"));
  const base = ["--base", "https://www.example.org/help/", "--server", askus.origin];
  await askusFaq(["pages", lines, "--site", DEMO.site, "-o", to, ...base]);
  return to;
}

for (const [language, [category, topic, words]] of Object.entries(LANGUAGES)) {
  test(`a reader without scripts finds an answer in ${language}`, async () => {
    const { page, requests, done } = await chromium.page({
      javaScriptEnabled: false,
      locale: language,
    });
    await page.goto(help);
    assert.equal(new URL(page.url()).pathname, `/help/demo/${language}/`);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await page.getByRole("main").getByRole("link", { name: category, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: category }).waitFor();
    await page.getByRole("main").getByRole("link", { name: topic, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: topic }).waitFor();
    assert.match(await page.locator(".answer").innerText(), new RegExp(words));
    const title = await page.title();
    assert.ok(title.startsWith(topic), title);

    // On to another topic of the category, back up, and to the same topic in another language.
    await page.getByRole("complementary").getByRole("link").first().click();
    await page.locator(".answer").waitFor();
    assert.ok(!(await page.title()).startsWith(topic));
    await page.goBack();
    const other = language === "en" ? "Українська" : "English";
    await page.getByRole("banner").getByRole("link", { name: other }).click();
    const [, translated] = LANGUAGES[language === "en" ? "uk" : "en"];
    await page.getByRole("heading", { level: 1, name: translated }).waitFor();
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(help)),
      [],
      "nothing but pages and their style",
    );
    await done();
  });
}

test("with scripts the panel opens from the page, at its search", async () => {
  const { page, done } = await chromium.page();
  await page.goto(`${help}uk/`);
  await page.getByRole("button", { name: "Запитайте нас!" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Знайти відповідь" }).click();
  const field = page.frameLocator("iframe").getByRole("combobox");
  await field.fill("немає інтернету");
  await page.frameLocator("iframe").getByText("Що робити, якщо немає інтернету?").first().waitFor();
  assert.equal(new URL(page.url()).pathname, "/help/demo/uk/", "the page has stayed");
  await done();
});

for (const [size, options] of Object.entries(SIZES)) {
  test(`axe finds nothing, and nothing is wider than the page: ${size}`, async () => {
    const { page, done } = await chromium.page(options);
    for (const path of ["uk/", "ru/c/--billing/", "en/--no-internet/", "uk/gone--gone/"]) {
      await page.goto(help + path);
      await page.getByRole("main").waitFor();
      // The tab of the widget has come: it is a part of what is judged.
      await page.getByRole("button").first().waitFor();
      assert.deepEqual(await violations(page), [], `${path} ${size}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false, `${path} ${size} scrolls sideways`);
    }
    await done(/404/);
  });
}

test("by keyboard: the first stop skips to the content; at 320 px nothing is cut", async () => {
  const { page, done } = await chromium.page({ viewport: { width: 320, height: 256 } });
  await page.goto(`${help}en/--no-internet/`);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  assert.ok(await skip.evaluate((el) => el === document.activeElement));
  await page.waitForFunction(() => {
    const { top } = document.activeElement?.getBoundingClientRect() ?? { top: -1 };
    return top >= 0;
  });
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
  await page.keyboard.press("Tab");
  assert.ok(
    await page.evaluate(() => document.activeElement?.closest("main") !== null),
    "the next stop is in the content",
  );
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await done();
});

test("on paper there is the answer, and no navigation", async () => {
  const { page, done } = await chromium.page();
  await page.goto(`${help}en/--no-internet/`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const colour = await page.locator(".byline").evaluate((el) => getComputedStyle(el).color);
  assert.equal(colour, "rgb(71, 84, 103)", "dark on white, whatever the screen is");
  assert.ok(await page.locator(".answer").isVisible());
  for (const part of [".languages", ".crumbs", "aside", ".ask", "footer"])
    assert.equal(await page.locator(part).isVisible(), false, part);
  await done();
});

test("a new title: the old address leads to the topic, at once", async () => {
  const own = await startAskus(undefined, {}, { helpPages: true });
  try {
    const { page, done } = await chromium.page({ javaScriptEnabled: false, locale: "uk" });
    const old = `${own.origin}/help/demo/uk/yak-oplatyty-internet--how-to-pay/`;
    assert.equal((await page.goto(old))?.status(), 200);
    const lines = join(folder, "renamed.jsonl");
    await askusFaq(["export", DEMO.faq, "-o", lines]);
    const records = readJsonLines(lines);
    for (const record of records)
      if (record.id === "how-to-pay" && record.lang === "uk") record.title = "Способи оплати";
    writeFileSync(lines, records.map((record) => JSON.stringify(record)).join("\n"));
    await own.publish({ faq: lines, site: DEMO.site });
    await page.goto(old);
    assert.ok(page.url().endsWith("/help/demo/uk/sposoby-oplaty--how-to-pay/"), page.url());
    await page.getByRole("heading", { level: 1, name: "Способи оплати" }).waitFor();
    const moved = await fetch(old, { redirect: "manual" });
    assert.equal(moved.status, 301);
    assert.equal((await fetch(`${own.origin}/help/demo/uk/x--gone/`)).status, 404);
    await done();
  } finally {
    await own.stop();
  }
});

test("exported files: valid HTML and structured data on every page", async () => {
  const at = await exportPages((records) => {
    const pay = records.find((record) => record.id === "how-to-pay" && record.lang === "en");
    pay.title = `</script><script>alert("1")</script> & 'x' <!--`;
    pay.answer = `<img src=x onerror=alert(1)>\n\n- **a** [b](https://a.example/?a=1&b=2) ]]>`;
    pay.author = pay.role = `"><b>`;
  });
  const html = new HtmlValidate({
    root: true,
    extends: ["html-validate:recommended"],
    // A title's length is its author's.
    rules: { "doctype-style": ["error", { style: "lowercase" }], "long-title": "off" },
  });
  let judged = 0;
  for (const file of filesOf(at).filter((name) => name.endsWith(".html"))) {
    const text = readFileSync(file, "utf8");
    const report = html.validateStringSync(text);
    const messages = report.results.flatMap((result) => result.messages.map((m) => m.message));
    assert.deepEqual(messages, [], file);
    const path = file.slice(at.length + 1).replace(/index\.html$/, "");
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1];
    const kind = /^\w+\/$/.test(path) ? "start" : /\/c\//.test(path) ? "category" : "topic";
    if (path === "" || path.endsWith(".html")) assert.equal(json, undefined, path);
    else (assert.deepEqual(judgeJsonLd(kind, json ?? "{}"), [], path), ++judged);
  }
  assert.equal(judged, 3 * (1 + 8 + 60));
});

test("exported files: an old address leads on without scripts and without a server's help", async () => {
  const rename = (/** @type {string} */ title) =>
    exportPages((records) => {
      const pay = records.find((record) => record.id === "how-to-pay" && record.lang === "uk");
      pay.title = title;
    });
  const at = await rename("Як оплатити інтернет?");
  await rename("Способи оплати");
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(folder, "site", path.endsWith("/") ? `${path}index.html` : path);
    const there = existsSync(file);
    const type = extname(file) === ".css" ? "text/css" : "text/html";
    response.writeHead(there ? 200 : 404, { "content-type": type });
    response.end(readFileSync(there ? file : join(at, "404.html")));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    const { page, done } = await chromium.page({ javaScriptEnabled: false });
    await page.goto(`http://127.0.0.1:${port}/help/uk/yak-oplatyty-internet--how-to-pay/`);
    await page.waitForURL("**/help/uk/sposoby-oplaty--how-to-pay/");
    await page.getByRole("heading", { level: 1, name: "Способи оплати" }).waitFor();
    // A missing page's links hold wherever it is shown.
    await page.goto(`http://127.0.0.1:${port}/help/uk/no/such/page`);
    await page.getByRole("main").getByRole("link", { name: LANGUAGES.uk[0], exact: true }).click();
    await page.getByRole("heading", { level: 1, name: LANGUAGES.uk[0] }).waitFor();
    await done(/404/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
