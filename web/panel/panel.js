// The panel's page: joins the core with the document, the network and the host's page.
import { openBridge } from "./bridge.js";
import { loadCore } from "./core.js";
import { runEffect } from "./effects.js";
import { listen } from "./input.js";
import { Outbox } from "./outbox.js";
import { openPrivateLink } from "./private-link.js";
import * as P from "./protocol.js";
import { writeRequest } from "./request.js";
import { startSkin } from "./skin-gate.js";
import { LIMITS, SnapshotError, SnapshotSource } from "./snapshot.js";
import { openStorage } from "./storage.js";
import { makeTexts } from "./texts.js";
import { cryptoSource } from "./verify.js";
import { View } from "./view.js";

/** A check for a newer snapshot when the panel is shown again is not made more often. */
const CHECK_AGAIN_MS = 30_000;

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
 * @property {{core: string, skin?: string, skin_script?: string, verify_script: string, work_script: string}} assets
 * @property {import("./texts.js").TextTable} texts
 */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {Config} */
const config = JSON.parse(byId("askus-config").textContent ?? "");
const root = byId("panel");
const texts = makeTexts(config.texts, config.lang);
const storage = openStorage(config.site);
/** The draft of this tab; the site's storage has the one that was written on last. */
const tab = openStorage(config.site, () => sessionStorage);
const crypto = cryptoSource(new URL(config.assets.verify_script, location.href).href);
/** What the loader wrote behind the #: `origin`, `inline`; in a window of its own `article`. */
const hints = new URLSearchParams(location.hash.slice(1));
const view = new View(root, texts);
const source = new SnapshotSource(config, storage, crypto);
/** When the manifest was last asked for; at the start it is anyway. */
let checkedAt = Date.now();
let isLoading = false;

if (parent === window || hints.has("inline")) document.documentElement.classList.add("alone");

main().catch(() => {
  root.replaceChildren();
  const alert = document.createElement("p");
  alert.setAttribute("role", "alert");
  alert.textContent = texts.page.load_failed;
  root.append(alert);
});

async function main() {
  const core = await loadCore(
    fetch(config.assets.core, { signal: AbortSignal.timeout(LIMITS.timeoutMs) }),
  );
  /** @type {import("./bridge.js").Message[] | null} messages that came before the first view */
  let early = [];
  let identity = "";
  let isForgetting = false;
  const bridge = openBridge(config.origins, hints.get("origin") ?? "", (message) =>
    early ? early.push(message) : receive(message),
  );
  const outbox = new Outbox(
    config.requests,
    storage,
    {
      sent: (answer) => {
        const { id, number, token, link, answers = [] } = answer;
        bridge.post("event", { name: "request-sent", detail: [String(number)] });
        event(P.EVENT_SENT, 0, [
          ...["id", id, "number", String(number), "token", token, "link", link],
          ...["answers", answers.join(" ")],
        ]);
        forget();
      },
      delayed: (refusal) => event(P.EVENT_SEND_FAILED, 0, reasons(refusal)),
      refused: (refusal) => {
        event(P.EVENT_SEND_FAILED, 1, reasons(refusal));
        forget();
      },
    },
    config.assets.work_script,
  );
  const services = {
    view,
    bridge,
    /** @param {string} text */
    keepDraft: (text) => {
      // Another tab's draft may stand there by now: only this one's is deleted.
      if (text || storage.get("draft") === tab.get("draft")) storage.set("draft", text);
      tab.set("draft", text);
    },
    /** @param {string[]} args */
    send: async (args) =>
      outbox.add(await writeRequest(P.pairs([...args, "identity", identity]), await crypto())),
    prepare: () => outbox.prepare(),
    retry: () => void load(),
    adopted: () => source.accept(),
  };

  /** @param {import("./protocol.js").Output} output */
  const show = ({ nodes, effects }) => {
    if (nodes) view.draw(nodes);
    for (const effect of effects) runEffect(effect, services);
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

  const load = async () => {
    if (isLoading) return;
    isLoading = true;
    checkedAt = Date.now();
    try {
      const bytes = await source.load();
      if (bytes) show(core.snapshot(bytes));
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      if (!source.hasOne) eventOf(P.EVENT_SNAPSHOT_FAILED, 0, error.reason);
    } finally {
      isLoading = false;
    }
  };
  /** @param {boolean} shown */
  const visible = (shown) => {
    event(P.EVENT_VISIBLE, shown ? 1 : 0);
    if (shown && Date.now() - checkedAt > CHECK_AGAIN_MS) void load();
  };
  /** For the host's page, once nothing is left that only this page keeps. */
  const forget = () => {
    if (!isForgetting || outbox.unkept) return;
    for (const each of [storage, tab]) each.set("draft", "");
    bridge.post("reset");
  };
  /** @param {import("./bridge.js").Message} message */
  const receive = ({ type, text = "", fields = {} }) => {
    if (type === "open") visible(true);
    else if (type === "page") event(P.EVENT_START, 0, ["page", text]);
    else if (type === "close") visible(false);
    else if (type === "identify") identity = text;
    else if (type === "reset") {
      isForgetting = true;
      forget();
    } else if (type === "prefill") event(P.EVENT_PREFILL, 0, Object.entries(fields).flat());
    else if (type === "article" || type === "search") event(P.EVENT_OPEN, 0, [type, text]);
  };

  event(P.EVENT_START, 0, startPairs());
  const draft = tab.get("draft") || storage.get("draft");
  if (draft) eventOf(P.EVENT_RESTORE, 0, draft);
  if (!navigator.onLine) event(P.EVENT_ONLINE, 0);
  if (hints.has("article")) event(P.EVENT_OPEN, 0, ["article", hints.get("article") ?? ""]);
  const privateLink = hints.get("request");
  if (privateLink !== null) {
    void openPrivateLink(privateLink).then((opened) => opened && event(P.EVENT_OPEN, 0, opened));
  }
  listen(view, eventOf);
  if (parent === window) visible(true);
  addEventListener("online", () => {
    event(P.EVENT_ONLINE, 1);
    outbox.flush();
  });
  addEventListener("storage", ({ key }) => {
    if (!key || key.includes(".outbox.")) outbox.changed(); // no key: all is cleared
  });
  addEventListener("offline", () => event(P.EVENT_ONLINE, 0));
  for (const message of early) receive(message);
  early = null;
  bridge.post("ready");
  outbox.flush();
  await load();
  void startSkin(config, root);
}

/** @param {import("./outbox.js").Refusal} refusal */
function reasons({ id, reason, type, text, errors }) {
  const said = ["id", id, "reason", reason, "type", type, "text", text];
  return [...said, ...errors.flatMap((e) => [e.field, e.text])];
}

function startPairs() {
  const asked = (new URLSearchParams(location.search).get("lang") ?? "").split(/[\s,]+/);
  const languages = [config.lang, ...asked, ...navigator.languages].filter(Boolean);
  return [
    ...[
      "language",
      config.lang,
      "languages",
      [...new Set(languages)].join(" "),
      "site",
      config.site,
    ],
    ...["channel", parent === window ? "form" : "site"],
  ];
}
