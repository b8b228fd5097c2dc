// The shipped module's border: what it imports, what it exports, and what it refuses.
// ASKUS_SKIN_WASM names the module.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { IMPORTS, makeTriangulate } from "../../../web/skin/module.js";
import { COLOURS, RECORD } from "../../../web/skin/records.js";

const MAX_SURFACES = 4096; // kMaxSurfaces of widget/skin/surface.h
const FIELD = 1;

const module = await WebAssembly.compile(await readFile(String(process.env.ASKUS_SKIN_WASM)));

async function open() {
  return makeTriangulate(await WebAssembly.instantiate(module, IMPORTS));
}

/** @param {number} count */
function fields(count) {
  const records = new Uint8Array(count * RECORD);
  for (let i = 0; i < count; i++) {
    records.set([FIELD, 0, 15, 255], i * RECORD);
    new Float32Array(records.buffer, i * RECORD + 4, 7).set([10, 10, 50, 50, 12, 1, 0]);
  }
  return records;
}

const theme = new Uint8Array(COLOURS.length * 4).fill(255);

test("imports exactly what the page gives it", () => {
  const wanted = WebAssembly.Module.imports(module).map(
    ({ module: from, name }) => `${from}.${name}`,
  );
  const given = Object.entries(IMPORTS).flatMap(([from, names]) =>
    Object.keys(names).map((name) => `${from}.${name}`),
  );
  assert.deepEqual(wanted.sort(), given.sort());
});

test("exports what docs/skin.md lists", () => {
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  for (const name of ["memory", "_initialize", "skin_surfaces", "skin_theme", "skin_paint"]) {
    assert.ok(names.includes(name), name);
  }
});

test("a field becomes triangles within and a hair around its box, in the theme's colours", async () => {
  const triangulate = await open();
  const { vertices, indices, count } = triangulate(fields(1), theme.fill(200), 1);
  assert.ok(count > 0 && count % 3 === 0);
  assert.equal(indices.length, count * 4);
  const view = new DataView(vertices.buffer, vertices.byteOffset, vertices.byteLength);
  for (let at = 0; at < vertices.byteLength; at += 20) {
    for (const place of [view.getFloat32(at, true), view.getFloat32(at + 4, true)]) {
      assert.ok(place >= 9 && place <= 51, String(place));
    }
    assert.equal(view.getUint8(at + 16), 200);
  }
});

test("holds as many surfaces as it says, through the growth of its memory, and no more", async () => {
  const triangulate = await open();
  const one = triangulate(fields(1), theme, 2).count;
  assert.equal(triangulate(fields(MAX_SURFACES), theme, 2).count, one * MAX_SURFACES);
  assert.throws(() => triangulate(fields(MAX_SURFACES + 1), theme, 2), /too many/);
  assert.equal(triangulate(fields(0), theme, 2).count, 0);
});
