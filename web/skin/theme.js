// The page's colours as bytes, whatever way they are written in CSS.
import { COLOURS } from "./records.js";

/**
 * @param {HTMLElement} root the panel
 * @param {HTMLElement} probe any element inside it whose own colour paints nothing
 */
export function watchTheme(root, probe) {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    new OffscreenCanvas(COLOURS.length, 1).getContext("2d", { willReadFrequently: true })
  );
  const properties = COLOURS.map((name) => `--${name}`);
  let known = "";
  /** @type {Uint8ClampedArray} */
  let bytes = new Uint8ClampedArray(COLOURS.length * 4);

  /** The colours now; the same array as before when nothing has changed. */
  return () => {
    const style = getComputedStyle(root);
    const now = properties.map((name) => style.getPropertyValue(name)).join();
    if (now === known) return bytes;
    known = now;
    context.clearRect(0, 0, COLOURS.length, 1);
    const computed = getComputedStyle(probe);
    properties.forEach((name, i) => {
      // Computed values are plain colours; what a property holds may need resolving.
      probe.style.color = `var(${name})`;
      probe.style.boxShadow = `var(${name})`;
      const [shadow] = /^\w+\([^)]*\)/.exec(computed.boxShadow) ?? [];
      context.fillStyle = shadow ?? computed.color;
      context.fillRect(i, 0, 1, 1);
    });
    bytes = context.getImageData(0, 0, COLOURS.length, 1).data;
    probe.style.boxShadow = "none";
    return bytes;
  };
}
