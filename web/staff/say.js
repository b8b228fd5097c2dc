// What has just happened, said once: seen for a moment and read out. The line outlives the screens.
import { h } from "./dom.js";

const SHOWN = 5_000; // ms

export const spoken = h("p", { class: "said", role: "status" });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/**
 * @param {string} text
 * @param {boolean} [besides] it came by itself: what is said of the person's own doing stays before it
 */
export function say(text, besides = false) {
  const said = besides ? (spoken.textContent ?? "") : "";
  clearTimeout(later);
  spoken.textContent = said.includes(text) ? said : `${said} ${text}`.trim();
  later = setTimeout(() => (spoken.textContent = ""), SHOWN);
}
