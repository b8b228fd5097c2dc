// What a visitor does with a request of their own (docs/http-api.md): by its id and its token, which
// travels in a header and never in an address that a server sees.

/** @typedef {{id: string, token: string}} Access */

/**
 * @typedef {object} OwnRequest
 * @property {string} id
 * @property {number} number
 * @property {string} status
 * @property {string} created
 * @property {string} title
 * @property {string} details
 * @property {string} [promise] when it will be answered, while nobody has
 * @property {object[]} attachments
 * @property {{author: string, role: string, text: string, at: string}[]} replies
 */

const RETRY_MS = [1000, 3000, 9000];

/** @param {number} ms */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * A private link's `<id>.<token>`.
 * @param {string} link
 * @returns {Access | null} null: none
 */
export function parseLink(link) {
  const [, id, token] = /^([0-9a-f-]{36})\.([\w-]{1,100})$/.exec(link) ?? [];
  return id && token ? { id, token } : null;
}

/** @param {Access} access @param {string} [path] @param {string} [method] */
const ask = ({ id, token }, path = "", method = "GET") =>
  fetch(`/v1/requests/${id}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  }).catch(() => null);

/** Whether the server will say the same again. @param {Response} response */
const isFinal = ({ status }) => status >= 400 && status < 500 && status !== 429 && status !== 408;

/**
 * @param {Access} access
 * @param {{waits?: number[], pause?: (ms: number) => Promise<unknown>}} [again] how long to wait
 *   before each further attempt
 * @returns {Promise<OwnRequest | "gone" | "unreachable">} gone: no such request, or it is erased
 */
export async function readRequest(access, { waits = [], pause = sleep } = {}) {
  for (const wait of [0, ...waits]) {
    if (wait) await pause(wait);
    const response = await ask(access);
    const said = response?.ok ? await response.json().catch(() => null) : null;
    if (said) return { ...said, replies: said.replies ?? [], attachments: said.attachments ?? [] };
    if (response && isFinal(response)) return "gone";
  }
  return "unreachable";
}

/** The same, asked again after failures that pass. @param {Access} access */
export const readPatiently = (access) => readRequest(access, { waits: RETRY_MS });

/** @param {Access} access @returns {Promise<boolean>} whether nothing of it is left there */
export async function eraseRequest(access) {
  const response = await ask(access, "", "DELETE");
  return !!response && (response.ok || response.status === 410 || response.status === 404);
}

/** All that is stored of it. @param {Access} access @returns {Promise<Blob | null>} */
export async function exportRequest(access) {
  const response = await ask(access, "/export");
  return response?.ok ? response.blob().catch(() => null) : null;
}
