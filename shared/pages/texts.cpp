#include "shared/pages/texts.h"

#include <utility>

#include "shared/faq/dates.h"

namespace askus::pages {
namespace {

constexpr Texts kTexts[] = {
    {.tag = "en",
     .heading = "Questions and answers",
     .about = "Answers to the questions that customers of {} ask most: find yours by topic.",
     .home = "Help",
     .most_asked = "Most asked",
     .topics = "Topics",
     .all_questions = "All questions",
     .other_questions = "Other questions",
     .related = "More on this topic",
     .comments = "What others added",
     .answered_by = "Answered by",
     .updated = "Updated",
     .read_more = "Read more",
     .to_content = "Skip to content",
     .languages = "Language",
     .you_are_here = "You are here",
     .announcement = "Announcement",
     .not_answered = "Not the answer you need?",
     .we_answer = "Reply time:",
     .search = "Find an answer",
     .missing = "This page is not here",
     .missing_text = "The answer may have moved or been taken down. Search for it, or look "
                     "through the topics.",
     .changes = "New and changed answers",
     .moved = "This page has moved",
     .answers = {"{} answer", "{} answers", "{} answers", "{} answers"},
     .months = {"January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December"},
     .date = "{day} {month} {year}"},
    {.tag = "uk",
     .heading = "Питання та відповіді",
     .about = "«{}»: відповіді на запитання, які нам найчастіше ставлять. Знайдіть своє за темою.",
     .home = "Допомога",
     .most_asked = "Запитують найчастіше",
     .topics = "Теми",
     .all_questions = "Усі запитання",
     .other_questions = "Інші запитання",
     .related = "Ще на цю тему",
     .comments = "Що додали інші",
     .answered_by = "Відповідає",
     .updated = "Оновлено",
     .read_more = "Докладніше",
     .to_content = "Перейти до вмісту",
     .languages = "Мова",
     .you_are_here = "Ви тут",
     .announcement = "Оголошення",
     .not_answered = "Не знайшли відповіді?",
     .we_answer = "Відповідаємо",
     .search = "Знайти відповідь",
     .missing = "Такої сторінки немає",
     .missing_text = "Можливо, відповідь перенесли або прибрали. Знайдіть її пошуком або "
                     "перегляньте теми.",
     .changes = "Нові та змінені відповіді",
     .moved = "Сторінку перенесено",
     .answers = {"{} відповідь", "{} відповіді", "{} відповідей", "{} відповіді"},
     .months = {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня",
                "вересня", "жовтня", "листопада", "грудня"},
     .date = "{day} {month} {year} р."},
    {.tag = "ru",
     .heading = "Вопросы и ответы",
     .about = "«{}»: ответы на вопросы, которые нам чаще всего задают. Найдите свой по теме.",
     .home = "Помощь",
     .most_asked = "Спрашивают чаще всего",
     .topics = "Темы",
     .all_questions = "Все вопросы",
     .other_questions = "Другие вопросы",
     .related = "Ещё на эту тему",
     .comments = "Что добавили другие",
     .answered_by = "Отвечает",
     .updated = "Обновлено",
     .read_more = "Подробнее",
     .to_content = "Перейти к содержимому",
     .languages = "Язык",
     .you_are_here = "Вы здесь",
     .announcement = "Объявление",
     .not_answered = "Не нашли ответа?",
     .we_answer = "Отвечаем",
     .search = "Найти ответ",
     .missing = "Такой страницы нет",
     .missing_text = "Возможно, ответ перенесли или убрали. Найдите его поиском или посмотрите "
                     "темы.",
     .changes = "Новые и изменённые ответы",
     .moved = "Страница перенесена",
     .answers = {"{} ответ", "{} ответа", "{} ответов", "{} ответа"},
     .months = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
                "сентября", "октября", "ноября", "декабря"},
     .date = "{day} {month} {year} г."},
};

constexpr std::pair<std::string_view, std::string_view> kNames[] = {
    {"uk", "Українська"}, {"ru", "Русский"},    {"en", "English"},    {"pl", "Polski"},
    {"de", "Deutsch"},    {"fr", "Français"},   {"es", "Español"},    {"it", "Italiano"},
    {"ro", "Română"},     {"be", "Беларуская"}, {"cs", "Čeština"},    {"sk", "Slovenčina"},
    {"hu", "Magyar"},     {"bg", "Български"},  {"kk", "Қазақ тілі"}, {"tr", "Türkçe"},
};

std::string_view primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

enum Form : std::size_t { kOne, kFew, kMany };

// The cardinal rules of the Unicode CLDR for whole numbers.
Form form_of(std::string_view language, std::size_t count) {
  if (language == "en") return count == 1 ? kOne : kMany;
  const std::size_t one = count % 10, two = count % 100;
  if (one == 1 && two != 11) return kOne;
  return one >= 2 && one <= 4 && (two < 12 || two > 14) ? kFew : kMany;
}

}  // namespace

const Texts& texts_of(std::string_view language) {
  for (const Texts& texts : kTexts)
    if (texts.tag == primary(language)) return texts;
  return kTexts[0];
}

std::string filled(std::string_view text, std::string_view value) {
  const std::size_t at = text.find("{}");
  std::string out(text.substr(0, at));
  if (at == text.npos) return out;
  out += value;
  return out += text.substr(at + 2);
}

std::string answers(const Texts& texts, std::size_t count) {
  return filled(texts.answers[form_of(texts.tag, count)], std::to_string(count));
}

std::string day(const Texts& texts, std::uint32_t days) {
  // "2026-11-10"; every year that dates.h knows has four digits.
  const std::string iso = format_date(days);
  const auto two = [&](std::size_t at) {
    return static_cast<std::size_t>(iso[at] - '0') * 10 +
           static_cast<std::size_t>(iso[at + 1] - '0');
  };
  const std::pair<std::string_view, std::string> values[] = {
      {"{day}", std::to_string(two(8))},
      {"{month}", std::string(texts.months[(two(5) - 1) % texts.months.size()])},
      {"{year}", iso.substr(0, 4)}};
  std::string out(texts.date);
  for (const auto& [name, value] : values)
    if (const std::size_t at = out.find(name); at != out.npos) out.replace(at, name.size(), value);
  return out;
}

std::string_view name_of_language(std::string_view tag) {
  for (const auto& [known, name] : kNames)
    if (known == primary(tag)) return name;
  return tag;
}

}  // namespace askus::pages
