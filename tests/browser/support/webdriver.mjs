// As much of WebDriver (W3C, 2018) as a test of WebKitGTK needs, on a screen of its own (Xvfb).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freePort } from "./askus.mjs";

const DRIVER = process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver";
/** The name under which the standard returns an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const SCREEN = "1280x900x24";
const DEADLINE_MS = 30_000;
/** Keys that are no characters (WebDriver, 17.4.2). */
export const KEYS = { arrowDown: "\uE015", enter: "\uE007", space: " " };

/** @typedef {Awaited<ReturnType<typeof startWebKit>>} WebKit */

/** @returns {Promise<{display: string, stop: () => void}>} a screen that nobody sees */
async function startScreen() {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", SCREEN], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = createInterface(/** @type {import("node:stream").Readable} */ (screen.stdout));
  const [number] = await Promise.race([
    once(lines, "line"),
    once(screen, "exit").then(() => Promise.reject(new Error("Xvfb ended"))),
  ]);
  return { display: `:${number}`, stop: () => void screen.kill() };
}

/** A MiniBrowser in one language, with one window. @param {string} language */
export async function startWebKit(language) {
  const screen = await startScreen();
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: screen.display,
      LANGUAGE: language,
      LIBGL_ALWAYS_SOFTWARE: "1",
      // Its own sandbox needs user namespaces, which a container may not have.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  const end = async () => {
    if (driver.exitCode === null && driver.kill()) await once(driver, "exit");
    screen.stop();
  };
  const begin = async () => {
    // The driver says nowhere that it listens.
    for (const since = Date.now(); ;) {
      if (driver.exitCode !== null) throw new Error("WebKitWebDriver ended");
      if (await call("GET", "/status").catch(() => null)) break;
      if (Date.now() - since > DEADLINE_MS) throw new Error("WebKitWebDriver does not answer");
      await new Promise((later) => setTimeout(later, 20));
    }
    const { sessionId } = await call("POST", "/session", { capabilities: {} });
    return `/session/${sessionId}`;
  };
  const session = await begin().catch(async (error) => {
    await end();
    throw error;
  });
  /** Once more where the document was another's still. @param {string} script @param {unknown[]} args */
  const run = (script, args) => {
    const once = () => call("POST", `${session}/execute/async`, { script, args });
    return once().catch((error) =>
      /navigat|unload/i.test(error.message) ? once() : Promise.reject(error),
    );
  };

  return {
    /** @param {string} url */
    open: (url) => call("POST", `${session}/url`, { url }),
    /**
     * The element that an expression of the page gives, as soon as it gives one.
     * @param {string} expression with `all(selector)`, an array, and `has(element, text)`
     * @returns {Promise<{[ELEMENT]: string}>}
     */
    find: (expression) =>
      run(
        `const done = arguments[0];
         const all = (selector) => [...document.querySelectorAll(selector)];
         const has = (element, text) => element.textContent.includes(text);
         const look = () => {
           const found = ${expression};
           if (!found) return false;
           done(found);
           return true;
         };
         if (look()) return;
         const observer = new MutationObserver(() => look() && observer.disconnect());
         observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });`,
        [],
      ),
    /** @param {{[ELEMENT]: string} | null} frame null: the page itself */
    enter: (frame) => call("POST", `${session}/frame`, { id: frame }),
    /** @param {{[ELEMENT]: string}} element */
    click: (element) => call("POST", `${session}/element/${element[ELEMENT]}/click`, {}),
    /** @param {{[ELEMENT]: string}} element @param {string} text */
    type: (element, text) => call("POST", `${session}/element/${element[ELEMENT]}/value`, { text }),
    /** @param {{[ELEMENT]: string}} element @returns {Promise<string>} */
    text: (element) => run("arguments[1](arguments[0].textContent)", [element]),
    stop: async () => {
      await call("DELETE", session).catch(() => {});
      await end();
    },
  };
}
