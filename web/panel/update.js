// Brings the elements of one drawn item to what its node says. Writes only what differs, so that
// selection, composition and screen readers are left alone.
import { attribute, make, SAFE_LINK, STYLE_ICON, STYLE_SEARCH } from "./elements.js";
import { makeIcon } from "./icons.js";
import * as P from "./protocol.js";

/** @typedef {import("./elements.js").Item} Item */
/** @typedef {import("./texts.js").Texts} Texts */

/**
 * @param {Item} item
 * @param {Texts} texts
 * @param {Element | null} composing the control in which an IME composes now
 */
export function update(item, texts, composing) {
  const { node, el } = item;
  const { flags } = node;
  const text = sentence(node, texts);
  attribute(el, "lang", flags & P.OTHER_LANGUAGE ? node.extra : null);
  attribute(el, "aria-busy", flags & P.BUSY ? "true" : null);
  switch (node.role) {
    case P.REGION:
      attribute(el, "aria-label", text);
      if (text && el.tagName === "DIV") el.setAttribute("role", "group");
      break;
    case P.LINK:
      updateLink(item, text, texts);
      break;
    case P.BUTTON:
      updateButton(item, text);
      break;
    case P.FIELD:
      updateField(item, text, texts, composing);
      break;
    case P.CHOICES:
      updateChoices(item, text);
      break;
    case P.CHOICE:
      updateChoice(item, text);
      break;
    case P.CHECK:
      setChecked(item);
      attribute(/** @type {Element} */ (item.control), "aria-required", !!(flags & P.REQUIRED));
      setText(item, `${text} `); // a link may follow
      setError(item);
      break;
    case P.LIST:
      attribute(el, "start", node.style === 1 && node.number > 1 ? String(node.number) : null);
      break;
    case P.OPTIONS:
    case P.PROGRESS:
      attribute(el, "aria-label", text);
      break;
    case P.OPTION:
      el.setAttribute("aria-selected", String(!!(flags & P.SELECTED)));
      setText(item, text);
      break;
    case P.ICON:
      if (el.dataset.icon !== String(node.number)) {
        el.dataset.icon = String(node.number);
        el.replaceChildren(makeIcon(node.number));
      }
      break;
    case P.TIME:
      attribute(el, "datetime", node.value);
      setText(item, text);
      break;
    case P.HONEYPOT:
      break;
    case P.AVATAR:
    case P.PICTURE: {
      const isFace = node.role === P.AVATAR; // the name stands beside it
      if (el.tagName !== "IMG") setText(item, isFace ? initials(text) : text);
      else {
        el.setAttribute("alt", isFace ? "" : text);
        attribute(el, "src", node.value);
      }
      break;
    }
    default:
      setText(item, text);
  }
}

/**
 * The node's text: the interface text with its arguments, or the literal label.
 * @param {import("./protocol.js").ViewNode} node
 * @param {Texts} texts
 */
function sentence(node, texts) {
  const label = node.role === P.TIME ? texts.date(node.value) : node.label;
  if (!node.text) return label;
  return texts.format(node.text, { n: node.number, text: label, more: node.extra });
}

/**
 * The item's own text stands before its children and stays the same text node.
 * @param {Item} item
 * @param {string} text
 */
function setText(item, text) {
  if (!item.text) {
    if (!text) return;
    item.text = document.createTextNode(text);
    item.body.prepend(item.text);
  } else if (item.text.data !== text) {
    item.text.data = text;
  }
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/[\s.,]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toLocaleUpperCase())
    .join("");
}

/**
 * @param {Item} item
 * @param {string} text
 * @param {Texts} texts
 */
function updateLink(item, text, texts) {
  const { el, node } = item;
  const outside = SAFE_LINK.test(node.value);
  attribute(el, "href", outside ? node.value : node.value ? null : "#");
  const tab = outside && /^https:/i.test(node.value);
  attribute(el, "target", tab ? "_blank" : null);
  attribute(el, "rel", tab ? "noopener noreferrer" : null);
  setText(item, text);
  if (tab && el.children.length === 1)
    make("span", "vh", el).textContent = ` (${texts.page.opens_new_tab})`;
}

/**
 * A disabled button keeps its focus: aria-disabled, and its presses are not passed on.
 * @param {Item} item
 * @param {string} text
 */
function updateButton(item, text) {
  const { el, node } = item;
  const bare = node.style === STYLE_ICON;
  attribute(el, "aria-label", bare || node.flags & P.HIDDEN_LABEL ? text : null);
  if (bare) el.title = text;
  else setText(item, text);
  attribute(el, "aria-disabled", node.flags & P.DISABLED ? "true" : null);
  attribute(el, "aria-pressed", node.flags & P.SELECTED ? "true" : null);
  attribute(el, "aria-expanded", node.flags & P.EXPANDED ? "true" : null);
}

/**
 * @param {Item} item
 * @param {string} text
 * @param {Texts} texts
 * @param {Element | null} composing
 */
function updateField(item, text, texts, composing) {
  const { node } = item;
  const control = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (item.control);
  setText(item, text);
  const plain = node.style !== STYLE_SEARCH && !(node.flags & P.MULTILINE);
  setOptional(item, plain && !(node.flags & P.REQUIRED) ? texts.page.optional : "");
  attribute(control, "placeholder", node.number ? texts.format(node.number, {}) : null);
  attribute(control, "aria-required", node.flags & P.REQUIRED ? "true" : null);
  control.readOnly = !!(node.flags & P.DISABLED);
  setError(item);
  if (control !== composing && control.value !== node.value) writeValue(control, node.value);
}

/**
 * @param {Item} item
 * @param {string} text
 */
function setOptional(item, text) {
  const old = item.body.querySelector(".optional");
  if (!text) old?.remove();
  else if (!old) make("span", "optional", item.body).textContent = ` ${text}`;
}

/**
 * Another value from the core; the caret stays where it was as far as the text reaches.
 * @param {HTMLInputElement | HTMLTextAreaElement} control
 * @param {string} value
 */
function writeValue(control, value) {
  const focused = document.activeElement === control;
  const { selectionStart, selectionEnd } = control;
  const atEnd = selectionEnd === control.value.length;
  control.value = value;
  if (focused && !atEnd) control.setSelectionRange(selectionStart, selectionEnd);
}

/**
 * @param {Item} item
 * @param {string} text
 */
function updateChoices(item, text) {
  const { el, node } = item;
  const label = /** @type {HTMLElement} */ (el.firstElementChild);
  label.className = node.flags & P.HIDDEN_LABEL ? "vh" : "label";
  if (label.textContent !== text) label.textContent = text;
  setError(item);
}

/**
 * @param {Item} item
 * @param {string} text
 */
function updateChoice(item, text) {
  setText(item, text);
  if (item.el instanceof HTMLOptionElement) {
    item.el.selected = !!(item.node.flags & P.SELECTED);
    return;
  }
  setChecked(item);
  attribute(item.el, "data-on", item.node.flags & P.SELECTED ? "1" : null);
  if (item.body.className) item.el.title = text;
}

/** @param {Item} item */
function setChecked(item) {
  const control = /** @type {HTMLInputElement} */ (item.control);
  const on = !!(item.node.flags & P.SELECTED);
  if (control.checked !== on) control.checked = on;
  control.disabled = !!(item.node.flags & P.DISABLED);
}

/**
 * The literal reason under the item; without one the reconciler points to the error that follows.
 * @param {Item} item
 */
function setError(item) {
  const { node } = item;
  const control = item.control ?? item.el;
  const invalid = !!(node.flags & P.INVALID);
  if (item.control) attribute(control, "aria-invalid", invalid ? "true" : null);
  const reason = invalid && !(node.flags & P.OTHER_LANGUAGE) ? node.extra : "";
  if (!reason) {
    item.error?.remove();
    item.error = null;
  } else {
    item.error ??= make("p", "error", item.el);
    if (item.error.textContent !== reason) item.error.textContent = reason;
  }
}
