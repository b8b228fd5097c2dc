// Statuses that change with every key: a screen reader that says "20 answers, 18 answers, 5 answers"
// is in the way of who types. The same sentence with other numbers is said when the typing pauses;
// another sentence at once.

const PAUSE_MS = 500;

/** @typedef {import("../panel/protocol.js").ViewNode} ViewNode */

/** @param {ViewNode} a @param {ViewNode} b */
const isSame = (a, b) => a.number === b.number && a.label === b.label && a.extra === b.extra;

/** One status. */
class Calm {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ViewNode} status */
  constructor(status) {
    this.said = this.wanted = status;
  }

  /** @param {ViewNode} status @param {() => void} draw */
  update(status, draw) {
    const isNew = !isSame(this.wanted, status);
    this.wanted = status;
    if (!status.text || status.text !== this.said.text || isSame(this.said, status)) this.#say();
    else if (isNew) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#say();
        draw();
      }, PAUSE_MS);
    }
    return this.said;
  }

  #say() {
    clearTimeout(this.#timer);
    this.said = this.wanted;
  }
}

/**
 * @param {() => void} draw
 * @returns {(status: ViewNode) => ViewNode} what is shown for it now
 */
export function makeCalm(draw) {
  /** By key. @type {Map<number, Calm>} */
  const all = new Map();
  return (status) => {
    const calm = all.get(status.key) ?? new Calm(status);
    all.set(status.key, calm);
    return calm.update(status, draw);
  };
}
