// The pixels that the browser lays boxes out on.

/** Canvases are placed on multiples of at most that many layout pixels. */
const MAX_STEP = 20;
const WHOLE = 1 / 64;

// Halves are rounded upwards. The addend, less than the browser's own unit of layout (1/64), lifts
// halves that the conversion to CSS pixels has brought a hair below.
const HALF = 0.5 + 1 / 256;

/**
 * @typedef {object} Grid
 * @property {number} ratio device pixels to a CSS pixel
 * @property {number} step CSS pixels between places that are whole in layout and device pixels
 * @property {(length: number) => number} snap CSS pixels, to where the browser paints an edge there,
 *   in device pixels
 */

/**
 * A layout pixel is a device pixel, but in an emulated device (as the developer tools and tests
 * have it) a CSS pixel, painted blurred at an odd ratio. The thinnest border tells which it is.
 * @param {HTMLElement} root
 * @returns {Grid}
 */
export function measureGrid(root) {
  const ratio = devicePixelRatio;
  const probe = document.createElement("i");
  probe.style.border = "0.01px solid";
  root.append(probe);
  const unit = Math.max(parseFloat(getComputedStyle(probe).borderTopWidth) || 0, 1 / ratio);
  probe.remove();
  let steps = 1;
  while (steps < MAX_STEP && Math.abs(((steps * unit * ratio + 0.5) % 1) - 0.5) > WHOLE) steps++;
  return {
    ratio,
    step: steps * unit,
    snap: (length) => Math.floor(length / unit + HALF) * unit * ratio,
  };
}
