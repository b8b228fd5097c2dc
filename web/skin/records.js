// What the skin's module is told: the same layout as widget/skin/surface.h (docs/skin.md).

/** Values of data-surface; a kind's number is its place here plus one. */
const KINDS = "field button primary card track segment face option mark progress check".split(" ");

/** The page's custom properties (each with "--" before it), in the module's order. The last is a
 * box-shadow, of which only the colour is taken. */
export const COLOURS = "bg soft line muted accent on-accent accent-soft mark bad raised".split(" ");

/** Bytes of a record: four single bytes and seven floats. */
export const RECORD = 32;
const FLOATS = RECORD / 4;
const OPAQUE = 255;
/** Bits of Corner. */
const ALL = 15;
const LEFT = 9;
const RIGHT = 6;

/**
 * Where a layer's bitmap stands: device pixels of the window, as if nothing were scrolled.
 * @typedef {object} Place
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number} scrolled how far its content is, in CSS pixels
 */

/**
 * Bits of State. The control whose state an element shows is the one it labels or the one inside
 * it; else the element itself.
 * @param {Element} el
 * @param {boolean} hovers
 */
function stateOf(el, hovers) {
  const control = /** @type {HTMLInputElement} */ (
    /** @type {HTMLLabelElement} */ (el).control ?? el.querySelector("input,textarea,select") ?? el
  );
  /** @param {string} name */
  const says = (name) => control.getAttribute(`aria-${name}`) === "true";
  return [
    control.matches(":focus"),
    hovers && el.matches(":hover"),
    el.matches(":active"),
    control.checked || says("selected") || says("pressed"),
    control.disabled || says("disabled"),
    says("invalid"),
  ].reduce((bits, is, place) => bits | (Number(!!is) << place), 0);
}

/**
 * How far the element's own CSS animation is: a progress moves as CSS would move it, or not at all.
 * @param {Element} el
 */
const phaseOf = (el) => el.getAnimations()[0]?.effect?.getComputedTiming().progress ?? 0;

/**
 * A layer's surfaces as the module's records, in the elements' order.
 * @param {Iterable<HTMLElement>} elements
 * @param {Place} place
 * @param {import("./grid.js").Grid} grid
 * @param {boolean} hovers whether the pointer can
 */
export function recordsOf(elements, place, { ratio, snap }, hovers) {
  /** @type {number[][]} */
  const records = [];
  for (const el of elements) {
    const style = getComputedStyle(el);
    if (style.visibility !== "visible") continue;
    const kind = KINDS.indexOf(el.dataset.surface ?? "") + 1;
    const round = style.borderTopLeftRadius;
    const rects = [...el.getClientRects()];
    rects.forEach((rect, i) => {
      const left = snap(rect.left) - place.left;
      const right = snap(rect.right) - place.left;
      const top = snap(rect.top + place.scrolled) - place.top;
      const bottom = snap(rect.bottom + place.scrolled) - place.top;
      if (right <= left || bottom <= 0 || top >= place.height) return;
      // A mark that is broken into lines is rounded at its two ends only.
      const corners = ALL & ~(i ? LEFT : 0) & ~(i < rects.length - 1 ? RIGHT : 0);
      const radius = parseFloat(round) * (round.endsWith("%") ? (right - left) / 100 : ratio);
      const border = parseFloat(style.borderTopWidth) * ratio;
      const opacity = Math.round(Number(style.opacity) * OPAQUE);
      records.push([
        kind | (stateOf(el, hovers) << 8) | (corners << 16) | (opacity << 24),
        ...[left, top, right, bottom, radius, border, phaseOf(el)],
      ]);
    });
  }
  const floats = new Float32Array(records.length * FLOATS);
  const words = new Uint32Array(floats.buffer);
  records.forEach((record, i) => {
    floats.set(record, i * FLOATS);
    words[i * FLOATS] = record[0];
  });
  return new Uint8Array(floats.buffer);
}
