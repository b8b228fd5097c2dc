// The numbers of the panel's protocol are the same on both sides: the enums of the C++ headers and
// the constants of web/panel/protocol.js.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SLOT } from "../../web/more/slots.js";
import * as protocol from "../../web/panel/protocol.js";

/**
 * Names and values of an enum in a header, in the constants' spelling: kOtherLanguage is
 * OTHER_LANGUAGE.
 * @param {string} file
 * @param {string} head what stands before the brace
 * @param {string} [prefix]
 */
function enumOf(file, head, prefix = "") {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const body = text.slice(text.indexOf(head)).match(/\{([^}]*)\}/)?.[1];
  assert.ok(body, `${file} has ${head}`);
  let next = 0;
  /** @type {[string, number][]} */
  const entries = [];
  for (const [, name, value] of body.matchAll(/\bk(\w+)(?:\s*=\s*(\d+))?/g)) {
    next = value === undefined ? next : Number(value);
    const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
    entries.push([prefix + words, next++]);
  }
  return Object.fromEntries(entries);
}

/** @param {Record<string, number>} wanted */
function assertExported(wanted) {
  assert.ok(Object.keys(wanted).length > 8, "the enum was read");
  const constants = /** @type {Record<string, unknown>} */ (protocol);
  for (const [name, value] of Object.entries(wanted)) assert.equal(constants[name], value, name);
}

test("roles", () => assertExported(enumOf("widget/view/view.h", "enum class Role")));
test("flags", () => assertExported(enumOf("widget/view/view.h", "enum Flag")));
test("events", () => assertExported(enumOf("widget/flow/flow.h", "enum class Event", "EVENT_")));
test("slots", () => {
  const wanted = enumOf("widget/view/view.h", "enum class Slot");
  const known = Object.entries(SLOT).map(([name, value]) => [name.toUpperCase(), value]);
  assert.deepEqual(Object.fromEntries(known), wanted);
});
