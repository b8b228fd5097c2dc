// on, once, off: listeners of the DOM events askus:NAME that are given the detail alone.

/** @type {WeakMap<Function, (event: Event) => void>} */
const heard = new WeakMap();

/** The same for the same listener. @param {Function} listener */
const hear = (listener) => {
  const hears = heard.get(listener) ?? ((/** @type {any} */ event) => void listener(event.detail));
  heard.set(listener, hears);
  return hears;
};

/** @type {Pick<import("./askus.js").Verbs, "on" | "once" | "off">} */
export const listeners = {
  on: (name, listener) => addEventListener(`askus:${name}`, hear(listener)),
  once: (name, listener) => addEventListener(`askus:${name}`, hear(listener), { once: true }),
  off: (name, listener) => removeEventListener(`askus:${name}`, hear(listener)),
};
