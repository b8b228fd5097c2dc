// The page of those who answer and manage: who is logged in, which screen is shown. An address's
// fragment names the screen, so that a link, Back and a reload lead where they should.
import { DEPARTMENTS, REPORTS } from "./addresses.js";
import { call, onLoggedOut } from "./api.js";
import { fill, h } from "./dom.js";
import { avatar } from "./person.js";
import { invitationScreen, logInScreen } from "./screens/log-in.js";
import { FEED, feedScreen, readCategories } from "./screens/feed.js";
import { say, spoken } from "./say.js";
import { firstLanguage, speak, speakMore, t } from "./texts.js";

/** @typedef {import("./person.js").Me} Me */

/** @type {{texts: Record<string, string>, later_texts: Record<string, string>, later_style: string}} */
const config = JSON.parse(document.getElementById("askus-staff")?.textContent ?? "{}");
const root = /** @type {HTMLElement} */ (document.getElementById("staff"));
const INVITATION = "#invitation=";
/** The studio has no log-in of its own: it sends people here, and they go back by themselves. */
const next = /^\/studio\/[a-z0-9-]+$/.exec(
  new URLSearchParams(location.search).get("next") ?? "",
)?.[0];

/** @type {Me | null} */
let me = null;
let site = "";
/** What the log-in screen says first. */
let notice = "";
let email = "";
/**
 * @typedef {object} Screen
 * @property {HTMLElement} element
 * @property {() => void} [close] lets go of what it holds
 * @property {() => void} [follow] the fragment has changed, within the same screen
 * @property {string} [name] of screens that follow
 */
/** @type {Screen | null} */
let shown = null;

async function readMe() {
  const answer = await call("GET", "/v1/session");
  me = answer.ok ? answer.json : null;
  if (me && !me.sites.some((one) => one.site === site)) site = me.sites[0]?.site ?? "";
  return answer;
}

const mine = () => me?.sites.find((one) => one.site === site);
/** @param {string} right */
const may = (right) => mine()?.rights.includes(right) ?? false;

/** @param {string} language */
async function changeLanguage(language) {
  await speak(language, config.texts);
  show();
}

/** The screen's part of the address. */
const hashName = () => location.hash.split("?")[0];

const PROFILE = "#/profile";
/** Beside the feed: what a screen's right is called. @type {Record<string, string>} */
const SCREENS = {
  ...{ "#/team": "manage", "#/tags": "organise", "#/watch": "organise" },
  ...{ [REPORTS]: "figures", [DEPARTMENTS]: "answer" },
};

/** Where we are: what is asked for, or else what the person's work begins with. */
function here() {
  const asked = hashName();
  if (asked === PROFILE || (SCREENS[asked] && may(SCREENS[asked]))) return asked;
  return may("answer") ? FEED : may("figures") ? REPORTS : PROFILE;
}

/** The ways on, for who has logged in. */
function header() {
  if (!me) return h("header", { class: "bar" }, h("strong", {}, t("brand")));
  const now = here();
  /** @param {string} hash @param {import("./dom.js").Child[]} content */
  const link = (hash, ...content) =>
    h("a", { href: hash, "aria-current": now === hash ? "page" : undefined }, ...content);
  return h(
    "header",
    { class: "bar" },
    h("strong", { class: "brand" }, t("brand")),
    me.sites.length > 1 &&
      h(
        "select",
        {
          "aria-label": t("site"),
          onchange: (/** @type {Event} */ event) => {
            site = /** @type {HTMLSelectElement} */ (event.target).value;
            show();
          },
        },
        me.sites.map((one) =>
          h("option", { value: one.site, selected: one.site === site }, one.site),
        ),
      ),
    h(
      "nav",
      { "aria-label": t("sections") },
      may("answer") && link(FEED, t("requests")),
      may("figures") && link(REPORTS, t("reports")),
      may("publish") && link(`/studio/${site}`, t("faq")),
      may("answer") && link(DEPARTMENTS, t("dept_nav")),
      may("organise") && link("#/tags", t("tags")),
      may("organise") && link("#/watch", t("watched")),
      may("manage") && link("#/team", t("team")),
      link(PROFILE, avatar(me), h("span", {}, me.name)),
    ),
  );
}

/**
 * A screen whose code is fetched when it is opened.
 * @param {() => Promise<Screen>} load @param {string} [name] of a screen that follows
 * @returns {Screen}
 */
function later(load, name) {
  const waiting = h("main", { class: "column" }, h("h1", { tabindex: -1 }, t("loading")));
  const element = h("div", { class: "later" }, waiting);
  /** @type {Screen | null} */
  let inner = null;
  let closed = false;
  load()
    .then((loaded) => {
      if (closed) return loaded.close?.();
      inner = loaded;
      fill(element, loaded.element);
      announce(element);
    })
    .catch(() => fill(waiting, h("h1", { tabindex: -1 }, t("problem_offline"))));
  return {
    element,
    name,
    follow: name ? () => inner?.follow?.() : undefined,
    close() {
      closed = true;
      inner?.close?.();
    },
  };
}

/** Resolves when the style of the screens that are opened later is there. */
function readStyle() {
  styled ??= new Promise((done) => {
    const props = { rel: "stylesheet", href: config.later_style, onload: done, onerror: done };
    document.head.append(h("link", props));
  });
  return styled;
}
/** @type {Promise<unknown> | undefined} */
let styled;

/** The screens that not everybody opens every day. @param {Me} person @returns {Screen} */
function laterScreen(person) {
  const hash = here();
  /** @template Part @param {() => Promise<Part>} load @param {(part: Part) => Screen | Promise<Screen>} make @param {string} [name] */
  const screenOf = (load, make, name) =>
    later(async () => {
      const [part] = await Promise.all([load(), speakMore(config.later_texts), readStyle()]);
      return make(part);
    }, name);
  if (hash === REPORTS)
    return screenOf(
      () => import("./screens/reports.js"),
      ({ reportsScreen }) => reportsScreen({ site, rights: mine()?.rights ?? [] }),
      "reports",
    );
  if (hash === DEPARTMENTS)
    return screenOf(
      () => import("./screens/departments.js"),
      ({ departmentsScreen }) => departmentsScreen({ site }),
    );
  if (hash === "#/tags")
    return screenOf(
      () => import("./screens/tags.js"),
      ({ tagsScreen }) => ({ element: tagsScreen({ site }) }),
    );
  if (hash === "#/watch")
    return screenOf(
      () => import("./screens/watch.js"),
      ({ watchScreen }) => ({ element: watchScreen({ site }) }),
    );
  if (hash === "#/team")
    return screenOf(
      () => import("./screens/team.js"),
      async ({ teamScreen }) => ({
        element: teamScreen({ site, me: person.id, categories: await readCategories(site) }),
      }),
    );
  return screenOf(
    () => import("./screens/profile.js"),
    ({ profileScreen }) => ({
      element: profileScreen({
        me: person,
        changed: async () => {
          await readMe();
          show();
        },
        speak: (language) => speak(language, config.texts),
        left: () => {
          me = null;
          notice = t("logged_out");
          show();
        },
      }),
    }),
  );
}

/** @returns {Screen} */
function screen() {
  if (location.hash.startsWith(INVITATION))
    return {
      element: invitationScreen({
        ticket: location.hash.slice(INVITATION.length),
        choose: changeLanguage,
        accepted: (address, text) => {
          [email, notice] = [address, text];
          history.replaceState(null, "", "#/");
          me = null;
          show();
        },
      }),
    };
  if (!me)
    return {
      element: logInScreen({
        notice,
        email,
        choose: changeLanguage,
        entered: async () => {
          notice = "";
          await start();
        },
      }),
    };
  if (here() !== FEED) return laterScreen(me);
  return { name: "feed", ...feedScreen({ me, site, rights: mine()?.rights ?? [] }) };
}

function show() {
  shown?.close?.();
  shown = screen();
  fill(root, header(), shown.element, spoken);
  announce(shown.element);
  if (me && SCREENS[hashName()] && here() !== hashName()) say(t("problem_not_allowed"));
}

/** What is shown now has the focus, and the window its name. @param {HTMLElement} element */
function announce(element) {
  const heading = element.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} · ${t("brand")}`;
  heading?.focus();
}

/** The fragment has changed: another screen, or the same one shows something else. */
function follow() {
  const same = here() === (shown?.name === "feed" ? FEED : REPORTS);
  if (shown?.follow && same && me && !location.hash.startsWith(INVITATION)) return shown.follow();
  show();
}

async function start() {
  // An invitation is for who has no account yet.
  const answer = location.hash.startsWith(INVITATION) ? null : await readMe();
  if (me && next) return location.replace(next);
  const language = me?.language ?? firstLanguage();
  await speak(language, config.texts);
  if (answer?.problem === "offline") notice = t("problem_offline");
  follow();
}

addEventListener("hashchange", follow);
onLoggedOut(() => {
  if (!me) return;
  me = null;
  notice = t("session_over");
  show();
});
void start();
