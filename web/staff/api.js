// Calls of docs/http-api.md, "People" and "The feed". The cookie goes with them by itself.

/**
 * @typedef {object} Answer
 * @property {boolean} ok
 * @property {number} status 0: no answer came
 * @property {any} json of a good answer, or null
 * @property {string} problem the name of what went wrong, "offline", or ""
 * @property {Record<string, string>} errors by field
 * @property {number} retryAfter in seconds, 0: not said
 */

/** @type {() => void} */
let loggedOut = () => {};
/** @param {() => void} listener called when a call finds that the session is over */
export const onLoggedOut = (listener) => (loggedOut = listener);

/**
 * @param {string} method
 * @param {string} path
 * @param {object | Blob} [body] an object is sent as JSON
 * @returns {Promise<Answer>}
 */
export async function call(method, path, body) {
  const json = body !== undefined && !(body instanceof Blob);
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: json ? { "Content-Type": "application/json" } : {},
      body: json ? JSON.stringify(body) : /** @type {Blob | undefined} */ (body),
    });
  } catch {
    return { ok: false, status: 0, json: null, problem: "offline", errors: {}, retryAfter: 0 };
  }
  const type = response.headers.get("Content-Type") ?? "";
  const value = type.includes("json") ? await response.json().catch(() => null) : null;
  const problem = response.ok ? "" : String(value?.type ?? "").replace("/problems/", "");
  if (problem === "unauthorized") loggedOut();
  return {
    ok: response.ok,
    status: response.status,
    json: response.ok ? value : null,
    problem: response.ok ? "" : problem || "internal",
    errors: Object.fromEntries(
      (value?.errors ?? []).map((/** @type {{field: string, text: string}} */ e) => [
        e.field,
        e.text,
      ]),
    ),
    retryAfter: Number(response.headers.get("Retry-After")) || 0,
  };
}

/** @param {string} site @param {string} rest */
export const ofSite = (site, rest) => `/v1/sites/${encodeURIComponent(site)}/${rest}`;
