// VK's side: https://dev.vk.com/bridge/overview. The bridge does not check who speaks to it, so what
// it says changes how the page looks, in bounds, and nothing else.
import bridge from "@vkontakte/vk-bridge";
import { setAppearance } from "./appearance.js";

/** CSS pixels. VK's frame on a desktop: higher would be cut by most screens. */
export const HEIGHT = { least: 560, most: 900 };
export const WIDTH = { least: 320, most: 1000 };
/** More room than any telephone's bars and notches take. */
const MOST_INSET = 120;
const SIDES = ["top", "right", "bottom", "left"];

/** @param {string} method @param {object} [props] */
function send(method, props) {
  const name = /** @type {"VKWebAppResizeWindow"} */ (method);
  // What an older client does not know it refuses; the panel does without.
  bridge.send(name, /** @type {any} */ (props)).catch(() => {});
}

/** @param {number} value @param {{least: number, most: number}} range */
const within = (value, { least, most }) => Math.round(Math.min(most, Math.max(least, value)));

/** @param {URLSearchParams} launch the parameters that VK opened the page with */
export function startVk(launch) {
  bridge.subscribe(({ detail: { type, data } }) => {
    if (type === "VKWebAppUpdateConfig")
      followConfig(/** @type {Record<string, unknown>} */ (data));
  });
  // VK shows its own waiting page until then, and gives up after 30 s.
  send("VKWebAppInit");
  if (launch.get("vk_platform") === "desktop_web") followHeight();
}

/** @param {Record<string, unknown> | null | undefined} config */
function followConfig(config) {
  const { appearance, insets } = config ?? {};
  if (appearance === "light" || appearance === "dark") setAppearance(appearance);
  if (typeof insets !== "object" || insets === null) return;
  const said = /** @type {Record<string, unknown>} */ (insets);
  const sizes = SIDES.map((side) => Number(said[side]) || 0);
  document.body.style.padding = sizes
    .map((size) => `${within(size, { least: 0, most: MOST_INSET })}px`)
    .join(" ");
}

/** Asks for a frame that is as high as what there is to read, and never for a lower one again. */
function followHeight() {
  let asked = 0;
  let frame = 0;
  const ask = () => {
    frame = 0;
    const main = document.querySelector("main");
    const hidden = main ? main.scrollHeight - main.clientHeight : 0;
    const height = within(innerHeight + hidden, HEIGHT);
    if (height <= asked) return;
    asked = height;
    send("VKWebAppResizeWindow", { width: within(innerWidth, WIDTH), height });
  };
  ask();
  new MutationObserver(() => {
    frame ||= requestAnimationFrame(ask);
  }).observe(document.body, { childList: true, subtree: true });
}
