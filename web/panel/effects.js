// What the core asks of the page beside drawing.
import { applyTheme } from "./theme.js";

/**
 * @typedef {object} Services
 * @property {import("./view.js").View} view
 * @property {import("./storage.js").Storage} storage
 * @property {(draft: string) => void} keepDraft "": there is none any more
 * @property {{post: (type: string, more?: object) => void}} bridge
 * @property {(fields: string[]) => void} send
 * @property {() => void} prepare somebody is writing
 * @property {(args: string[]) => void} count
 * @property {(text: string) => void} copy a link of our own may come as a path
 * @property {() => void} retry
 * @property {() => void} adopted the core has taken the snapshot it was given
 */

/**
 * Unknown effects are ignored: a newer core may have more.
 * @param {import("./protocol.js").Effect} effect
 * @param {Services} services
 */
export function runEffect({ name, args }, services) {
  const { view, storage, keepDraft, bridge, send, prepare, count, copy, retry, adopted } = services;
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
      else storage.set("pictures", ""); // they were the draft's
      return;
    case "copy":
      return copy(args[0] ?? "");
    case "count":
      count(args);
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
