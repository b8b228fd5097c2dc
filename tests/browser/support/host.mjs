// A company's site, on an origin that is another site's for the browser, with the real server.
// Chromium lets a frame of another site store nothing here: such panels work from memory.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startAskus } from "./askus.mjs";
import { answer, startServer, WEB } from "./server.mjs";

const PAGES = fileURLToPath(new URL("../pages/", import.meta.url));
/** Frames of the page's own have no title in our tests. */
const PANEL = "iframe[title]";
/** How the pages of tests/browser/pages call the server. */
const SERVER = "https://ask.example.com";

/**
 * @typedef {object} Host
 * @property {string} origin of the pages
 * @property {string} near the same pages on an origin of the server's own site, whose frame may
 *   store
 * @property {import("./askus.mjs").Askus} askus
 * @property {(path: string, html: string) => string} serve a page; returns its address
 * @property {(name: string, change?: (html: string) => string) => string} example one of
 *   tests/browser/pages, with the server's real address; returns the page's
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} [settings] of the server
 * @param {{identitySecret?: string}} [options]
 * @returns {Promise<Host>}
 */
export async function startHost(settings, options = {}) {
  const site = await startServer([]);
  const origin = site.origin.replace("127.0.0.1", "localhost");
  const askus = await startAskus(undefined, settings, {
    ...options,
    origins: [origin, site.origin],
  });
  site.routes.set("/wp-content/cache/min/1/ask.js", (_, response) => {
    response.setHeader("Content-Type", "text/javascript");
    response.end(readFileSync(join(WEB, "ask.js")));
  });
  /** @type {Host["serve"]} */
  const serve = (path, html) => {
    site.routes.set(path, answer(html));
    return origin + path;
  };
  return {
    origin,
    near: site.origin,
    askus,
    serve,
    example: (name, change = (html) => html) => {
      const html = readFileSync(join(PAGES, `${name}.html`), "utf8");
      return serve(`/${name}`, change(html).replaceAll(SERVER, askus.origin));
    },
    stop: async () => {
      await site.close();
      await askus.stop();
    },
  };
}

/**
 * The panel's frame, once it is usable.
 * @param {import("playwright-core").Page} page
 */
export async function panelOf(page) {
  const panel = page.frameLocator(PANEL);
  await panel.getByRole("combobox").waitFor();
  await panel.getByRole("option").first().waitFor();
  // The last of what comes by itself: the later screens' chunk.
  await panel.getByRole("button", { name: LATER }).waitFor();
  return panel;
}

/** The button of what this device keeps. */
export const LATER =
  /Дані на цьому пристрої|Данные на этом устройстве|Data on this device|Мої звернення|Мои обращения|My requests/;

/** The panel's frame itself. @param {import("playwright-core").Page} page */
export async function frameOf(page) {
  await page.frameLocator(PANEL).locator("#panel > *").first().waitFor({ state: "attached" });
  const frame = page.frames().find((each) => each.url().includes("/sites/demo/panel"));
  if (!frame) throw new Error("no panel frame");
  return frame;
}
