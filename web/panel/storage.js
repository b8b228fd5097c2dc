// Small values of one site that survive a reload where the browser lets them, and last as long as
// the page where it does not (blocked third-party storage, private windows, a full disk). Other
// tabs write the same values: what lasts is read anew each time.

/**
 * @typedef {object} Storage
 * @property {(name: string) => string} get "" when there is none
 * @property {(name: string, value: string) => boolean} set false: kept in memory only; "" deletes
 * @property {(prefix: string) => string[]} names of the values there are
 */

/**
 * @param {string} site
 * @param {() => globalThis.Storage} [open] throws where storage is blocked
 * @returns {Storage}
 */
export function openStorage(site, open = () => localStorage) {
  /**
   * What could not be kept, and the lasting value it stands for until another tab changes that.
   * @type {Map<string, {value: string, over: string}>}
   */
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
  /** @param {string} name */
  const read = (name) => lasting?.getItem(full(name)) ?? "";
  /** @param {string} name */
  const get = (name) => {
    const now = read(name);
    const kept = memory.get(name);
    return kept?.over === now ? kept.value : now;
  };
  return {
    get,
    set(name, value) {
      try {
        if (value) lasting?.setItem(full(name), value);
        else lasting?.removeItem(full(name));
        memory.delete(name);
        if (lasting) return true;
      } catch {
        // Full: memory, as below.
      }
      memory.set(name, { value, over: read(name) });
      return false;
    },
    names(prefix) {
      const found = new Set(memory.keys());
      for (let i = 0; i < (lasting?.length ?? 0); i++) {
        const name = lasting?.key(i) ?? "";
        if (name.startsWith(full(""))) found.add(name.slice(full("").length));
      }
      return [...found].filter((name) => name.startsWith(prefix) && get(name));
    },
  };
}
