// The proof of work as browsers run it: the module's border, and that its nonces are right by another
// SHA-256. ASKUS_WORK_WASM names the module.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { makePay } from "../../../web/work/pay.js";

const bytes = await readFile(String(process.env.ASKUS_WORK_WASM));
const pay = makePay(bytes);

test("imports nothing, exports what pay.js uses", async () => {
  const module = await WebAssembly.compile(bytes);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  for (const name of ["memory", "work_input", "work_begin", "work_search"])
    assert.ok(names.includes(name), name);
  assert.ok(bytes.length < 4096, `${bytes.length} bytes`);
});

test("a nonce has the zero bits that were asked for, by node's own SHA-256", async () => {
  const bodies = ["", '{"title":"Ґ 🙂"}', "x".repeat(131_072)];
  for (const body of bodies) {
    for (const work of [1, 8, 13]) {
      const [token, nonce] = (await pay({ token: `token-${work}`, work }, body)).split(".");
      const challenge = createHmac("sha256", token).update(body).digest();
      const number = Buffer.alloc(4);
      number.writeUInt32BE(Number(nonce));
      const digest = createHash("sha256").update(challenge).update(number).digest();
      assert.equal(digest.readUInt32BE() >>> (32 - work), 0);
    }
  }
});

test("what is too long for it is refused, not cut", async () => {
  await assert.rejects(pay({ token: "t", work: 1 }, "x".repeat(200_000)), RangeError);
});
