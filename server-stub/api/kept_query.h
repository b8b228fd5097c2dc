// What may be kept of a query that found nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace askus::api {

// Bytes of a kept query: longer ones are sentences, and sentences tell about people. The rest is
// cut off between words.
inline constexpr std::size_t kKeptQueryBytes = 100;
// Digits of a kept query, wherever they stand. Models and years have up to four; telephone and card
// numbers, contracts, passports and postcodes more.
inline constexpr std::size_t kKeptQueryDigits = 4;

// The query folded (shared/text/fold.h), its words parted by single spaces; empty when nothing may
// be kept of it. Nothing is kept of what may be a contact: an @, a dot between two letters or
// digits (mail.ua, t.me/x), more than kKeptQueryDigits digits. Nor of letters above U+05FF, whose
// digits this does not know, nor of bytes that are not UTF-8. A name that stands in a query alone
// cannot be told from any other word.
// At most `bytes` of it are kept.
std::string kept_query(std::string_view query, std::size_t bytes = kKeptQueryBytes);

// For who takes contacts out of a text word by word. How many digits a word has; whether it is a
// piece of a number: digits with signs between them, or signs alone.
std::size_t digits_of(std::string_view word);
bool is_of_number(std::string_view word);

}  // namespace askus::api
