// A site's tags as the pages use them: titles in the language that is spoken, from the top down.
import { call, ofSite } from "./api.js";
import { spoken } from "./texts.js";

/**
 * @typedef {object} Tag
 * @property {string} id
 * @property {string} parent
 * @property {string} name
 * @property {string} path
 * @property {Record<string, string>} titles
 * @property {string[]} words
 * @property {boolean} joined to concepts of the lexicon
 * @property {boolean} retired
 * @property {string} merged
 * @property {number} requests
 */

/** @param {Tag} tag */
export const titleOf = (tag) =>
  tag.titles[spoken()] ?? tag.titles.en ?? Object.values(tag.titles)[0] ?? tag.name;

export class Tags {
  /** @param {Tag[]} list */
  constructor(list) {
    this.all = new Map(list.map((tag) => [tag.id, tag]));
  }

  /** What a request's tag is called; of one that has gone, nothing. @param {string} id */
  title(id) {
    const tag = this.all.get(id);
    return tag ? titleOf(tag) : "";
  }

  /** The titles from the top down. @param {string} id */
  trail(id) {
    /** @type {string[]} */
    const titles = [];
    for (let tag = this.all.get(id); tag && titles.length < 10; tag = this.all.get(tag.parent))
      titles.unshift(titleOf(tag));
    return titles.join(" › ");
  }

  /** Those below one, by title. @param {string} parent */
  below(parent) {
    return [...this.all.values()]
      .filter((tag) => tag.parent === parent && !tag.merged)
      .sort((a, b) => titleOf(a).localeCompare(titleOf(b), spoken()));
  }

  /**
   * For a combobox, by trail.
   * @param {(tag: Tag) => boolean} wanted
   * @returns {import("./combobox.js").Option[]}
   */
  options(wanted) {
    return [...this.all.values()]
      .filter((tag) => !tag.merged && wanted(tag))
      .map((tag) => ({
        value: tag.id,
        text: this.trail(tag.id),
        more: [tag.path, ...Object.values(tag.titles)].join(" "),
      }))
      .sort((a, b) => a.text.localeCompare(b.text, spoken()));
  }

  /** @param {string} id @param {string} above */
  isBelow(id, above) {
    for (let tag = this.all.get(id), n = 0; tag && n < 10; tag = this.all.get(tag.parent), n += 1)
      if (tag.id === above) return true;
    return false;
  }
}

/** @param {string} site */
export async function readTags(site) {
  const answer = await call("GET", ofSite(site, "tags"));
  return new Tags(answer.json ?? []);
}
