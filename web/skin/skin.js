/*! Contains Dear ImGui, (c) Omar Cornut, MIT licence */
// Dear ImGui paints the panel's surfaces on canvases under the text. docs/skin.md says how it fits
// together. It draws only when something has changed; html.skinned tells CSS to make way.
import { openGl } from "./gl.js";
import { measureGrid } from "./grid.js";
import { Layer } from "./layers.js";
import { loadModule } from "./module.js";
import { recordsOf } from "./records.js";
import { watchTheme } from "./theme.js";

/** What can change a surface without an attribute, in the capture phase. */
const EVENTS = (
  "pointerover pointerout pointerdown pointerup pointercancel keydown keyup focusin focusout " +
  "input change load toggle transitionrun transitionend animationstart animationend"
).split(" ");
const AGAINST = "(forced-colors: active), (prefers-contrast: more)";

/**
 * Starts painting. Rejects, with CSS still painting, where the skin cannot work.
 * @param {{root: HTMLElement, wasmUrl: string}} options the panel's element and askus_skin.wasm
 * @returns {Promise<{stop: () => void}>} stop() hands the surfaces back to CSS and frees everything
 */
export async function start({ root, wasmUrl }) {
  const triangulate = await loadModule(wasmUrl);
  const { classList } = document.documentElement;
  const end = new AbortController();
  const { signal } = end;
  let asked = 0;
  const ask = () => {
    asked ||= requestAnimationFrame(frame);
  };
  const gl = openGl(ask);
  const fixed = new Layer(root, false);
  /** @type {Layer | null} */
  let inner = null;
  const colours = watchTheme(root, fixed.canvas);
  /** @param {string} query */
  const media = (query) => {
    const list = matchMedia(query);
    list.addEventListener("change", ask, { signal });
    return list;
  };
  const against = media(AGAINST);
  const hovering = media("(hover: hover)");
  media("(prefers-color-scheme: dark)");
  media("(prefers-reduced-motion: reduce)");
  let ratioChange = new AbortController();
  /** @type {import("./grid.js").Grid} */
  let grid;

  const sizes = new ResizeObserver(ask);
  /** @type {Set<Element>} */
  let sized = new Set();
  const mutations = new MutationObserver(ask);
  const changes = { attributes: true, childList: true, characterData: true, subtree: true };

  /** The ratio's media query must name its present value. */
  function watchRatio() {
    grid = measureGrid(root);
    ratioChange.abort();
    ratioChange = new AbortController();
    const until = ratioChange.signal;
    const list = matchMedia(`(resolution: ${grid.ratio}dppx)`);
    list.addEventListener("change", ask, { signal: until });
  }

  /** @param {Iterable<Element>} elements */
  function watchSizes(elements) {
    const now = new Set(elements);
    for (const el of sized) if (!now.has(el)) sizes.unobserve(el);
    for (const el of now) if (!sized.has(el)) sizes.observe(el);
    sized = now;
  }

  /** The surfaces follow the page's own animations frame by frame. */
  const moves = () =>
    root.getAnimations({ subtree: true }).some(({ playState }) => playState === "running");

  /** @param {Layer} layer @param {HTMLElement[]} elements */
  function paint(layer, elements) {
    const { place } = layer;
    const records = recordsOf(elements, place, grid, hovering.matches);
    const theme = colours();
    const shown = [place.width, place.height, grid.ratio, theme, records].join();
    if (shown === layer.shown) return;
    layer.shown = shown;
    const triangles = triangulate(records, theme, grid.ratio);
    layer.context.transferFromImageBitmap(gl.paint(triangles, place.width, place.height));
  }

  function draw() {
    if (grid.ratio !== devicePixelRatio) watchRatio();
    const main = root.querySelector("main");
    if (main !== (inner?.host ?? null)) {
      inner?.remove();
      inner = main && new Layer(main, true);
    }
    /** @type {HTMLElement[]} */
    const surfaces = Array.from(root.querySelectorAll("[data-surface]"));
    watchSizes([root, ...(main ? [main] : []), ...surfaces]);
    fixed.lay(grid);
    inner?.lay(grid);
    paint(
      fixed,
      surfaces.filter((el) => !main?.contains(el)),
    );
    if (inner)
      paint(
        inner,
        surfaces.filter((el) => main?.contains(el)),
      );
    return moves();
  }

  /** A bitmap would blur under a pinch, which changes no ratio. */
  const isPinched = () => (visualViewport?.scale ?? 1) > 1;

  function frame() {
    asked = 0;
    let again = false;
    try {
      if (against.matches || gl.lost() || isPinched()) handBack();
      else {
        again = draw();
        if (gl.lost()) handBack();
        else classList.add("skinned");
      }
    } catch {
      stop(); // CSS paints on; the visitor notices nothing
    }
    mutations.takeRecords(); // our own
    if (again && !signal.aborted) ask();
  }

  /** CSS paints again; the canvases go until the next good frame. */
  function handBack() {
    classList.remove("skinned");
    for (const layer of [fixed, inner]) {
      layer?.canvas.remove();
      if (layer) layer.shown = "";
    }
  }

  function stop() {
    end.abort();
    ratioChange.abort();
    cancelAnimationFrame(asked);
    mutations.disconnect();
    sizes.disconnect();
    handBack();
    fixed.remove();
    inner?.remove();
    gl.drop();
  }

  for (const name of EVENTS) addEventListener(name, ask, { capture: true, passive: true, signal });
  addEventListener("resize", ask, { signal });
  visualViewport?.addEventListener("resize", ask, { signal });
  addEventListener(
    "scroll",
    ({ target }) => {
      if (target !== inner?.host || inner.isLate()) ask();
    },
    { capture: true, passive: true, signal },
  );
  document.fonts.addEventListener("loadingdone", ask, { signal });
  mutations.observe(root, changes);
  for (const el of [document.documentElement, document.body]) {
    mutations.observe(el, { attributes: true });
  }
  watchRatio();
  ask();
  return { stop };
}
