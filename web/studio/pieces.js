// Pieces that several parts of the page are made of.
import { fill, h } from "./dom.js";
import { t } from "./texts.js";

/** @typedef {import("./dom.js").Child} Child */

/** A control under its name. @param {string} text @param {HTMLElement} control has an id */
export const labelled = (text, control) =>
  h("div", { className: "field" }, h("label", { for: control.id }, text), control);

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, any>} [set] further properties, as h() takes them
 */
export const button = (text, onclick, set = {}) =>
  h("button", { className: "plain", type: "button", onclick, ...set }, text);

/**
 * A line of a list that leads to what it is about.
 * @param {string | undefined} className of the line
 * @param {(() => void) | undefined} onclick undefined: it leads nowhere
 * @param {...Child} children
 */
export const pressable = (className, onclick, ...children) =>
  h(
    "li",
    { className },
    h("button", { className: "finding", type: "button", disabled: !onclick, onclick }, ...children),
  );

/** @param {HTMLDialogElement} dialog @param {string} title @param {...Child} parts */
export function openDialog(dialog, title, ...parts) {
  fill(dialog, h("h2", { id: "dialog-title" }, title), ...parts);
  dialog.showModal();
}

/** @param {HTMLDialogElement} dialog */
export const cancelButton = (dialog) => button(t("cancel"), () => dialog.close());
