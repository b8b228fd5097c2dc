// Elements out of names, properties and children. Texts only ever become text nodes: nothing that
// somebody wrote can become markup.

/** @typedef {Node | string | number | false | null | undefined} Child */
/** @typedef {Record<string, any>} Props `on...` are listeners, `true` a bare attribute, others texts;
 *    `value`, `checked` and `hidden` are set as properties */

const PROPERTIES = new Set(["value", "checked", "hidden", "disabled", "selected"]);

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {(Child | Child[])[]} children what is false, null or "" is left out
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  element.append(...nodes(children));
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

/** @param {(Child | Child[])[]} children @returns {Node[]} */
function nodes(children) {
  return children
    .flat()
    .filter((child) => child !== false && child !== null && child !== undefined && child !== "")
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

/** @param {Element} element @param {(Child | Child[])[]} children */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
}

/**
 * Draws anew what is within an element: the control that has the focus has it afterwards too, though
 * it is another one by then, known by its name or its text.
 * @param {Element} element @param {() => void} draw
 */
export function keepFocus(element, draw) {
  const had = element.contains(document.activeElement) ? document.activeElement : null;
  draw();
  if (!had || element.contains(document.activeElement)) return;
  /** @param {Element} control */
  const known = (control) => control.getAttribute("name") ?? control.textContent;
  const same = [...element.querySelectorAll("button, select, a, summary")].find(
    (control) => control.tagName === had.tagName && known(control) === known(had),
  );
  /** @type {HTMLElement | undefined} */ (same)?.focus();
}

/**
 * Brings a list up to date: elements of items that stay are kept, with their focus.
 * @template Item
 * @param {Element} list
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} key
 * @param {(item: Item) => HTMLElement} make
 * @param {(element: HTMLElement, item: Item) => void} update
 */
export function keep(list, items, key, make, update) {
  const known = new Map(
    [...list.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key, child]),
  );
  /** @type {Element | null} */
  let at = list.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let element = /** @type {HTMLElement | undefined} */ (known.get(name));
    known.delete(name);
    if (!element) {
      element = make(item);
      element.dataset.key = name;
    }
    update(element, item);
    // Only what is out of its place is moved: moving takes the focus away.
    if (element === at) at = at.nextElementSibling;
    else list.insertBefore(element, at);
  }
  for (const gone of known.values()) gone.remove();
}

let ids = 0;
/** A fresh id, for labels. */
export const newId = () => `f${++ids}`;
