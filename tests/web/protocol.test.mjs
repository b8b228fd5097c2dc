// String lists and outputs of the core, hostile ones included.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeOutput,
  decodeStrings,
  encodeStrings,
  NODE_BYTES,
  pairs,
} from "../../web/panel/protocol.js";

test("string lists come back as they went", () => {
  for (const list of [[], [""], ["a", "", "ґ", "🙂"], ["x".repeat(70_000)]]) {
    assert.deepEqual(decodeStrings(encodeStrings(list)), list);
  }
  assert.deepEqual([...encodeStrings(["ab"])], [2, 0, 0, 0, 97, 98]);
});

test("a size past the end is refused", () => {
  for (const bytes of [
    [1, 0, 0],
    [2, 0, 0, 0, 97],
    [255, 255, 255, 255],
    [0, 0, 0, 0, 1, 0, 0, 0],
  ]) {
    assert.throws(() => decodeStrings(Uint8Array.from(bytes)), RangeError);
  }
});

test("pairs", () => {
  assert.deepEqual(
    [...pairs(["a", "1", "b", "2", "a", "3", "odd"])],
    [
      ["a", "3"],
      ["b", "2"],
    ],
  );
});

/**
 * Memory with one output at 64, one node at 128, strings at 256, effects at 512.
 * @param {string[]} effects
 */
function memoryWith(effects) {
  const memory = new ArrayBuffer(1024);
  const view = new DataView(memory);
  const strings = new TextEncoder().encode("labelvalueмова");
  const list = encodeStrings(effects);
  new Uint8Array(memory).set(strings, 256);
  new Uint8Array(memory).set(list, 512);
  [128, 1, 256, strings.length, 512, list.length, 7, 0].forEach((word, i) =>
    view.setUint32(64 + i * 4, word, true),
  );
  view.setUint8(128, 6);
  view.setUint8(129, 2);
  view.setUint16(130, 1025, true);
  view.setUint32(132, 0x00030002, true);
  view.setUint16(136, 49, true);
  view.setUint16(138, 1, true);
  view.setInt32(140, -3, true);
  [0, 5, 5, 5, 10, 8].forEach((word, i) => view.setUint32(144 + i * 4, word, true));
  return memory;
}

test("a node and effects are read field by field", () => {
  const memory = memoryWith(["focus", "1", "196610", "close", "0"]);
  const { nodes, effects, revision } = decodeOutput(memory, 64, -1);
  assert.deepEqual(nodes, [
    {
      role: 6,
      depth: 2,
      flags: 1025,
      key: 196610,
      text: 49,
      style: 1,
      number: -3,
      label: "label",
      value: "value",
      extra: "мова",
    },
  ]);
  assert.deepEqual(effects, [
    { name: "focus", args: ["196610"] },
    { name: "close", args: [] },
  ]);
  assert.equal(revision, 7);
  assert.equal(NODE_BYTES, 40);
  assert.equal(decodeOutput(memory, 64, 7).nodes, null, "the same revision is not read again");
});

test("a core that lies is not believed", () => {
  for (const effects of [["focus", "2", "1"], ["focus", "x"], ["focus", "-1"], ["focus"]]) {
    assert.throws(() => decodeOutput(memoryWith(effects), 64, -1), RangeError);
  }
  const memory = memoryWith([]);
  new DataView(memory).setUint32(148, 1000, true);
  assert.throws(() => decodeOutput(memory, 64, -1), RangeError);
});
