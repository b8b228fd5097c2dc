// The real panel on the draft. Its page is the server's own, with another manifest: one that this
// page signs with a key made for it. What a visitor would send goes nowhere.
import { hashOf, passingKey, signManifest } from "./sign.js";

/** How long after Tab the focus may have gone where Tab led. */
const TAB_MS = 100;

/**
 * The panel takes the focus when it opens, as it should on a site; here somebody is typing meanwhile.
 * What had the focus gets it back, but when the pointer or Tab has brought it into the frame.
 * @param {HTMLIFrameElement} frame
 */
function keepFocus(frame) {
  /** @type {EventTarget | null} */
  let last = null;
  let tabbedAt = 0;
  addEventListener("focusin", ({ target }) => {
    if (target !== frame) last = target;
  });
  addEventListener("keydown", ({ key, timeStamp }) => {
    if (key === "Tab") tabbedAt = timeStamp;
  });
  addEventListener("blur", ({ timeStamp }) => {
    const isMeant = frame.matches(":hover") || timeStamp - tabbedAt < TAB_MS;
    // Where the focus has gone is known when the event is over.
    setTimeout(() => {
      const isInFrame = document.activeElement === frame || frame.contentDocument?.hasFocus();
      if (!isInFrame || isMeant || !(last instanceof HTMLElement) || !last.isConnected) return;
      focus();
      last.focus({ preventScroll: true });
    });
  });
}

export class Preview {
  /** @type {string[]} addresses of this frame's blobs, to be given back */
  #blobs = [];
  /** Of the pages before it, which may still be read while the next one is on its way. @type {string[]} */
  #before = [];
  #key = passingKey();
  /** The latest call of show(): an older one gives way. */
  #turn = 0;

  /**
   * @param {HTMLIFrameElement} frame
   * @param {string} site
   * @param {string} more address of the module that stands for the panel's later screens
   */
  constructor(frame, site, more) {
    this.frame = frame;
    this.site = site;
    this.more = more;
    keepFocus(frame);
    frame.addEventListener("load", () => {
      if (frame.contentWindow?.location.href !== frame.src) return; // another is on its way
      for (const address of this.#before.splice(0)) URL.revokeObjectURL(address);
      frame.contentWindow.postMessage({ askus: 1, type: "open" }, location.origin);
    });
    addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow || data?.askus !== 1 || data.type !== "ready") return;
      frame.contentWindow?.postMessage({ askus: 1, type: "open" }, location.origin);
    });
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} snapshot
   * @param {string} site that it is of
   * @param {string} language
   * @param {number} version of what is published: the panel remembers the highest that it has seen
   * @param {string} article a topic to open, or empty
   */
  async show(snapshot, site, language, version, article) {
    const turn = ++this.#turn;
    const query = new URLSearchParams({ lang: language });
    const [response, { key, public: publicKey }, sha256] = await Promise.all([
      fetch(`/sites/${this.site}/ask?${query}`),
      this.#key,
      hashOf(snapshot),
    ]);
    const html = await response.text();
    const what = { site, version: Math.max(version, 1), length: snapshot.length, sha256 };
    const manifest = await signManifest(what, key);
    if (turn !== this.#turn) return;
    this.#before.push(...this.#blobs.splice(0));
    const page = this.#pageOf(html, {
      keys: [publicKey],
      manifest: this.#blob(manifest, "application/json"),
      // The panel adds the hash and its ending: behind #, where they change nothing.
      snapshots: `${this.#blob(snapshot, "application/octet-stream")}#`,
      requests: `${location.origin}/studio-preview`,
    });
    const hints = new URLSearchParams({ origin: location.origin, inline: "1" });
    if (article) hints.set("article", article);
    this.frame.src = `${this.#blob(page, "text/html")}#${hints}`;
  }

  /** @param {BlobPart} part @param {string} type */
  #blob(part, type) {
    const address = URL.createObjectURL(new Blob([part], { type }));
    this.#blobs.push(address);
    return address;
  }

  /** The panel's page with these members of its configuration, every address whole. */
  #pageOf(/** @type {string} */ html, /** @type {Record<string, unknown>} */ changed) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const whole = (/** @type {string} */ path) => new URL(path, location.origin).href;
    for (const preload of page.querySelectorAll("link[rel=preload], noscript")) preload.remove();
    for (const link of page.querySelectorAll("link[href^='/']"))
      link.setAttribute("href", whole(link.getAttribute("href") ?? ""));
    for (const script of page.querySelectorAll("script[src]"))
      script.setAttribute("src", whole(script.getAttribute("src") ?? ""));
    const block = page.getElementById("askus-config");
    const config = JSON.parse(block?.textContent ?? "{}");
    for (const [name, path] of Object.entries(config.assets)) config.assets[name] = whole(path);
    config.assets.more_script = whole(this.more);
    Object.assign(config, changed);
    if (block) block.textContent = JSON.stringify(config).replace(/</g, "\\u003c");
    return `<!doctype html>${page.documentElement.outerHTML}`;
  }
}
