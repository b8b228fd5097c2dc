#include "shared/pages/texts.h"

#include <tuple>

#include "tests/catch.h"

namespace askus::pages {

TEST_CASE("counts have the language's plural") {
  const std::tuple<const char*, std::size_t, const char*> cases[] = {
      {"uk", 1, "1 відповідь"},    {"uk", 2, "2 відповіді"},   {"uk", 5, "5 відповідей"},
      {"uk", 11, "11 відповідей"}, {"uk", 21, "21 відповідь"}, {"uk", 112, "112 відповідей"},
      {"ru", 3, "3 ответа"},       {"ru", 14, "14 ответов"},   {"ru", 101, "101 ответ"},
      {"en", 1, "1 answer"},       {"en", 21, "21 answers"},   {"uk-UA", 4, "4 відповіді"},
      {"de", 1, "1 answer"}};
  for (const auto& [language, count, expected] : cases)
    CHECK(answers(texts_of(language), count) == expected);
}

TEST_CASE("days are said as people say them") {
  CHECK(day(texts_of("uk"), 20'767) == "10 листопада 2026 р.");
  CHECK(day(texts_of("ru"), 20'577) == "4 мая 2026 г.");
  CHECK(day(texts_of("en"), 0) == "1 January 1970");
}

TEST_CASE("no text of a language is missing") {
  for (const char* language : {"uk", "ru", "en"}) {
    const Texts& texts = texts_of(language);
    CAPTURE(language);
    CHECK(texts.tag == language);
    for (const std::string_view text :
         {texts.heading,         texts.about,        texts.home,
          texts.most_asked,      texts.topics,       texts.all_questions,
          texts.other_questions, texts.related,      texts.comments,
          texts.answered_by,     texts.updated,      texts.read_more,
          texts.to_content,      texts.languages,    texts.you_are_here,
          texts.announcement,    texts.not_answered, texts.we_answer,
          texts.search,          texts.missing,      texts.missing_text,
          texts.changes,         texts.moved,        texts.date})
      CHECK_FALSE(text.empty());
  }
}

}  // namespace askus::pages
