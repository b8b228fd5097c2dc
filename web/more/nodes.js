// The later screens as nodes of docs/panel-protocol.md, so that the page draws them as it draws the
// core's: a tree here, flattened to the list that the reconciler takes.
import * as P from "../panel/protocol.js";

/** @typedef {import("../panel/protocol.js").ViewNode} ViewNode */
/** @typedef {{node: ViewNode, children: Branch[]}} Branch */

const EMPTY = { depth: 0, flags: 0, key: 0, text: 0, style: 0, number: 0 };

/**
 * @param {number} role
 * @param {Partial<ViewNode>} [more]
 * @param {(Branch | false | null | undefined | "")[]} [children] what is not there is left out
 * @returns {Branch}
 */
export const make = (role, more, children = []) => ({
  node: { ...EMPTY, role, label: "", value: "", extra: "", ...more },
  children: children.filter((child) => !!child),
});

/**
 * @param {readonly Branch[]} branches
 * @param {number} depth of the first level
 * @returns {ViewNode[]} in document order
 */
export const flatten = (branches, depth) =>
  branches.flatMap(({ node, children }) => [{ ...node, depth }, ...flatten(children, depth + 1)]);

/** Keys of these nodes: above all of the core's. */
const FIRST = 0x8000;

/** @param {number} action @param {number} [index] */
export const keyOf = (action, index = 0) => (FIRST + action) * 0x10000 + index;
/** The action of a key, or -1 when it is the core's. @param {number} key */
export const actionOf = (key) => Math.floor(key / 0x10000) - FIRST;
/** @param {number} key */
export const indexOf = (key) => key % 0x10000;

// Styles and icons of docs/panel-protocol.md that are used here.
export const REGION = { header: 1, main: 2, footer: 3, section: 4, card: 7, row: 8, stack: 9 };
export const HERO = 10;
export const PERSON = 11;
export const TEXT = { body: 0, hint: 1, tag: 3, error: 4, name: 5 };
export const BUTTON = { plain: 0, primary: 1, ghost: 2, icon: 3 };
export const ICON = { close: 2, back: 3, message: 4, check: 5, warning: 10, offline: 15 };

/** @param {number} style @param {(Branch | false | null | undefined | "")[]} children */
export const region = (style, children, more = {}) => make(P.REGION, { style, ...more }, children);
/** @param {number} style @param {string} label */
export const text = (style, label, more = {}) => make(P.TEXT, { style, label, ...more });
/** @param {number} style @param {number} key @param {string} label */
export const button = (style, key, label, more = {}) =>
  make(P.BUTTON, { style, key, label, ...more });
/** @param {number} number */
export const icon = (number) => make(P.ICON, { number });
/** A name, a role, a time: as the core draws a person. */
export function person(
  /** @type {string} */ name,
  /** @type {string} */ role,
  /** @type {string} */ time,
) {
  return region(PERSON, [
    make(P.AVATAR, { label: name }),
    region(REGION.stack, [
      text(TEXT.name, role ? `${name}, ${role}` : name),
      region(REGION.row, [make(P.TIME, { value: time })]),
    ]),
  ]);
}
