// Bytes by name that survive a reload where there is IndexedDB, and last as long as the page where
// there is none.

const STORE = "pictures";

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const settled = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** The database of a site. @param {string} site */
export const databaseOf = (site) => `askus.${site}`;

/** @param {string} site @returns {Promise<IDBDatabase | null>} */
async function openDatabase(site) {
  try {
    const request = indexedDB.open(databaseOf(site), 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const database = await settled(request);
    database.onversionchange = () => database.close(); // it is being deleted
    return database;
  } catch {
    return null; // blocked
  }
}

export class Shelf {
  /** @type {Map<string, Blob>} */
  #memory = new Map();
  /** Whether everything that was put would survive a reload. */
  isLasting = true;

  /** @param {string} site */
  constructor(site) {
    this.database = openDatabase(site);
  }

  /**
   * Null where there is no database or it refuses.
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>} act
   * @returns {Promise<T | null>}
   */
  async #with(mode, act) {
    try {
      const database = await this.database;
      return database && (await settled(act(database.transaction(STORE, mode).objectStore(STORE))));
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {Blob} blob */
  async put(name, blob) {
    // As bytes: some browsers cannot keep a Blob there.
    const bytes = await blob.arrayBuffer();
    const key = await this.#with("readwrite", (s) => s.put({ bytes, type: blob.type }, name));
    if (key !== null) return;
    this.#memory.set(name, blob);
    this.isLasting = false;
  }

  /** @param {string} name @returns {Promise<Blob | null>} */
  async get(name) {
    const inMemory = this.#memory.get(name);
    if (inMemory) return inMemory;
    const kept = await this.#with("readonly", (store) => store.get(name));
    return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
  }

  /** Leaves nothing but what is wanted. @param {(name: string) => boolean} isWanted */
  async sweep(isWanted) {
    for (const name of [...this.#memory.keys()]) if (!isWanted(name)) this.#memory.delete(name);
    const names = (await this.#with("readonly", (store) => store.getAllKeys())) ?? [];
    for (const name of names.map(String)) {
      if (!isWanted(name)) await this.#with("readwrite", (store) => store.delete(name));
    }
  }
}
