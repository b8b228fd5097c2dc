// The private link of a request, /sites/<site>/ask#request=<id>.<token>: asks the server for its
// status. The token is in the fragment, which no server sees, and travels in a header.

const RETRY_MS = [1000, 3000, 9000];

/**
 * The arguments of the core's Open event for that link; `request` alone when there is no such
 * request; null when the server cannot be reached.
 * @param {string} link id.token
 * @param {(ms: number) => Promise<unknown>} [pause]
 * @returns {Promise<string[] | null>}
 */
export async function openPrivateLink(link, pause = sleep) {
  const [, id, token] = /^([0-9a-f-]{36})\.([\w-]{1,100})$/.exec(link) ?? [];
  if (!id) return ["request"];
  for (const wait of [0, ...RETRY_MS]) {
    if (wait) await pause(wait);
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`/v1/requests/${id}`, { headers }).catch(() => null);
    if (response?.ok) return pairsOf(await response.json());
    if (response && response.status < 500 && response.status !== 429) return ["request"];
  }
  return null;
}

/** @param {Record<string, unknown>} request docs/http-api.md, GET /v1/requests/{id} */
function pairsOf(request) {
  const names = ["number", "status", "title", "created", "details"];
  return ["request", ...names.flatMap((name) => [name, String(request[name] ?? "")])];
}

/** @param {number} ms */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
