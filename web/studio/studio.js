// The studio's page: a site's FAQ brought in, mended, tried as a visitor and published. The compiler
// runs in a worker (docs/studio-protocol.md); nothing but the draft leaves the browser before
// publishing.
import { AnnouncementForm } from "./announcement.js";
import { byId, debounce, fill, h } from "./dom.js";
import { Draft } from "./draft.js";
import { Editor } from "./editor.js";
import { Gaps } from "./gaps.js";
import { HandedOver } from "./handed.js";
import { List, chosenRows } from "./list.js";
import { OFFLINE, logIn } from "./log-in.js";
import { Preview } from "./preview.js";
import { openPublish, showHistory } from "./publish.js";
import { addRecords, freshId, parseLines } from "./records.js";
import { Refused, Server } from "./server.js";
import { Service } from "./service.js";
import { Sync } from "./sync.js";
import { chooseTexts, columnName, ruleSays, t } from "./texts.js";

const CHECK_AFTER_MS = 250;
/** A finding of the whole file, or of the settings, has no row of the table. */
const SETTINGS_FILE = "site.json";
const ONE_COLUMN = matchMedia("(max-width: 720px)");

/** @typedef {import("./editor.js").Finding} Finding */

const config = JSON.parse(byId("studio-config").textContent ?? "{}");
const site = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const server = new Server(site);
const draft = new Draft();
const root = byId("studio");
/** What the last check said. */
let checked = {
  ...{ topics: 0, built: false, errors: false, site },
  languages: /** @type {string[]} */ ([]),
  categories: /** @type {{id: string}[]} */ ([]),
  findings: /** @type {Finding[]} */ ([]),
  tests: /** @type {any[]} */ ([]),
};
/** Of the file that was dropped last: what is wrong with the file itself. @type {Finding[]} */
let fileFindings = [];
/** A file was dropped: what is wrong with it is shown when it is known. */
let isJustDropped = false;

void main();

async function main() {
  chooseTexts(await (await fetch(config.texts)).json(), navigator.languages);
  document.title = `${t("studio")} · ${site}`;
  const refusal = await refused();
  if (refusal === 0) return start();
  logIn(root, { server, site, refusal, refused, entered: start });
}

/** The status that keeps whoever this is out, 0 when nothing does. */
async function refused() {
  try {
    await server.history();
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) return OFFLINE;
    if (error.status === 401) server.key = "";
    return error.status;
  }
}

async function start() {
  const service = new Service(config);
  const sync = new Sync(server, draft);
  const page = layout();
  root.replaceChildren(page.root);
  const preview = new Preview(page.frame, site, config.preview_more);
  /** @type {number} of what is published; null is not known yet */
  let publishedVersion = 0;
  /** The snapshot that the visitor's view shows. @type {Uint8Array<ArrayBuffer> | null} */
  let snapshot = null;

  const say = (/** @type {string} */ text) => (page.status.textContent = text);
  const fail = (/** @type {unknown} */ error) => {
    page.alert.textContent = /** @type {Error} */ (error).message;
    page.alert.hidden = false;
  };

  // The table.
  const list = new List(page.list, (row) => select(row));
  /** @type {Map<number, import("./list.js").Marks>} */
  let marks = new Map();
  const drawList = () => {
    const wanted = { text: page.search.value, show: page.show.value, sort: page.sort.value };
    const rows = chosenRows(draft.records, marks, wanted);
    list.show(draft.records, marks, rows);
    list.choose(draft.selected, false);
    page.count.textContent = t("records", { n: rows.length });
  };
  for (const control of [page.search, page.show, page.sort])
    control.addEventListener("input", drawList);

  const announcement = new AnnouncementForm(draft);
  page.announcement.replaceWith(announcement.element);
  const editor = new Editor(page.topic, draft, (row) => select(row));
  /** @param {number} row @param {string} [column] to put the focus into */
  const select = (row, column) => {
    const before = draft.chosen?.id;
    draft.selected = row;
    list.choose(row);
    editor.show(row, checked);
    if (column) {
      page.tabs.choose("topic");
      editor.focus(row, column);
    }
    if (row >= 0 && draft.records[row]?.id !== before) void showPreview();
    // In one column the topic is below the table.
    if (row >= 0 && !column && document.activeElement !== page.list && ONE_COLUMN.matches)
      page.tabs.root.scrollIntoView();
  };

  const gaps = new Gaps(page.gaps, {
    ...{ draft, server, service, dialog: page.dialog, checked: () => checked, select, say, fail },
  });
  page.gaps.addEventListener("shown", () => void gaps.show());

  const handed = new HandedOver(page.handed, {
    ...{ draft, server, sync, checked: () => checked, select, say, fail },
    label: (n) => page.tabs.label("handed", t("tab_handed", { n })),
  });

  // What the compiler says.
  const check = async () => {
    const isOfFile = isJustDropped;
    isJustDropped = false;
    const blobs = [draft.lines, draft.settings];
    const today = new Date().toISOString().slice(0, 10);
    const { json } = await service.call({ call: "check", today }, blobs);
    checked = json;
    marks = new Map();
    for (const { row, severity, file } of checked.findings) {
      if (row === 0 || file === SETTINGS_FILE) continue;
      const mark = marks.get(row - 1) ?? { errors: 0, warnings: 0 };
      mark[severity === "error" ? "errors" : "warnings"] += 1;
      marks.set(row - 1, mark);
    }
    drawFilters();
    drawList();
    drawFindings();
    drawTests();
    editor.show(draft.selected, checked);
    announcement.show(checked.languages);
    page.publish.disabled = !checked.built;
    snapshot = checked.built
      ? /** @type {any} */ ((await service.call({ call: "snapshot" })).bytes)
      : null;
    previewSoon();
    void drawWhy();
    void gaps.replay();
    if (isOfFile && checked.errors) page.tabs.choose("messages");
  };
  const checkSoon = debounce(CHECK_AFTER_MS, () => void check().catch(fail));

  const drawFilters = () => {
    const now = page.show.value;
    const option = (/** @type {string} */ value, /** @type {string} */ text) =>
      h("option", { value, selected: value === now }, text);
    page.show.replaceChildren(
      option("", t("show_all")),
      option("errors", t("show_errors")),
      option("messages", t("show_messages")),
      ...checked.languages.map((tag) => option(`lang:${tag}`, tag)),
      ...checked.categories.map(({ id }) => option(`category:${id}`, id)),
    );
    const languages = page.language.value;
    page.language.replaceChildren(
      ...checked.languages.map((tag) =>
        h("option", { value: tag, selected: tag === languages }, tag),
      ),
    );
  };

  /** @param {Finding} finding */
  const findingLine = (finding) => {
    const { severity, rule, row, column, found, remedy, file } = finding;
    const record = file === "draft.jsonl" ? draft.records[row - 1] : undefined;
    const place = record
      ? t("place", {
          row,
          id: record.id ?? "",
          lang: record.lang ?? "",
          column: columnName(column),
        })
      : [file === "draft.jsonl" ? "" : file, row > 0 ? t("row", { row }) : "", column]
          .filter(Boolean)
          .join(", ");
    return h(
      "li",
      { className: severity },
      h(
        "button",
        {
          className: "finding",
          disabled: !record && file !== SETTINGS_FILE,
          onclick: () => (record ? select(row - 1, column) : page.tabs.choose("settings")),
        },
        h("strong", {}, `${place} `),
        h("span", {}, `${found ? `«${found}»: ` : ""}${ruleSays(rule) ?? remedy}`),
        // The compiler itself speaks English, and more exactly.
        h("small", { lang: "en" }, ruleSays(rule) ? `${rule}: ${remedy}` : rule),
      ),
    );
  };
  const drawFindings = () => {
    const all = [...fileFindings, ...checked.findings];
    const order = { error: 0, warning: 1 };
    const rank = (/** @type {Finding} */ f) =>
      order[/** @type {"error" | "warning"} */ (f.severity)];
    const errors = all.filter((f) => f.severity === "error").length;
    page.tabs.label("messages", t("tab_messages", { n: all.length }));
    const MOST = 500;
    const shown = [...all].sort((a, b) => rank(a) - rank(b));
    page.messages.replaceChildren(
      h(
        "p",
        { role: "status" },
        all.length === 0 ? t("all_well") : t("found", { errors, warnings: all.length - errors }),
      ),
      h("ul", { className: "findings" }, ...shown.slice(0, MOST).map(findingLine)),
      all.length > MOST
        ? h("p", { className: "hint" }, t("and_more", { n: all.length - MOST }))
        : "",
    );
  };

  const drawTests = () => {
    const { tests } = checked;
    const bad = tests.filter(({ found }) => !found).length;
    page.tabs.label("tests", t("tab_tests", { n: tests.length }));
    page.tests.replaceChildren(
      h(
        "p",
        { role: "status" },
        tests.length === 0
          ? t("no_tests")
          : t("tests_found", { n: tests.length, good: tests.length - bad }),
      ),
      h(
        "ul",
        { className: "findings" },
        ...tests
          .slice()
          .sort((a, b) => Number(a.found) - Number(b.found))
          .slice(0, 500)
          .map(({ question, language, topics, rank, row, found, first }) =>
            h(
              "li",
              { className: found ? "good" : "error" },
              h(
                "button",
                { className: "finding", onclick: () => select(row - 1, "tests") },
                h("strong", {}, `${found ? "✓" : "✗"} ${question} `),
                h(
                  "span",
                  {},
                  `${language} → ${topics.join(", ")}: ${rank === 0 ? t("not_found") : t("place_of", { rank })}` +
                    (found ? "" : `; ${t("first_is", { id: first[0] ?? "–" })}`),
                ),
              ),
            ),
          ),
      ),
    );
  };

  // As a visitor.
  const showPreview = async () => {
    if (!snapshot) return;
    const language = page.language.value || checked.languages[0] || "en";
    const id = draft.chosen?.id ?? "";
    await preview.show(snapshot, checked.site, language, publishedVersion, id);
  };
  const previewSoon = debounce(400, () => void showPreview().catch(fail));
  page.language.addEventListener("input", () => void showPreview());
  page.width.addEventListener("input", () => (page.frame.dataset.width = page.width.value));
  const drawWhy = async () => {
    const query = page.query.value.trim();
    if (!query || !checked.built) return page.why.replaceChildren();
    const { json } = await service.call({ call: "search", query, language: page.language.value });
    page.why.replaceChildren(
      h(
        "ol",
        {},
        ...json.hits.map((/** @type {any} */ hit) =>
          h(
            "li",
            {},
            `${hit.title} `,
            h("small", {}, `${hit.id} · ${hit.language} · ${hit.score.toFixed(2)}`),
          ),
        ),
      ),
      json.hits.length === 0 ? h("p", { className: "hint" }, t("nothing_found")) : "",
      h("pre", { tabIndex: 0, "aria-label": t("why") }, json.explain),
    );
  };
  page.query.addEventListener(
    "input",
    debounce(200, () => void drawWhy().catch(fail)),
  );

  // Bringing in, taking out.
  /**
   * Whether the file's records are added to the draft or take its place; null: neither.
   * @param {string} file @param {number} n
   * @returns {Promise<boolean | null>}
   */
  const howToBringIn = (file, n) => {
    if (draft.records.length === 0) return Promise.resolve(false);
    return new Promise((done) => {
      const choice = (/** @type {string} */ name, /** @type {boolean | null} */ answer) => {
        const choose = () => {
          done(answer);
          page.dialog.close();
        };
        return h("button", { className: "plain", type: "button", onclick: choose }, t(name));
      };
      fill(
        page.dialog,
        h("h2", { id: "dialog-title" }, file),
        h("p", {}, t("file_what", { n })),
        h("p", { className: "hint" }, t("file_add_hint")),
        h(
          "div",
          { className: "actions" },
          ...[choice("file_replace", false), choice("file_add", true), choice("cancel", null)],
        ),
      );
      page.dialog.addEventListener("close", () => done(null), { once: true });
      page.dialog.showModal();
    });
  };
  const bringIn = async (/** @type {File} */ file) => {
    page.alert.hidden = true;
    try {
      const answer = await service.read(file.name, new Uint8Array(await file.arrayBuffer()));
      const records = parseLines(new TextDecoder().decode(answer.bytes));
      fileFindings = answer.json.findings;
      if (records.length > 0) {
        const isAdded = await howToBringIn(file.name, records.length);
        if (isAdded === null) return;
        draft.selected = -1;
        isJustDropped = true;
        const all = isAdded ? addRecords(draft.records, records) : records;
        draft.setRecords(all);
        say(t("brought_in", { n: records.length, file: file.name }));
      } else drawFindings();
      if (fileFindings.length > 0 || records.length === 0) page.tabs.choose("messages");
    } catch (error) {
      fail(error);
    }
  };
  page.file.addEventListener("change", () => {
    const [file] = page.file.files ?? [];
    page.file.value = "";
    if (file) void bringIn(file);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void bringIn(file);
  });
  page.takeOut.addEventListener("change", async () => {
    const format = /** @type {"csv" | "jsonl" | "xlsx"} */ (page.takeOut.value);
    page.takeOut.value = "";
    try {
      const bytes = await service.write(format, draft.lines);
      const address = URL.createObjectURL(new Blob([bytes]));
      h("a", { href: address, download: `${site}.${format}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      fail(error);
    }
  });

  // Editing.
  page.undo.addEventListener("click", () => draft.undo());
  page.redo.addEventListener("click", () => draft.redo());
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) draft.redo();
    else draft.undo();
  });
  page.addTopic.addEventListener("click", () => {
    const lang = checked.languages[0] ?? "uk";
    const added = { id: freshId(draft.records), lang, title: "", answer: "" };
    const records = [...draft.records, added];
    draft.setRecords(records);
    select(records.length - 1, "title");
  });
  page.settings.addEventListener("input", () => draft.setSettings(page.settings.value, "settings"));
  draft.addEventListener("change", () => {
    page.undo.disabled = !draft.canUndo;
    page.redo.disabled = !draft.canRedo;
    if (page.settings.value !== draft.settings) page.settings.value = draft.settings;
    announcement.show(checked.languages);
    drawList();
    editor.show(draft.selected, checked);
    checkSoon();
  });

  // Saving, and other people.
  sync.addEventListener("state", () => {
    page.saved.textContent = t(`state_${sync.state}`);
    page.saved.dataset.state = sync.state;
  });
  sync.addEventListener("joined", (event) => {
    const { who, conflicts } = /** @type {CustomEvent} */ (event).detail;
    say(t("joined", { who }));
    if (conflicts.length === 0) return;
    page.conflicts.hidden = false;
    page.conflicts.replaceChildren(
      h("p", {}, t("conflicts", { n: conflicts.length })),
      h(
        "ul",
        {},
        ...conflicts.map((/** @type {import("./records.js").Conflict} */ one) =>
          h(
            "li",
            {},
            `${one.id} · ${one.lang} · ${one.field}: `,
            h("q", {}, String(one.mine ?? "")),
            " ",
            h("button", { className: "plain", onclick: () => takeMine(one) }, t("take_mine")),
          ),
        ),
      ),
      h(
        "button",
        { className: "plain", onclick: () => (page.conflicts.hidden = true) },
        t("keep_theirs"),
      ),
    );
  });
  /** @param {import("./records.js").Conflict} conflict */
  const takeMine = ({ id, lang, field, mine }) => {
    const row = draft.records.findIndex((record) => record.id === id && record.lang === lang);
    if (row >= 0) draft.setField(row, field, mine);
    page.conflicts.hidden = true;
  };
  addEventListener("beforeunload", (event) => {
    if (!sync.isSaved) event.preventDefault();
  });

  // Publishing.
  const published = (/** @type {number} */ version) => {
    publishedVersion = version;
    say(t("published", { version }));
    void showHistory(page.history, { server, service, site: checked.site, published }).catch(fail);
  };
  page.publish.addEventListener("click", async () => {
    try {
      await check(); // of what stands there now
      const errors = checked.findings.filter((f) => f.severity === "error").length;
      await openPublish(page.dialog, { server, service, site: checked.site, errors, published });
    } catch (error) {
      fail(error);
    }
  });

  try {
    await service.ready;
    const model = await server.model();
    if (model) editor.proposer = { model, propose: (topic) => server.propose(topic) };
    const [manifest, hasDraft] = await Promise.all([server.manifest(), sync.start()]);
    publishedVersion = manifest?.version ?? 0;
    if (!hasDraft) {
      if (manifest) {
        const answer = await service.call({ call: "extract" }, [
          await server.snapshot(manifest.sha256),
        ]);
        draft.load(new TextDecoder().decode(answer.bytes), answer.json.settings);
      } else draft.load("", `${JSON.stringify({ site }, null, 2)}\n`);
    }
    await showHistory(page.history, { server, service, site, published });
    await handed.load();
  } catch (error) {
    fail(error);
  }
  page.root.dataset.ready = "1";
}

/** The page's parts. */
function layout() {
  const button = (/** @type {string} */ name, className = "plain", set = {}) =>
    h("button", { className, type: "button", ...set }, t(name));
  const parts = {
    status: h("p", { className: "status", role: "status" }),
    saved: h("span", { className: "saved", role: "status" }),
    alert: h("p", { className: "alert", role: "alert", hidden: true }),
    conflicts: h("div", { className: "alert", role: "alert", hidden: true }),
    file: h("input", {
      ...{ type: "file", id: "file", className: "vh" },
      accept: ".csv,.tsv,.xlsx,.json,.jsonl,.ndjson,.html,.htm",
    }),
    takeOut: h(
      "select",
      { "aria-label": t("take_out") },
      h("option", { value: "" }, t("take_out")),
      ...["xlsx", "csv", "jsonl"].map((format) =>
        h("option", { value: format }, format.toUpperCase()),
      ),
    ),
    undo: button("undo", "plain", { disabled: true }),
    redo: button("redo", "plain", { disabled: true }),
    publish: button("publish_dots", "primary", { disabled: true }),
    addTopic: button("add_topic", "plain"),
    search: h("input", { type: "search", id: "search", placeholder: t("search") }),
    show: h("select", { id: "show" }, h("option", { value: "" }, t("show_all"))),
    sort: h(
      "select",
      { id: "sort" },
      ...["file", "id", "title", "category", "updated"].map((name) =>
        h("option", { value: name }, t(`sort_${name}`)),
      ),
    ),
    count: h("p", { className: "hint", role: "status" }),
    list: h("div", { className: "list", role: "listbox", tabIndex: 0, "aria-label": t("topics") }),
    topic: h("div", { className: "topic" }),
    messages: h("div", {}),
    tests: h("div", {}),
    gaps: h("div", { className: "topic" }),
    handed: h("div", { className: "topic" }),
    settings: h("textarea", { id: "settings", rows: 24, spellcheck: false }),
    announcement: h("div", {}),
    history: h("div", {}),
    frame: h("iframe", { title: t("as_visitor") }),
    language: h("select", { id: "language" }),
    width: h(
      "select",
      { id: "width" },
      h("option", { value: "phone" }, t("phone")),
      h("option", { value: "desktop" }, t("desktop")),
    ),
    query: h("input", { type: "search", id: "query" }),
    why: h("div", { className: "why" }),
    dialog: h("dialog", { "aria-labelledby": "dialog-title" }),
  };
  parts.frame.dataset.width = "phone";
  const tabs = makeTabs([
    ["topic", t("tab_topic"), parts.topic],
    ["messages", t("tab_messages", { n: 0 }), parts.messages],
    ["tests", t("tab_tests", { n: 0 }), parts.tests],
    ["gaps", t("tab_gaps"), parts.gaps],
    ["handed", t("tab_handed", { n: 0 }), parts.handed],
    [
      "settings",
      t("settings"),
      h(
        "div",
        { className: "field" },
        parts.announcement,
        h("label", { for: "settings" }, t("settings_label")),
        parts.settings,
      ),
    ],
    ["history", t("tab_history"), parts.history],
  ]);
  const labelled = (/** @type {string} */ name, /** @type {HTMLElement} */ control) =>
    h("div", { className: "field" }, h("label", { for: control.id }, t(name)), control);
  // Who came by a key has no account to go to.
  const account = !server.key && h("a", { href: "/staff", className: "account" }, t("account"));
  const header = h(
    "header",
    { className: "bar" },
    h("h1", {}, `${t("studio")} · ${site}`),
    parts.saved,
    account,
    h(
      "div",
      { className: "tools" },
      parts.file,
      h("label", { for: "file", className: "plain button" }, t("bring_in")),
      parts.takeOut,
      parts.undo,
      parts.redo,
      parts.publish,
    ),
  );
  const page = h(
    "div",
    { className: "page" },
    header,
    parts.alert,
    parts.conflicts,
    parts.status,
    h(
      "main",
      { className: "columns" },
      h(
        "section",
        { className: "left", "aria-label": t("topics") },
        labelled("search", parts.search),
        h("div", { className: "pair" }, labelled("show", parts.show), labelled("sort", parts.sort)),
        h("div", { className: "pair" }, parts.count, parts.addTopic),
        parts.list,
      ),
      h("section", { className: "middle", "aria-label": t("tab_topic") }, tabs.root),
      h(
        "section",
        { className: "right", "aria-label": t("as_visitor") },
        h("h2", {}, t("as_visitor")),
        h(
          "div",
          { className: "pair" },
          labelled("language", parts.language),
          labelled("width", parts.width),
        ),
        parts.frame,
        labelled("why_query", parts.query),
        parts.why,
      ),
    ),
    parts.dialog,
  );
  return { ...parts, tabs, root: page };
}

/** @param {[string, string, HTMLElement][]} all name, label, content */
function makeTabs(all) {
  const bar = h("div", { className: "tabs", role: "tablist" });
  const root = h("div", {}, bar);
  /** @type {Map<string, HTMLElement>} */
  const buttons = new Map();
  const choose = (/** @type {string} */ chosen) => {
    for (const [name, , content] of all) {
      const isChosen = name === chosen;
      const tab = buttons.get(name);
      tab?.setAttribute("aria-selected", String(isChosen));
      if (tab) tab.tabIndex = isChosen ? 0 : -1;
      const isNew = isChosen && content.hidden;
      content.hidden = !isChosen;
      if (isNew) content.dispatchEvent(new Event("shown"));
    }
  };
  for (const [name, text, content] of all) {
    content.id = `panel-${name}`;
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", `tab-${name}`);
    const tab = h(
      "button",
      {
        id: `tab-${name}`,
        role: "tab",
        "aria-controls": content.id,
        type: "button",
        onclick: () => choose(name),
      },
      text,
    );
    buttons.set(name, tab);
    bar.append(tab);
    root.append(content);
  }
  bar.addEventListener("keydown", (event) => {
    const names = all.map(([name]) => name);
    const at = names.findIndex((name) => buttons.get(name) === document.activeElement);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || at < 0) return;
    const next = names[(at + step + names.length) % names.length];
    choose(next);
    buttons.get(next)?.focus();
  });
  choose(all[0][0]);
  return {
    root,
    choose,
    label: (/** @type {string} */ name, /** @type {string} */ text) => {
      const tab = buttons.get(name);
      if (tab && tab.textContent !== text) tab.textContent = text;
    },
  };
}
