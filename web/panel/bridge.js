// Messages between this frame and the loader on the host's page (docs/panel-protocol.md). Only the
// parent is listened to, and only from an origin that the operator allows.

/**
 * @typedef {object} Message
 * @property {1} askus
 * @property {string} type
 * @property {string} [text] of `article`, `search`, `identify`; of `page` its address
 * @property {Record<string, string>} [fields] of `prefill`
 */

/**
 * @param {unknown} data
 * @returns {Message | null} null: not one of ours
 */
export function parseMessage(data) {
  if (typeof data !== "object" || data === null) return null;
  const { askus, type, text, fields } = /** @type {Record<string, unknown>} */ (data);
  if (askus !== 1 || typeof type !== "string") return null;
  if (text !== undefined && typeof text !== "string") return null;
  if (fields !== undefined && !isTextRecord(fields)) return null;
  return { askus, type, text, fields };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, string>}
 */
function isTextRecord(value) {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((each) => typeof each === "string");
}

/**
 * @param {string[]} origins allowed parents
 * @param {string} claimed the parent's origin as the loader wrote it into the address; it only
 *   chooses among the allowed ones
 * @param {(message: Message) => void} receive
 * @returns {{post: (type: string, more?: object) => void}} without an allowed parent it says nothing
 */
export function openBridge(origins, claimed, receive) {
  const allowed = [...origins, location.origin];
  const origin = parent !== window && allowed.includes(claimed) ? claimed : "";
  if (!origin) return { post() {} };
  addEventListener("message", (event) => {
    const message = event.source === parent && event.origin === origin && parseMessage(event.data);
    if (message) receive(message);
  });
  return { post: (type, more) => parent.postMessage({ askus: 1, type, ...more }, origin) };
}
