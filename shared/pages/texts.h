// The words of the pages themselves, in the languages the interface has.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace askus::pages {

struct Texts {
  std::string_view tag;             // of these words
  std::string_view heading, about;  // of the start page; about: "{}" is the site's name
  std::string_view home, most_asked, topics, all_questions, other_questions, related, comments;
  std::string_view answered_by, updated, read_more, to_content, languages, you_are_here,
      announcement;
  std::string_view not_answered, we_answer, search, missing, missing_text, changes, moved;
  std::array<std::string_view, 4> answers;  // "{} answers": one, few, many, other
  std::array<std::string_view, 12> months;  // as they stand in a date
  std::string_view date;                    // "{day} {month} {year}"
};

// Of that language or its primary one; English for a language that the interface does not have.
const Texts& texts_of(std::string_view language);

// "12 answers", with the language's plural.
std::string answers(const Texts& texts, std::size_t count);

// "10 November 2026"; `days` since 1970-01-01.
std::string day(const Texts& texts, std::uint32_t days);

// `text` with `value` in the place of "{}".
std::string filled(std::string_view text, std::string_view value);

// A language's own name, "українська"; its tag where we do not know it.
std::string_view name_of_language(std::string_view tag);

}  // namespace askus::pages
