// What a site calls: window.AskUs(verb, ...). docs/embedding.md says what each does.

/** Names of `data-` attributes of the script's tag, and members of `init`. */
export interface Options {
  /** The site's name on the server. */
  site?: string;
  /** Origin of the server; where it is missing, that of the script's address. */
  server?: string;
  /** Wanted languages, best first, parted by spaces. */
  lang?: string;
  /** The tab's text. */
  text?: string;
  /** The tab's colour, "#rrggbb"; the text's is black or white, whichever reads better. */
  colour?: string;
  side?: "right" | "left" | "top" | "bottom" | "bubble" | "bubble left" | "none";
}

/** Who the visitor is, as far as the site knows. */
export interface Visitor {
  /** The site's own name for them; another one than before resets first. */
  id?: string;
  name?: string;
  /** An email address or a telephone number. */
  contact?: string;
  /** What the site's backend has signed (docs/http-api.md, "Signed identities"). */
  identity?: string;
}

/** What a request may be filled with; never over what the visitor has typed. */
export interface Prefill {
  kind?: "question" | "problem" | "idea" | "thanks";
  title?: string;
  details?: string;
  /** A category's id. */
  category?: string;
  mood?: "happy" | "indifferent" | "upset";
  name?: string;
  contact?: string;
}

export interface Info {
  /** Of these files: another one after each change. */
  version: string;
  site: string | undefined;
  /** `off`: before `init` and after `destroy`. A panel in the page is always open. */
  state: "off" | "closed" | "open";
}

/** Names of events, and what their listeners get; on window they are `askus:NAME`. */
export interface Events {
  /** The panel is there and can be used. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** The visitor has stopped typing; `found`: whether there was anything. */
  search: { query: string; found: boolean };
  "article-viewed": { id: string };
  helpful: { id: string; answer: "yes" | "partly" | "no" };
  /** The server has stored a request of this page. */
  "request-sent": { number: number };
  /** The panel did not come; a link to the form stands in its place. */
  error: undefined;
}

export type Listener<N extends keyof Events> = (detail: Events[N]) => void;

export interface Verbs {
  init(options?: Options): void;
  /** Takes the tab and the panel away; `init` brings them back. */
  destroy(): void;
  /** `from` gets the focus back when the panel is closed. */
  open(from?: Element): void;
  close(): void;
  toggle(): void;
  search(query: string): void;
  article(id: string, from?: Element): void;
  prefill(fields: Prefill): void;
  identify(visitor: Visitor): void;
  /** Forgets identity, prefill and the draft of this visitor; for signing out. */
  reset(): void;
  on<N extends keyof Events>(name: N, listener: Listener<N>): void;
  once<N extends keyof Events>(name: N, listener: Listener<N>): void;
  off<N extends keyof Events>(name: N, listener: Listener<N>): void;
  info(): Info;
}

/** Calls that take effect with the press return nothing; `info` answers once the script is there. */
export interface AskUs {
  <N extends keyof Events>(verb: Hearing, name: N, listener: Listener<N>): void;
  <V extends Exclude<keyof Verbs, Hearing>>(
    verb: V,
    ...args: Parameters<Verbs[V]>
  ): ReturnType<Verbs[V]>;
}

type Hearing = "on" | "once" | "off";

declare global {
  interface Window {
    AskUs: AskUs;
  }
  interface WindowEventMap {
    "askus:ready": CustomEvent<Events["ready"]>;
    "askus:open": CustomEvent<Events["open"]>;
    "askus:close": CustomEvent<Events["close"]>;
    "askus:search": CustomEvent<Events["search"]>;
    "askus:article-viewed": CustomEvent<Events["article-viewed"]>;
    "askus:helpful": CustomEvent<Events["helpful"]>;
    "askus:request-sent": CustomEvent<Events["request-sent"]>;
    "askus:error": CustomEvent<Events["error"]>;
  }
}
