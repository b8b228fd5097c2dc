// The settings' tab: the announcement as a form, and all of them as the text that they are.
import { AnnouncementForm } from "./announcement.js";
import { fill, h } from "./dom.js";
import { t } from "./texts.js";

export class Settings {
  #text = h("textarea", { id: "settings", rows: 24, spellcheck: false });

  /** @param {HTMLElement} box @param {import("./draft.js").Draft} draft */
  constructor(box, draft) {
    this.draft = draft;
    this.announcement = new AnnouncementForm(draft);
    const label = h("label", { for: "settings" }, t("settings_label"));
    fill(box, this.announcement.element, label, this.#text);
    this.#text.addEventListener("input", () => draft.setSettings(this.#text.value, "settings"));
  }

  /** What the draft has now. @param {string[]} languages of the site */
  show(languages) {
    if (this.#text.value !== this.draft.settings) this.#text.value = this.draft.settings;
    this.announcement.show(languages);
  }
}
