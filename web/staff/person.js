// People as the page shows them.
import { h } from "./dom.js";

/**
 * @typedef {object} SiteOfMine
 * @property {string} site
 * @property {string} role
 * @property {string[]} rights
 * @property {string[]} categories
 */
/**
 * @typedef {object} Me
 * @property {string} id
 * @property {string} email
 * @property {string} name
 * @property {string} position
 * @property {string} picture
 * @property {string} language
 * @property {boolean} one_time_codes
 * @property {SiteOfMine[]} sites
 */
/**
 * @typedef {object} Colleague
 * @property {string} id
 * @property {string} name
 * @property {string} position
 * @property {string} picture
 * @property {string} role
 * @property {boolean} active
 * @property {string[]} categories
 * @property {string} [email]
 * @property {boolean} [one_time_codes]
 */

/** The first letters of a name. @param {string} name */
const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();

/** A picture, or the initials; the name stands beside it. @param {{name: string, picture: string}} who */
export const avatar = (who) =>
  who.picture
    ? h("img", { class: "avatar", src: `/v1/pictures/${who.picture}`, alt: "" })
    : h("span", { class: "avatar", "aria-hidden": "true" }, initials(who.name));
