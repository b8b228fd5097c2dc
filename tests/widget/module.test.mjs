// The shipped module's border: exactly the imports and exports of docs/panel-protocol.md, and one
// round through its memory. ASKUS_CORE names the file.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const module = new WebAssembly.Module(readFileSync(process.env.ASKUS_CORE));

function start() {
  let instance;
  const host = {
    now: () => 1_795_000_000_000,
    random: (address, size) =>
      new Uint8Array(instance.exports.memory.buffer, address, size).fill(7),
  };
  instance = new WebAssembly.Instance(module, { host });
  instance.exports._initialize();
  return instance.exports;
}

function output(core, address) {
  const view = new DataView(core.memory.buffer);
  const [nodes, count, strings, stringsSize, effects, effectsSize, revision, reserved] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(address + 4 * i, true),
  );
  return { nodes, count, strings, stringsSize, effects, effectsSize, revision, reserved };
}

test("imports are host.now and host.random, nothing else", () => {
  const imports = WebAssembly.Module.imports(module).map((i) => `${i.module}.${i.name}:${i.kind}`);
  assert.deepEqual(imports.sort(), ["host.now:function", "host.random:function"]);
});

test("exports are those of the protocol, nothing else", () => {
  const exports = WebAssembly.Module.exports(module).map((e) => `${e.name}:${e.kind}`);
  assert.deepEqual(exports.sort(), [
    "_initialize:function",
    "askus_buffer:function",
    "askus_event:function",
    "askus_search:function",
    "askus_snapshot:function",
    "memory:memory",
  ]);
});

test("an event gives a view in memory", () => {
  const core = start();
  const text = new TextEncoder().encode("немає інтернету");
  const buffer = core.askus_buffer(text.length);
  assert.equal(buffer % 8, 0);
  new Uint8Array(core.memory.buffer, buffer, text.length).set(text);
  const query = 4 << 16;
  const out = output(core, core.askus_event(2, query, text.length));
  assert.ok(out.count > 3);
  assert.equal(out.reserved, 0);
  const bytes = new Uint8Array(core.memory.buffer, out.strings, out.stringsSize);
  assert.equal(new TextDecoder().decode(bytes), "немає інтернету");
  const again = output(core, core.askus_event(7, 0, 0));
  assert.equal(again.revision, out.revision);
});

test("a buffer over the limit is refused, one within grows the memory", () => {
  const core = start();
  assert.equal(core.askus_buffer((64 << 20) + 1), 0);
  assert.notEqual(core.askus_buffer(8 << 20), 0);
});

test("bytes that are no snapshot are refused without a trap", () => {
  const core = start();
  for (const size of [0, 1, 64, 4096]) {
    const buffer = core.askus_buffer(size);
    new Uint8Array(core.memory.buffer, buffer, size).fill(0x41);
    assert.ok(output(core, core.askus_snapshot(size)).count > 0);
  }
  // The buffer has gone with the snapshot: a size without one is taken as 0.
  assert.ok(output(core, core.askus_event(2, 4 << 16, 100)).count > 0);
});
