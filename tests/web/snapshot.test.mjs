// The manifest's form, the signature by both implementations, and what is refused.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import {
  LIMITS,
  parseManifest,
  signedText,
  SnapshotError,
  SnapshotSource,
} from "../../web/panel/snapshot.js";
import { openStorage } from "../../web/panel/storage.js";
import { fallbackCrypto } from "../../web/panel/verify-fallback.js";
import { webCrypto } from "../../web/panel/verify.js";
import { makeKey, makeManifest } from "../browser/support/panel.mjs";
import { answer, startServer } from "../browser/support/server.mjs";

// Node 18 has no global crypto.
const subtle = /** @type {SubtleCrypto} */ (webcrypto.subtle);
const IMPLEMENTATIONS = { web: webCrypto(subtle), fallback: fallbackCrypto };
const snapshot = new TextEncoder().encode("snapshot of the demo");
/** @type {import("../browser/support/server.mjs").TestServer} */
let server;
/** @type {Awaited<ReturnType<typeof makeKey>>} */
let key;
before(async () => {
  server = await startServer([]);
  key = await makeKey();
});
after(() => server.close());
beforeEach(() => server.routes.clear());

const noStorage = () => {
  throw new Error("blocked");
};

/** @param {object} manifest @param {Uint8Array} [bytes] */
function serve(manifest, bytes = snapshot) {
  const { sha256 } = /** @type {{sha256: string}} */ (manifest);
  server.routes.set("/manifest", answer(JSON.stringify(manifest)));
  server.routes.set(`/s/${sha256}.faq`, (_, response) => response.writeHead(200).end(bytes));
}

/** @param {import("../../web/panel/verify.js").Crypto} [crypto] */
function newSource(crypto = IMPLEMENTATIONS.web, storage = openStorage("demo", noStorage)) {
  const { origin } = server;
  const config = {
    site: "demo",
    keys: [key.public],
    manifest: `${origin}/manifest`,
    snapshots: `${origin}/s/`,
  };
  return new SnapshotSource(config, storage, async () => crypto);
}

/** @param {Promise<unknown>} promise */
const reasonOf = (promise) =>
  promise.then(
    () => "accepted",
    (error) => (error instanceof SnapshotError ? error.reason : String(error)),
  );

for (const [name, crypto] of Object.entries(IMPLEMENTATIONS)) {
  test(`a signed snapshot is accepted, one flipped bit is not (${name})`, async () => {
    const manifest = await makeManifest(snapshot, key);
    serve(manifest);
    assert.deepEqual(await newSource(crypto).load(), snapshot);
    const flipped = Uint8Array.from(snapshot);
    flipped[3] ^= 1;
    serve(manifest, flipped);
    assert.equal(await reasonOf(newSource(crypto).load()), "refused");
    for (const at of [0, 40, 85]) {
      const { signature } = manifest;
      const other = signature[at] === "A" ? "Q" : "A"; // differ in the bits that count, at the end too
      serve({ ...manifest, signature: signature.slice(0, at) + other + signature.slice(at + 1) });
      assert.equal(
        await reasonOf(newSource(crypto).load()),
        "refused",
        `signature, character ${at}`,
      );
    }
    serve(await makeManifest(snapshot, await makeKey()));
    assert.equal(await reasonOf(newSource(crypto).load()), "refused", "a foreign key");
  });
}

test("the implementations agree, on malformed keys and signatures too", async () => {
  const text = new TextEncoder().encode("text");
  const good = new Uint8Array(Buffer.from(await key.sign("text"), "base64url"));
  const keys = [
    key.public,
    { x: "", y: "" },
    { x: key.public.y, y: key.public.x },
    { x: "!", y: key.public.y },
  ];
  for (const each of keys) {
    for (const signature of [good, good.subarray(1), new Uint8Array(64), new Uint8Array(0)]) {
      const expected = each === key.public && signature === good;
      for (const [name, crypto] of Object.entries(IMPLEMENTATIONS)) {
        assert.equal(await crypto.verify(each, text, new Uint8Array(signature)), expected, name);
      }
    }
  }
});

test("a change of any signed field is refused", async () => {
  const manifest = await makeManifest(snapshot, key);
  const changes = [
    { version: 2 },
    { issued_at: "2026-01-02T03:04:06Z" },
    { fresh_until: "2027-01-02T03:04:05Z" },
  ];
  for (const change of changes) {
    serve({ ...manifest, ...change });
    assert.equal(await reasonOf(newSource().load()), "refused", JSON.stringify(change));
  }
});

test("an older version, another site, other lengths are refused; the loaded one stays", async () => {
  const storage = openStorage("demo", noStorage);
  const source = newSource(IMPLEMENTATIONS.web, storage);
  serve(await makeManifest(snapshot, key, { version: 5 }));
  assert.deepEqual(await source.load(), snapshot);
  assert.deepEqual(await source.load(), snapshot, "the core has not accepted it");
  assert.ok(!source.current);
  assert.equal(storage.get("version"), "");
  source.accept();
  assert.equal(await source.load(), null, "the same again is not loaded again");
  for (const change of [
    { version: 4 },
    { version: 6, site: "other" },
    { version: 6, length: 3 },
    { version: 6, length: 99 },
  ]) {
    serve(await makeManifest(snapshot, key, change));
    assert.equal(
      await reasonOf(newSource(IMPLEMENTATIONS.web, storage).load()),
      "refused",
      JSON.stringify(change),
    );
  }
  assert.equal(storage.get("version"), "5");
  assert.ok(source.current);
});

test("another tab's newer version is not undone", async () => {
  const storage = openStorage("demo", noStorage);
  const source = newSource(IMPLEMENTATIONS.web, storage);
  serve(await makeManifest(snapshot, key, { version: 5 }));
  await source.load();
  storage.set("version", "8");
  source.accept();
  assert.equal(storage.get("version"), "8");
});

test("an answer that does not come, or does not end, is offline", async () => {
  const usual = LIMITS.timeoutMs;
  LIMITS.timeoutMs = 60;
  const manifest = await makeManifest(snapshot, key);
  serve(manifest);
  const snapshotPath = `/s/${manifest.sha256}.faq`;
  for (const path of [snapshotPath, "/manifest"]) {
    server.routes.set(path, (_, response) => void response.writeHead(200).write("{"));
    assert.equal(await reasonOf(newSource().load()), "offline", `${path} has no end`);
    server.routes.set(path, () => {});
    assert.equal(await reasonOf(newSource().load()), "offline", `${path} is silent`);
  }
  LIMITS.timeoutMs = usual;
});

test("a large snapshot on a slow line has time by its size", async () => {
  const usual = { ...LIMITS };
  Object.assign(LIMITS, { timeoutMs: 100, bytesPerMs: snapshot.length / 20_000 });
  const manifest = await makeManifest(snapshot, key);
  serve(manifest);
  server.routes.set(`/s/${manifest.sha256}.faq`, (_, response) => {
    response.writeHead(200).write(snapshot.subarray(0, 1));
    setTimeout(() => response.end(snapshot.subarray(1)), 3 * LIMITS.timeoutMs);
  });
  assert.deepEqual(await newSource().load(), snapshot);
  Object.assign(LIMITS, usual);
});

test("no answer and a broken one", async () => {
  assert.equal(await reasonOf(newSource().load()), "offline");
  serve(await makeManifest(snapshot, key));
  server.routes.delete([...server.routes.keys()][1]);
  assert.equal(await reasonOf(newSource().load()), "offline");
  server.routes.set("/manifest", answer("x".repeat(20_000)));
  assert.equal(await reasonOf(newSource().load()), "refused");
});

test("the manifest's form", async () => {
  const good = await makeManifest(snapshot, key);
  assert.deepEqual(parseManifest(JSON.stringify(good), "demo"), good);
  const cases = [
    [{ format: 2 }, "unsupported"],
    [{ format: "1" }, "refused"],
    [{ version: 0 }, "refused"],
    [{ version: 1.5 }, "refused"],
    [{ version: 2 ** 60 }, "refused"],
    [{ length: "5" }, "refused"],
    [{ length: 2 ** 27 }, "refused"],
    [{ sha256: "../" + "a".repeat(61) }, "refused"],
    [{ sha256: good.sha256.toUpperCase() }, "refused"],
  ];
  for (const [change, reason] of /** @type {[object, string][]} */ (cases)) {
    const json = JSON.stringify({ ...good, ...change });
    assert.equal(
      await reasonOf(Promise.resolve().then(() => parseManifest(json, "demo"))),
      reason,
      json,
    );
  }
  for (const json of ["", "null", "[]", "1", '"x"']) {
    assert.throws(() => parseManifest(json, "demo"), SnapshotError);
  }
});

test("what the signature covers cannot be changed, nor the signature", async () => {
  const good = await makeManifest(snapshot, key);
  for (const change of [
    { issued_at: "2026-01-02" },
    { issued_at: good.issued_at + "\n" },
    { fresh_until: null },
    { version: good.version + 1 },
    { signature: good.signature + "=" },
    { signature: "" },
    { signature: 1 },
    { signature: undefined },
  ]) {
    serve({ ...good, ...change });
    assert.equal(await reasonOf(newSource().load()), "refused", JSON.stringify(change));
  }
});

test("the signed text is that of shared/snapshot/manifest.h", async () => {
  const manifest = await makeManifest(snapshot, key, { version: 12 });
  const { sha256, length } = manifest;
  assert.equal(
    signedText(manifest),
    `askus-manifest\n1\ndemo\n12\n2026-01-02T03:04:05Z\n2026-02-02T03:04:05Z\n${length}\n${sha256}\n`,
  );
});
