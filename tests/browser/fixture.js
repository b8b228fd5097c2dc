// A page that draws the nodes a test gives it, with the panel's own modules and no core.
import { pictureOrigins } from "/web/panel/elements.js";
import { listen } from "/web/panel/input.js";
import * as P from "/web/panel/protocol.js";
import { makeTexts } from "/web/panel/texts.js";
import { View } from "/web/panel/view.js";

pictureOrigins.push("https://pictures.example");
const table = {
  list: [
    "",
    "Закрити",
    "Що вас цікавить?",
    { one: "{n} відповідь", few: "{n} відповіді", many: "{n} відповідей", other: "{n} відповіді" },
    "{language}",
    "оновлено {text}",
    "Відповість {text}, {more}.",
  ],
  languages: { ru: "російською" },
  page: {
    load_failed: "Не вдалося",
    optional: "необов’язково",
    opens_new_tab: "відкриється в новій вкладці",
  },
};
const view = new View(
  /** @type {HTMLElement} */ (document.getElementById("panel")),
  makeTexts(table, "uk"),
);
/** @type {unknown[][]} */
const events = [];
listen(view, (...event) => events.push(event));

/** @param {Partial<import("/web/panel/protocol.js").ViewNode>[]} nodes */
const draw = (nodes) => {
  const empty = {
    depth: 0,
    flags: 0,
    key: 0,
    text: 0,
    style: 0,
    number: 0,
    label: "",
    value: "",
    extra: "",
  };
  view.draw(nodes.map((node) => ({ role: P.TEXT, ...empty, ...node })));
};
Object.assign(window, { P, view, draw, events });
