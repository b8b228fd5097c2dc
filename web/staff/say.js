// What has just happened, said once: seen for a moment and read out. The line outlives the screens.
import { h } from "./dom.js";

const SHOWN = 5_000; // ms

export const spoken = h("p", { class: "said", role: "status" });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** @param {string} text */
export function say(text) {
  clearTimeout(later);
  spoken.textContent = text;
  later = setTimeout(() => (spoken.textContent = ""), SHOWN);
}
