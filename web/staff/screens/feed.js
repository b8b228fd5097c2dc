// The feed: views, filters, the list, and beside it the request that is open. The address's fragment
// holds all of it: a link shows somebody else the same.
import { call, ofSite } from "../api.js";
import { fill, h, keep } from "../dom.js";
import { field } from "../form.js";
import { makeIcon } from "../../panel/icons.js";
import { whenReleased } from "../press.js";
import { say } from "../say.js";
import { ago, spoken, t } from "../texts.js";
import { dueTag, isBehind, withGroups } from "./due.js";
import { openRequest } from "./request.js";
import { combobox } from "../combobox.js";
import { Tags, readTags } from "../tags.js";
import { TONES, tagMarks } from "./tag-picker.js";

export const FEED = "#/requests";
const VIEWS = ["new", "mine", "department", "asked", "overdue", "undelivered", "all"];
/** Shown only where there is something in it. */
const RARE = "undelivered";
/** Views whose count is a warning. */
const WARNING = new Set(["overdue", "undelivered"]);
const FLAGS = ["starred", "done"];
const KINDS = ["question", "problem", "idea", "thanks", "comment"];
const CHANNELS = ["site", "form", "facebook", "vk", "webhook", "feed"];
const STATUSES = ["received", "in-work", "answered", "closed", "waiting", "removed"];
const FILTERS = [
  ...["text", "category", "tag", "kind", "tone", "sure", "channel", "watched", "status", "flag"],
  ...["from", "to"],
];
/** Numbers of ../../panel/icons.js. */
const FACES = { happy: 6, indifferent: 7, upset: 8 };
/** A change is followed by others: the list is read once for all of them, so many ms later. */
const GATHERED = 200;
/** When the server does not answer it is asked again, and that is said, after so many ms. */
const PATIENCE = 5_000;
/** How long something is due is told to the minute. */
const MINUTE = 60_000;
/** As the server counts: docs/http-api.md, "The feed". */
const MOST_COUNTED = 100;

/** @typedef {import("../person.js").Me} Me */
/** @typedef {import("../person.js").Colleague} Colleague */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number} number
 * @property {string} kind
 * @property {string} title
 * @property {string} excerpt
 * @property {string} category
 * @property {string} mood
 * @property {string} channel
 * @property {string} name
 * @property {string} status
 * @property {string} created
 * @property {string} assignee
 * @property {string} due by when it is to be answered, or empty
 * @property {boolean} late
 * @property {boolean} starred
 * @property {boolean} done
 * @property {boolean} consulting
 * @property {boolean} advised
 * @property {any[]} tags ids
 * @property {string} tone
 * @property {string} tone_by
 * @property {string[]} watched
 */
/** @typedef {{request: string, person: string}} Opening */
/** @typedef {{seq: number, kind: string, id: string, actor: string, detail: string}} Change */
/**
 * What the list and the open request share.
 * @typedef {object} Desk
 * @property {string} site
 * @property {Me} me
 * @property {string[]} rights
 * @property {Map<string, Colleague>} people
 * @property {(id: string) => string} nameOf
 * @property {{id: string, title: string, department: string}[]} categories
 * @property {(id: string) => string} addressOf another request
 * @property {Tags} tags
 * @property {(id: string) => string[]} others who have that request before them, but for us
 */

/** The parameters behind the fragment's question mark. */
const parameters = () => new URLSearchParams(location.hash.split("?")[1] ?? "");

/** @param {Record<string, string>} values those that are empty are left out */
const fragment = (values) => {
  const some = Object.entries(values).filter(([, value]) => value);
  return some.length > 0 ? `${FEED}?${new URLSearchParams(some)}` : FEED;
};

/** The categories of the site in the language that is spoken. @param {string} site */
export async function readCategories(site) {
  const answer = await call("GET", ofSite(site, "categories"));
  /** @param {Record<string, string>} texts */
  const own = (texts) => texts[spoken()] ?? Object.values(texts)[0] ?? "";
  return (answer.json ?? []).map(
    (
      /** @type {{id: string, title: Record<string, string>, department: Record<string, string>}} */ c,
    ) => ({
      id: c.id,
      title: own(c.title) || c.id,
      department: own(c.department),
    }),
  );
}

/**
 * @param {object} options
 * @param {Me} options.me
 * @param {string} options.site
 * @param {string[]} options.rights
 */
export function feedScreen({ me, site, rights }) {
  /** @type {Row[]} */
  let rows = [];
  let seq = 0;
  let more = false;
  /** Whether `rows` are what the server has: before, nothing can be said of them. */
  let isRead = false;
  /** @type {Record<string, number>} */
  let counts = {};
  /** @type {Opening[]} */
  let openings = [];
  /** @type {EventSource | null} */
  let live = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let gathering;
  /** @type {ReturnType<typeof openRequest> | null} */
  let opened = null;
  let closed = false;

  /** @type {Desk} */
  const desk = {
    site,
    me,
    rights,
    people: new Map(),
    nameOf: (id) => (id === me.id ? t("me") : (desk.people.get(id)?.name ?? stranger(id))),
    categories: [],
    addressOf: (id) => address({ open: id }),
    tags: new Tags([]),
    others: (id) =>
      openings.filter((one) => one.request === id && one.person !== me.id).map((one) => one.person),
  };

  const heading = h("h1", { tabindex: -1 }, t("requests"));
  const views = h("nav", { class: "views", "aria-label": t("views") });
  const filters = h("form", {
    class: "filters",
    role: "search",
    "aria-label": t("filters"),
    onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
  });
  const list = h("ul", { class: "feed", "aria-label": t("requests"), onkeydown: move });
  const empty = h("p", { class: "hint empty", hidden: true });
  const problem = h("p", { class: "error", role: "alert" });
  const next = h(
    "button",
    { type: "button", class: "plain", hidden: true, onclick: () => void load(true) },
    t("show_more"),
  );
  const clear = h(
    "button",
    {
      type: "button",
      class: "plain clear",
      onclick: () => {
        const { view = "", open = "" } = Object.fromEntries(parameters());
        history.replaceState(null, "", fragment({ view, open }));
        drawFilters();
        readAnew();
        draw();
        filters.querySelector("input")?.focus();
      },
    },
    t("filters_clear"),
  );
  const side = h(
    "div",
    { class: "side" },
    ...[heading, views, filters, clear, problem, list, empty, next],
  );
  const pane = h("section", {
    class: "pane",
    "aria-label": t("open_request"),
    hidden: true,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const inField = /** @type {Element} */ (event.target).matches("input, select, textarea");
      if (event.key === "Escape" && !inField) location.hash = address({ open: "" });
    },
  });
  const element = h("main", { class: "desk" }, side, pane);

  /** The parameters of the list, as the server takes them. */
  function asked() {
    const own = parameters();
    const query = new URLSearchParams({ view: own.get("view") ?? "new" });
    for (const name of FILTERS) if (own.get(name)) query.set(name, own.get(name) ?? "");
    return query;
  }

  /** @param {boolean} [further] the next page, behind what is shown */
  async function load(further = false) {
    const query = asked();
    const last = rows.at(-1);
    if (further && last) {
      query.set("behind", String(last.number));
      if (last.late) query.set("behind_late", "1");
    }
    const before = String(asked());
    const answer = await call("GET", ofSite(site, `requests?${query}`));
    // Another view has been chosen meanwhile.
    if (closed || before !== String(asked())) return;
    if (!answer.ok) return failed();
    await learnTags(answer.json.requests);
    if (closed || before !== String(asked())) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    rows = further
      ? [...rows, ...answer.json.requests]
      : merged(answer.json.requests, answer.json.more);
    more = further || rows.length === answer.json.requests.length ? answer.json.more : more;
    isRead = true;
    problem.textContent = "";
    counts = answer.json.counts;
    seq = answer.json.seq;
    whenReleased(() => {
      if (closed) return;
      draw();
      // A button that has gone takes the focus with it.
      if (further && focused === next && next.hidden)
        /** @type {HTMLElement | null} */ (list.querySelector("li:last-child a"))?.focus();
    });
    if (!live) connect();
  }

  /** Tags that were made since the page was opened; asked for once, whatever becomes of it. @param {Row[]} list */
  async function learnTags(list) {
    const unknown = list.flatMap((row) => row.tags).filter((id) => !desk.tags.all.has(id));
    if (unknown.every((id) => learned.has(id))) return;
    for (const id of unknown) learned.add(id);
    desk.tags = await readTags(site);
  }
  /** @type {Set<string>} */
  const learned = new Set();

  /**
   * The first page again, and what had been read behind it.
   * @param {Row[]} first @param {boolean} full whether there is more behind it
   */
  function merged(first, full) {
    const last = first.at(-1);
    const view = asked().get("view") ?? "";
    if (!full || !last) return first;
    return [...first, ...rows.filter((row) => isBehind(view, row, last))];
  }

  /** The list is not what the server has. It is read again by itself. */
  function failed() {
    const text = t("list_stale");
    // Said once, however often it fails.
    if (problem.textContent !== text) problem.textContent = text;
    draw();
    gather(PATIENCE);
  }

  function connect() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let lost;
    live = new EventSource(ofSite(site, `live?after=${seq}`));
    live.addEventListener("open", () => {
      clearTimeout(lost);
      if (problem.textContent) gather();
    });
    live.addEventListener("change", (event) => {
      /** @type {Change} */
      const change = JSON.parse(event.data);
      if (change.kind === "received") say(t("came_in"), true);
      if (opened?.id === change.id) void opened.reload(change);
      gather();
    });
    live.addEventListener("again", () => gather());
    live.addEventListener("openings", (event) => {
      openings = JSON.parse(event.data);
      whenReleased(() => {
        if (closed) return;
        draw();
        opened?.drawOthers();
      });
    });
    live.addEventListener("error", () => {
      // Refused, and not only interrupted: whether the session is over is found out by asking.
      clearTimeout(lost);
      if (closed) return;
      if (live?.readyState === EventSource.CLOSED) {
        live = null;
        gather(PATIENCE);
      } else lost = setTimeout(() => !closed && failed(), PATIENCE);
    });
  }

  /** @param {number} [patience] ms */
  function gather(patience = GATHERED) {
    clearTimeout(gathering);
    gathering = setTimeout(() => void load(), patience);
  }

  /** Up and down in the list. @param {KeyboardEvent} event */
  function move(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, to))]?.focus();
  }

  /** @param {Record<string, string>} more what is different */
  const address = (more) => fragment({ ...Object.fromEntries(parameters()), ...more });

  function draw() {
    const view = parameters().get("view") ?? "new";
    keep(
      views,
      VIEWS.filter((name) => name !== RARE || name === view || counts[name] > 0),
      (name) => name,
      () => h("a", {}),
      (item, name) => {
        const link = /** @type {HTMLAnchorElement} */ (item);
        const n = counts[name];
        link.href = fragment({ ...Object.fromEntries(parameters()), view: name, open: "" });
        mark(link, name === view && "page");
        fill(
          link,
          t(`view_${name}`),
          n > 0 &&
            h(
              "span",
              { class: WARNING.has(name) ? "count late" : "count" },
              n >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : n,
            ),
        );
      },
    );
    const open = parameters().get("open");
    keep(
      list,
      withGroups(view, rows),
      (row) => row.id,
      (row) =>
        "group" in row ? h("li", { class: "group" }, t(row.group)) : h("li", {}, h("a", {})),
      (item, row) => {
        if (!("group" in row)) drawRow(item, row, row.id === open);
      },
    );
    const narrowed = FILTERS.some((name) => parameters().get(name));
    clear.hidden = !narrowed;
    empty.hidden = rows.length > 0 || !!problem.textContent;
    empty.textContent = t(!isRead ? "loading" : narrowed ? "nothing_found" : `empty_${view}`);
    next.hidden = !more || rows.length === 0;
    document.title = `${counts.new > 0 ? `(${counts.new}) ` : ""}${t("requests")} · ${t("brand")}`;
  }

  /** @param {Element} link @param {string | false} current */
  function mark(link, current) {
    if (current) link.setAttribute("aria-current", current);
    else link.removeAttribute("aria-current");
  }

  /** @param {HTMLElement} item @param {Row} row @param {boolean} current */
  function drawRow(item, row, current) {
    const link = /** @type {HTMLAnchorElement} */ (item.firstElementChild);
    link.href = address({ open: row.id });
    mark(link, current && "true");
    const others = desk.others(row.id);
    const category = desk.categories.find(({ id }) => id === row.category)?.title;
    fill(
      link,
      h(
        "span",
        { class: "grow" },
        h("strong", {}, row.title || row.excerpt),
        row.title && row.excerpt && h("span", { class: "excerpt" }, row.excerpt),
        h(
          "span",
          { class: "hint" },
          [`№ ${row.number}`, row.name, category, t(`channel_${row.channel}`), ago(row.created)]
            .filter(Boolean)
            .join(" · "),
        ),
        h(
          "span",
          { class: "tags" },
          standing(desk, row).map((text) => h("span", { class: `tag s-${row.status}` }, text)),
          dueTag(row),
          tagMarks(desk, row),
          ["starred", "done", "consulting", "advised", "undelivered"]
            .filter((name) => /** @type {Record<string, any>} */ (row)[name])
            .map((name) => h("span", { class: `tag ${name}` }, t(`is_${name}`))),
          others.length > 0 &&
            h(
              "span",
              { class: "tag open" },
              t("opened_by", { name: others.map(desk.nameOf).join(", ") }),
            ),
        ),
      ),
      row.mood in FACES && face(row.mood),
    );
  }

  function drawFilters() {
    const own = parameters();
    /** @param {string} name @param {[string, string][]} options */
    const choice = (name, options) =>
      field(
        name,
        t(name),
        { value: own.get(name) ?? "" },
        { options: [["", t("any")], ...options] },
      );
    const text = field("text", t("search"), {
      type: "search",
      value: own.get("text") ?? "",
      placeholder: t("search_hint"),
    });
    const rest = [
      choice(
        "category",
        desk.categories.map(({ id, title }) => [id, title]),
      ),
      ...(desk.tags.all.size > 0
        ? [
            combobox("tag", t("tag"), {
              options: () => desk.tags.options(() => true),
              value: own.get("tag") ?? "",
              placeholder: t("any"),
            }),
          ]
        : []),
      choice(
        "kind",
        KINDS.map((one) => [one, t(`kind_${one}`)]),
      ),
      choice(
        "tone",
        TONES.map((one) => [one, t(`tone_${one}`)]),
      ),
      field(
        "sure",
        t("tone_guesses"),
        { value: own.get("sure") ?? "" },
        {
          options: [
            ["", t("tone_with")],
            ["1", t("tone_without")],
          ],
        },
      ),
      choice(
        "channel",
        CHANNELS.map((one) => [one, t(`channel_${one}`)]),
      ),
      field(
        "watched",
        t("watched"),
        { value: own.get("watched") ?? "" },
        {
          options: [
            ["", t("any")],
            ["1", t("watched_only")],
          ],
        },
      ),
      choice(
        "status",
        STATUSES.map((one) => [one, t(`status_${one.replace("-", "_")}`)]),
      ),
      choice(
        "flag",
        FLAGS.map((one) => [one, t(`is_${one}`)]),
      ),
      field("from", t("from"), { type: "date", value: own.get("from") ?? "" }),
      field("to", t("to"), { type: "date", value: own.get("to") ?? "" }),
    ];
    const set = FILTERS.slice(1).filter((name) => own.get(name)).length;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let typing;
    const changed = () => {
      const values = Object.fromEntries(
        [text, ...rest].map((one) => [one.name, String(one.value())]),
      );
      history.replaceState(null, "", address(values));
      readAnew();
    };
    text.input.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(changed, 300);
    });
    for (const one of rest) one.input.addEventListener("change", changed);
    fill(
      filters,
      text.element,
      h(
        "details",
        { open: set > 0 },
        h("summary", {}, t("filters")),
        h(
          "div",
          { class: "choices" },
          rest.map((one) => one.element),
        ),
      ),
    );
  }

  /** Something else is asked for: what was read is of no use. */
  function readAnew() {
    rows = [];
    isRead = false;
    void load();
  }

  /** Shows the request that the fragment names, or none. */
  function follow() {
    const id = parameters().get("open") ?? "";
    if (id !== (opened?.id ?? "")) {
      const before = opened?.id;
      opened?.close();
      opened = id ? openRequest(desk, id, () => (location.hash = address({ open: "" }))) : null;
      pane.hidden = !opened;
      element.classList.toggle("has-open", !!opened);
      fill(pane, opened && opened.element);
      if (opened) opened.focus();
      else {
        /** @param {string} of @returns {HTMLElement | null} */
        const link = (of) => list.querySelector(`${of} > a`);
        (link(`[data-key="${before}"]`) ?? link("li") ?? heading).focus();
      }
    }
    if (asked().get("view") !== shownView) {
      rows = [];
      isRead = false;
    }
    shownView = asked().get("view") ?? "";
    void load();
    draw();
  }
  let shownView = "";

  async function readPeople() {
    const { json } = await call("GET", ofSite(site, "people"));
    if (json) desk.people = new Map(json.map((/** @type {Colleague} */ c) => [c.id, c]));
  }

  /** Asked for once, whoever they are: some have gone for good. @type {Set<string>} */
  const strangers = new Set();
  /** Somebody who has joined since the page was opened is asked for. @param {string} id */
  function stranger(id) {
    if (!strangers.has(id)) {
      strangers.add(id);
      void readPeople().then(() =>
        whenReleased(() => {
          if (closed) return;
          draw();
          opened?.redraw();
        }),
      );
    }
    return t("somebody");
  }

  async function begin() {
    const [, categories, tags] = await Promise.all([
      readPeople(),
      readCategories(site),
      readTags(site),
    ]);
    if (closed) return;
    desk.tags = tags;
    desk.categories = categories;
    drawFilters();
    follow();
  }

  /** Time passes: what was not yet overdue is, and rises. */
  const clock = setInterval(() => {
    const passed = rows.some((row) => row.due && !row.late && Date.parse(row.due) <= Date.now());
    if (passed) gather();
    else whenReleased(() => !closed && draw());
  }, MINUTE);

  void begin();
  return {
    element,
    follow,
    close() {
      closed = true;
      live?.close();
      opened?.close();
      clearTimeout(gathering);
      clearInterval(clock);
    },
  };
}

/**
 * How far a request has come, and in whose hand it is: one thing while it is worked on.
 * @param {Desk} desk @param {{status: string, assignee: string}} request
 */
export function standing(desk, { status, assignee }) {
  const worked = status === "in-work" && assignee;
  return [
    !worked && t(`status_${status.replace("-", "_")}`),
    assignee && t(worked ? "in_hand" : "handler", { name: desk.nameOf(assignee) }),
  ].filter((text) => text !== false && text !== "");
}

/** A mood as a face, said in words too. @param {string} mood */
export function face(mood) {
  return h(
    "span",
    { class: `face ${mood}` },
    makeIcon(FACES[/** @type {"happy"} */ (mood)]),
    h("span", { class: "vh" }, `${t("mood")}: ${t(`mood_${mood}`)}`),
  );
}
