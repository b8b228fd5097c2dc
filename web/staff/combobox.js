// A field that chooses one of many by typing a part of it: the combobox pattern of ARIA 1.2. Arrows
// walk the list, Enter takes what is marked, Escape closes; an emptied field chooses nothing.
import { fill, h, newId } from "./dom.js";
import { t } from "./texts.js";

/** Options that are shown at once: who has more before them goes on typing. */
const MOST = 50;

/** @typedef {{value: string, text: string, more?: string}} Option `more` is searched too */

/** @param {string} text */
const fold = (text) => text.toLowerCase().replace(/ё/g, "е").replace(/ґ/g, "г");

/**
 * @param {string} name
 * @param {string} label
 * @param {object} options
 * @param {() => Option[]} options.options
 * @param {string} [options.value] what is chosen
 * @param {string} [options.placeholder]
 * @param {boolean} [options.forgets] it is empty again when something was chosen
 * @param {(value: string) => void} [options.chosen]
 * @returns {import("./form.js").Field}
 */
export function combobox(name, label, { options, value = "", placeholder, forgets, chosen }) {
  const id = newId();
  let now = value;
  let marked = -1;
  /** @type {Option[]} */
  let shown = [];
  const list = h("ul", { id: `${id}l`, role: "listbox", "aria-label": label, hidden: true });
  const error = h("p", { class: "error", id: `${id}e` });
  const count = h("span", { class: "vh", role: "status" });
  const input = h("input", {
    id,
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `${id}l`,
    "aria-describedby": `${id}e`,
    placeholder,
    value: textOf(now),
    oninput: open,
    onclick: open,
    onkeydown: press,
    onblur: leave,
    // A browser's own change comes of typing alone; ours comes of choosing.
    onchange: (/** @type {Event} */ event) => event.isTrusted && event.stopImmediatePropagation(),
  });

  /** @param {string} one */
  function textOf(one) {
    return options().find((option) => option.value === one)?.text ?? "";
  }

  function open() {
    const asked = input.value === textOf(now) ? "" : fold(input.value);
    const words = asked.split(/[\s/›]+/).filter(Boolean);
    const all = options().filter((option) => {
      const text = fold(`${option.text} ${option.more ?? ""}`);
      return words.every((word) => text.includes(word));
    });
    shown = all.slice(0, MOST);
    marked = words.length > 0 && shown.length > 0 ? 0 : -1;
    fill(
      list,
      shown.map((option, place) =>
        h(
          "li",
          {
            id: `${id}o${place}`,
            role: "option",
            "aria-selected": "false",
            // The field keeps the focus.
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => choose(place),
          },
          option.text,
        ),
      ),
      all.length > shown.length &&
        h("li", { role: "presentation", class: "hint" }, t("tags_more", { n: all.length })),
    );
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    count.textContent = t("tags_found", { n: all.length });
    mark(marked);
  }

  function close() {
    list.hidden = true;
    count.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    marked = -1;
  }

  /** @param {number} place */
  function mark(place) {
    marked = place;
    const items = [...list.querySelectorAll("[role=option]")];
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    if (items[place]) {
      input.setAttribute("aria-activedescendant", items[place].id);
      items[place].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /** @param {string} one */
  function set(one) {
    const other = one !== now;
    now = forgets ? "" : one;
    input.value = forgets ? "" : textOf(one);
    close();
    if (!other) return;
    input.dispatchEvent(new Event("change"));
    chosen?.(one);
  }

  /** @param {number} place */
  const choose = (place) => set(shown[place].value);

  function leave() {
    if (input.value === "" && now !== "") set("");
    else {
      input.value = textOf(now);
      close();
    }
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((marked + step + shown.length + (marked < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter") {
      if (isOpen && marked >= 0) {
        event.preventDefault();
        choose(marked);
      } else if (input.value === "" && now !== "") set("");
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      input.value = textOf(now);
      close();
    }
  }

  return {
    name,
    input,
    element: h(
      "div",
      { class: "field combobox" },
      h("label", { for: id }, label),
      input,
      list,
      count,
      error,
    ),
    fail(text) {
      error.textContent = text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
    value: () => now,
  };
}
