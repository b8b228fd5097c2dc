// Builds the demo provider's website: three pages in three languages, plain HTML and one stylesheet.
// Run: node web/demo/site/build.mjs OUTDIR [ORIGIN]
// What the company sells is in facts.json, what it says in texts/, how it looks in pages/, art/ and style/.

import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { assertSameShape, render, typography } from "./template.mjs";

/** @typedef {import("./template.mjs").View} View */
/** @typedef {{ code: string, short: string, name: string, root: string }} Language */
/** @typedef {{ name: string, file: string, path: string }} Page */

const HERE = dirname(fileURLToPath(import.meta.url));

/** The first language is the default: it lives at the root and is what the others are checked against.
 * @type {Language[]} */
const LANGUAGES = [
  { code: "uk", short: "Укр", name: "Українська", root: "" },
  { code: "ru", short: "Рус", name: "Русский", root: "/ru" },
  { code: "en", short: "Eng", name: "English", root: "/en" },
];

/** @type {Page[]} */
const PAGES = [
  { name: "home", file: "index.html", path: "/" },
  { name: "tariffs", file: "tariffs.html", path: "/tariffs.html" },
  { name: "help", file: "help.html", path: "/help.html" },
];

const STATIC_FILES = ["icon.svg"];

/**
 * Writes the site to `outDir`, which is made if it is not there; other files in it are left alone.
 * Throws an Error naming the file and the key when a text is missing.
 * @param {string} outDir
 * @param {string} [origin] such as "https://vulyk.example", put before canonical and hreflang
 *   addresses; without it they are relative to the host that serves the page
 * @returns {Promise<string[]>} the files written, relative to `outDir`
 */
export async function build(outDir, origin = "") {
  const facts = await readFacts();
  const templates = await readFolder("pages", ".html");
  const art = await readFolder("art", ".svg");
  const texts = await readTexts();
  const written = [];

  for (const language of LANGUAGES) {
    for (const page of PAGES) {
      const view = makeView(facts, texts[language.code], language, page, origin);
      const where = `texts/${language.code}.json or facts.json`;
      const html = render("layout", { ...templates, main: templates[page.name] }, art, view, where);
      const file = join("." + language.root, page.file);
      await mkdir(dirname(join(outDir, file)), { recursive: true });
      await writeFile(join(outDir, file), html);
      written.push(file);
    }
  }
  for (const file of STATIC_FILES) {
    await copyFile(join(HERE, file), join(outDir, file));
    written.push(file);
  }
  const sheets = (await readdir(join(HERE, "style"))).sort();
  const style = await Promise.all(
    sheets.map((file) => readFile(join(HERE, "style", file), "utf8")),
  );
  await writeFile(join(outDir, "site.css"), style.join("\n"));
  written.push("site.css");
  return written;
}

/**
 * Everything a page can name: the texts, the facts, and what follows from the two.
 * @param {any} facts
 * @param {any} texts
 * @param {Language} language
 * @param {Page} page
 * @param {string} origin
 * @returns {View}
 */
function makeView(facts, texts, language, page, origin) {
  /** @param {number} amount */
  const money = (amount) => texts.money.replace("{n}", String(amount));
  const plans = facts.plans.map((/** @type {any} */ plan) => ({
    ...plan,
    ...texts.plans[plan.id],
    unit: texts.units[plan.unit],
    price: money(plan.price),
    priceWithTv: money(plan.price + facts.tv.price),
  }));
  /** @param {string[]} ids */
  const topics = (ids) => ids.map((id) => ({ id, ...texts.topics[id] }));
  /** @type {Record<string, string | number>} */
  const values = {
    phone: facts.phone,
    opens: facts.opens,
    closes: facts.closes,
    backupHours: facts.backupHours,
    channels: facts.tv.channels,
    tvPrice: money(facts.tv.price),
    fromPrice: plans[0].price,
  };
  return /** @type {View} */ (
    fill(
      {
        ...texts,
        facts,
        plans,
        topics: topics(facts.topics),
        tariffTopics: topics(facts.tariffTopics),
        footerTopics: topics(facts.footerTopics),
        lang: language.code,
        root: language.root,
        meta: texts[page.name].meta,
        canonical: origin + language.root + page.path,
        defaultAddress: origin + LANGUAGES[0].root + page.path,
        translations: LANGUAGES.map((other) => ({
          ...other,
          path: other.root + page.path,
          address: origin + other.root + page.path,
          current: other === language,
        })),
        navLinks: PAGES.map((other) => ({
          href: language.root + other.path,
          label: texts.nav[other.name],
          current: other === page,
        })),
      },
      values,
      language.code,
    )
  );
}

/**
 * Puts facts such as {phone} into the strings of `node`.
 * @param {any} node
 * @param {Record<string, string | number>} values
 * @param {string} code the language, for the message
 * @returns {any}
 */
function fill(node, values, code) {
  if (typeof node === "string") {
    return node.replace(/\{(\w+)\}/g, (_, name) => {
      if (name === "n") return "{n}";
      if (name in values) return String(values[name]);
      throw new Error(
        `demo site: texts/${code}.json uses {${name}}; known are {${Object.keys(values).join("}, {")}}`,
      );
    });
  }
  if (Array.isArray(node)) return node.map((item) => fill(item, values, code));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, fill(value, values, code)]),
  );
}

/** @returns {Promise<any>} what is the same in every language */
async function readFacts() {
  const facts = await readJson("facts.json");
  return { ...facts, phone: typography(facts.phone) };
}

/** @returns {Promise<Record<string, any>>} texts by language code, all of one shape */
async function readTexts() {
  /** @type {Record<string, any>} */
  const texts = {};
  for (const { code } of LANGUAGES) texts[code] = typography(await readJson(`texts/${code}.json`));
  const first = LANGUAGES[0].code;
  for (const { code } of LANGUAGES.slice(1)) {
    assertSameShape(texts[first], texts[code], `texts/${first}.json`, `texts/${code}.json`);
    assertSameShape(texts[code], texts[first], `texts/${code}.json`, `texts/${first}.json`);
  }
  return texts;
}

/**
 * @param {string} file
 * @returns {Promise<any>}
 */
async function readJson(file) {
  const source = await readFile(join(HERE, file), "utf8");
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new Error(
      `demo site: ${file} is not valid JSON: ${/** @type {Error} */ (error).message}`,
    );
  }
}

/**
 * @param {string} folder
 * @param {string} extension
 * @returns {Promise<Record<string, string>>} contents by file name without the extension
 */
async function readFolder(folder, extension) {
  const names = (await readdir(join(HERE, folder))).filter((name) => name.endsWith(extension));
  const contents = names.map(async (name) => [
    name.slice(0, -extension.length),
    (await readFile(join(HERE, folder, name), "utf8")).trim(),
  ]);
  return Object.fromEntries(await Promise.all(contents));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [outDir, origin] = process.argv.slice(2);
  if (!outDir) {
    console.error("usage: node web/demo/site/build.mjs OUTDIR [ORIGIN]");
    process.exit(2);
  }
  try {
    const written = await build(outDir, origin);
    console.log(`demo site: ${written.length} files in ${outDir}`);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}
