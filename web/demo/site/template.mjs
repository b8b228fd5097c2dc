// The templates of the demo site. A page is HTML with these marks:
//   {{a.b}}                     the text at that key, escaped for HTML
//   {{#each list}}…{{/each}}    once per item; the item's own keys come first, {{.}} is the item itself
//   {{#if flag}}…{{/if}}        kept when the flag is true; {{#unless flag}} when it is not
//   {{> name}}                  another template in its place
//   {{svg name}}                a picture of art/, inline
// A key that is not there is an error: nothing is ever silently empty.

/** @typedef {{ [key: string]: any }} View */
/** @typedef {{ templates: Record<string, string>, art: Record<string, string>, where: string }} Sources */

const NBSP = "\u00a0";
const NB_HYPHEN = "\u2011";
const WORD_JOINER = "\u2060";

/**
 * @param {string} name the template to start from
 * @param {Record<string, string>} templates
 * @param {Record<string, string>} art
 * @param {View} view
 * @param {string} where the file a missing key belongs in, for the message
 * @returns {string}
 */
export function render(name, templates, art, view, where) {
  return renderTemplate(name, { templates, art, where }, [view]) + "\n";
}

/**
 * @param {string} name
 * @param {Sources} sources
 * @param {any[]} scopes innermost last
 * @returns {string}
 */
function renderTemplate(name, sources, scopes) {
  const source = sources.templates[name];
  if (source === undefined) throw new Error(`demo site: there is no pages/${name}.html`);
  // Odd places of the split are the marks, even ones the HTML between them.
  return renderBlock(source.split(/\{\{(.+?)\}\}/), 0, name, sources, scopes).html;
}

/**
 * Renders from `start` up to the mark that closes the block, or to the end.
 * @param {string[]} parts
 * @param {number} start
 * @param {string} name
 * @param {Sources} sources
 * @param {any[] | null} scopes null: only look for the end
 * @returns {{ html: string, end: number }}
 */
function renderBlock(parts, start, name, sources, scopes) {
  let html = "";
  for (let at = start; at < parts.length; at++) {
    if (at % 2 === 0) {
      html += parts[at];
      continue;
    }
    const [word, argument = ""] = parts[at].trim().split(/\s+/);
    if (word.startsWith("/")) return { html, end: at };
    if (word.startsWith("#")) {
      const { end } = renderBlock(parts, at + 1, name, sources, null);
      for (const inner of scopes ? innerScopes(word, argument, name, sources, scopes) : []) {
        html += renderBlock(parts, at + 1, name, sources, inner).html;
      }
      at = end;
    } else if (scopes) {
      html += renderMark(word, argument, name, sources, scopes);
    }
  }
  return { html, end: parts.length };
}

/**
 * The scopes to render a block's inside with: none to leave it out, several for a list.
 * @param {string} word
 * @param {string} key
 * @param {string} name
 * @param {Sources} sources
 * @param {any[]} scopes
 * @returns {any[][]}
 */
function innerScopes(word, key, name, sources, scopes) {
  const value = lookUp(key, name, sources, scopes);
  if (word === "#each") return value.map((/** @type {any} */ item) => [...scopes, item]);
  if (word === "#if") return value ? [scopes] : [];
  if (word === "#unless") return value ? [] : [scopes];
  throw new Error(`demo site: pages/${name}.html has an unknown block {{${word}}}`);
}

/**
 * @param {string} word
 * @param {string} argument
 * @param {string} name
 * @param {Sources} sources
 * @param {any[]} scopes
 * @returns {string}
 */
function renderMark(word, argument, name, sources, scopes) {
  if (word === ">") return renderTemplate(argument, sources, scopes);
  if (word === "svg") {
    if (sources.art[argument] === undefined)
      throw new Error(`demo site: there is no art/${argument}.svg`);
    return sources.art[argument];
  }
  const value = lookUp(word, name, sources, scopes);
  if (typeof value !== "string" && typeof value !== "number") {
    throw new Error(`demo site: "${word}", used in pages/${name}.html, is not a text`);
  }
  return escapeHtml(String(value));
}

/**
 * @param {string} key
 * @param {string} name
 * @param {Sources} sources
 * @param {any[]} scopes
 * @returns {any}
 */
function lookUp(key, name, sources, scopes) {
  if (key === ".") return scopes[scopes.length - 1];
  const [first, ...rest] = key.split(".");
  const scope = [...scopes].reverse().find((one) => typeof one === "object" && first in one);
  const value = rest.reduce((node, step) => node?.[step], scope?.[first]);
  if (value === undefined) {
    throw new Error(
      `demo site: "${key}", used in pages/${name}.html, is missing: add it to ${sources.where}`,
    );
  }
  return value;
}

/** @param {string} text */
function escapeHtml(text) {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/**
 * Throws when `other` lacks a key of `model`, or has another number of items in a list.
 * @param {any} model
 * @param {any} other
 * @param {string} modelFile
 * @param {string} otherFile
 * @param {string} [path] where in the files the two stand
 */
export function assertSameShape(model, other, modelFile, otherFile, path = "") {
  if (typeof model !== typeof other || Array.isArray(model) !== Array.isArray(other)) {
    const problem = other === undefined ? "lacks" : "has a value of another kind at";
    throw new Error(`demo site: ${otherFile} ${problem} "${path}", which ${modelFile} has`);
  }
  if (typeof model !== "object") return;
  if (Array.isArray(model) && model.length !== other.length) {
    throw new Error(
      `demo site: "${path}" has ${other.length} items in ${otherFile} and ${model.length} in ${modelFile}`,
    );
  }
  for (const key of Object.keys(model)) {
    assertSameShape(model[key], other[key], modelFile, otherFile, path ? `${path}.${key}` : key);
  }
}

/**
 * Keeps together what a line must not break: a number and its unit (but not a time of day and what
 * follows), a short Ukrainian or Russian word and the next, a dash and the word before it, the
 * parts of a hyphenated word and of a unit such as Mbit/s.
 * @param {any} node texts, nested
 * @returns {any} the same with no-break characters
 */
export function typography(node) {
  if (typeof node === "string") {
    return node
      .replace(/((?<!:\d)\d|\{(?:channels|backupHours)\}) (?=\S)/g, `$1${NBSP}`)
      .replace(/(?<![\p{L}\p{N}]|\d\u00a0)(\p{Script=Cyrillic}\p{Ll}?) (?=\S)/gu, `$1${NBSP}`)
      .replace(/ ([–—])/g, `${NBSP}$1`)
      .replace(/(?<=\p{L})-(?=\p{L})/gu, NB_HYPHEN)
      .replace(/(?<=\p{L})\/(?=\p{L})/gu, `/${WORD_JOINER}`);
  }
  if (Array.isArray(node)) return node.map(typography);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, typography(value)]));
}
