// The reconciler in a real browser: roles become the right elements, and drawing again touches
// neither focus nor selection nor a composition.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

const chromium = useBrowser();
/** @type {import("./support/server.mjs").TestServer} */
let server;
before(async () => (server = await startServer([process.cwd()])));
after(() => server.close());

async function openFixture() {
  const opened = await chromium.page();
  await opened.page.goto(`${server.origin}/tests/browser/fixture.html`);
  await opened.page.waitForFunction("window.draw");
  return opened;
}

/** Roles and flags, as the page's own module names them. */
const ROLES = [
  { nodes: "[{role: P.HEADING, number: 2, label: 'A'}]", html: '<h2 tabindex="-1">A</h2>' },
  {
    nodes: "[{role: P.HEADING, number: 1, style: 1, label: 'A'}]",
    html: '<h1 class="vh" tabindex="-1">A</h1>',
  },
  {
    nodes: "[{role: P.TEXT, style: 1, text: 3, number: 22}]",
    html: '<p class="hint">22 відповіді</p>',
  },
  {
    nodes: "[{role: P.TEXT, text: 3, number: 10482}]",
    html: '<p class="body">10 482 відповіді</p>',
  },
  {
    nodes: "[{role: P.TEXT, text: 6, label: 'Олена', extra: 'за 25 хвилин'}]",
    html: '<p class="body">Відповість Олена, за 25 хвилин.</p>',
  },
  {
    nodes: "[{role: P.TEXT, style: 3, text: 4, label: 'ru'}]",
    html: '<p class="tag">російською</p>',
  },
  {
    nodes: "[{role: P.TEXT, style: 5, flags: P.OTHER_LANGUAGE, label: 'А', extra: 'ru'}]",
    html: '<p class="name" lang="ru">А</p>',
  },
  {
    nodes:
      "[{role: P.TEXT}, {role: P.RUN, depth: 1, label: 'a '}, {role: P.RUN, depth: 1, flags: P.MARK, label: '<b>'}, {role: P.RUN, depth: 1, flags: P.STRONG, label: 'c'}]",
    html: '<p class="body"><span>a </span><mark data-surface="mark">&lt;b&gt;</mark><strong>c</strong></p>',
  },
  {
    nodes: "[{role: P.LINK, label: 'x', value: 'https://e.example/'}]",
    html: '<a class="link" href="https://e.example/" target="_blank" rel="noopener noreferrer"><span>x</span><span class="vh"> (відкриється в новій вкладці)</span></a>',
  },
  {
    nodes: "[{role: P.LINK, label: 'x', value: 'tel:+380'}]",
    html: '<a class="link" href="tel:+380"><span>x</span></a>',
  },
  {
    nodes: "[{role: P.LINK, label: 'x', value: 'javascript:alert(1)'}]",
    html: '<a class="link"><span>x</span></a>',
  },
  {
    nodes: "[{role: P.LINK, key: 7, label: 'x', style: 1}]",
    html: '<a class="link alone" href="#"><span>x</span></a>',
  },
  {
    nodes: "[{role: P.BUTTON, key: 7, style: 1, text: 1, flags: P.DISABLED}]",
    html: '<button class="primary" type="button" data-surface="primary" aria-disabled="true">Закрити</button>',
  },
  {
    nodes: "[{role: P.LIST, style: 1, number: 3}, {role: P.ITEM, depth: 1, label: 'a'}]",
    html: '<ol start="3"><li>a</li></ol>',
  },
  {
    nodes: "[{role: P.AVATAR, label: 'олена Коваль, підтримка'}]",
    html: '<span class="avatar" aria-hidden="true">ОК</span>',
  },
  {
    nodes: "[{role: P.TIME, text: 5, value: '2019-11-12'}]",
    html: '<time datetime="2019-11-12">оновлено 12 листопада 2019 р.</time>',
  },
  {
    nodes: "[{role: P.STATUS, label: 's'}]",
    html: '<div class="live15" tabindex="-1" role="status">s</div>',
  },
  {
    nodes: "[{role: P.ALERT, label: 's'}]",
    html: '<div class="live16" tabindex="-1" role="alert">s</div>',
  },
  {
    nodes: "[{role: P.PICTURE, value: 'http://plain.example/', label: 'p'}]",
    html: "<span>p</span>",
  },
  {
    nodes: "[{role: P.PICTURE, value: 'https://pictures.example.evil.example/a.png', label: 'p'}]",
    html: "<span>p</span>",
  },
  { nodes: "[{role: P.SLOT, number: 1, label: 's'}]", html: "<template></template>" },
  {
    nodes: "[{role: P.REGION, style: 7, label: 'card'}]",
    html: '<div class="card" data-surface="card" aria-label="card" role="group"></div>',
  },
];

test("each role becomes its element", async () => {
  const { page, done } = await openFixture();
  for (const { nodes, html } of ROLES) {
    const drawn = await page.evaluate(`draw([]), draw(${nodes}), view.root.innerHTML`);
    assert.equal(String(drawn).replace(/\u00a0|&nbsp;/g, " "), html, nodes);
  }
  await done();
});

test("a picture is shown from the operator's origins only, else its description is", async () => {
  const { page, done } = await openFixture();
  await page.route("https://pictures.example/**", (route) =>
    route.fulfill({
      contentType: "image/svg+xml",
      body: "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }),
  );
  const draw = (/** @type {string} */ value) =>
    page.evaluate(
      `draw([{role: P.PICTURE, value: '${value}', label: 'Схема'}]), view.root.innerHTML`,
    );
  assert.equal(
    await draw("https://pictures.example/a.svg"),
    '<img class="picture" loading="lazy" alt="Схема" src="https://pictures.example/a.svg">',
  );
  assert.equal(await draw("https://other.example/a.svg"), "<span>Схема</span>");
  assert.equal(await draw("https://pictures.example@other.example/a.svg"), "<span>Схема</span>");
  const face = (/** @type {string} */ value) =>
    page.evaluate(
      `draw([{role: P.AVATAR, value: '${value}', label: 'Олена Коваль'}]), view.root.innerHTML`,
    );
  assert.equal(
    await face("https://pictures.example/a.svg"),
    '<img class="avatar" loading="lazy" aria-hidden="true" alt="" src="https://pictures.example/a.svg">',
  );
  assert.equal(
    await face("https://other.example/a.svg"),
    '<span class="avatar" aria-hidden="true">ОК</span>',
  );
  await done();
});

/** A form with one field of each kind, as the accessibility tree shows it. */
const FORM = `[
  {role: P.FIELD, key: 1, label: 'Запит', style: 1, flags: P.HIDDEN_LABEL, number: 2, value: 'інтернет'},
  {role: P.OPTIONS, key: 2, label: 'Результати'},
  {role: P.OPTION, key: 3, depth: 1}, {role: P.TEXT, depth: 2, style: 5, label: 'Перше'},
  {role: P.OPTION, key: 4, depth: 1, flags: P.SELECTED}, {role: P.TEXT, depth: 2, style: 5, label: 'Друге'},
  {role: P.CHOICES, key: 5, label: 'Вид'},
  {role: P.CHOICE, key: 6, depth: 1, label: 'Питання', flags: P.SELECTED},
  {role: P.CHOICE, key: 7, depth: 1, label: 'Ідея'},
  {role: P.CHOICES, key: 8, style: 2, label: 'Тема'},
  {role: P.CHOICE, key: 9, depth: 1, label: 'Рахунок'},
  {role: P.CHOICE, key: 10, depth: 1, label: 'Лінія', flags: P.SELECTED},
  {role: P.FIELD, key: 11, label: 'Пошта', style: 2, flags: P.INVALID, value: 'x'},
  {role: P.TEXT, style: 4, label: 'Не схоже на пошту'},
  {role: P.FIELD, key: 12, label: 'Подробиці', flags: P.MULTILINE | P.REQUIRED},
  {role: P.CHECK, key: 13, label: 'Погоджуюся. ', flags: P.INVALID, extra: 'Потрібна згода'},
  {role: P.LINK, depth: 1, label: 'Політика', value: 'https://e.example/'},
  {role: P.HONEYPOT, key: 14},
]`;

test("fields, choices and the listbox have their names, states and errors", async () => {
  const { page, done } = await openFixture();
  await page.evaluate(`draw(${FORM})`);
  const search = page.getByRole("combobox", { name: "Запит" });
  const [active, list] = [
    page.getByRole("listbox").getByRole("option", { selected: true }),
    page.getByRole("listbox", { name: "Результати" }),
  ];
  assert.equal(await search.getAttribute("aria-activedescendant"), await active.getAttribute("id"));
  assert.equal(await search.getAttribute("aria-controls"), await list.getAttribute("id"));
  assert.equal(await search.getAttribute("aria-expanded"), "true");
  assert.equal(await active.innerText(), "Друге");
  assert.ok(
    await page
      .getByRole("group", { name: "Вид" })
      .getByRole("radio", { name: "Питання" })
      .isChecked(),
  );
  assert.equal(await page.getByLabel("Тема").inputValue(), "Лінія");
  const contact = page.getByRole("textbox", { name: /^Пошта/ });
  assert.equal(await contact.getAttribute("aria-invalid"), "true");
  const said = (/** @type {import("playwright-core").Locator} */ locator) =>
    locator.evaluate(
      (el) => document.getElementById(el.getAttribute("aria-describedby") ?? "")?.textContent,
    );
  assert.equal(await said(contact), "Не схоже на пошту");
  assert.equal(await said(page.getByRole("checkbox")), "Потрібна згода");
  assert.equal(await page.getByRole("textbox").count(), 2, "nobody meets the honeypot");
  await page.evaluate(
    `draw([{role: P.FIELD, key: 1, label: 'Запит', style: 1, flags: P.HIDDEN_LABEL, number: 2}])`,
  );
  assert.equal(await search.getAttribute("aria-expanded"), "false");
  assert.equal(await search.getAttribute("aria-controls"), null);
  await done();
});

test("what the visitor does becomes events", async () => {
  const { page, done } = await openFixture();
  await page.evaluate(`draw(${FORM})`);
  /** @returns {Promise<unknown[][]>} */
  const taken = () => page.evaluate("events.splice(0)");
  const search = page.getByRole("combobox", { name: "Запит" });
  await search.fill("вай");
  assert.deepEqual(await taken(), [[2, 1, "вай"]]);
  for (const key of ["ArrowDown", "Enter", "Home", "Escape", "a"]) await search.press(key);
  assert.deepEqual(
    (await taken()).filter(([kind]) => kind === 6),
    [
      [6, 1, "ArrowDown"],
      [6, 1, "Enter"],
      [6, 1, "Home"],
      [6, 1, "Escape"],
    ],
  );
  await page.getByText("Перше").click();
  assert.deepEqual(await taken(), [[3, 3]]);
  assert.ok(
    await search.evaluate((el) => el === document.activeElement),
    "the field keeps the focus",
  );
  await page.getByText("Ідея").click();
  await page.getByLabel("Тема").selectOption("Рахунок");
  await page.getByRole("checkbox").click();
  assert.deepEqual(await taken(), [
    [4, 7],
    [4, 9],
    [5, 13, "1"],
  ]);
  await search.evaluate((el) => {
    for (const key of ["Enter", "Escape"])
      el.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true }));
  });
  assert.deepEqual(await taken(), [], "Safari's key that ends a composition");
  await page.getByRole("checkbox").press("Escape");
  assert.deepEqual(await taken(), [[6, 0, "Escape"]]);
  await done();
});

test("elements, focus and selection survive drawing", async () => {
  const { page, done } = await openFixture();
  const field = (/** @type {string} */ value) =>
    `{role: P.FIELD, key: 1, label: 'Запит', value: '${value}'}`;
  await page.evaluate(
    `draw([{role: P.TEXT, label: 'before'}, ${field("abcdef")}, {role: P.TEXT, label: 'after'}])`,
  );
  const kept = await page.evaluate(`(() => {
    const input = document.querySelector('input');
    input.focus();
    input.setSelectionRange(1, 3);
    let writes = 0;
    const { set, get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    Object.defineProperty(input, 'value', { get, set(value) { writes++; set.call(this, value); } });
    draw([${field("abcdef")}, {role: P.HEADING, number: 1, label: 'new'}, {role: P.TEXT, label: 'before'}]);
    const same = document.querySelector('input') === input && document.activeElement === input;
    return [same, input.selectionStart, input.selectionEnd, writes];
  })()`);
  assert.deepEqual(kept, [true, 1, 3, 0]);
  await page.evaluate(`draw([${field("abcdefgh")}])`);
  assert.deepEqual(
    await page.evaluate("[document.activeElement.value, document.activeElement.selectionStart]"),
    ["abcdefgh", 1],
  );
  await done();
});

test("an element that is used again says its own language", async () => {
  const { page, done } = await openFixture();
  const drawn = (/** @type {string} */ more) =>
    page.evaluate(`(draw([{role: P.TEXT, label: 'a', ${more}}]), view.root.innerHTML)`);
  assert.equal(
    await drawn("flags: P.OTHER_LANGUAGE, extra: 'ru'"),
    '<p class="body" lang="ru">a</p>',
  );
  assert.equal(await drawn("extra: 'ru'"), '<p class="body">a</p>');
  assert.match(String(await drawn("flags: P.OTHER_LANGUAGE, extra: 'en'")), /lang="en"/);
  await done();
});

test("a composing field is not written to", async () => {
  const { page, done } = await openFixture();
  const field = (/** @type {string} */ value) =>
    `draw([{role: P.FIELD, key: 1, label: 'Запит', value: '${value}'}])`;
  await page.evaluate(field(""));
  await page.getByRole("textbox").focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "ка", selectionStart: 2, selectionEnd: 2 });
  await page.evaluate(field("other"));
  assert.equal(await page.getByRole("textbox").inputValue(), "ка");
  await session.send("Input.insertText", { text: "кава" });
  await page.evaluate(field("other"));
  assert.equal(await page.getByRole("textbox").inputValue(), "other");
  await done();
});

test("children are kept by key when their order changes", async () => {
  const { page, done } = await openFixture();
  const list = (/** @type {number[]} */ keys) =>
    `draw([{role: P.OPTIONS, key: 1}, ...[${keys}].map((key) => ({role: P.OPTION, depth: 1, key, label: 'o' + key}))])`;
  await page.evaluate(list([1, 2, 3]));
  await page.evaluate("window.second = document.querySelectorAll('li')[1]");
  for (const keys of [[2, 1], [4, 2], [3, 2, 1, 5], [2]]) {
    await page.evaluate(list(keys));
    assert.deepEqual(
      await page.locator("li").allInnerTexts(),
      keys.map((key) => `o${key}`),
    );
    assert.ok(await page.evaluate("second.isConnected && second.textContent === 'o2'"));
  }
  await done();
});
