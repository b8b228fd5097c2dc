// The panel's states as a visitor comes to them, in Ukrainian; and where the demo site is in each
// language, with a question and the title of what answers it.

/** @typedef {"uk" | "ru" | "en"} Language */
export const LANGUAGES = /** @type {Language[]} */ (["uk", "ru", "en"]);
export const PATH = { uk: "/", ru: "/ru/", en: "/en/" };
export const QUESTIONS = {
  uk: ["зник інтернет", "Що робити, якщо немає інтернету?"],
  ru: ["нет интернета", "Что делать, если нет интернета?"],
  en: ["no internet", "What if there is no internet?"],
};

/**
 * From the first view to a refused form.
 * @param {import("playwright-core").Page} page with the panel in it
 * @param {(state: "ask" | "results" | "scrolled" | "read" | "write") => Promise<void>} look
 */
export async function showStates(page, look) {
  const [query, title] = QUESTIONS.uk;
  await look("ask");
  await page.getByRole("combobox").fill(query);
  await page.locator("mark").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await look("results");
  await page.locator("main").evaluate((main) => (main.scrollTop = 333));
  await look("scrolled");
  await page.getByRole("option").first().click();
  await page.getByRole("heading", { name: title }).waitFor();
  await look("read");
  await page.getByRole("button", { name: "Назад" }).click();
  await page.getByRole("combobox").fill("щщщ ззз кашалот");
  await page.getByRole("button", { name: "Написати нам" }).first().click();
  await page.getByLabel("Подробиці").waitFor();
  await page.getByRole("button", { name: "Надіслати" }).click();
  await page.locator("[aria-invalid]").first().waitFor();
  await look("write");
}
