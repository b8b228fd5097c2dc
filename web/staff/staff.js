// The page of those who answer and manage: who is logged in, which screen is shown. An address's
// fragment names the screen, so that a link, Back and a reload lead where they should.
import { DEPARTMENTS, REPORTS } from "./addresses.js";
import { call, onLoggedOut } from "./api.js";
import { fill, h } from "./dom.js";
import { avatar } from "./person.js";
import { invitationScreen, logInScreen } from "./screens/log-in.js";
import { FEED, feedScreen, readCategories } from "./screens/feed.js";
import { profileScreen } from "./screens/profile.js";
import { spoken } from "./say.js";
import { firstLanguage, speak, speakMore, t } from "./texts.js";

/** @typedef {import("./person.js").Me} Me */

/** @type {{texts: Record<string, string>, later_texts: Record<string, string>}} */
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
/** Of the site, for the team's screen. @type {{id: string, title: string}[]} */
let categories = [];

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

/** The feed is what is shown when nothing else is asked for. */
const feedIsAsked = () =>
  may("answer") &&
  !["#/team", "#/tags", "#/watch", "#/profile", REPORTS, DEPARTMENTS].includes(hashName());

/** The ways on, for who has logged in. */
function header() {
  if (!me) return h("header", { class: "bar" }, h("strong", {}, t("brand")));
  const here = feedIsAsked() ? FEED : location.hash;
  /** @param {string} hash @param {string} text */
  const link = (hash, text) =>
    h("a", { href: hash, "aria-current": here.split("?")[0] === hash ? "page" : undefined }, text);
  return h(
    "header",
    { class: "bar" },
    h("strong", {}, t("brand")),
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
      h(
        "a",
        {
          href: "#/profile",
          "aria-current": here === "#/profile" ? "page" : undefined,
          class: "me",
        },
        avatar(me),
        h("span", {}, me.name),
      ),
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

/** The screens of those who manage. @param {Me} person @returns {Screen | null} */
function managersScreen(person) {
  const hash = hashName();
  /** @template Part @param {() => Promise<Part>} load @param {(part: Part) => Screen} make @param {string} [name] */
  const screenOf = (load, make, name) =>
    later(async () => {
      const [part] = await Promise.all([load(), speakMore(config.later_texts)]);
      return make(part);
    }, name);
  if (hash === REPORTS && may("figures"))
    return screenOf(
      () => import("./screens/reports.js"),
      ({ reportsScreen }) => reportsScreen({ site, rights: mine()?.rights ?? [] }),
      "reports",
    );
  if (hash === DEPARTMENTS && may("answer"))
    return screenOf(
      () => import("./screens/departments.js"),
      ({ departmentsScreen }) => departmentsScreen({ site }),
    );
  if (hash === "#/tags" && may("organise"))
    return screenOf(
      () => import("./screens/tags.js"),
      ({ tagsScreen }) => ({ element: tagsScreen({ site }) }),
    );
  if (hash === "#/watch" && may("organise"))
    return screenOf(
      () => import("./screens/watch.js"),
      ({ watchScreen }) => ({ element: watchScreen({ site }) }),
    );
  if (hash === "#/team" && may("manage"))
    return screenOf(
      () => import("./screens/team.js"),
      ({ teamScreen }) => ({ element: teamScreen({ site, me: person.id, categories }) }),
    );
  return null;
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
  if (feedIsAsked())
    return { name: "feed", ...feedScreen({ me, site, rights: mine()?.rights ?? [] }) };
  return (
    managersScreen(me) ?? {
      element: profileScreen({
        me,
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
    }
  );
}

function show() {
  shown?.close?.();
  shown = screen();
  fill(root, header(), shown.element, spoken);
  announce(shown.element);
}

/** What is shown now has the focus, and the window its name. @param {HTMLElement} element */
function announce(element) {
  const heading = element.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} · ${t("brand")}`;
  heading?.focus();
}

/** The fragment has changed: another screen, or the same one shows something else. */
async function follow() {
  const same = shown?.name === "feed" ? feedIsAsked() : hashName() === REPORTS;
  if (shown?.follow && same && me && !location.hash.startsWith(INVITATION)) return shown.follow();
  if (location.hash === "#/team" && may("manage")) categories = await readCategories(site);
  show();
}

async function start() {
  // An invitation is for who has no account yet.
  const answer = location.hash.startsWith(INVITATION) ? null : await readMe();
  if (me && next) return location.replace(next);
  const language = me?.language ?? firstLanguage();
  await speak(language, config.texts);
  if (answer?.problem === "offline") notice = t("problem_offline");
  await follow();
}

addEventListener("hashchange", () => void follow());
onLoggedOut(() => {
  if (!me) return;
  me = null;
  notice = t("session_over");
  show();
});
void start();
