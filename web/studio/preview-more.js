// In place of the panel's later screens (web/more) where the panel shows a draft: nothing is counted,
// nobody's requests are listed.

/** @returns {Promise<import("../more/more.js").More>} */
export async function start() {
  const nothing = () => {};
  return /** @type {any} */ ({
    ...{ count: nothing, changed: nothing, outcome: nothing, delayed: nothing, visible: nothing },
    ...{ leave: nothing, copy: nothing },
    extend: (/** @type {unknown} */ nodes) => nodes,
    event: () => false,
  });
}
