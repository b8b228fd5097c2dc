// The mail that brings a reply: our own words in Ukrainian, Russian and English, as text and as
// plain HTML without pictures or anything that would tell that it was read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace askus::out {

struct Letter {
  std::string_view language;  // of the request; what is not uk or ru is en
  std::int64_t number = 0;    // the request's
  std::string_view title, details, asked_by;
  std::string_view reply, author, role;
  std::string link;         // to the whole talk
  std::string unsubscribe;  // a page of ours
};

struct Written {
  std::string subject, text, html;
};
Written write_letter(const Letter& letter);

// Bytes of the question that are quoted at most.
inline constexpr std::size_t kQuoted = 4'000;

// The words of the page that a mail's unsubscribe link leads to.
struct UnsubscribeTexts {
  std::string_view title, ask, button, done_title, done, back_button, back_title, back, bad;
};
// `list`: "replies"; anything else is reports.
UnsubscribeTexts unsubscribe_texts(std::string_view language, std::string_view list);

// uk, ru or en.
std::string_view letter_language(std::string_view language);

}  // namespace askus::out
