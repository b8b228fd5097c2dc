// The panel's page: joins the core with the document, the network and the host's page.
import { openBridge } from "./bridge.js";
import { loadCore } from "./core.js";
import { pictureOrigins } from "./elements.js";
import { idle } from "./idle.js";
import { listen } from "./input.js";
import { Outbox } from "./outbox.js";
import * as P from "./protocol.js";
import { writeRequest } from "./request.js";
import { LIMITS, SnapshotError, SnapshotSource } from "./snapshot.js";
import { openStorage } from "./storage.js";
import { makeTexts } from "./texts.js";
import { applyTheme } from "./theme.js";
import { cryptoSource } from "./verify.js";
import { View } from "./view.js";

/** A check for a newer snapshot, when the panel is shown or asked something, is not made more often. */
const CHECK_AGAIN_MS = 30_000;
/** Storage's names of a draft and of its pictures, its id behind them. */
const DRAFT = "draft.";
const PICTURES = "pictures.";

/**
 * docs/http-api.md: the data block of the page.
 * @typedef {object} Config
 * @property {string} site
 * @property {string} lang
 * @property {import("./verify.js").Key[]} keys
 * @property {string} manifest
 * @property {string} snapshots
 * @property {string} requests
 * @property {string[]} origins
 * @property {string[]} pictures origins whose pictures may be shown
 * @property {boolean} keep_queries whether a query that found nothing may be told
 * @property {{core: string, skin?: string, skin_script?: string, verify_script: string,
 *   work_script: string, more_script: string, more_texts: string, pictures_script: string}} assets
 * @property {import("./texts.js").TextTable} texts
 * @property {import("../social/social.js").Social} [social] the page is within a social network
 */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Config} */
const config = JSON.parse(byId("askus-config").textContent ?? "");
const root = byId("panel");
const texts = makeTexts(config.texts, config.lang);
const storage = openStorage(config.site);
/** The draft of this tab; the site's storage has those of all tabs, by their ids. */
const tab = openStorage(config.site, () => sessionStorage);
const crypto = cryptoSource(new URL(config.assets.verify_script, location.href).href);
/** What the loader wrote behind the #: `origin`, `inline`; in a window of its own `article`. */
const hints = new URLSearchParams(location.hash.slice(1));
const view = new View(root, texts);
const source = new SnapshotSource(config, storage, crypto);
/** When the manifest was last asked for; at the start it is anyway. */
let checkedAt = Date.now();
let isLoading = false;
/** @type {readonly import("./protocol.js").ViewNode[]} what the core drew last */
let drawn = [];
/** The chunk of the later screens, once it is there. @type {import("../more/more.js").More | null} */
let more = null;
/** Counters that wait for it. @type {string[][]} */
const counts = [];

/** The loader of a page of the site's is not around this one. */
const isAlone = !hints.has("origin") || !!config.social;

pictureOrigins.push(...config.pictures);
if (isAlone || hints.has("inline")) document.documentElement.classList.add("alone");

main().catch(() => {
  const alert = document.createElement("p");
  alert.setAttribute("role", "alert");
  alert.textContent = texts.page.load_failed;
  root.replaceChildren(alert);
});

async function main() {
  const core = await loadCore(
    fetch(config.assets.core, { signal: AbortSignal.timeout(LIMITS.timeoutMs) }),
  );
  /** @type {import("./bridge.js").Message[] | null} messages that came before the first view */
  let early = [];
  let identity = "";
  let isForgetting = false;
  let isQuiet = false;
  const bridge = openBridge(config.origins, hints.get("origin") ?? "", (message) =>
    early ? early.push(message) : receive(message),
  );
  const outbox = new Outbox(
    config.requests,
    storage,
    {
      sent: (answer, body) => {
        const { id, number, token, answers = [] } = answer;
        // For "my questions", whatever becomes of this page. Who only counts has none.
        const { title, details } = JSON.parse(body);
        const name = (title || details || "").slice(0, 200);
        if (name) storage.set(`mine.${id}`, JSON.stringify({ number, token, title: name }));
        if (title) bridge.post("event", { name: "request-sent", detail: [String(number)] });
        // All as texts; the core takes what it knows.
        event(
          P.EVENT_SENT,
          0,
          flat(/** @type {any} */ ({ ...answer, answers: answers.join(" ") })),
        );
        more?.outcome(id, null);
        void forget();
      },
      delayed: (refusal) => {
        event(P.EVENT_SEND_FAILED, 0, reasons(refusal));
        more?.delayed(refusal.id);
      },
      refused: (refusal) => {
        event(P.EVENT_SEND_FAILED, 1, reasons(refusal));
        more?.outcome(refusal.id, refusal);
        void forget();
      },
    },
    config.assets.work_script,
    async (body) => {
      if (body.includes('"attachments":')) await (await pictures()).upload(body);
    },
    config.social?.token,
  );
  /** Pictures of requests: a chunk that is fetched for the first of them. */
  const pictures = async () =>
    /** @type {typeof import("../pictures/pictures.js")} */ (
      await import(config.assets.pictures_script)
    ).open(config, storage, crypto, listName);
  /**
   * What the core asks of the page beside drawing. A newer core may have more: they are ignored.
   * @type {{[name: string]: (...args: string[]) => unknown}}
   */
  const effects = {
    focus: (key) => isQuiet || view.focus(Number(key)),
    send: async (...args) => {
      const fields = P.pairs([...args, "identity", identity]);
      const attached = storage.get(PICTURES + fields.get("id"));
      outbox.add(await writeRequest(fields, await crypto(), attached));
      more?.changed();
    },
    close: () => bridge.post("close"),
    draft: (text) => {
      keepDraft(text);
      if (text) void outbox.prepare();
    },
    // A link of our own may come as a path.
    copy: (text) => void loadMore().then(() => more?.copy(text)),
    count: (name, ...detail) => {
      counts.push([name, ...detail]);
      more?.count();
      bridge.post("event", { name, detail });
    },
    title: (text) => (document.title = text),
    retry: () => void load(),
    theme: (light, dark) => {
      source.accept();
      more?.keep();
      applyTheme(light, dark, document.documentElement.style);
    },
  };

  /** @param {import("./protocol.js").Output} output */
  const show = ({ nodes, effects: asked }) => {
    if (nodes) draw(nodes);
    for (const { name, args } of asked) effects[name]?.(...args);
  };
  const draw = (nodes = drawn) => {
    drawn = nodes;
    view.draw(more?.extend(nodes) ?? nodes);
  };
  /**
   * @param {number} kind
   * @param {number} key
   * @param {readonly string[]} strings
   */
  const event = (kind, key, strings = []) => show(core.event(kind, key, P.encodeStrings(strings)));
  /**
   * An event whose payload is one text, or nothing.
   * @param {number} kind
   * @param {number} key
   * @param {string} [text]
   */
  const eventOf = (kind, key, text = "") =>
    show(core.event(kind, key, new TextEncoder().encode(text)));

  const load = async (from = fetch, failed = "") => {
    if (isLoading) return;
    isLoading = true;
    checkedAt = Date.now();
    try {
      const bytes = await source.load(from);
      if (bytes) show(core.snapshot(bytes));
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      // The network's reason is what is said, whatever is wrong with what is kept.
      failed ||= error.reason;
    } finally {
      isLoading = false;
    }
    if (!failed || source.current) return;
    if (from === fetch) await load(kept, failed);
    else eventOf(P.EVENT_SNAPSHOT_FAILED, 0, failed);
  };
  /** For a newer snapshot. */
  const check = () => {
    if (Date.now() - checkedAt > CHECK_AGAIN_MS) void load();
  };
  /** @param {boolean} shown @param {boolean} [quietly] the visitor is elsewhere: no focus is taken */
  const visible = (shown, quietly = false) => {
    isQuiet = quietly;
    event(P.EVENT_VISIBLE, shown ? 1 : 0);
    isQuiet = false;
    more?.visible(shown);
    if (!shown) return;
    check();
    if (source.current) void loadMore();
  };
  /** For the host's page, once nothing is left that only this page keeps. */
  const forget = async () => {
    if (!isForgetting || outbox.unkept) return;
    const hadPictures = storage.names(PICTURES).length > 0;
    // What waits to be sent stays: it was given to be sent.
    for (const name of storage.names(""))
      if (!/^(outbox|version)/.test(name)) storage.set(name, "");
    tab.set("draft", "");
    if (hadPictures)
      await pictures()
        .then((all) => all.sweep())
        .catch(() => {});
    bridge.post("reset");
  };
  /** @param {import("./bridge.js").Message} message */
  const receive = ({ type, text = "", fields = {} }) => {
    if (type === "open") visible(true, !!text);
    else if (type === "page") {
      hints.set("page", text);
      event(P.EVENT_START, 0, ["page", text]);
    } else if (type === "close") visible(false);
    else if (type === "identify") identity = text;
    else if (type === "reset") {
      isForgetting = true;
      void forget();
    } else if (type === "prefill") event(P.EVENT_PREFILL, 0, flat(fields));
    else if (type === "article" || type === "search") {
      more?.leave();
      event(P.EVENT_OPEN, 0, [type, text]);
    }
  };
  /** @type {Promise<void> | undefined} */
  let loadingMore;
  /** What comes after the first answer; what fails is tried again when the panel is shown. */
  const loadMore = () =>
    (loadingMore ??= startMore().catch(() => {
      loadingMore = undefined;
    }));
  const startMore = async () => {
    const module = /** @type {typeof import("../more/more.js")} */ (
      await import(config.assets.more_script)
    );
    more = await module.start({
      ...{ config, hints, storage, outbox, bridge, view, makeTexts, counts, source },
      ...{ crypto, pictures, listName, event, draw: () => draw(), identity: () => identity },
    });
    draw();
  };

  event(P.EVENT_START, 0, startPairs());
  // Ids are in the order of time: what was begun last.
  tab.set("draft", tab.get("draft") || storage.get(storage.names(DRAFT).sort().at(-1) ?? ""));
  if (tab.get("draft")) eventOf(P.EVENT_RESTORE, 0, tab.get("draft"));
  if (!navigator.onLine) event(P.EVENT_ONLINE, 0);
  if (hints.has("article")) event(P.EVENT_OPEN, 0, ["article", hints.get("article") ?? ""]);
  listen(view, (kind, key, text) => {
    if (kind === P.EVENT_INPUT) check();
    if (!more?.event(kind, key, text)) eventOf(kind, key, text);
  });
  if (isAlone) visible(true, parent !== window && !config.social);
  addEventListener("online", () => {
    event(P.EVENT_ONLINE, 1);
    outbox.flush();
    check();
  });
  addEventListener("storage", ({ key }) => {
    if (!key || key.includes(".outbox.")) outbox.changed(); // no key: all is cleared
  });
  document.addEventListener("visibilitychange", () => document.hidden || check());
  addEventListener("offline", () => event(P.EVENT_ONLINE, 0));
  for (const message of early) receive(message);
  early = null;
  bridge.post("ready");
  outbox.flush();
  if (hints.has("request")) void loadMore();
  await load();
  await idle();
  await loadMore();
}

/**
 * What the later screens' chunk has kept of an earlier visit, as fetch() would bring it.
 * @type {(address: any) => Promise<any>}
 */
const kept = async (address) => caches.match(address);

/** A draft's id is its first text that looks like one. @param {string} draft */
function idOf(draft) {
  return /[\da-f-]{36}/.exec(draft)?.[0] ?? "";
}

/** Of this tab's draft. */
const listName = () => PICTURES + idOf(tab.get("draft"));

/**
 * Keeps this tab's draft; those of other tabs stay.
 * @param {string} draft "": there is none any more
 */
function keepDraft(draft) {
  const before = idOf(tab.get("draft"));
  const id = idOf(draft);
  if (id !== before) {
    if (id) storage.set(PICTURES + id, storage.get(PICTURES + before)); // it was given another id
    storage.set(PICTURES + before, "");
    storage.set(DRAFT + before, "");
  }
  if (id) storage.set(DRAFT + id, draft);
  tab.set("draft", draft);
}

/** Names and values in turn. @param {{[name: string]: string}} named */
function flat(named) {
  return Object.entries(named).flat();
}

/** @param {import("./outbox.js").Refusal} refusal */
function reasons({ id, reason, type, text, errors }) {
  return [...flat({ id, reason, type, text }), ...errors.flatMap((e) => [e.field, e.text])];
}

function startPairs() {
  const asked = (new URLSearchParams(location.search).get("lang") ?? "").split(/[\s,]+/);
  const languages = [config.lang, ...asked, ...navigator.languages].filter(Boolean);
  const channel = config.social?.channel ?? (parent === window ? "form" : "site");
  return flat({
    language: config.lang,
    languages: [...new Set(languages)].join(" "),
    site: config.site,
    channel,
  });
}
