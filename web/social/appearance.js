// The network's light or dark, whatever the system's is.

/** Rules of the panel's own style that are for the dark system. @type {CSSMediaRule[] | undefined} */
let dark;

function findRules() {
  const rules = [];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && rule.conditionText.includes("prefers-color-scheme: dark"))
        rules.push(rule);
  return rules;
}

/** @param {"light" | "dark"} appearance */
export function setAppearance(appearance) {
  dark ??= findRules();
  for (const rule of dark) rule.media.mediaText = appearance === "dark" ? "all" : "not all";
  document.documentElement.style.colorScheme = appearance;
  // The skin looks at the colours again when an attribute of the panel changes.
  const panel = document.getElementById("panel");
  if (panel) panel.dataset.appearance = appearance;
}
