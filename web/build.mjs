// Builds what browsers load:  node web/build.mjs --wasm DIR --out DIR
// DIR of --wasm holds askus_core.wasm and, once built, askus_skin.wasm. Out come ask.js, ask-more.js, askus.d.ts,
// panel.html,
// assets/<name>.<hash>.<ext>, texts/<language>.json and assets.json, each with .br and .gz beside.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const WEB = dirname(fileURLToPath(import.meta.url));
const HASH_DIGITS = 12;
/** Of the loader's version: fewer, for it is in the 2 KB. */
const VERSION_DIGITS = 6;
const TARGETS = ["chrome105", "firefox115", "safari16"];
/** Texts that the page itself needs, by name. */
const PAGE_TEXTS = ["load_failed", "optional", "opens_new_tab"];
/** shared/lexicon/builtin.cpp, in its order. */
const LEXICON = ["general", "devices", "telecom", "bank", "shop", "city"];
const PLURALS = new Set(["zero", "one", "two", "few", "many", "other"]);

/** @param {string} out @param {string} name @param {Uint8Array | string} content */
function write(out, name, content) {
  const bytes = Buffer.from(content);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  mkdirSync(dirname(join(out, name)), { recursive: true });
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params }));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}

/** @param {Uint8Array | string} content @param {number} digits */
const hashOf = (content, digits) =>
  createHash("sha256").update(content).digest("hex").slice(0, digits);

/** Writes under a name that holds the content's hash. @returns {string} that name */
function writeHashed(
  /** @type {string} */ out,
  /** @type {string} */ name,
  /** @type {Uint8Array | string} */ content,
) {
  const hash = hashOf(content, HASH_DIGITS);
  const dot = name.lastIndexOf(".");
  const hashed = `assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  write(out, hashed, content);
  return hashed;
}

/**
 * One entry, bundled and minified, as text.
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} [options]
 */
async function bundle(entry, options = {}) {
  const result = await build({
    entryPoints: [join(WEB, entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    legalComments: "none",
    format: "esm",
    target: TARGETS,
    ...options,
  });
  const [output] = result.outputFiles ?? [];
  return output.text;
}

/** Names of the interface texts in the order of their numbers, 1 first. */
export function textNames() {
  const def = readFileSync(join(WEB, "../widget/view/texts.def"), "utf8");
  return [...def.matchAll(/^ASKUS_TEXT\((\w+)\)/gm)].map(([, name]) => name);
}

/**
 * What is wrong with a language's texts; empty: nothing.
 * @param {Record<string, any>} texts
 * @param {string[]} names
 * @param {string} language
 */
export function checkTexts(texts, names, language) {
  const known = new Set([...names, "languages"]);
  const problems = [...known].filter((name) => !(name in texts)).map((name) => `missing: ${name}`);
  problems.push(
    ...Object.keys(texts)
      .filter((n) => !known.has(n))
      .map((n) => `unknown: ${n}`),
  );
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const name of names) {
    if (typeof texts[name] !== "object") continue;
    const has = Object.keys(texts[name]);
    problems.push(...forms.filter((f) => !has.includes(f)).map((f) => `missing: ${name}.${f}`));
    problems.push(...has.filter((f) => !PLURALS.has(f)).map((f) => `unknown: ${name}.${f}`));
  }
  return problems;
}

/** The tables of texts.js, by language. @param {string} out */
function writeTexts(out) {
  const names = textNames();
  /** @type {Record<string, string>} */
  const files = {};
  for (const file of readdirSync(join(WEB, "panel/texts")).sort()) {
    const language = file.replace(/\.json$/, "");
    const texts = JSON.parse(readFileSync(join(WEB, "panel/texts", file), "utf8"));
    const problems = checkTexts(texts, names, language);
    if (problems.length > 0) throw new Error(`texts/${file}: ${problems.join(", ")}`);
    const table = {
      list: ["", ...names.map((name) => texts[name])],
      languages: texts.languages,
      page: Object.fromEntries(PAGE_TEXTS.map((name) => [name, texts[name]])),
    };
    files[language] = `texts/${file}`;
    write(out, files[language], JSON.stringify(table));
  }
  return files;
}

/**
 * The texts of a part that has them by name, by language; each has every text, and no other.
 * @param {string} part
 * @returns {Record<string, Record<string, unknown>>}
 */
function namedTexts(part) {
  const folder = join(WEB, part, "texts");
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(folder, file), "utf8"));
  const names = Object.keys(read("en.json"));
  /** @type {Record<string, Record<string, unknown>>} */
  const all = {};
  for (const file of readdirSync(folder).sort()) {
    const language = file.replace(/\.json$/, "");
    all[language] = read(file);
    const problems = checkTexts({ ...all[language], languages: {} }, names, language);
    if (problems.length > 0) throw new Error(`${part}/texts/${file}: ${problems.join(", ")}`);
  }
  return all;
}

/** The same, a file a language: their addresses. @param {string} out @param {string} part */
function writeNamedTexts(out, part) {
  return Object.fromEntries(
    Object.entries(namedTexts(part)).map(([language, texts]) => [
      language,
      writeHashed(out, `${part}-${language}.json`, JSON.stringify(texts)),
    ]),
  );
}

/** What the compiler's rules mean, where the page speaks another language than the compiler. */
function withRules(/** @type {string} */ language, /** @type {Record<string, unknown>} */ texts) {
  const file = join(WEB, "studio/rules", `${language}.json`);
  if (!existsSync(file)) return texts;
  const rules = Object.entries(JSON.parse(readFileSync(file, "utf8")));
  return { ...texts, ...Object.fromEntries(rules.map(([rule, text]) => [`rule_${rule}`, text])) };
}

/** Texts of screens that are fetched when somebody opens them; the way there has its own. */
const LATER_TEXTS =
  /^((report|dept)_(?!nav$)|(act|audit|key|watch)_|audit$|keys|list_failed$|tags_(tree|hint|ready_made|new|change|requests|retire|title|name|parent|top|words|joined|merge|into)|invit(?!ation(_|$))|withdraw|(codes|sessions|picture(_choose)?|about_you|password_(change|changed|now|ends_sessions)|log_out.*)$|codes_)/;

/**
 * The staff's texts in two files a language, their addresses by language.
 * @param {string} out @param {string} name @param {(text: string) => boolean} wanted
 */
const writeStaffTexts = (out, name, wanted) =>
  Object.fromEntries(
    Object.entries(namedTexts("staff")).map(([language, texts]) => [
      language,
      `/${writeHashed(
        out,
        `${name}-${language}.json`,
        JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([key]) => wanted(key)))),
      )}`,
    ]),
  );

/**
 * The staff's script, in pieces: what everybody needs, and the screens of those who manage. What is
 * shared by several of them is in staff-chunk files.
 * @param {string} out
 * @returns {Promise<{script: string, shared: string[]}>} addresses
 */
async function writeStaffScript(out) {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, "staff/staff.js")],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    legalComments: "none",
    format: "esm",
    target: TARGETS,
    splitting: true,
    outdir: join(out, "assets"),
    entryNames: "staff.[hash]",
    chunkNames: "staff-[name].[hash]",
  });
  const names = outputFiles.map(({ path, text }) => {
    const name = `assets/${basename(path)}`;
    write(out, name, text);
    return name;
  });
  return {
    script: names.find((name) => name.startsWith("assets/staff.")) ?? "",
    shared: names.filter((name) => name.startsWith("assets/staff-chunk.")),
  };
}

/** The page of those who answer; it names its own assets. @param {string} out */
async function writeStaff(out) {
  const config = {
    texts: writeStaffTexts(out, "staff", (key) => !LATER_TEXTS.test(key)),
    later_texts: writeStaffTexts(out, "staff-later", (key) => LATER_TEXTS.test(key)),
    later_style: `/${writeHashed(out, "staff-later.css", await bundle("staff/later.css"))}`,
  };
  const { script, shared } = await writeStaffScript(out);
  const style = writeHashed(out, "staff.css", await bundle("staff/staff.css"));
  const html = readFileSync(join(WEB, "staff/staff.html"), "utf8")
    .replace("{{style}}", `/${style}`)
    .replace("{{script}}", `/${script}`)
    .replace(
      "{{shared}}",
      shared.map((name) => `<link rel="modulepreload" href="/${name}" />`).join(""),
    )
    .replace("{{config}}", JSON.stringify(config).replace(/</g, "\\u003c"));
  write(out, "staff.html", html.replace(/\n\s+/g, "\n"));
}

/** The texts of the form without JavaScript: the panel's own, and a few more. @param {string} out */
function writeForm(out) {
  const read = (/** @type {string} */ path) => JSON.parse(readFileSync(join(WEB, path), "utf8"));
  const texts = Object.fromEntries(
    readdirSync(join(WEB, "form/texts"))
      .sort()
      .map((file) => [
        file.replace(/\.json$/, ""),
        { ...read(`panel/texts/${file}`), ...read(`form/texts/${file}`) },
      ]),
  );
  writeFileSync(join(out, "texts/form.json"), JSON.stringify(texts));
  return "texts/form.json";
}

/** The texts of the pages for social networks. @param {string} out */
function writeSocial(out) {
  const folder = join(WEB, "social/texts");
  const texts = readdirSync(folder)
    .sort()
    .map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(folder, file), "utf8")),
    ]);
  writeFileSync(join(out, "texts/social.json"), JSON.stringify(Object.fromEntries(texts)));
  return "texts/social.json";
}

/** The studio: its page, worker, compiler and texts. @param {string} wasm @param {string} out */
async function writeStudio(wasm, out) {
  const texts = Object.fromEntries(
    Object.entries(namedTexts("studio")).map(([tag, all]) => [tag, withRules(tag, all)]),
  );
  const lexicon = LEXICON.map((name) => readFileSync(join(WEB, `../shared/lexicon/${name}.txt`)));
  const config = {
    worker: writeHashed(out, "studio-worker.js", await bundle("studio/worker.js")),
    wasm: writeHashed(out, "studio.wasm", readFileSync(join(wasm, "askus_studio.wasm"))),
    lexicon: writeHashed(out, "lexicon.txt", Buffer.concat(lexicon)),
    preview_more: writeHashed(out, "preview-more.js", await bundle("studio/preview-more.js")),
    texts: writeHashed(out, "studio-texts.json", JSON.stringify(texts)),
  };
  /** @type {Record<string, string>} */
  const slots = {
    style: `/${writeHashed(out, "studio.css", await bundle("studio/studio.css"))}`,
    script: `/${writeHashed(out, "studio.js", await bundle("studio/studio.js"))}`,
    config: JSON.stringify(
      Object.fromEntries(Object.entries(config).map(([name, path]) => [name, `/${path}`])),
    ),
  };
  const html = readFileSync(join(WEB, "studio/studio.html"), "utf8");
  write(
    out,
    "studio.html",
    html.replace(/\{\{(\w+)\}\}/g, (_, slot) => slots[slot]),
  );
}

/**
 * The loader names the version of its second half in an address that is always answered: a copy of
 * the loader that a browser or an optimiser has kept finds the second half of today.
 * @param {string} out
 */
async function writeLoader(out) {
  const more = await bundle("loader/more.js");
  const files = ["ask.js", "askus.d.ts"].map((name) => readFileSync(join(WEB, "loader", name)));
  const VERSION = JSON.stringify(
    hashOf(Buffer.concat([Buffer.from(more), ...files]), VERSION_DIGITS),
  );
  write(out, "ask-more.js", more);
  const loader = { bundle: false, format: undefined, define: { VERSION }, tsconfigRaw: "{}" };
  write(out, "ask.js", await bundle("loader/ask.js", loader));
  writeFileSync(join(out, "askus.d.ts"), files[1]);
}

/** @param {string} wasm @param {string} out */
async function main(wasm, out) {
  rmSync(out, { recursive: true, force: true });
  const core = join(wasm, "askus_core.wasm");
  const skin = join(wasm, "askus_skin.wasm");
  const skinScript = "skin/skin.js";
  /** @type {Record<string, string | object>} */
  const assets = {
    core: writeHashed(out, "core.wasm", readFileSync(core)),
    panel_script: writeHashed(out, "panel.js", await bundle("panel/panel.js")),
    panel_style: writeHashed(out, "panel.css", await bundle("panel/panel.css")),
    verify_script: writeHashed(out, "verify.js", await bundle("panel/verify-fallback.js")),
  };
  // The module lies within its script: one request when work is asked for, none otherwise.
  const work = {
    loader: { ".wasm": "binary" },
    alias: { "askus-work": join(wasm, "askus_work_module.wasm") },
  };
  assets.work_script = writeHashed(
    out,
    "work.js",
    await bundle("work/work.js", /** @type {import("esbuild").BuildOptions} */ (work)),
  );
  if (existsSync(skin) && existsSync(join(WEB, skinScript))) {
    assets.skin = writeHashed(out, "skin.wasm", readFileSync(skin));
    assets.skin_script = writeHashed(out, "skin.js", await bundle(skinScript));
  }
  // What comes after the first answer: fetched when the panel is usable, and when it is needed.
  const options = { loader: { ".css": "text" } };
  assets.more_script = writeHashed(
    out,
    "more.js",
    await bundle("more/more.js", /** @type {import("esbuild").BuildOptions} */ (options)),
  );
  assets.pictures_script = writeHashed(out, "pictures.js", await bundle("pictures/pictures.js"));
  assets.texts = writeTexts(out);
  assets.more_texts = writeNamedTexts(out, "more");
  assets.form_texts = writeForm(out);
  assets.social_texts = writeSocial(out);
  assets.social_script = writeHashed(out, "social.js", await bundle("social/social.js"));
  assets.form_style = writeHashed(out, "form.css", await bundle("form/form.css"));
  await writeLoader(out);
  await writeStaff(out);
  if (existsSync(join(wasm, "askus_studio.wasm"))) await writeStudio(wasm, out);
  const html = readFileSync(join(WEB, "panel/panel.html"), "utf8");
  write(out, "panel.html", html.replace(/\n\s+/g, "\n"));
  writeFileSync(join(out, "assets.json"), JSON.stringify(assets, null, 2) + "\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { wasm: { type: "string" }, out: { type: "string" } },
  });
  if (!values.wasm || !values.out) {
    console.error("usage: node web/build.mjs --wasm DIR --out DIR");
    process.exit(2);
  }
  await main(values.wasm, values.out);
}
