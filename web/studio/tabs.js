// Tabs, of which one is open. A content that comes into sight is told: "shown".
import { h } from "./dom.js";

/** @typedef {[name: string, label: string, content: HTMLElement]} Tab */

export class Tabs {
  #bar = h("div", { className: "tabs", role: "tablist" });
  root = h("div", {}, this.#bar);
  /** @type {Map<string, HTMLElement>} */
  #buttons = new Map();

  /** @param {Tab[]} all the first one is open */
  constructor(all) {
    this.all = all;
    for (const tab of all) this.#add(tab);
    this.#bar.addEventListener("keydown", (event) => this.#key(event));
    this.choose(all[0][0]);
  }

  /** @param {Tab} tab */
  #add([name, text, content]) {
    content.id = `panel-${name}`;
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", `tab-${name}`);
    const set = { id: `tab-${name}`, role: "tab", type: "button", "aria-controls": content.id };
    const tab = h("button", { ...set, onclick: () => this.choose(name) }, text);
    this.#buttons.set(name, tab);
    this.#bar.append(tab);
    this.root.append(content);
  }

  /** @param {string} chosen a name */
  choose(chosen) {
    for (const [name, , content] of this.all) {
      const isChosen = name === chosen;
      const tab = this.#buttons.get(name);
      tab?.setAttribute("aria-selected", String(isChosen));
      if (tab) tab.tabIndex = isChosen ? 0 : -1;
      const isNew = isChosen && content.hidden;
      content.hidden = !isChosen;
      if (isNew) content.dispatchEvent(new Event("shown"));
    }
  }

  /** @param {string} name @param {string} text */
  label(name, text) {
    const tab = this.#buttons.get(name);
    if (tab && tab.textContent !== text) tab.textContent = text;
  }

  /** @param {KeyboardEvent} event */
  #key({ key }) {
    const names = this.all.map(([name]) => name);
    const at = names.findIndex((name) => this.#buttons.get(name) === document.activeElement);
    const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || at < 0) return;
    const next = names[(at + step + names.length) % names.length];
    this.choose(next);
    this.#buttons.get(next)?.focus();
  }
}
