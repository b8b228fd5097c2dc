// The visible canvases under the panel's text: one fixed behind header and footer, one inside the
// scrolling main that moves with its content on the compositor.

/** How far a scrolling layer reaches beyond what is seen, in CSS pixels; half is kept in reserve. */
const MARGIN = 480;

/** @typedef {import("./records.js").Place} Place */

/** @param {string} position */
function makeCanvas(position) {
  const canvas = document.createElement("canvas");
  canvas.ariaHidden = "true";
  // Below the host's content and above its background; by CSSOM, for a strict CSP.
  Object.assign(canvas.style, {
    position,
    zIndex: "-1",
    margin: "0",
    maxWidth: "none",
    pointerEvents: "none",
  });
  return canvas;
}

export class Layer {
  /** @type {Place} */
  place = { left: 0, top: 0, width: 0, height: 0, scrolled: 0 };
  /** What is on the canvas: compared to paint only what has changed. */
  shown = "";
  /** The part of the content that the canvas covers, in CSS pixels of the content. */
  #top = 0;
  #bottom = 0;
  /** @type {string[]} the host's own inline styles */
  #before;

  /**
   * @param {HTMLElement} host whose content the layer lies under
   * @param {boolean} scrolls
   */
  constructor(host, scrolls) {
    this.host = host;
    this.scrolls = scrolls;
    this.canvas = makeCanvas(scrolls ? "absolute" : "fixed");
    const context = this.canvas.getContext("bitmaprenderer");
    if (!context) throw new Error("skin: no bitmaprenderer");
    this.context = context;
    const { style } = host;
    this.#before = [style.isolation, style.position];
    style.isolation = "isolate";
    if (scrolls) style.position = "relative";
  }

  /**
   * Whether the canvas reaches half the margin beyond what is seen of the content.
   * @param {number} height of the content
   */
  #covers(height) {
    const reserve = MARGIN / 2;
    const { scrollTop, clientHeight } = this.host;
    return (
      this.#bottom <= height &&
      this.#top <= Math.max(0, scrollTop - reserve) &&
      this.#bottom >= Math.min(height, scrollTop + clientHeight + reserve)
    );
  }

  /** Whether scrolling has brought the canvas' edge near. */
  isLate() {
    return this.scrolls && !this.#covers(Math.max(this.#bottom, this.host.scrollHeight));
  }

  /**
   * Puts the canvas where it belongs and remembers where that is.
   * @param {import("./grid.js").Grid} grid
   */
  lay({ ratio, step }) {
    // Last, so that it stands in nobody's way; the panel may have made its children anew.
    if (this.canvas.parentNode !== this.host) this.host.append(this.canvas);
    let x = 0;
    let y = 0;
    let { innerWidth: width, innerHeight: bottom } = window;
    let top = 0;
    const { host, canvas } = this;
    if (this.scrolls) {
      const box = host.getBoundingClientRect();
      x = box.left + host.clientLeft;
      y = box.top + host.clientTop;
      width = host.clientWidth;
      canvas.style.display = "none"; // it must not count as content
      const content = host.scrollHeight;
      canvas.style.display = "";
      if (!this.#covers(content)) {
        this.#top = Math.max(0, host.scrollTop - MARGIN);
        this.#bottom = Math.min(content, host.scrollTop + host.clientHeight + MARGIN);
      }
      [top, bottom] = [this.#top, this.#bottom];
    }
    // On whole pixels, and never beyond the content, which would make the host scroll.
    const left = Math.floor(x / step) * step;
    const upper = Math.floor((y + top) / step) * step;
    width = Math.max(step, Math.floor((x + width) / step) * step - left);
    const height = Math.max(step, Math.floor((y + bottom) / step) * step - upper);
    this.place = {
      left: Math.round(left * ratio),
      top: Math.round(upper * ratio),
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
      scrolled: this.scrolls ? host.scrollTop : 0,
    };
    Object.assign(canvas.style, {
      left: `${left - x}px`,
      top: `${upper - y}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
  }

  remove() {
    this.canvas.remove();
    [this.host.style.isolation, this.host.style.position] = this.#before;
  }
}
