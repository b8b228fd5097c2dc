// <ask-us>: the panel in the page, in flow, instead of behind the tab. The first of a page has it.

const NEAR = "300px"; // before it is scrolled to, the panel is fetched
const CSS =
  ":host{display:block!important;position:relative!important;direction:ltr!important;height:640px;min-height:420px!important}" +
  "iframe{all:unset;position:absolute;inset:0;box-sizing:border-box;width:100%;height:100%;" +
  "border:1px solid #98a2b380;border-radius:14px;background:Canvas;color-scheme:light dark}" +
  "a{font:600 16px/24px system-ui,sans-serif}";

/** @param {import("./more.js").Loader} my */
export function makeInline(my) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) mount();
    },
    { rootMargin: NEAR },
  );

  const mount = () => {
    observer.disconnect();
    if (!my.inline || my.frame) return;
    my.load(root(my.inline));
    my.isOpen = true;
  };
  /** @param {HTMLElement} element */
  const root = (element) => {
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    return shadow;
  };

  /** Puts the panel where it belongs: into the page's element, or behind the tab. */
  const place = () => {
    if (my.host) my.tab.hidden = Boolean(my.inline);
    if (!my.inline) return;
    for (const name of /** @type {const} */ (["site", "lang", "server"])) {
      my.options[name] = my.inline.getAttribute(name) || my.options[name];
    }
    if (my.frame && my.frame.getRootNode() !== my.inline.shadowRoot) {
      if (my.isOpen) my.verbs.close?.();
      my.stop();
    }
    if (!my.frame) observer.observe(my.inline);
  };

  return {
    place,
    /** It was put into the page, or `gone` was taken out. @param {HTMLElement} [gone] */
    changed(gone) {
      if (gone && gone === my.inline && !gone.isConnected) {
        my.stop();
        my.isOpen = false;
        my.inline = document.querySelector("ask-us") ?? undefined;
      }
      place();
    },
    /** @param {() => void} whenThere */
    open(whenThere) {
      my.inline?.scrollIntoView({ block: "nearest" });
      mount();
      my.frame?.focus();
      whenThere();
    },
    stop: () => observer.disconnect(),
    /** The page's own content of the element is shown, or else a link. */
    failed() {
      if (!my.inline) return;
      my.isOpen = false;
      const shadow = root(my.inline);
      const link = my.make("a", { href: `${my.site()}ask`, target: "_blank" });
      link.textContent = `${my.text()} ↗`;
      const slot = my.make("slot", {});
      slot.append(link);
      shadow.replaceChildren(slot);
    },
  };
}
