// Screenshots of the tab and the panel on a host's page, at each place, into build/screens:
//   node tests/browser/screens-embed.mjs
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ARGS } from "./support/browser.mjs";
import { panelOf, startHost } from "./support/host.mjs";

const OUT = process.env.ASKUS_SCREENS ?? "build/screens";
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const PLACES = ["right", "left", "top", "bottom", "bubble", "bubble left"];
const TAB = "Запитайте нас!";
const STYLE =
  "<style>body{font:18px/1.6 system-ui;max-width:60ch;margin:40px auto;padding:0 20px}</style>";
const UNREAD = { askus: 1, type: "unread", count: 3 };

mkdirSync(OUT, { recursive: true });
const host = await startHost();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ARGS,
});

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const place of [...PLACES, "inline"]) {
    const isInline = place === "inline";
    const address = host.example(isInline ? "inline" : "plain", (html) =>
      html
        .replace('data-site="demo"', `data-site="demo" data-side="${place}"`)
        .replace("</head>", `${STYLE}</head>`),
    );
    const page = await browser.newPage({ viewport, locale: "uk-UA", reducedMotion: "reduce" });
    const shoot = (/** @type {string} */ state) =>
      page.screenshot({ path: join(OUT, `embed-${size}-${place.replace(" ", "-")}-${state}.png`) });
    await page.goto(address);
    const tab = page.getByRole("button", { name: TAB });
    if (!isInline) {
      await tab.waitFor();
      await shoot("1-closed");
      await tab.click();
    }
    const panel = await panelOf(page);
    await shoot("2-open");
    if (!isInline) {
      const frame = page.frames().find((each) => each.url().includes("/panel"));
      await frame?.evaluate((message) => parent.postMessage(message, "*"), UNREAD);
      await panel.getByRole("button", { name: "Закрити" }).click();
      await page.getByRole("button", { name: "3 нові" }).waitFor();
      await shoot("3-unread");
    }
    await page.close();
  }
}
await browser.close();
await host.stop();
