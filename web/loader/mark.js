// The mark on the tab: how many replies the visitor has not read.

const MAX = 99;
/** After the tab's text; by the plural's form. @type {{[language: string]: Record<string, string>}} */
const TEXTS = {
  uk: { one: "нова відповідь", few: "нові відповіді", other: "нових відповідей" },
  ru: { one: "новый ответ", few: "новых ответа", other: "новых ответов" },
  en: { one: "new reply", other: "new replies" },
};
const CSS =
  ".mark{position:absolute;inset:-8px -8px auto auto;min-width:22px;padding:0 6px;border-radius:11px;" +
  "font:700 12px/22px system-ui,sans-serif;writing-mode:horizontal-tb;text-align:center;" +
  "color:#fff;background:#c81e1e;box-shadow:0 0 0 2px #fff}" +
  "button:not(.left,.top,.bottom,.bubble)>.mark{inset:auto -8px -8px auto;transform:rotate(180deg)}" +
  ".top>.mark{inset:auto -8px -8px auto}" +
  "@media(forced-colors:active){.mark{outline:1px solid}}";

/** @param {import("./more.js").Loader} my */
export function makeMark(my) {
  let count = 0;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  /** @type {HTMLElement | undefined} */
  let mark;

  const draw = () => {
    if (!my.host) return;
    mark?.remove();
    my.tab.removeAttribute("aria-label");
    if (count === 0) return;
    if (!my.shadow.adoptedStyleSheets.includes(sheet)) my.shadow.adoptedStyleSheets.push(sheet);
    mark = my.make("span", {
      className: "mark",
      textContent: count > MAX ? `${MAX}+` : `${count}`,
    });
    my.tab.append(mark);
    const language = my.language();
    const forms = TEXTS[language];
    const form = new Intl.PluralRules(language).select(count);
    my.tab.setAttribute("aria-label", `${my.text()} ${count} ${forms[form] ?? forms.other}`);
  };

  return {
    draw,
    /** @param {unknown} unread */
    set(unread) {
      if (!Number.isSafeInteger(unread) || /** @type {number} */ (unread) < 0) return;
      count = /** @type {number} */ (unread);
      draw();
    },
  };
}
