// What an administrator alone sees: folded, above the panel.

const STYLE = [
  "body.hinted { display: grid; grid-template-rows: auto minmax(0, 1fr); }",
  "body.hinted > #panel { block-size: auto; inline-size: 100%; }",
  `.hint { background: var(--soft); color: var(--ink); border-block-end: 1px solid var(--line);
    padding: 8px max(20px, calc(50% - 340px)); font-size: 13px; line-height: 18px; }`,
  ".hint summary { cursor: pointer; color: var(--muted); inline-size: fit-content; }",
  ".hint p { padding-block: 4px 6px; }",
];

/** @param {{title: string, text: string}} hint */
export function showHint({ title, text }) {
  const [sheet] = document.styleSheets;
  for (const rule of STYLE) sheet?.insertRule(rule, sheet.cssRules.length);
  const details = document.createElement("details");
  details.className = "hint";
  const summary = document.createElement("summary");
  summary.textContent = title;
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  details.append(summary, paragraph);
  document.body.prepend(details);
  document.body.classList.add("hinted");
}
