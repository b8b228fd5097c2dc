// What axe-core finds in a page, by the rules of WCAG 2.2 AA.
import axe from "axe-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** For addInitScript(): CSS paints the panel, not the skin. */
export const WITHOUT_SKIN =
  "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })";
/** The skin paints on canvases, into which axe-core cannot see; pixels are compared elsewhere. */
export const SKIN_RULES = { "color-contrast": { enabled: false } };

/** @param {import("playwright-core").Page} page */
export async function loadAxe(page) {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {object} [rules] of axe-core's, beside the usual ones
 * @returns {Promise<string[]>} each rule that is broken, with the first element that breaks it
 */
export async function violations(page, rules = {}) {
  await loadAxe(page);
  const options = JSON.stringify({ runOnly: WCAG, rules, resultTypes: ["violations"] });
  return page.evaluate(
    `axe.run(${options}).then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))`,
  );
}
