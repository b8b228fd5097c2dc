// What comes after the first answer, as a chunk of its own that is fetched when the panel is usable:
// "my questions", comments and "I have this too", pictures, "forget me", counters, and the start of the skin. It fills the slots
// of the core's view and has screens of its own, drawn of the same nodes.
import { makeCalm } from "./calm.js";
import { copy } from "./copy.js";
import * as P from "../panel/protocol.js";
import { startSkin } from "../panel/skin-gate.js";
import { makeBackButton } from "./back-button.js";
import { Counters } from "./counters.js";
import { ForgetScreen } from "./forget-screen.js";
import * as K from "./keys.js";
import { drawList } from "./list-screen.js";
import { Mine } from "./mine.js";
import { cacheOf, keepSnapshot } from "./offline.js";
import * as N from "./nodes.js";
import { dropOldDrafts } from "./old-drafts.js";
import { parseLink } from "./own-request.js";
import { PicturesPart } from "./pictures-part.js";
import { RequestScreen } from "./request-screen.js";
import { SLOT } from "./slots.js";
import css from "./more.css";
import { TopicPart } from "./topic.js";

/** @typedef {import("../panel/protocol.js").ViewNode} ViewNode */
/** @typedef {"list" | "request" | "forget"} Screen */
/** In a frame without an origin of its own: docs/http-api.md, "Which pages may call". */
const isHidden = self.origin === "null";
/** Their numbers in the main region's key. */
const SCREENS = { list: 1, request: 2, forget: 3 };

/**
 * What the page gives.
 * @typedef {object} Panel
 * @property {import("../panel/panel.js").Config} config
 * @property {URLSearchParams} hints
 * @property {import("../panel/storage.js").Storage} storage
 * @property {import("../panel/outbox.js").Outbox} outbox
 * @property {{post: (type: string, more?: object) => void}} bridge
 * @property {{focus: (key: number) => void, root: HTMLElement}} view
 * @property {typeof import("../panel/texts.js").makeTexts} makeTexts
 * @property {string[][]} counts arguments of `count` effects, to be taken away
 * @property {() => Promise<import("../panel/verify.js").Crypto>} crypto
 * @property {() => Promise<import("../pictures/pictures.js").Pictures>} pictures
 * @property {() => string} listName the storage's name of the list of this draft's pictures
 * @property {import("../panel/snapshot.js").SnapshotSource} source
 * @property {(kind: number, key: number, strings?: string[]) => void} event to the core
 * @property {() => void} draw
 * @property {() => string} identity whom the host's backend vouches for, or ""
 */

/**
 * What the parts of this chunk share.
 * @typedef {object} App
 * @property {(name: string, args?: {n?: number, text?: string}) => string} t a text by its name
 * @property {(bytes: number) => string} size
 * @property {string} site
 * @property {() => object} place fields of what is sent: language, channel, page, identity
 * @property {Panel["storage"]} storage
 * @property {Panel["outbox"]} outbox
 * @property {Panel["crypto"]} crypto
 * @property {Panel["pictures"]} pictures
 * @property {Panel["listName"]} listName
 * @property {Mine} mine
 * @property {Counters} counters
 * @property {() => string[]} unsent titles of what waits in the outbox
 * @property {() => void} draw
 * @property {(action: number) => void} show draws and focuses
 * @property {(text: string) => Promise<void>} copy
 * @property {() => void} changed what is kept of requests has changed
 * @property {() => Promise<void>} forgetAll
 */

/** @typedef {Awaited<ReturnType<typeof start>>} More what the page calls */

/** @param {Panel} panel */
export async function start(panel) {
  const { config, hints, storage, bridge, view } = panel;
  const response = await fetch(config.assets.more_texts);
  if (!response.ok) throw new Error(`texts: HTTP ${response.status}`);
  const app = makeApp(panel, await response.json());
  const { mine, counters, changed, t } = app;
  const request = new RequestScreen(app);
  const forget = new ForgetScreen(app);
  const topic = new TopicPart(app);
  const pictures = new PicturesPart(app);
  const backButton = makeBackButton(bridge);
  const calm = makeCalm(panel.draw);
  if (innerWidth > 0) backButton.visible(true); // a frame that is not shown has no width
  /** The one that covers the core's view. @type {Screen | null} */
  let screen = null;
  dress();

  const close = () => {
    screen = null;
  };
  /** @param {Screen} next */
  const go = (next) => {
    screen = next;
    if (next === "forget") forget.open();
    else if (next === "list") app.show(K.HEADING);
  };
  /** @param {import("./own-request.js").Access | null} access */
  const openRequest = (access) => {
    go("request");
    void request.open(access);
  };
  const back = () => {
    if (screen !== "list" && mine.list().length > 0 && !forget.isDone) return go("list");
    close();
    app.show(K.MINE);
    // Opened from where there is no such button any more.
    if (document.activeElement === document.body) document.querySelector("button")?.focus();
  };

  const forgetAll = app.forgetAll;
  const forgetHere = async () => {
    await forgetAll();
    topic.forget();
    pictures.forget();
    changed();
    panel.draw();
  };
  app.forgetAll = () => {
    tabs?.postMessage("forget");
    return forgetHere();
  };

  /** @returns {import("./nodes.js").Branch[]} */
  const drawScreen = () => {
    const isList = screen === "list";
    const title = mine.list().length > 0 || screen === "request" ? "mine" : "data";
    const heading = { number: 1, label: t(title), key: isList ? N.keyOf(K.HEADING) : 0 };
    const body =
      screen === "request" ? request.draw() : screen === "forget" ? forget.draw() : drawList(app);
    const footer = isList
      ? [N.button(N.BUTTON.ghost, N.keyOf(K.FORGET), t("forget"))]
      : screen === "forget"
        ? forget.footer()
        : [];
    const key = N.keyOf(K.SCREEN, SCREENS[screen ?? "list"]);
    return [
      N.region(N.REGION.header, [
        N.button(N.BUTTON.icon, N.keyOf(K.BACK), t("back"), { number: N.ICON.back }),
        N.make(P.HEADING, heading),
        N.button(N.BUTTON.icon, N.keyOf(K.CLOSE), t("close"), { number: N.ICON.close }),
      ]),
      N.region(N.REGION.main, body, { key }),
      footer.length > 0 && N.region(N.REGION.footer, footer),
    ].filter((branch) => branch !== false);
  };

  /** @param {ViewNode} slot @param {readonly ViewNode[]} inside */
  const fill = ({ number, key, label, value }, inside) => {
    switch (number) {
      case SLOT.notice:
        return [
          N.make(P.STATUS, {}, [
            mine.unread > 0 &&
              N.button(N.BUTTON.plain, N.keyOf(K.MINE), t("unread", { n: mine.unread })),
          ]),
        ];
      case SLOT.topic:
        return topic.draw({ id: label, consentVersion: value, consent: consentOf(inside) });
      case SLOT.pictures:
        if (isHidden) return []; // the server takes none from there
        pictures.isShown = true;
        pictures.begin = () => panel.event(P.EVENT_INPUT, key);
        return pictures.draw();
      case SLOT.mine: {
        const name = mine.list().length > 0 || app.unsent().length > 0 ? "mine" : "data";
        return [N.button(N.BUTTON.ghost, N.keyOf(K.MINE), t(name))];
      }
      default:
        return [];
    }
  };

  /** The core's view with its slots filled, or the screen that covers it. */
  const extend = (/** @type {readonly ViewNode[]} */ nodes) => {
    pictures.isShown = false;
    if (screen) return N.flatten(drawScreen(), 0);
    /** @type {ViewNode[]} */
    const whole = [];
    for (let i = 0; i < nodes.length;) {
      const slot = nodes[i++];
      if (slot.role !== P.SLOT) {
        whole.push(slot.role === P.STATUS ? calm(slot) : slot);
        continue;
      }
      const begin = i;
      while (i < nodes.length && nodes[i].depth > slot.depth) i++;
      whole.push(...N.flatten(fill(slot, nodes.slice(begin, i)), slot.depth));
    }
    return whole;
  };

  /** @param {number} action @param {number} index @param {string} text @returns {number} to focus */
  const act = (action, index, text) => {
    if (action === K.MINE) go("list");
    else if (action === K.FORGET) go("forget");
    else if (action === K.BACK) back();
    else if (action === K.CLOSE) bridge.post("close");
    else if (action === K.OPEN) openRequest(mine.list()[index] ?? null);
    else if (action === K.ATTACH || action === K.REMOVE) return pictures.event(action, index);
    else if (action >= K.ME_TOO && action <= K.COMMENT_STATUS) return topic.event(action, text);
    else if (screen === "forget") return forget.event(action, text);
    else return request.event(action);
    return 0;
  };

  const count = () => {
    for (const args of panel.counts.splice(0)) if (!isHidden) counters.add(args);
  };
  const refresh = async () => {
    await mine.refresh();
    changed();
    panel.draw();
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") counters.flush();
    else void refresh();
  });
  addEventListener("storage", ({ key }) => {
    if (!key || key.includes(".mine.")) panel.draw();
  });
  dropOldDrafts(storage);
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(cacheOf(config.site)) : null;
  // "Forget me" in another tab: this one would keep its draft again with the next key.
  if (tabs) tabs.onmessage = () => void forgetHere();
  count();
  counters.sendLeft();
  if (hints.has("request")) openRequest(parseLink(hints.get("request") ?? ""));
  changed();
  void refresh();
  const keep = () => void keepSnapshot(config, panel.source);
  keep();
  void startSkin(config, view.root);

  return {
    extend,
    /**
     * An event of the page, before the core gets it.
     * @param {number} kind
     * @param {number} key
     * @param {string} [text]
     * @returns {boolean} whether it was for this chunk
     */
    event(kind, key, text = "") {
      const action = N.actionOf(key);
      if (action < 0 && !(screen && kind === P.EVENT_KEY)) return false;
      if (kind === P.EVENT_KEY) {
        if (text === "Escape") bridge.post("close");
        return true;
      }
      const focus = act(action, N.indexOf(key), text);
      panel.draw();
      if (focus) view.focus(N.keyOf(focus));
      return true;
    },
    count,
    changed,
    copy,
    /** There is a snapshot, or a newer one. */
    keep,
    /** Leaves the screens of its own: the core shows something. */
    leave: close,
    /** @param {boolean} shown */
    visible(shown) {
      backButton.visible(shown);
      if (shown) void refresh();
      else counters.flush();
    },
    /**
     * What the server said of a letter.
     * @param {string} id
     * @param {import("../panel/outbox.js").Refusal | null} refusal null: it is stored
     */
    outcome(id, refusal) {
      topic.outcome(id, refusal);
      if (!refusal) void pictures.sweep();
      else if (refusal.errors.some(({ field }) => field === "attachments")) pictures.check();
      changed();
      panel.draw();
    },
    /** A letter waits. @param {string} id */
    delayed(id) {
      topic.delayed(id);
      panel.draw();
    },
  };
}

/**
 * @param {Panel} panel
 * @param {Record<string, import("../panel/texts.js").TextTable["list"][number]>} table
 * @returns {App}
 */
function makeApp({ config, hints, storage, outbox, bridge, view, ...panel }, table) {
  const list = /** @type {any} */ (table); // by name instead of by number
  const texts = panel.makeTexts({ list, languages: {}, page: config.texts.page }, config.lang);
  const channel = parent === window ? "form" : "site";
  const mine = new Mine(storage);
  const address = config.requests.replace(/requests$/, "events");
  const counters = new Counters(address, storage, {
    ...{ channel, language: config.lang, keepQueries: config.keep_queries },
  });
  let told = "";
  /** @type {App} */
  const app = {
    t: (name, args = {}) => texts.format(/** @type {any} */ (name), args),
    size: (bytes) => sizeText(bytes, config.lang),
    site: config.site,
    place: () => {
      const page = (hints.get("page") ?? "").replace(/[?#].*$/, "");
      const identity = panel.identity();
      return {
        ...{ language: config.lang, channel },
        ...(page && { page }),
        ...(identity && { identity }),
      };
    },
    ...{ storage, outbox, mine, counters, copy },
    ...{ crypto: panel.crypto, pictures: panel.pictures, listName: panel.listName },
    draw: panel.draw,
    unsent: () => storage.names("outbox.").flatMap((name) => titleOf(storage.get(name)) || []),
    show: (action) => {
      panel.draw();
      view.focus(N.keyOf(action));
    },
    changed: () => {
      const open = storage.names("outbox.").length > 0 || mine.isOpen;
      const count = mine.unread;
      if (told === `${open} ${count}`) return;
      told = `${open} ${count}`;
      bridge.post("keep", { open });
      bridge.post("unread", { count });
    },
    forgetAll: async () => {
      outbox.clear();
      counters.clear();
      panel.counts.length = 0;
      panel.event(P.EVENT_FORGET, 0);
      for (const name of storage.names("")) storage.set(name, "");
      await forgetDatabases(config.site);
    },
  };
  return app;
}

/** What names a letter to its writer, "" when nothing does. @param {string} body */
function titleOf(body) {
  try {
    const { title, details } = JSON.parse(body);
    return String(title || details || "");
  } catch {
    return "";
  }
}

/** @param {string} site */
async function forgetDatabases(site) {
  try {
    await new Promise((done) => {
      const request = indexedDB.deleteDatabase(`askus.${site}`);
      request.onsuccess = request.onerror = request.onblocked = () => done(undefined);
    });
    await caches.delete(cacheOf(site));
  } catch {
    // Blocked: nothing was kept there.
  }
}

/** @param {number} bytes @param {string} language */
function sizeText(bytes, language) {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(language, {
    ...{ style: "unit", unit: isLarge ? "megabyte" : "kilobyte", unitDisplay: "short" },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(bytes / (isLarge ? 1_000_000 : 1000));
}

/** The core's node of the consent with what is in it. @param {readonly ViewNode[]} inside */
function consentOf(inside) {
  const [check, ...children] = inside;
  if (check?.role !== P.CHECK) return null;
  return N.make(
    P.CHECK,
    check,
    children.filter(({ role }) => role === P.LINK).map((link) => N.make(P.LINK, link)),
  );
}

/** The look of what is drawn here. */
function dress() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
