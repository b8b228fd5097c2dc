// The loader: a classic script of at most 2 KB (Brotli) on the host's page. It draws the tab, and
// only when a visitor presses it, the panel's frame. docs/panel-protocol.md ("Loader and panel").
(() => {
  const READY_MS = 10_000;
  const TAB_TEXTS = { uk: "Запитайте нас!", ru: "Спросите нас!", en: "Ask us!" };
  const HOST_CSS =
    "all:initial!important;position:fixed!important;display:block!important;z-index:2147483647!important";
  const CSS =
    "*{all:unset;box-sizing:border-box;position:fixed;cursor:pointer}" +
    "button,a{font:600 15px/22px system-ui,sans-serif;color:var(--on);background:var(--c);padding:16px 11px}" +
    "button{top:50%;right:0;writing-mode:vertical-rl;transform:translateY(-50%) rotate(180deg);" +
    "border-radius:0 12px 12px 0;box-shadow:0 6px 18px #10182840}" +
    ".left{right:auto;left:0;transform:translateY(-50%)}" +
    ":focus-visible{outline:3px solid var(--on);outline-offset:-5px}" +
    "iframe,a{right:60px;bottom:24px;border-radius:14px}" +
    "iframe{width:392px;height:640px;max-height:90%;" +
    "background:Canvas;color-scheme:light dark;box-shadow:0 20px 48px -12px #10182838,0 2px 6px #1018280f;animation:i .16s ease-out}" +
    ".left~*{right:auto;left:60px}" +
    "[hidden]{display:none}" +
    "@keyframes i{from{opacity:0}}" +
    "@media(max-width:480px){iframe{inset:0!important;width:100%;height:100%;max-height:none;border-radius:0}}" +
    "@media(prefers-reduced-motion){iframe{animation:none}}" +
    "@media(forced-colors:active){button,a{outline:1px solid}}";

  /** @typedef {{(...args: any[]): void, q?: ArrayLike<any>[]}} Queue */
  const global = /** @type {{AskUs?: Queue}} */ (/** @type {unknown} */ (window));
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  if (global.AskUs && !global.AskUs.q) return; // the page includes it twice

  const { origin } = new URL(script.src);
  /** @type {{[name: string]: string | undefined}} */
  const options = { ...script.dataset };
  /** @type {{[name: string]: ((detail: unknown) => void)[]}} */
  const listeners = {};

  /** @type {HTMLElement | undefined} */
  let host;
  /** @type {ShadowRoot} */
  let shadow;
  /** @type {HTMLButtonElement} */
  let tab;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  /** @type {HTMLElement | undefined} the way out where the panel does not come */
  let link;
  let isOpen = false;
  let isReady = false;
  /** @type {object[]} messages that wait for the frame */
  let waiting = [];
  /** @type {Element | null} */
  let opener = null;
  let timer = 0;

  /** Wanted languages, best first: the tag's, the page's, the browser's. */
  const languages = () =>
    [options.lang, document.documentElement.lang, ...navigator.languages].join(" ").trim();
  const tabText = () => {
    const known = languages().match(/\b(uk|ru|en)\b/i);
    return TAB_TEXTS[/** @type {"en"} */ (known ? known[0].toLowerCase() : "en")];
  };
  const site = () => `${origin}/sites/${encodeURIComponent(options.site ?? "")}/`;

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} tag
   * @param {object} properties
   * @returns {HTMLElementTagNameMap[K]}
   */
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  /** White or near-black, whichever reads better on the colour. @param {string} colour */
  const textOn = (colour) => {
    const [r, g, b] = (colour.match(/[\da-f]{2}/gi) ?? []).map(
      (x) => (parseInt(x, 16) / 255) ** 2.2,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#0b1220" : "#fff";
  };

  const draw = () => {
    host = make("div", {});
    host.style.cssText = HOST_CSS;
    const colour = /^#[\da-f]{6}$/i.test(options.colour ?? "") ? (options.colour ?? "") : "#1f5fd6";
    host.style.setProperty("--c", colour);
    host.style.setProperty("--on", textOn(colour));
    shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    shadow.adoptedStyleSheets = [sheet];
    tab = make("button", {
      type: "button",
      textContent: options.text || tabText(),
      className: options.side ?? "",
      ariaExpanded: "false",
      onclick: () => verbs.toggle(),
      onpointerenter: preconnect,
      onfocus: preconnect,
    });
    shadow.append(tab);
    document.body.append(host);
    // In the top layer, transforms, filters and stacking of the host's page do not reach it.
    host.popover = "manual";
    host.showPopover?.();
  };

  /** The first wish to press: the connection may be made, nothing is fetched. */
  const preconnect = () => {
    tab.onpointerenter = tab.onfocus = null;
    if (!frame) shadow.append(make("link", { rel: "preconnect", href: origin }));
  };

  const load = () => {
    link?.remove();
    const page = location.origin + location.pathname;
    const hints = new URLSearchParams({ origin: location.origin, page });
    frame = make("iframe", {
      title: tab.textContent,
      allow: "clipboard-write",
      src: `${site()}panel?lang=${encodeURIComponent(languages())}#${hints}`,
    });
    timer = window.setTimeout(failed, READY_MS);
    shadow.append(frame);
  };

  /** No panel: a plain link to the form in a window of its own. */
  const failed = () => {
    const isHere = document.activeElement === host;
    frame?.remove();
    frame = undefined;
    // Who has closed it, or gone on elsewhere, is not called back.
    if (isOpen) {
      show(false);
      link = make("a", {
        href: `${site()}ask`,
        target: "_blank",
        rel: "noopener",
        textContent: `${tab.textContent} ↗`,
      });
      shadow.append(link);
      if (isHere) link.focus();
    }
    emit("error", { reason: "panel" });
  };

  /** @param {string} type @param {object} [more] */
  const post = (type, more) => {
    const message = { askus: 1, type, ...more };
    if (isReady) frame?.contentWindow?.postMessage(message, origin);
    else waiting.push(message);
  };

  /** @param {string} name @param {unknown} [detail] */
  const emit = (name, detail) => {
    for (const listener of listeners[name] ?? []) listener(detail);
    dispatchEvent(new CustomEvent(`askus:${name}`, { detail }));
  };

  /** @param {boolean} open */
  const show = (open) => {
    isOpen = open;
    tab.ariaExpanded = String(open);
    if (frame) frame.hidden = !open;
    post(open ? "open" : "close");
    emit(open ? "open" : "close");
  };

  /** @type {{[verb: string]: (...args: any[]) => void}} */
  const verbs = {
    init: (more) => {
      Object.assign(options, more);
      if (!host) draw();
    },
    open: (from) => {
      verbs.init();
      if (isOpen) return;
      opener = from instanceof Element ? from : document.activeElement;
      if (opener === host || opener === document.body) opener = tab;
      if (!frame) load();
      show(true);
      frame?.focus();
    },
    close: () => {
      if (!isOpen) return;
      show(false);
      /** @type {HTMLElement | null} */ (opener)?.focus();
    },
    toggle: () => (isOpen ? verbs.close() : verbs.open()),
    search: (text) => {
      verbs.open();
      post("search", { text });
    },
    article: (text) => {
      verbs.open();
      post("article", { text });
    },
    prefill: (fields) => {
      verbs.init();
      post("prefill", { fields });
    },
    on: (name, listener) => void (listeners[name] ??= []).push(listener),
    off: (name, listener) => {
      listeners[name] = (listeners[name] ?? []).filter((each) => each !== listener);
    },
    destroy: () => {
      clearTimeout(timer);
      host?.remove();
      host = frame = undefined;
      isOpen = isReady = false;
      waiting = [];
    },
  };

  addEventListener("message", ({ source, origin: from, data }) => {
    if (!frame || source !== frame.contentWindow || from !== origin || data?.askus !== 1) return;
    if (data.type === "ready" && !isReady) {
      isReady = true;
      clearTimeout(timer);
      for (const message of waiting.splice(0)) frame.contentWindow?.postMessage(message, origin);
      emit("ready");
    } else if (data.type === "close") {
      verbs.close();
    } else if (data.type === "event") {
      emit(String(data.name), data.detail);
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    // Elsewhere on the host's page it is the page's own.
    if (host && [host, opener].includes(document.activeElement)) verbs.close();
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const from = /** @type {HTMLElement | null} */ (
      target?.closest("[data-askus-open],[data-askus-article]") ?? null
    );
    if (!from) return;
    event.preventDefault();
    verbs.open(from);
    if (from.dataset.askusArticle) post("article", { text: from.dataset.askusArticle });
  });

  const queued = global.AskUs?.q ?? [];
  global.AskUs = (verb, ...args) => verbs[verb]?.(...args);
  const start = () => {
    if (options.site) verbs.init();
    for (const call of Array.from(queued)) global.AskUs?.(...Array.from(call));
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
