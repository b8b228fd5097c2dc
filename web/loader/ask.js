// The loader: a classic script of at most 2 KB (Brotli) on the host's page. It draws the tab, and
// only when a visitor presses it, the panel's frame and more.js, which has the rest.
// docs/embedding.md, docs/panel-protocol.md ("Loader and panel").
(() => {
  const READY_MS = 10_000;
  const TAB_TEXTS = { uk: "Запитайте нас!", ru: "Спросите нас!", en: "Ask us!" };
  const COLOUR = "#1f5fd6";
  /** Verbs that need the chunk, the first ones the panel too; others wait for them. */
  const WANTS = /^((open|toggle|search|article)|reset|inline|idle)$/;
  // Important rules for :host win over the page's own important ones.
  const CSS =
    ":host{all:initial!important;direction:ltr!important;position:fixed!important;display:block!important;z-index:999999999!important}" +
    ":host::backdrop{display:none!important}" +
    "*{all:unset;box-sizing:border-box;position:fixed;cursor:pointer}" +
    "button,a{font:600 15px/22px system-ui;padding:16px 11px}" +
    "button,iframe{box-shadow:0 8px 28px #10182840}" +
    ":focus-visible{outline:3px solid;outline-offset:-6px}" +
    "button{inset:50% 0 auto auto;writing-mode:vertical-rl;transform:translateY(-50%) rotate(180deg);" +
    "border-radius:0 12px 12px 0}" +
    ".left{inset:50% auto auto 0;transform:translateY(-50%)}" +
    ".top,.bottom,.bubble{inset:auto 24px 0 auto;writing-mode:unset;transform:none;padding:11px 16px;border-radius:12px 12px 0 0}" +
    ".top{inset:0 24px auto auto;border-radius:0 0 12px 12px}" +
    ".bubble{inset:auto 24px 24px auto;padding:17px 15px;border-radius:50%;font:0/0 a}" +
    ".bubble.left{inset:auto auto 24px 24px}" +
    ".bubble:before{content:'';display:block;border:solid;border-width:11px 13px;border-radius:9px 9px 9px 0}" +
    "iframe,a{inset:auto 60px 24px auto;border-radius:14px}" +
    "iframe{width:392px;height:640px;max-height:90%;background:Canvas;color-scheme:light dark}" +
    ".left~*{inset:auto auto 24px 60px}" +
    ".top~*,.bottom~*,.bubble~*{inset:auto 24px 96px auto;max-height:calc(100% - 112px)}" +
    ".top~*{inset:60px 24px auto auto}" +
    ".bubble.left~*{inset:auto auto 96px 24px}" +
    ".none,[hidden]{display:none}" +
    "@media(max-width:480px){iframe{inset:0!important;width:100%;height:100%;max-height:none!important;border-radius:0}}" +
    "@media(forced-colors:active){button,a{outline:1px solid}}";

  /** @typedef {import("./askus.js").Verbs} Verbs */
  /** @typedef {import("./more.js").Loader} Loader */
  /** @typedef {{(verb: string, ...args: any[]): any, q?: [string, ...any[]][]}} Queue */
  const global = /** @type {{AskUs?: Queue}} */ (/** @type {unknown} */ (window));
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (global.AskUs && !global.AskUs.q) return; // the page includes it twice

  /** @type {import("./more.js").Loader["options"]} */
  const options = { ...script?.dataset };
  const server = () => options.server ?? new URL(script?.src || location.href).origin;
  const site = () =>
    `${server()}/sites/${encodeURIComponent(/** @type {string} */ (options.site))}/`;
  /** Wanted languages, best first: the tag's, the page's, the browser's. */
  const languages = () =>
    [options.lang, document.documentElement.lang, ...navigator.languages].join(" ").trim();
  const language = () =>
    /** @type {keyof typeof TAB_TEXTS} */ (
      /\b(uk|ru)\b|\ben\b/.exec(languages().toLowerCase())?.[1] ?? "en"
    );
  const text = () => options.text || TAB_TEXTS[language()];

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag
   * @param {object} [properties]
   * @returns {HTMLElementTagNameMap[K]}
   */
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /** White or black, whichever reads better on the colour. @param {string} colour #rrggbb */
  const textOn = (colour) => {
    const [r, g, b] = (colour.match(/\w\w/g) ?? []).map((x) => (parseInt(x, 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000" : "#fff";
  };

  const sheet = new CSSStyleSheet();
  const draw = () => {
    if (!my.host) {
      my.host = make("div");
      my.shadow = my.host.attachShadow({ mode: "open" });
      my.shadow.adoptedStyleSheets = [sheet];
      my.tab = make("button", { onclick: () => AskUs("toggle") });
      my.tab.setAttribute("aria-expanded", "false");
      my.shadow.append(my.tab);
    }
    const { colour = "", side = "" } = options;
    const back = /^#[\da-f]{6}$/i.test(colour) ? colour : COLOUR;
    sheet.replaceSync(`${CSS}button,a{color:${textOn(back)};background:${back}}`);
    my.tab.textContent = text();
    my.tab.className = side;
    if (my.host.isConnected) return;
    // Beside the body, whose contents an application may replace; in the top layer, where the
    // page's transforms, filters and stacking do not reach.
    document.documentElement.append(my.host);
    my.host.popover = "manual";
    my.host.showPopover?.();
  };

  const load = (root = my.shadow) => {
    if (my.frame) return;
    my.link?.remove();
    my.frame = make("iframe", {
      title: text(),
      allow: "clipboard-write",
      src: `${site()}panel?lang=${encodeURIComponent(languages())}#origin=${location.origin}${root === my.shadow ? "" : "&inline"}`,
    });
    my.timer = /** @type {any} */ (setTimeout(() => my.failed(), READY_MS));
    root.append(my.frame);
  };

  /** The rest of the loader, once. */
  const more = () => {
    loading ??= import(`${server()}/ask-more.js?v=${VERSION}`).then(
      (module) => module.start(my),
      () => {
        loading = undefined;
        my.failed();
      },
    );
  };
  /** @type {Promise<void> | undefined} */
  let loading;

  /** @param {string} name @param {unknown} [detail] */
  const emit = (name, detail) => dispatchEvent(new CustomEvent(`askus:${name}`, { detail }));
  /** @type {Pick<Verbs, "init" | "destroy" | "info"> & {[verb: string]: (...args: any[]) => any}} */
  const verbs = {
    init: (more) => {
      Object.assign(options, more);
      draw();
    },
    destroy: () => {
      my.stop();
      my.host?.remove();
      my.host = undefined;
      my.isOpen = false;
    },
    info: () => ({
      version: VERSION,
      site: options.site,
      state: my.isOpen ? "open" : my.host ? "closed" : "off",
    }),
  };

  const my = /** @type {Loader} */ (
    /** @type {Omit<Loader, "shadow" | "tab">} */ ({
      options,
      verbs,
      queue: [],
      isOpen: false,
      stop() {
        clearTimeout(my.timer);
        my.frame?.remove();
        my.frame = undefined;
        my.queue = my.queue.filter(([verb]) => !WANTS.test(verb));
      },
      // No panel: a plain link to the form in a window of its own.
      failed() {
        const isHere = document.activeElement === my.host;
        my.stop();
        // Who has closed it, or gone on elsewhere, is not called back.
        if (my.isOpen) {
          my.link = make("a", {
            href: `${site()}ask`,
            target: "_blank",
            textContent: `${text()} ↗`,
          });
          my.shadow.append(my.link);
          if (isHere) my.link.focus();
        }
        my.isOpen = false;
        emit("error");
        // Listeners that still wait for the chunk.
        for (const [, name, listener] of my.queue) if (name === "error") listener();
      },
      ...{ server, site, language, text, make, load, emit },
    })
  );

  /** @type {Queue} */
  const AskUs = (verb, ...args) => {
    if (verbs[verb]) return verbs[verb](...args);
    my.queue.push([verb, ...args]);
    const wants = WANTS.exec(verb);
    if (wants?.[2] && !my.inline) {
      if (!my.host) draw();
      load();
      my.isOpen = true;
    }
    if (wants) more();
  };

  addEventListener("message", (event) => {
    if (my.frame) AskUs("message", event); // the panel may be quicker than the chunk
  });
  document.addEventListener("click", (event) => {
    /** @type {HTMLElement | null} */
    const from = /** @type {Element} */ (event.target).closest?.(
      "[data-askus-open],[data-askus-article]",
    );
    if (!from || event.ctrlKey || event.metaKey || !(my.host || my.inline)) return;
    event.preventDefault();
    const id = from.dataset.askusArticle;
    AskUs("open", from);
    if (id) AskUs("article", id);
  });

  const queued = global.AskUs?.q ?? [];
  global.AskUs = AskUs;
  const start = () => {
    customElements.define(
      "ask-us",
      class extends HTMLElement {
        connectedCallback() {
          my.inline ??= this;
          AskUs("inline");
        }
        disconnectedCallback() {
          AskUs("inline", this);
        }
      },
    );
    if (options.site) draw();
    for (const call of queued) AskUs(...call);
    try {
      if (localStorage[`askus.${options.site}`])
        (window.requestIdleCallback ?? setTimeout)(() => AskUs("idle"));
    } catch {
      // Blocked: nobody can have left a flag.
    }
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
