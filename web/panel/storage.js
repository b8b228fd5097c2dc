// Small values of one site that survive a reload where the browser lets them, and last as long as
// the page where it does not (blocked third-party storage, private windows, a full disk).

/**
 * @typedef {object} Storage
 * @property {(name: string) => string} get "" when there is none
 * @property {(name: string, value: string) => boolean} set false: kept in memory only; "" deletes
 */

/**
 * @param {string} site
 * @param {() => globalThis.Storage} [open] throws where storage is blocked
 * @returns {Storage}
 */
export function openStorage(site, open = () => localStorage) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  /** @type {globalThis.Storage | null} */
  let lasting = null;
  try {
    lasting = open();
  } catch {
    // Blocked: memory it is.
  }
  /** @param {string} name */
  const full = (name) => `askus.${site}.${name}`;
  return {
    get: (name) => memory.get(name) ?? lasting?.getItem(full(name)) ?? "",
    set(name, value) {
      memory.set(name, value);
      try {
        if (value) lasting?.setItem(full(name), value);
        else lasting?.removeItem(full(name));
        return lasting !== null;
      } catch {
        return false;
      }
    },
  };
}
