// What the core asks of the page beside drawing.
import { applyTheme } from "./theme.js";

/**
 * @typedef {object} Services
 * @property {import("./view.js").View} view
 * @property {(draft: string) => void} keepDraft "": there is none any more
 * @property {{post: (type: string, more?: object) => void}} bridge
 * @property {(fields: string[]) => void} send
 * @property {() => void} prepare somebody is writing
 * @property {() => void} retry
 * @property {() => void} adopted the core has taken the snapshot it was given
 */

/**
 * Unknown effects are ignored: a newer core may have more.
 * @param {import("./protocol.js").Effect} effect
 * @param {Services} services
 */
export function runEffect({ name, args }, services) {
  const { view, keepDraft, bridge, send, prepare, retry, adopted } = services;
  switch (name) {
    case "focus":
      return view.focus(Number(args[0]));
    case "send":
      return send(args);
    case "close":
      return bridge.post("close");
    case "draft":
      keepDraft(args[0] ?? "");
      if (args[0]) prepare();
      return;
    case "copy":
      return void copy(args[0] ?? "");
    case "count":
      return bridge.post("event", { name: args[0], detail: args.slice(1) });
    case "title":
      document.title = args[0] ?? "";
      return;
    case "retry":
      return retry();
    case "theme":
      adopted();
      return applyTheme(args[0] ?? "", args[1] ?? "", document.documentElement.style);
  }
}

/** @param {string} text a link of our own may come as a path */
async function copy(text) {
  const full = text.startsWith("/") ? new URL(text, location.href).href : text;
  try {
    await navigator.clipboard.writeText(full);
  } catch {
    // Plain http or a host that did not allow the clipboard: the old way still works there.
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = full;
    area.className = "vh";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
