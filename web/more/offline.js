// The snapshot that was accepted, and its manifest, for a visit that cannot reach the server. They are
// checked then as if they came from there.

/** @param {string} site */
export const cacheOf = (site) => `askus.${site}`;

/**
 * @param {import("../panel/snapshot.js").SnapshotConfig} config
 * @param {import("../panel/snapshot.js").SnapshotSource} source
 */
export async function keepSnapshot({ site, manifest, snapshots }, { current }) {
  if (!current) return;
  try {
    const cache = await caches.open(cacheOf(site));
    const address = `${snapshots}${current.sha256}.faq`;
    if (!(await cache.match(address))) await cache.add(address); // the browser has it still
    await cache.put(manifest, new Response(current.text));
    for (const { url } of await cache.keys())
      if (!url.endsWith(address) && !url.endsWith(manifest)) await cache.delete(url);
  } catch {
    // Blocked, full or missing: what is loaded serves as long as this page.
  }
}
