// What a screen reader would say, in order: where the focus goes, with role, name and state; the
// option that is active while the focus stays; what changes in live regions that were there before.
// Runs in the page; names and roles are axe-core's, which is loaded first.

/** Starts to listen. Collects into `window.heard`. */
export function listen() {
  const { axe } = /** @type {any} */ (window);
  /** @type {string[]} */
  const heard = [];
  Object.assign(window, { heard });
  const LIVE = "[role=status], [role=alert]";
  /** @type {WeakMap<Element, string>} regions, with what they said last */
  const known = new WeakMap();
  /** @param {Element} el */
  const words = (el) => (el.textContent ?? "").replace(/\s+/g, " ").trim();

  /** @param {Element} el */
  const describe = (el) => {
    axe.setup(document.body);
    const role = axe.commons.aria.getRole(el) ?? el.localName;
    const name = axe.commons.text.accessibleText(el).replace(/\s+/g, " ").trim() || words(el);
    axe.teardown();
    const error = document.getElementById(el.getAttribute("aria-describedby") ?? "");
    const states = ["aria-invalid", "aria-required", "aria-expanded", "aria-disabled"].filter(
      (state) => el.getAttribute(state) === "true",
    );
    const said = [role, `"${name}"`, ...states.map((state) => state.slice(5))];
    if (el instanceof HTMLInputElement && el.checked) said.push("checked");
    if (error) said.push(`- ${words(error)}`);
    return said.join(" ");
  };

  const regions = () => {
    for (const region of document.querySelectorAll(LIVE)) {
      const isNew = !known.has(region);
      const text = words(region);
      if (known.get(region) === text) continue;
      known.set(region, text);
      const role = region.getAttribute("role");
      // A status that comes with its text is not announced; an alert is.
      if (text && (!isNew || role === "alert")) heard.push(`${role}: ${text}`);
    }
  };
  regions();
  document.addEventListener("focusin", ({ target }) => {
    // The page describes and draws first what it focuses.
    queueMicrotask(() => heard.push(`focus: ${describe(/** @type {Element} */ (target))}`));
  });
  let active = "";
  new MutationObserver(() => {
    regions();
    const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
    const option = document.getElementById(id);
    if (option && id !== active) heard.push(`active: ${describe(option)}`);
    active = id;
  }).observe(document.documentElement, {
    ...{ subtree: true, childList: true, characterData: true },
    attributeFilter: ["aria-activedescendant"],
  });
}
