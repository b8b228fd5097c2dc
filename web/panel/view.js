// The reconciler: a flat list of nodes becomes real elements, and with each new list only what
// differs is touched. Elements are kept by key, so focus, selection and composition survive.
import { attribute, create, freshId, identity } from "./elements.js";
import * as P from "./protocol.js";
import { update } from "./update.js";

/** @typedef {import("./protocol.js").ViewNode} ViewNode */
/** @typedef {import("./elements.js").Item} Item */

const STYLE_ERROR = 4;

export class View {
  /** @type {Item[]} */
  #items = [];
  /** @type {WeakMap<Element, Item>} */
  #owners = new WeakMap();
  /** @type {Element | null} */
  #active = null;
  /** The control in which an IME composes; set by the one who listens. @type {Element | null} */
  composing = null;

  /**
   * @param {HTMLElement} root
   * @param {import("./texts.js").Texts} texts
   */
  constructor(root, texts) {
    this.root = root;
    this.texts = texts;
  }

  /** @param {readonly ViewNode[]} nodes */
  draw(nodes) {
    const focused = document.activeElement;
    const { children } = grow(nodes);
    this.#items = this.#reconcile(this.root, null, this.#items, children);
    this.#combine();
    if (
      focused instanceof HTMLElement &&
      focused !== document.activeElement &&
      focused.isConnected
    ) {
      focused.focus({ preventScroll: true });
    }
  }

  /**
   * The drawn item that an event's target belongs to.
   * @param {EventTarget | null} target
   * @returns {Item | null}
   */
  owner(target) {
    for (let el = target instanceof Element ? target : null; el; el = el.parentElement) {
      const item = this.#owners.get(el);
      if (item) return item;
      if (el === this.root) return null;
    }
    return null;
  }

  /**
   * Focuses the first node with that key.
   * @param {number} key
   */
  focus(key) {
    const item = find(this.#items, (each) => each.node.key === key);
    if (!item) return;
    const inside = item.el.querySelector("input:checked, input, select, textarea");
    const target = item.control ?? (item.node.role === P.CHOICES ? inside : item.el);
    if (target instanceof HTMLElement) target.focus();
  }

  /**
   * @param {HTMLElement} parentEl
   * @param {Item | null} parent
   * @param {readonly Item[]} old
   * @param {readonly Branch[]} branches
   * @returns {Item[]}
   */
  #reconcile(parentEl, parent, old, branches) {
    /** @type {Map<string, Item[]>} */
    const free = new Map();
    for (const item of old) {
      const same = free.get(item.id);
      if (same) same.push(item);
      else free.set(item.id, [item]);
    }
    const items = branches.map(({ node }) => {
      const id = identity(node);
      const item = free.get(id)?.shift() ?? create(node, parent);
      item.id = id;
      item.node = node;
      return item;
    });
    for (const rest of free.values()) for (const item of rest) item.el.remove();
    let next = parent?.text ? parent.text.nextSibling : parentEl.firstChild;
    items.forEach((item, i) => {
      this.#owners.set(item.el, item);
      if (item.el === next) next = next.nextSibling;
      else parentEl.insertBefore(item.el, next);
      item.children = this.#reconcile(item.body, item, item.children, branches[i].children);
      update(item, this.texts, this.composing);
    });
    describe(items);
    return items;
  }

  /** Ties the search field to the listbox and its active option. */
  #combine() {
    const field = find(this.#items, ({ node }) => node.role === P.FIELD && node.style === 1);
    if (!field?.control) return;
    const list = find(this.#items, ({ node }) => node.role === P.OPTIONS);
    const active = find(list?.children ?? [], ({ node }) => {
      return node.role === P.OPTION && (node.flags & P.SELECTED) !== 0;
    });
    field.control.setAttribute("aria-expanded", String(!!list));
    attribute(field.control, "aria-controls", list?.el.id ?? null);
    attribute(field.control, "aria-activedescendant", active?.el.id ?? null);
    if (active && active.el !== this.#active) active.el.scrollIntoView({ block: "nearest" });
    this.#active = active?.el ?? null;
  }
}

/** @typedef {{node: ViewNode, children: Branch[]}} Branch */

/**
 * The tree of a flat list; a depth that skips a level hangs on the deepest open one.
 * @param {readonly ViewNode[]} nodes
 * @returns {{children: Branch[]}}
 */
function grow(nodes) {
  /** @type {{children: Branch[]}} */
  const root = { children: [] };
  /** @type {{children: Branch[]}[]} */
  const open = [root];
  for (const node of nodes) {
    const branch = { node, children: [] };
    open.length = Math.min(open.length, node.depth + 1);
    open[open.length - 1].children.push(branch);
    open.push(branch);
  }
  return root;
}

/**
 * @param {readonly Item[]} items
 * @param {(item: Item) => boolean} matches
 * @returns {Item | null} the first in document order
 */
function find(items, matches) {
  for (const item of items) {
    const hit = matches(item) ? item : find(item.children, matches);
    if (hit) return hit;
  }
  return null;
}

/**
 * Points each invalid control to its error: its own, or the next error text among its siblings.
 * @param {readonly Item[]} items
 */
function describe(items) {
  items.forEach((item, i) => {
    const { role, flags } = item.node;
    if (role !== P.FIELD && role !== P.CHOICES && role !== P.CHECK) return;
    const error =
      flags & P.INVALID
        ? (item.error ??
          items.slice(i + 1).find(({ node }) => node.role === P.TEXT && node.style === STYLE_ERROR)
            ?.el)
        : null;
    if (error) error.id ||= freshId();
    attribute(item.control ?? item.el, "aria-describedby", error?.id ?? null);
  });
}
