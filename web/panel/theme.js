// The site's accent on our surfaces: every text on it or in it keeps a contrast of 4.5 (WCAG 1.4.3).

const ENOUGH = 4.5;
/** Share of the accent in its soft tint. */
const SOFT = { light: 0.1, dark: 0.2 };
const STEP = 0.1;

/** @typedef {[number, number, number]} Colour */

/** @type {Record<"light" | "dark", {bg: Colour, ink: Colour}>} of panel.css */
const PANEL = {
  light: { bg: [255, 255, 255], ink: [16, 24, 40] },
  dark: { bg: [19, 26, 35], ink: [242, 244, 247] },
};
/** @type {Colour[]} */
const ON_ACCENT = [
  [255, 255, 255],
  [11, 18, 32],
  [0, 0, 0],
];

/**
 * @param {string} hex "#rrggbb"
 * @returns {Colour | null}
 */
export function parseColour(hex) {
  if (!/^#[\da-f]{6}$/i.test(hex)) return null;
  return /** @type {Colour} */ ([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
}

/** @param {Colour} colour */
const luminance = (colour) => {
  const [r, g, b] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * @param {Colour} a
 * @param {Colour} b
 */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/**
 * @param {Colour} a
 * @param {Colour} b
 * @param {number} share of b
 */
const mix = (a, b, share) =>
  /** @type {Colour} */ (a.map((c, i) => Math.round(c + (b[i] - c) * share)));

/** @param {Colour} colour */
const css = (colour) => `rgb(${colour.join(" ")})`;

/**
 * The custom properties of one scheme.
 * @param {Colour} accent
 * @param {"light" | "dark"} scheme
 */
export function accentColours(accent, scheme) {
  const { bg, ink } = PANEL[scheme];
  const soft = mix(bg, accent, SOFT[scheme]);
  const on = ON_ACCENT.find((colour) => contrast(colour, accent) >= ENOUGH) ?? ON_ACCENT[2];
  let text = accent;
  for (let share = STEP; contrast(text, soft) < ENOUGH && share <= 1; share += STEP) {
    text = mix(accent, ink, share);
  }
  return { accent, soft, on, text };
}

/**
 * @param {string} light "#rrggbb"
 * @param {string} dark "#rrggbb"
 * @param {CSSStyleDeclaration} style of the root element
 */
export function applyTheme(light, dark, style) {
  for (const [scheme, hex] of Object.entries({ light, dark })) {
    const colour = parseColour(hex);
    if (!colour) continue;
    const colours = accentColours(colour, /** @type {"light" | "dark"} */ (scheme));
    for (const [name, value] of Object.entries(colours)) {
      style.setProperty(`--site-${name}-${scheme}`, css(value));
    }
  }
}
