// The studio's page: a site's FAQ brought in, mended, tried as a visitor and published. The compiler
// runs in a worker (docs/studio-protocol.md); nothing but the draft leaves the browser before
// publishing. Here its parts are joined; each is in a file of its own.
import { Check } from "./check.js";
import { byId, debounce, fill } from "./dom.js";
import { Draft } from "./draft.js";
import { Editor } from "./editor.js";
import { Files } from "./files.js";
import { Findings } from "./findings.js";
import { Gaps } from "./gaps.js";
import { HandedOver } from "./handed.js";
import { OFFLINE, logIn } from "./log-in.js";
import { Page } from "./page.js";
import { Publishing } from "./publish.js";
import { Saving } from "./saving.js";
import { Refused, Server } from "./server.js";
import { Service } from "./service.js";
import { Settings } from "./settings.js";
import { Sync } from "./sync.js";
import { TestQuestions } from "./test-questions.js";
import { chooseTexts, t } from "./texts.js";
import { Topics } from "./topics.js";
import { Undo } from "./undo.js";
import { Visitor } from "./visitor.js";

const CHECK_AFTER_MS = 250;
const ONE_COLUMN = matchMedia("(max-width: 720px)");

const config = JSON.parse(byId("studio-config").textContent ?? "{}");
const site = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const server = new Server(site);
const root = byId("studio");

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
  const studio = new Studio();
  root.replaceChildren(studio.page.root);
  await studio.load();
}

class Studio {
  // What it works on, and with: the draft is the one state, and the others are told of it below.
  draft = new Draft();
  service = new Service(config);
  sync = new Sync(server, this.draft);
  check = new Check(this.draft, this.service, site);
  page = new Page(site, !server.key);

  constructor() {
    const { draft, service, sync, check, page } = this;
    const { dialog, tabs, say, fail, calm } = page;
    const select = this.select.bind(this);
    const recheck = this.recheck.bind(this);
    const label = (/** @type {number} */ n) => tabs.label("handed", t("tab_handed", { n }));

    // The left column.
    this.topics = new Topics(page.topics, { draft, check, select });

    // The tabs.
    this.editor = new Editor(page.topic, draft, select);
    this.findings = new Findings(page.messages, { draft, check, tabs, select });
    this.tests = new TestQuestions(page.tests, { check, tabs, select });
    this.gaps = new Gaps(page.gaps, {
      ...{ draft, server, service, check, dialog, select, say, fail },
    });
    this.handed = new HandedOver(page.handed, {
      ...{ draft, server, sync, check, label, select, say, fail },
    });
    this.settings = new Settings(page.settings, draft);
    this.publishing = new Publishing(page.history, {
      ...{ server, service, check, recheck, dialog, say, fail },
    });

    // The right column.
    this.visitor = new Visitor(page.visitor, {
      ...{ draft, service, check, publishing: this.publishing, site },
      ...{ more: config.preview_more, fail },
    });

    // The bar.
    this.saving = new Saving(page.saved, page.conflicts, { draft, sync, say });
    this.files = new Files({
      ...{ draft, service, findings: this.findings, tabs, dialog, site, say, fail, calm },
    });
    this.undo = new Undo(draft);
    fill(page.tools, ...this.files.controls, ...this.undo.controls, this.publishing.button);

    draft.addEventListener("change", () => this.#changed());
  }

  #recheckSoon = debounce(CHECK_AFTER_MS, () => void this.recheck().catch(this.page.fail));

  /** The draft has changed. */
  #changed() {
    const { draft, check } = this;
    this.undo.show();
    this.settings.show(check.last.languages);
    this.topics.draw();
    this.editor.show(draft.selected, check.last);
    this.#recheckSoon();
  }

  /** Asks the compiler what it says of the draft, and shows it. */
  async recheck() {
    const { draft, check, files } = this;
    const { isJustIn } = files;
    files.isJustIn = false;
    await check.ask();
    this.topics.mark(check.last);
    this.visitor.offer(check.last.languages);
    this.findings.draw();
    this.tests.draw();
    this.editor.show(draft.selected, check.last);
    this.settings.show(check.last.languages);
    this.publishing.allow(check.last.built);
    await check.build();
    this.visitor.showSoon();
    void this.visitor.explain();
    void this.gaps.replay();
    if (isJustIn && check.last.errors) this.page.tabs.choose("messages");
  }

  /** A record is chosen. @param {number} row -1: none @param {string} [column] to put the focus into */
  select(row, column) {
    const { draft, check, topics, editor, page } = this;
    const before = draft.chosen?.id;
    draft.selected = row;
    topics.list.choose(row);
    editor.show(row, check.last);
    if (column) {
      page.tabs.choose("topic");
      editor.focus(row, column);
    }
    if (row >= 0 && draft.chosen?.id !== before) void this.visitor.show();
    // In one column the topic is below the table.
    if (row >= 0 && !column && !topics.hasFocus && ONE_COLUMN.matches)
      page.tabs.root.scrollIntoView();
  }

  /** What the server has: the draft, what is published, what was handed over. */
  async load() {
    const { service, sync, editor, publishing, handed, page } = this;
    try {
      await service.ready;
      const model = await server.model();
      if (model) editor.proposer = { model, propose: (topic) => server.propose(topic) };
      const [manifest, hasDraft] = await Promise.all([server.manifest(), sync.start()]);
      publishing.version = manifest?.version ?? 0;
      if (!hasDraft) await this.#begin(manifest);
      await publishing.showHistory(site);
      await handed.load();
    } catch (error) {
      page.fail(error);
    }
    page.root.dataset.ready = "1";
  }

  /** The first draft: what is published. @param {{sha256: string} | null} manifest null: nothing is */
  async #begin(manifest) {
    const { draft, service } = this;
    if (!manifest) return draft.load("", `${JSON.stringify({ site }, null, 2)}\n`);
    const published = await server.snapshot(manifest.sha256);
    const { bytes, json } = await service.call({ call: "extract" }, [published]);
    draft.load(new TextDecoder().decode(bytes), json.settings);
  }
}
