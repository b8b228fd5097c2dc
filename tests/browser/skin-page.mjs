// A page with every surface in every state, in the elements that web/panel/elements.js makes, under
// the panel's own style sheet and policy. Serves it, the skin's module and the skin's script.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { build } from "esbuild";

const root = new URL("../../", import.meta.url);
const WASM = process.env.ASKUS_SKIN_WASM ?? "build/wasm/widget/askus_skin.wasm";
const POLICY =
  "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";

/** @param {string} name @param {string} [attributes] */
const mark = (name, attributes = "") => `<mark data-surface="mark" ${attributes}>${name}</mark>`;

/** @param {string} control @param {string} [className] */
const field = (
  control,
  className = "box",
) => `<div class="field"><label class="label">Коротко</label>
  <div class="${className}" data-surface="field">${control}</div></div>`;

/** @param {string} text @param {string} [state] */
const option = (
  text,
  state = "",
) => `<li class="option" role="option" data-surface="option" ${state}>
  <p class="body strong">${text}</p><p class="snippet">Перезавантажте роутер і зачекайте.</p></li>`;

/** @param {string} kind @param {string} text @param {string} [on] */
const choice = (
  kind,
  text,
  on = "",
) => `<label class="${kind}" data-surface="${kind}" ${on && "data-on"}>
  <input class="vh" type="radio" name="${kind}" ${on}><span>${text}</span></label>`;

/** @param {string} [state] */
const check = (
  state = "",
) => `<div class="check"><input type="checkbox" data-surface="check" ${state}>
  <label>Погоджуюся</label></div>`;

/** @param {string} kind @param {string} [state] */
const button = (kind, state = "") =>
  `<button class="${kind}" data-surface="${kind === "plain" ? "button" : kind}" ${state}>Так</button>`;

const MAIN = `
  ${field(`<input id="search" value="немає">`, "box search")}
  <progress data-surface="progress"></progress>
  <ul class="options">
    ${option(`Що робити, якщо ${mark("немає інтернету")}?`, 'aria-selected="true"')}
    ${option(`Чому ${mark("інтернет")} працює повільно, коли ${mark("увечері всі одночасно сидять удома й дивляться")} кіно?`, 'id="hovered"')}
    ${option("Планові роботи")}
  </ul>
  ${field(`<input value="x" aria-invalid="true">`)} ${field("<textarea rows=3></textarea>")}
  ${field("<select><option>Підключення</option></select>", "box select")}
  <fieldset class="segments"><div class="choices" data-surface="track">
    ${choice("segment", "Питання", "checked")}${choice("segment", "Проблема")}${choice("segment", "Ідея")}
  </div></fieldset>
  <fieldset class="faces"><div class="choices">
    ${choice("face", "1")}${choice("face", "2", "checked")}${choice("face", "3")}
  </div></fieldset>
  <div class="card" data-surface="card"><h3>Це допомогло?</h3><div class="row">
    ${button("plain")}${button("plain", 'aria-pressed="true"')}${button("plain", 'aria-disabled="true"')}
  </div></div>
  ${check()}${check("checked")}${check('aria-invalid="true"')}${check('checked aria-invalid="true"')}
  <div class="row">${button("primary")}${button("primary", 'aria-disabled="true"')}</div>`;

const PAGE = `<!doctype html><html lang="uk"><meta charset="utf-8"><title>Skin</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/panel.css">
<div id="panel"><header><h2>Запитайте нас!</h2></header>
<main>${MAIN}<section id="more">${Array.from({ length: 40 }, () => field("<input>")).join("")}</section></main>
<footer>${button("plain", 'id="button"')}${button("primary")}</footer></div></html>`;

/**
 * The file as web/build.mjs ships it.
 * @param {string} name
 */
async function bundle(name) {
  const entry = new URL(name, root).pathname;
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  return result.outputFiles[0].contents;
}

/** @returns {Promise<{url: string, close: () => void}>} */
export async function servePage() {
  /** @type {Record<string, [string, string | Uint8Array]>} */
  const files = {
    "/": ["text/html", PAGE],
    "/panel.css": ["text/css", await bundle("web/panel/panel.css")],
    "/skin.js": ["text/javascript", await bundle("web/skin/skin.js")],
    "/skin.wasm": ["application/wasm", await readFile(new URL(WASM, root))],
  };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    response.writeHead(file ? 200 : 404, {
      "Content-Type": file?.[0] ?? "text/plain",
      "Content-Security-Policy": POLICY,
    });
    response.end(file?.[1]);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
