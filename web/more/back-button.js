// On a phone the panel fills the screen, and Back closes it: by an entry in the history of this
// frame. The host's own entries are never touched.

const PHONE = "(max-width: 480px)"; // web/loader/more.js

/** @param {{post: (type: string) => void}} bridge */
export function makeBackButton(bridge) {
  /** Of the joint history, when our entry was the newest; 0: there is none. */
  let length = 0;
  addEventListener("popstate", () => {
    if (length) bridge.post("close");
    length = 0;
  });
  return {
    /** @param {boolean} shown */
    visible(shown) {
      if (shown && !length && parent !== window && matchMedia(PHONE).matches) {
        history.pushState(null, "");
        ({ length } = history);
      } else if (!shown && length) {
        // What the host's page has added since is newer: then one Back does nothing.
        const isNewest = history.length === length;
        length = 0;
        if (isNewest) history.back();
      }
    },
  };
}
