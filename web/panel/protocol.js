// The JavaScript side of docs/panel-protocol.md: numbers of roles, events and flags, string lists,
// and the decoding of what the core draws. widget/view/view.h is the C++ side.

export const REGION = 1;
export const HEADING = 2;
export const TEXT = 3;
export const RUN = 4;
export const LINK = 5;
export const BUTTON = 6;
export const FIELD = 7;
export const CHOICES = 8;
export const CHOICE = 9;
export const CHECK = 10;
export const LIST = 11;
export const ITEM = 12;
export const OPTIONS = 13;
export const OPTION = 14;
export const STATUS = 15;
export const ALERT = 16;
export const ICON = 17;
export const AVATAR = 18;
export const PROGRESS = 19;
export const TIME = 20;
export const HONEYPOT = 21;
export const PICTURE = 22;
export const SLOT = 23;

export const DISABLED = 1;
export const SELECTED = 2;
export const REQUIRED = 4;
export const INVALID = 8;
export const MULTILINE = 16;
export const MARK = 32;
export const STRONG = 64;
export const BUSY = 128;
export const EXPANDED = 256;
export const HIDDEN_LABEL = 512;
export const OTHER_LANGUAGE = 1024;

export const EVENT_START = 1;
export const EVENT_INPUT = 2;
export const EVENT_PRESS = 3;
export const EVENT_CHOOSE = 4;
export const EVENT_TOGGLE = 5;
export const EVENT_KEY = 6;
export const EVENT_VISIBLE = 7;
export const EVENT_SNAPSHOT_FAILED = 8;
export const EVENT_SENT = 9;
export const EVENT_SEND_FAILED = 10;
export const EVENT_OPEN = 11;
export const EVENT_PREFILL = 12;
export const EVENT_RESTORE = 13;
export const EVENT_ONLINE = 14;
export const EVENT_FORGET = 15;

export const NODE_BYTES = 40;
export const OUTPUT_WORDS = 8;

/**
 * One node of the view.
 * @typedef {object} ViewNode
 * @property {number} role
 * @property {number} depth
 * @property {number} flags
 * @property {number} key
 * @property {number} text number of an interface text, 0: none
 * @property {number} style
 * @property {number} number
 * @property {string} label
 * @property {string} value
 * @property {string} extra
 */

/** @typedef {{name: string, args: string[]}} Effect */

/**
 * What one call of the core gave.
 * @typedef {object} Output
 * @property {ViewNode[] | null} nodes null: the view has not changed
 * @property {Effect[]} effects
 * @property {number} revision
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A string list: each string as its size (u32) and its bytes.
 * @param {readonly string[]} strings
 * @returns {Uint8Array}
 */
export function encodeStrings(strings) {
  const parts = strings.map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}

/**
 * The strings of a string list; a size that reaches past the end throws.
 * @param {Uint8Array} bytes
 * @returns {string[]}
 */
export function decodeStrings(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) throw new RangeError("string list: size past the end");
    strings.push(decoder.decode(bytes.subarray(at + 4, end)));
    at = end;
  }
  return strings;
}

/**
 * Reads the output at `address`. Copies everything: it is only valid until the next call.
 * @param {ArrayBuffer} memory
 * @param {number} address
 * @param {number} lastRevision of the view that is drawn
 * @returns {Output}
 */
export function decodeOutput(memory, address, lastRevision) {
  const [nodesAt, count, stringsAt, stringsSize, effectsAt, effectsSize, revision] =
    new Uint32Array(memory, address, OUTPUT_WORDS);
  const effects = decodeEffects(new Uint8Array(memory, effectsAt, effectsSize));
  if (revision === lastRevision) return { nodes: null, effects, revision };
  const strings = new Uint8Array(memory, stringsAt, stringsSize);
  const view = new DataView(memory, nodesAt, count * NODE_BYTES);
  const nodes = Array.from({ length: count }, (_, i) => decodeNode(view, i * NODE_BYTES, strings));
  return { nodes, effects, revision };
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {Uint8Array} strings
 * @returns {ViewNode}
 */
function decodeNode(view, at, strings) {
  /** @param {number} offset */
  const string = (offset) => {
    const start = view.getUint32(at + offset, true);
    const end = start + view.getUint32(at + offset + 4, true);
    if (end > strings.length) throw new RangeError("node: string past the end");
    return decoder.decode(strings.subarray(start, end));
  };
  return {
    role: view.getUint8(at),
    depth: view.getUint8(at + 1),
    flags: view.getUint16(at + 2, true),
    key: view.getUint32(at + 4, true),
    text: view.getUint16(at + 8, true),
    style: view.getUint16(at + 10, true),
    number: view.getInt32(at + 12, true),
    label: string(16),
    value: string(24),
    extra: string(32),
  };
}

/**
 * @param {Uint8Array} bytes
 * @returns {Effect[]}
 */
function decodeEffects(bytes) {
  const strings = decodeStrings(bytes);
  const effects = [];
  for (let at = 0; at < strings.length;) {
    const count = Number(strings[at + 1]);
    const end = at + 2 + count;
    if (!Number.isInteger(count) || count < 0 || end > strings.length) {
      throw new RangeError(`effect ${strings[at]}: wrong number of arguments`);
    }
    effects.push({ name: strings[at], args: strings.slice(at + 2, end) });
    at = end;
  }
  return effects;
}

/**
 * Flat pairs as a map; the last of a repeated name counts.
 * @param {readonly string[]} strings
 * @returns {Map<string, string>}
 */
export function pairs(strings) {
  const map = new Map();
  for (let i = 0; i + 1 < strings.length; i += 2) map.set(strings[i], strings[i + 1]);
  return map;
}
