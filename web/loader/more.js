// The rest of the loader, fetched on the first press: the verbs, the messages between the panel and
// this page, focus. docs/embedding.md, docs/panel-protocol.md ("Loader and panel").
import { listeners } from "./events.js";
import { makeInline } from "./inline.js";
import { makeMark } from "./mark.js";

/**
 * What ask.js and this chunk share.
 * @typedef {object} Loader
 * @property {import("./askus.js").Options} options
 * @property {{[verb: string]: (...args: any[]) => any}} verbs
 * @property {[string, ...any[]][]} queue calls that wait for this chunk
 * @property {HTMLElement} [host] of the tab; none before `init` and after `destroy`
 * @property {ShadowRoot} shadow the host's
 * @property {HTMLButtonElement} tab
 * @property {HTMLIFrameElement} [frame]
 * @property {HTMLElement} [link] the way out where the panel does not come
 * @property {HTMLElement} [inline] the page's `<ask-us>`, where the panel is then
 * @property {boolean} isOpen
 * @property {number} [timer] of the frame that does not come
 * @property {() => string} server its origin
 * @property {() => string} site address prefix of the site's pages
 * @property {() => "uk" | "ru" | "en"} language of the loader's own texts
 * @property {() => string} text of the tab
 * @property {<K extends keyof HTMLElementTagNameMap>(tag: K, properties: object) => HTMLElementTagNameMap[K]} make
 * @property {(root?: ShadowRoot) => void} load makes the frame, where there is none
 * @property {() => void} stop takes the frame away
 * @property {() => void} failed the same, with the link in its place and the event `error`
 * @property {(name: string, detail?: unknown) => void} emit
 */

const PHONE = "(max-width:480px)";
const MAX_IDENTITY = 4096; // bytes; docs/http-api.md

/**
 * What the panel tells of, as the events of the site.
 * @type {{[name: string]: (detail: string[]) => [string, object]}}
 */
const EVENTS = {
  search: ([query]) => ["search", { query, found: true }],
  zero: ([query]) => ["search", { query, found: false }],
  article: ([id]) => ["article-viewed", { id }],
  helpful: ([id, answer]) => ["helpful", { id, answer }],
  "request-sent": ([number]) => ["request-sent", { number: Number(number) }],
};

/** @param {unknown} value @returns {value is string[]} */
const areTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");

/** The members that are texts. @param {unknown} value @returns {Record<string, string>} */
const textsOf = (value) =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([, each]) => typeof each === "string"));

/** @param {Loader} my */
export function start(my) {
  const { init } = my.verbs;
  const { stop, failed } = my;
  const phone = matchMedia(PHONE);
  const mark = makeMark(my);
  const inline = makeInline(my);
  let isReady = false;
  /** @type {object[]} messages that wait for the panel */
  let waiting = [];
  /** @type {HTMLElement | null} gets the focus back */
  let opener = null;
  /** @type {Record<string, string>} */
  let prefilled = {};
  let identity = "";
  /** @type {string | undefined} the site's own name for the visitor */
  let visitor;
  /** The panel is asked to forget, and has not answered yet. */
  let isForgetting = false;
  /** @type {HTMLElement | undefined} the body, while nothing but the panel can be reached */
  let covered;

  /** Of the panel: the server's, or of a frame that is sandboxed none that could be named. */
  let origin = "";
  /** @param {string} type @param {object} [more] */
  const post = (type, more) =>
    my.frame?.contentWindow?.postMessage({ askus: 1, type, ...more }, origin);
  /** The same, later where the panel is not there yet. @param {string} type @param {object} [more] */
  const tell = (type, more) => {
    if (isReady) post(type, more);
    else waiting.push({ type, ...more });
  };

  /** For the request; an application changes it. */
  const tellPage = () => post("page", { text: location.origin + location.pathname });

  /** @param {boolean} [quietly] the panel leaves the focus where it is */
  const postShown = (quietly = false) => {
    if (my.isOpen) tellPage();
    post(my.isOpen ? "open" : "close", quietly ? { text: "quietly" } : {});
  };

  /** Only where the panel fills the screen. @param {boolean} [isThere] false: its frame is gone */
  const cover = (isThere = true) => {
    const isFull = isThere && my.isOpen && !my.inline && phone.matches;
    const body = isFull ? document.body : undefined;
    if (body === covered || (body?.inert && !covered)) return; // the page's own
    if (covered) covered.inert = false;
    if (body) body.inert = true;
    covered = body;
    if (my.host) my.tab.inert = Boolean(body);
  };
  phone.addEventListener("change", () => cover());

  /** Above the keyboard, which the frame knows nothing of; not while the visitor zooms. */
  const fit = () => {
    const { height = 0, offsetTop = 0, scale = 0 } = window.visualViewport ?? {};
    const isFull = my.isOpen && !my.inline && phone.matches && scale === 1;
    if (!my.frame) return;
    my.frame.style.height = isFull ? `${height}px` : "";
    my.frame.style.translate = isFull ? `0 ${offsetTop}px` : "";
  };
  for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, fit);

  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    my.isOpen = isOpen;
    my.tab.setAttribute("aria-expanded", String(isOpen));
    if (my.frame) my.frame.hidden = !isOpen;
    cover();
    fit();
    if (isReady) postShown();
    my.emit(isOpen ? "open" : "close");
  };

  /** The visitor has not gone on elsewhere on the page. */
  const isHere = () =>
    [my.host, opener, document.body].includes(/** @type {HTMLElement} */ (document.activeElement));

  /** Everything that the panel has to know of what was said before it came. */
  const ready = () => {
    isReady = true;
    clearTimeout(my.timer);
    if (isForgetting) return post("reset");
    if (identity) post("identify", { text: identity });
    if (Object.keys(prefilled).length > 0) post("prefill", { fields: prefilled });
    if (my.inline) tellPage();
    else if (my.isOpen) {
      if (isHere()) my.frame?.focus();
      postShown(!isHere());
    }
    for (const { type, ...more } of /** @type {{type: string}[]} */ (waiting.splice(0))) {
      post(type, more);
    }
    my.emit("ready");
  };

  const forgotten = () => {
    if (!isForgetting) return;
    isForgetting = false;
    const { isOpen } = my;
    my.stop();
    if (my.inline) inline.place();
    else if (isOpen) my.load();
  };

  /** The one value that this page keeps: somebody waits for an answer. @param {unknown} isKept */
  const keep = (isKept) => {
    const name = `askus.${my.options.site}`;
    try {
      if (isKept === true) localStorage.setItem(name, "1");
      else if (isKept === false) localStorage.removeItem(name);
    } catch {
      // Blocked: the answer is seen when the panel is opened.
    }
  };

  /** @type {Omit<import("./askus.js").Verbs, "destroy" | "info">} */
  const verbs = {
    ...listeners,
    init: (more) => {
      init?.(more);
      inline.place();
      mark.draw();
    },
    open: (from) => {
      if (my.inline) return inline.open(() => tell("open"));
      if (!my.host) verbs.init();
      if (my.isOpen) return;
      const active = from instanceof Element ? from : document.activeElement;
      opener = [my.host, document.body].includes(/** @type {HTMLElement} */ (active))
        ? my.tab
        : /** @type {HTMLElement | null} */ (active);
      my.load();
      show(true);
      // Not before: a frame focused while it is still another document's stays, in Chromium, without
      // the keyboard for good, though both sides call it focused.
      if (isReady) my.frame?.focus();
    },
    close: () => {
      if (!my.isOpen || my.inline) return;
      show(false);
      opener?.focus();
    },
    toggle: () => (my.isOpen && !my.inline ? verbs.close() : verbs.open()),
    search: (query) => {
      verbs.open();
      tell("search", { text: String(query) });
    },
    article: (id, from) => {
      verbs.open(from);
      tell("article", { text: String(id) });
    },
    prefill: (fields) => {
      const texts = textsOf(fields);
      prefilled = { ...prefilled, ...texts };
      if (isReady) post("prefill", { fields: texts });
    },
    identify: (who) => {
      const { id, identity: signed = "", ...fields } = textsOf(who);
      if (visitor !== undefined && id !== visitor) verbs.reset();
      visitor = id;
      identity = signed.length > MAX_IDENTITY ? "" : signed;
      if (isReady) post("identify", { text: identity });
      const { name, contact } = fields;
      verbs.prefill({ ...(name && { name }), ...(contact && { contact }) });
    },
    reset: () => {
      prefilled = {};
      identity = "";
      visitor = undefined;
      waiting = [];
      if (!my.host && !my.inline) return;
      isForgetting = true;
      verbs.close();
      if (isReady) return post("reset");
      if (my.frame) return;
      if (my.inline) inline.place();
      else background();
    },
  };

  /** The panel's frame, not shown: it sends what waits, or forgets. */
  const background = () => {
    my.load();
    if (my.frame) my.frame.hidden = !my.isOpen;
  };

  my.stop = () => {
    isReady = isForgetting = false;
    waiting = [];
    inline.stop();
    cover(false);
    stop();
    if (my.host) my.tab.setAttribute("aria-expanded", "false");
  };
  my.failed = () => {
    const wasOpen = my.isOpen && !my.inline;
    inline.failed();
    failed();
    if (wasOpen) my.emit("close");
  };

  /** @param {MessageEvent} event */
  const message = ({ source, origin: from, data }) => {
    if (!my.frame || source !== my.frame.contentWindow) return;
    const { sandbox } = my.frame;
    const isHidden = sandbox.length > 0 && !sandbox.contains("allow-same-origin");
    if (from !== (isHidden ? "null" : my.server())) return;
    origin = isHidden ? "*" : from;
    if (typeof data !== "object" || data?.askus !== 1) return;
    const { type, name, detail = [] } = data;
    if (type === "ready") {
      if (!isReady) ready();
    } else if (type === "close") verbs.close();
    else if (type === "reset") forgotten();
    else if (type === "keep") keep(data.open);
    else if (type === "unread") mark.set(data.count);
    else if (type === "event" && Object.hasOwn(EVENTS, name) && areTexts(detail)) {
      my.emit(...EVENTS[name](detail));
    }
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    // Elsewhere on the host's page it is the page's own.
    if (my.host && document.activeElement !== document.body && isHere()) verbs.close();
  });

  Object.assign(my.verbs, verbs, { message, inline: inline.changed, idle: background });
  my.isOpen = false;
  for (const [verb, ...args] of my.queue.splice(0)) {
    if (Object.hasOwn(my.verbs, verb)) my.verbs[verb](...args);
    else console.warn(`AskUs: there is no "${verb}"`);
  }
}
