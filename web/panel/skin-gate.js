// Starts the ImGui skin when the panel is usable and idle, and only where it serves: with WebGL2,
// without forced colours or a wish for more contrast, and not where data is to be saved.
import { idle } from "./idle.js";

const AGAINST = ["(forced-colors: active)", "(prefers-contrast: more)"];

/**
 * @typedef {object} Skin web/skin/skin.js
 * @property {(options: {root: HTMLElement, wasmUrl: string}) => Promise<{stop: () => void}>} start
 */

/** Whether a WebGL2 context can be had; it is given back at once. */
function hasWebGl2() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/** @returns {boolean} */
function isWanted() {
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  return !connection?.saveData && !AGAINST.some((query) => matchMedia(query).matches);
}

/**
 * @param {{assets: {skin?: string, skin_script?: string}}} config
 * @param {HTMLElement} root
 */
export async function startSkin({ assets }, root) {
  const { skin, skin_script } = assets;
  if (!skin || !skin_script) return;
  await idle();
  if (!isWanted() || !hasWebGl2()) return;
  try {
    const module = /** @type {Skin} */ (await import(new URL(skin_script, location.href).href));
    const painted = await module.start({ root, wasmUrl: skin });
    for (const query of AGAINST) {
      matchMedia(query).addEventListener("change", () => isWanted() || painted.stop());
    }
  } catch {
    // CSS goes on painting the same surfaces.
  }
}
