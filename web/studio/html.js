// HTML by parse5 (WHATWG), as shared/faq/html.h takes it: an open, its children, a close.
import { parse } from "parse5";

/** kHtmlAttributes of shared/faq/html.h, in its order. */
const ATTRIBUTES = ["alt", "href", "lang", "src", "start", "type"];

/**
 * @typedef {object} Sink
 * @property {(which: number, text: string) => void} attribute before its element's open
 * @property {(name: string) => void} open
 * @property {(name: string) => void} close
 * @property {(text: string) => void} text
 */

/** @typedef {import("parse5").DefaultTreeAdapterTypes.ChildNode} Node */

/**
 * Without recursion: a document may be thousands of elements deep.
 * @param {string} html
 * @param {Sink} to
 */
export function readHtml(html, to) {
  /** @type {({node: Node} | {close: string})[]} what is still to be told, the next one last */
  const rest = [];
  /** @param {Node[]} nodes */
  const push = (nodes) => {
    for (let i = nodes.length - 1; i >= 0; i -= 1) rest.push({ node: nodes[i] });
  };
  push(parse(html).childNodes);
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ("close" in next) {
      to.close(next.close);
    } else if ("value" in next.node) {
      to.text(next.node.value);
    } else if ("tagName" in next.node) {
      const { tagName, attrs, childNodes } = next.node;
      for (const { name, value } of attrs) {
        const which = ATTRIBUTES.indexOf(name);
        if (which >= 0) to.attribute(which, value);
      }
      to.open(tagName);
      rest.push({ close: tagName });
      push("content" in next.node ? next.node.content.childNodes : childNodes);
    }
  }
}
