// What the visitor does becomes events of the protocol. One set of listeners for the whole panel.
import { STYLE_SEARCH } from "./elements.js";
import * as P from "./protocol.js";

const SEARCH_KEYS = new Set(["ArrowDown", "ArrowUp", "Enter", "Escape", "Home", "End"]);
/** Home and End go on moving the caret; the core only learns of them. */
const CARET_KEYS = new Set(["Home", "End"]);

/**
 * @param {import("./view.js").View} view
 * @param {(kind: number, key: number, payload?: string) => void} send
 */
export function listen(view, send) {
  const { root } = view;
  root.addEventListener("input", (event) => onInput(view, send, event));
  root.addEventListener("change", (event) => onChange(view, send, event));
  root.addEventListener("click", (event) => onClick(view, send, event));
  root.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => onKey(view, send, event));
  root.addEventListener("compositionstart", ({ target }) => {
    view.composing = target instanceof Element ? target : null;
  });
  root.addEventListener("compositionend", (event) => {
    view.composing = null;
    onInput(view, send, event);
  });
  // Pressing an option must not take the focus out of the search field.
  root.addEventListener("mousedown", (event) => {
    if (pressed(view, event.target)?.node.role === P.OPTION) event.preventDefault();
  });
}

/** @typedef {(kind: number, key: number, payload?: string) => void} Send */

/**
 * @param {import("./view.js").View} view
 * @param {Send} send
 * @param {Event} event
 */
function onInput(view, send, event) {
  const item = view.owner(event.target);
  if (!item?.control) return;
  const { role, key } = item.node;
  if (role === P.FIELD || role === P.HONEYPOT) send(P.EVENT_INPUT, key, item.control.value);
}

/**
 * @param {import("./view.js").View} view
 * @param {Send} send
 * @param {Event} event
 */
function onChange(view, send, event) {
  const item = view.owner(event.target);
  if (!item) return;
  if (event.target instanceof HTMLSelectElement) {
    const chosen = item.children[event.target.selectedIndex];
    if (chosen) send(P.EVENT_CHOOSE, chosen.node.key);
  } else if (item.node.role === P.CHOICE) {
    send(P.EVENT_CHOOSE, item.node.key);
  } else if (item.node.role === P.CHECK && item.control instanceof HTMLInputElement) {
    send(P.EVENT_TOGGLE, item.node.key, item.control.checked ? "1" : "0");
  }
}

/**
 * The link, button or option at a target: texts and marks inside one belong to it.
 * @param {import("./view.js").View} view
 * @param {EventTarget | null} target
 */
function pressed(view, target) {
  let item = view.owner(target);
  while (item && ![P.LINK, P.BUTTON, P.OPTION].includes(item.node.role)) {
    item = view.owner(item.el.parentElement);
  }
  return item;
}

/**
 * @param {import("./view.js").View} view
 * @param {Send} send
 * @param {MouseEvent} event
 */
function onClick(view, send, event) {
  const item = pressed(view, event.target);
  if (!item || item.node.flags & P.DISABLED) return;
  if (item.node.role === P.LINK) {
    if (item.node.value) return;
    event.preventDefault();
  }
  send(P.EVENT_PRESS, item.node.key);
}

/**
 * @param {import("./view.js").View} view
 * @param {Send} send
 * @param {KeyboardEvent} event
 */
function onKey(view, send, event) {
  // 229: Safari ends a composition before the key that ended it.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const item = view.owner(event.target);
  const isSearch = item?.node.role === P.FIELD && item.node.style === STYLE_SEARCH;
  if (event.key === "Escape") {
    event.preventDefault();
    send(P.EVENT_KEY, item?.node.role === P.FIELD ? item.node.key : 0, event.key);
  } else if (isSearch && SEARCH_KEYS.has(event.key) && !event.shiftKey) {
    if (!CARET_KEYS.has(event.key)) event.preventDefault();
    send(P.EVENT_KEY, item.node.key, event.key);
  }
}
