// A word to every visitor for some hours or days: "no internet in the northern district". It is a
// part of the settings; this form writes it there, in the times of whoever sits before it.
import { h } from "./dom.js";
import { labelled } from "./pieces.js";
import { t } from "./texts.js";

const HOUR_MS = 3_600_000;

/** @typedef {{from: string, until: string, text: Record<string, string>}} Announcement */

/** The settings as JSON; null while they are none. @param {string} text @returns {any} */
function parsed(text) {
  try {
    const settings = JSON.parse(text);
    return typeof settings === "object" && !Array.isArray(settings) ? settings : null;
  } catch {
    return null;
  }
}

/** As a field of type datetime-local has it. @param {string} iso */
export function localTime(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** RFC 3339 in UTC, whole seconds; "" of what is no time. @param {string} local */
export function utcTime(local) {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * The settings with another announcement, or without.
 * @param {string} settings
 * @param {Announcement | null} announcement
 */
export function withAnnouncement(settings, announcement) {
  const { announcement: _, ...rest } = parsed(settings) ?? {};
  const all = announcement ? { ...rest, announcement } : rest;
  return `${JSON.stringify(all, null, 2)}\n`;
}

export class AnnouncementForm {
  #from = this.#time("from");
  #until = this.#time("until");
  #on = h("input", { type: "checkbox", id: "announce", onchange: () => this.#turn() });
  #fields = h("div", { className: "announcement" });
  #languages = "";

  /** @param {import("./draft.js").Draft} draft */
  constructor(draft) {
    this.draft = draft;
    this.element = h(
      "fieldset",
      { className: "field" },
      h("legend", {}, t("announcement")),
      h("p", { className: "check" }, this.#on, h("label", { for: "announce" }, t("announce"))),
      this.#fields,
    );
  }

  /** @param {string} name */
  #time(name) {
    const id = `announce-${name}`;
    return h("input", { type: "datetime-local", id, oninput: () => this.#write() });
  }

  /** What the settings say now. @param {string[]} languages of the site */
  show(languages) {
    const settings = parsed(this.draft.settings);
    /** @type {Announcement | undefined} */
    const announcement = settings?.announcement;
    this.#on.disabled = settings === null;
    this.#on.checked = Boolean(announcement);
    this.#fields.hidden = !announcement;
    if (languages.join() !== this.#languages) this.#makeFields(languages);
    // What is being typed in is the newest there is.
    if (!announcement || this.element.contains(document.activeElement)) return;
    this.#from.value = localTime(announcement.from);
    this.#until.value = localTime(announcement.until);
    for (const field of this.#texts()) field.value = announcement.text?.[field.lang] ?? "";
  }

  /** @param {string[]} languages */
  #makeFields(languages) {
    this.#languages = languages.join();
    this.#fields.replaceChildren(
      h(
        "div",
        { className: "pair" },
        labelled(t("announce_from"), this.#from),
        labelled(t("announce_until"), this.#until),
      ),
      ...languages.map((lang) =>
        labelled(
          t("announce_text", { lang }),
          h("textarea", { id: `announce-${lang}`, lang, rows: 2, oninput: () => this.#write() }),
        ),
      ),
    );
  }

  #texts() {
    return [...this.#fields.querySelectorAll("textarea")];
  }

  #turn() {
    if (!this.#on.checked) return this.#change(null, "");
    const now = Date.now();
    const from = utcTime(new Date(now).toISOString());
    const until = utcTime(new Date(now + 24 * HOUR_MS).toISOString());
    this.#change({ from, until, text: {} }, "");
    this.#texts()[0]?.focus();
  }

  #write() {
    const text = Object.fromEntries(
      this.#texts().flatMap(({ lang, value }) => (value.trim() ? [[lang, value.trim()]] : [])),
    );
    const [from, until] = [utcTime(this.#from.value), utcTime(this.#until.value)];
    this.#change({ from, until, text }, "announcement");
  }

  /** @param {Announcement | null} announcement @param {string} what */
  #change(announcement, what) {
    this.draft.setSettings(withAnnouncement(this.draft.settings, announcement), what);
  }
}
