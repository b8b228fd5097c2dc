// The states that come after the first answer, for screenshots: pictures in the form, a comment,
// "my questions", a request with replies, "forget me".
import { answer } from "./server.mjs";

const ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
const JSON_TYPE = { "Content-Type": "application/json" };
const TEXTS = {
  uk: {
    title: "Не працює інтернет після заміни роутера",
    older: "Чи можна призупинити тариф на літо?",
    reply:
      "Добрий день! Ми перезапустили порт на нашому боці. Перевірте, будь ласка, чи світиться індикатор WAN.",
    comment: "У мене допомогло просто від’єднати кабель на хвилину.",
    details: "З учорашнього вечора роутер блимає червоним.",
    role: "інженер мережі",
  },
  ru: {
    title: "Не работает интернет после замены роутера",
    older: "Можно ли приостановить тариф на лето?",
    reply:
      "Добрый день! Мы перезапустили порт на нашей стороне. Проверьте, пожалуйста, светится ли индикатор WAN.",
    comment: "У меня помогло просто отсоединить кабель на минуту.",
    details: "Со вчерашнего вечера роутер мигает красным.",
    role: "сетевой инженер",
  },
  en: {
    title: "No internet after I replaced the router",
    older: "Can I pause my plan over the summer?",
    reply:
      "Hello! We have restarted the port on our side. Could you check that the WAN light is on?",
    comment: "Unplugging the cable for a minute was enough for me.",
    details: "Since last night the router has been blinking red.",
    role: "network engineer",
  },
};

/** @typedef {import("playwright-core").Page} Page */

/**
 * What the server knows, and what the browser keeps of it.
 * @param {import("./server.mjs").TestServer} server
 * @param {Page} page
 * @param {"uk" | "ru" | "en"} language
 */
export async function prepareLater(server, page, language) {
  const { title, older, reply, details, role } = TEXTS[language];
  const request = {
    ...{ id: ID, number: 10482, status: "answered", created: "2026-11-20T09:12:00Z" },
    ...{ title, details, attachments: [{}, {}] },
    replies: [{ id: "1", author: "Ігор Бондар", role, text: reply, at: "2026-11-20T09:40:00Z" }],
  };
  server.routes.set(`/v1/requests/${ID}`, answer(JSON.stringify(request), JSON_TYPE));
  const other = ID.replace("017f", "016f");
  const closed = {
    ...request,
    id: other,
    number: 9127,
    title: older,
    status: "closed",
    replies: [],
  };
  server.routes.set(`/v1/requests/${other}`, answer(JSON.stringify(closed), JSON_TYPE));
  server.routes.set("/v1/sites/demo/events", answer("", {}, 204));
  const kept = (/** @type {object} */ one) => JSON.stringify({ token: "t", ...one });
  await page.addInitScript(
    ([name, first, second]) => {
      if (localStorage.getItem("askus.demo.shown")) return;
      localStorage.setItem("askus.demo.shown", "1");
      localStorage.setItem(`askus.demo.mine.${name}`, first);
      localStorage.setItem(`askus.demo.mine.${name.replace("017f", "016f")}`, second);
    },
    [ID, kept({ number: 10482, title }), kept({ number: 9127, title: older })],
  );
}

/** A picture of the panel itself: large, opaque, and at hand. @param {Page} page */
const someFile = async (page) => ({
  ...{ name: "screen.png", mimeType: "image/png", buffer: await page.screenshot() },
});

/**
 * @param {Page} page
 * @param {"uk" | "ru" | "en"} language
 * @param {(name: string) => Promise<unknown>} shoot
 */
export async function walkLater(page, language, shoot) {
  const end = () => page.locator("main").evaluate((el) => el.scrollTo(0, el.scrollHeight));
  const button = (/** @type {RegExp} */ name) => page.getByRole("button", { name });
  await button(/1 нов|1 new/).waitFor();
  await shoot("11-unread");
  await end();
  await shoot("12-ask-end");
  await button(/1 нов|1 new/).click();
  await page.getByRole("listitem").first().waitFor();
  await shoot("13-mine");
  await page.getByRole("link", { name: TEXTS[language].title }).click();
  await page.getByText(TEXTS[language].reply).waitFor();
  await shoot("14-request");
  await button(/Видалити звернення|Удалить обращение|Delete the request/).click();
  await end();
  await shoot("15-erase");
  await page.locator("header button").first().click();
  await button(/Забути|Забыть|Forget/).click();
  await page.getByRole("checkbox").waitFor();
  await shoot("16-forget");
  await page.locator("header button").first().click();
  await page.locator("header button").first().click();
  await page.getByRole("option").first().click();
  await button(/те саме|то же самое|this too/).click();
  await button(/Додати коментар|Добавить комментарий|Add a comment/).click();
  await page.locator("main textarea").fill(TEXTS[language].comment);
  await button(/^(Надіслати|Отправить|Send)$/).click();
  await page.locator("[aria-invalid=true]").waitFor();
  await page.locator("main textarea").evaluate((el) => el.scrollIntoView({ block: "center" }));
  await shoot("17-comment");
  await page.locator("footer button").click();
  const chooser = page.waitForEvent("filechooser");
  await button(/Додати зображення|Добавить изображение|Attach/).click();
  await (await chooser).setFiles([await someFile(page)]);
  await page.locator("main .picture").waitFor();
  await page.locator("main .picture").evaluate((el) => el.scrollIntoView({ block: "center" }));
  await shoot("18-pictures");
  await page.locator("header button").first().click();
  await page.locator("header button").first().click();
  await button(/Мої звернення|Мои обращения|My requests/).click();
  await button(/Забути|Забыть|Forget/).click();
  await button(/Видалити все|Удалить всё|Delete everything/).click();
  await page.getByText(/Готово|Done/).waitFor();
  await shoot("19-forgotten");
}
