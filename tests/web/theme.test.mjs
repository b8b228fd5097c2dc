// Any accent of a site: text on it and in it keeps a contrast of 4.5.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMessage } from "../../web/panel/bridge.js";
import { openStorage } from "../../web/panel/storage.js";
import { accentColours, contrast, parseColour } from "../../web/panel/theme.js";

test("colours are parsed or refused", () => {
  assert.deepEqual(parseColour("#1F5fd6"), [31, 95, 214]);
  for (const bad of ["", "#fff", "red", "#1f5fd6 ", "url(x)"]) assert.equal(parseColour(bad), null);
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.ok(Math.abs(contrast([118, 118, 118], [255, 255, 255]) - 4.54) < 0.01);
});

test("every accent in steps of 51, on both schemes", () => {
  const steps = [0, 51, 102, 153, 204, 255];
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    for (const r of steps)
      for (const g of steps)
        for (const b of steps) {
          const { accent, soft, on, text } = accentColours([r, g, b], scheme);
          assert.ok(contrast(on, accent) >= 4.5, `on ${accent}`);
          assert.ok(contrast(text, soft) >= 4.5, `in ${accent}, ${scheme}`);
        }
  }
});

test("messages that are not ours are nothing", () => {
  const good = { askus: 1, type: "prefill", text: undefined, fields: { name: "М" } };
  assert.deepEqual(parseMessage(good), good);
  const bad = [
    null,
    undefined,
    1,
    "open",
    [],
    {},
    { askus: 2, type: "open" },
    { askus: 1 },
    { askus: 1, type: 3 },
  ];
  const worse = [{ text: 5 }, { fields: 1 }, { fields: null }, { fields: { a: 1 } }].map(
    (more) => ({ askus: 1, type: "open", ...more }),
  );
  for (const data of [...bad, ...worse])
    assert.equal(parseMessage(data), null, JSON.stringify(data));
});

test("storage: lasting, blocked, full", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const works = {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) =>
      void kept.set(name, value),
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
  const full = {
    ...works,
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  /** @param {object | null} lasting */
  const open = (lasting) =>
    openStorage("demo", () => {
      if (!lasting) throw new Error("SecurityError");
      return /** @type {Storage} */ (lasting);
    });
  for (const [lasting, survives] of /** @type {const} */ ([
    [works, true],
    [null, false],
    [full, false],
  ])) {
    const storage = open(lasting);
    assert.equal(storage.set("draft", "text"), survives);
    assert.equal(storage.get("draft"), "text");
    assert.equal(open(lasting).get("draft"), survives ? "text" : "");
    storage.set("draft", "");
    assert.equal(storage.get("draft") + open(lasting).get("draft"), "");
  }
  kept.set("askus.demo.version", "3");
  assert.equal(open(works).get("version"), "3");
  assert.deepEqual([...kept.keys()], ["askus.demo.version"]);
  // Two tabs: what the other wrote is seen, whether or not this one could store its own.
  const [here, there] = [open(works), open(works)];
  here.set("version", "4");
  there.set("version", "5");
  assert.equal(here.get("version"), "5");
  const stuck = open(full);
  assert.equal(stuck.set("version", "6"), false);
  assert.equal(stuck.get("version"), "6");
  there.set("version", "7");
  assert.equal(stuck.get("version"), "7");
});
