// One maker a role: a node of the view becomes DOM elements and is kept up to date.
// docs/panel-protocol.md ("Nodes") is the table that this file follows.
import { makeIcon } from "./icons.js";
import * as P from "./protocol.js";

/** @typedef {import("./protocol.js").ViewNode} ViewNode */

/**
 * A node that is drawn.
 * @typedef {object} Item
 * @property {string} id identity among its siblings
 * @property {ViewNode} node
 * @property {HTMLElement} el what stands in the parent
 * @property {HTMLElement} body where text and children go
 * @property {Text | null} text
 * @property {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null} control
 * @property {HTMLElement | null} error
 * @property {Item[]} children
 */

const REGION_TAGS = ["div", "header", "main", "footer", "section", "nav", "form"];
const REGION_CLASSES = [
  "",
  "",
  "",
  "",
  "",
  "",
  "",
  "card",
  "row",
  "stack",
  "hero",
  "person",
  "pair",
];
const TEXT_CLASSES = ["body", "hint", "snippet", "tag", "error", "name"];
const BUTTON_CLASSES = ["plain", "primary", "ghost", "round"];
const CHOICES_CLASSES = ["segments", "faces", "list"];
const AUTOCOMPLETE = ["off", "off", "email", "name"];
const SAFE_LINK = /^(https:\/\/|mailto:|tel:)/i;
const SAFE_PICTURE = /^(blob:|\/(?!\/))/;
/** Origins whose pictures may be shown: the operator's (docs/operations.md). @type {string[]} */
export const pictureOrigins = [];
const REGION_CARD = 7;
const MAX_LEVEL = 3;
const STYLE_SEARCH = 1;
const STYLE_NUMBERED = 2;
const STYLE_SELECT = 2;
const STYLE_ICON = 3;

let lastId = 0;
/** An element id that is new in this page. */
export const freshId = () => `a${++lastId}`;

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} [className]
 * @param {HTMLElement} [parent]
 * @returns {HTMLElementTagNameMap[K]}
 */
function make(tag, className, parent) {
  const el = document.createElement(tag);
  if (className) el.className = className;
  parent?.append(el);
  return el;
}

/**
 * Sets, or with null, false and "" removes, an attribute; writes only what differs.
 * @param {Element} el
 * @param {string} name
 * @param {string | boolean | null} value
 */
export function attribute(el, name, value) {
  if (value === null || value === false || value === "") el.removeAttribute(name);
  else if (el.getAttribute(name) !== String(value)) el.setAttribute(name, String(value));
}

/**
 * Whether a drawn item can go on showing a node: the same kind of element.
 * @param {ViewNode} node
 * @returns {string}
 */
export function identity(node) {
  const level = node.role === P.HEADING ? headingLevel(node) : 0;
  const shape = node.flags & (P.MULTILINE | P.MARK | P.STRONG);
  const picture = node.role === P.PICTURE || node.role === P.AVATAR ? node.value : "";
  return `${node.role}.${node.style}.${node.key}.${level}.${shape}.${picture}`;
}

/**
 * In a numbered heading, and when it cannot be a level, the number is the text's {n}.
 * @param {ViewNode} node
 */
function headingLevel({ style, number }) {
  return style !== STYLE_NUMBERED && number >= 1 && number <= MAX_LEVEL ? number : 2;
}

/**
 * The elements of a node, not yet filled.
 * @param {ViewNode} node
 * @param {Item | null} parent
 * @returns {Item}
 */
export function create(node, parent) {
  const made = build(node, parent);
  const el = "el" in made ? made.el : made;
  /** @type {Item} */
  const item = { id: "", node, el, body: el, text: null, control: null, error: null, children: [] };
  if ("el" in made) Object.assign(item, made);
  return item;
}

/**
 * @param {ViewNode} node
 * @param {Item | null} parent
 * @returns {HTMLElement | (Partial<Item> & {el: HTMLElement})}
 */
function build(node, parent) {
  const { role, style, flags } = node;
  switch (role) {
    case P.REGION:
      return makeRegion(style);
    case P.HEADING: {
      const tag = /** @type {"h1" | "h2" | "h3"} */ (`h${headingLevel(node)}`);
      const heading = make(tag, style === 1 ? "vh" : "");
      heading.tabIndex = -1;
      return heading;
    }
    case P.TEXT:
      return make("p", TEXT_CLASSES[style] + (flags & P.STRONG ? " strong" : ""));
    case P.RUN:
      return makeRun(flags);
    case P.LINK:
      return makeLink(style);
    case P.BUTTON:
      return makeButton(node);
    case P.FIELD:
      return makeField(node);
    case P.CHOICES:
      return style === STYLE_SELECT ? makeSelect() : makeChoices(style);
    case P.CHOICE:
      return parent?.node.style === STYLE_SELECT ? make("option") : makeChoice(node, parent);
    case P.CHECK:
      return makeCheck();
    case P.LIST: {
      const list = make(style === 1 ? "ol" : "ul", style === 2 ? "bare" : "");
      if (style === 2) list.setAttribute("role", "list");
      return list;
    }
    case P.ITEM:
      return make("li");
    case P.OPTIONS:
    case P.OPTION:
      return makeOption(role);
    case P.STATUS:
    case P.ALERT: {
      const live = make("div", style === 1 && role === P.STATUS ? "vh" : `live${role}`);
      live.tabIndex = -1;
      live.setAttribute("role", role === P.STATUS ? "status" : "alert");
      return live;
    }
    case P.PROGRESS: {
      const progress = make("progress");
      progress.dataset.surface = "progress";
      return progress;
    }
    case P.TIME:
      return make("time");
    case P.HONEYPOT:
      return makeHoneypot();
    case P.AVATAR:
    case P.PICTURE:
      return makePicture(node);
    case P.SLOT:
      return make("template"); // nothing is shown of it
    default:
      return makeBadge();
  }
}

/** Where it is not, the description stands for the picture. @param {string} address */
function isPictureAllowed(address) {
  return (
    SAFE_PICTURE.test(address) || pictureOrigins.some((each) => address.startsWith(`${each}/`))
  );
}

/** @param {number} style */
function makeRegion(style) {
  const tag = /** @type {"div"} */ (REGION_TAGS[style] ?? "div");
  const region = make(tag, REGION_CLASSES[style]);
  if (style === REGION_CARD) region.dataset.surface = "card";
  if (tag === /** @type {string} */ ("form")) region.setAttribute("novalidate", "");
  return region;
}

/** @param {number} flags */
function makeRun(flags) {
  if (!(flags & P.MARK)) return make(flags & P.STRONG ? "strong" : "span");
  const mark = make("mark", flags & P.STRONG ? "strong" : "");
  mark.dataset.surface = "mark";
  return mark;
}

/** @param {number} style */
function makeLink(style) {
  const el = make("a", style === 1 ? "link alone" : "link");
  return { el, body: make("span", "", el) };
}

/** @param {ViewNode} node */
function makeButton({ style, number }) {
  const el = make("button", BUTTON_CLASSES[style]);
  el.type = "button";
  if (style < 2) el.dataset.surface = style === 1 ? "primary" : "button";
  if (style === STYLE_ICON) {
    el.dataset.icon = String(number);
    el.append(makeIcon(number));
  }
  return el;
}

/** @param {ViewNode} node */
function makeField({ style, flags }) {
  const el = make("div", "field");
  const label = make("label", flags & P.HIDDEN_LABEL ? "vh" : "label", el);
  const box = make("div", style === STYLE_SEARCH ? "box search" : "box", el);
  box.dataset.surface = "field";
  if (style === STYLE_SEARCH) box.append(makeIcon(1));
  const control = make(flags & P.MULTILINE ? "textarea" : "input", "", box);
  control.id = label.htmlFor = freshId();
  control.autocomplete = /** @type {AutoFill} */ (AUTOCOMPLETE[style]);
  if (control instanceof HTMLTextAreaElement) control.rows = 3;
  if (style === 2) control.inputMode = "email";
  if (style === STYLE_SEARCH) {
    control.enterKeyHint = "search";
    control.setAttribute("role", "combobox");
    control.setAttribute("aria-autocomplete", "list");
  }
  return { el, body: label, control };
}

function makeSelect() {
  const el = make("div", "field");
  const label = make("label", "label", el);
  const box = make("div", "box select", el);
  box.dataset.surface = "field";
  const control = make("select", "", box);
  control.id = label.htmlFor = freshId();
  return { el, body: control, control };
}

/** @param {number} style */
function makeChoices(style) {
  const el = make("fieldset", CHOICES_CLASSES[style]);
  el.id = freshId();
  make("legend", "label", el);
  const body = make("div", "choices", el);
  if (style === 0) body.dataset.surface = "track";
  return { el, body };
}

/**
 * @param {ViewNode} node
 * @param {Item | null} parent
 */
function makeChoice(node, parent) {
  const faces = parent?.node.style === 1;
  const el = make("label", faces ? "face" : "segment");
  el.dataset.surface = el.className;
  const control = make("input", "vh", el);
  control.type = "radio";
  control.name = parent?.el.id ?? "";
  if (node.number) el.append(makeIcon(node.number));
  return { el, body: make("span", faces ? "vh" : "", el), control };
}

function makeCheck() {
  const el = make("div", "check");
  const control = make("input", "", el);
  control.type = "checkbox";
  control.dataset.surface = "check";
  const body = make("label", "", el);
  control.id = body.htmlFor = freshId();
  return { el, body, control };
}

/** @param {number} role */
function makeOption(role) {
  const el = make(role === P.OPTIONS ? "ul" : "li", role === P.OPTIONS ? "options" : "option");
  el.setAttribute("role", role === P.OPTIONS ? "listbox" : "option");
  el.id = freshId();
  if (role === P.OPTION) el.dataset.surface = "option";
  return el;
}

function makeHoneypot() {
  const el = make("div", "vh");
  el.setAttribute("aria-hidden", "true");
  const control = make("input", "", el);
  control.tabIndex = -1;
  control.autocomplete = "off";
  return { el, control };
}

/** @param {ViewNode} node */
function makePicture({ role, value }) {
  const isFace = role === P.AVATAR;
  const isShown = isPictureAllowed(value);
  const el = make(isShown ? "img" : "span", isFace ? "avatar" : isShown ? "picture" : "");
  if (el instanceof HTMLImageElement) el.loading = "lazy";
  if (isFace) el.setAttribute("aria-hidden", "true");
  return el;
}

function makeBadge() {
  const el = make("span", "badge");
  el.setAttribute("aria-hidden", "true");
  return el;
}

export { make, SAFE_LINK, STYLE_ICON, STYLE_SEARCH, STYLE_SELECT };
