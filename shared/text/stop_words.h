// Words that carry no meaning of their own.
#pragma once

#include <string_view>

namespace askus::text {

// Whether a token's text (letters.h) is such a word, Ukrainian, Russian or English.
bool is_stop_word(std::string_view word);

// Whether it denies: не, нет, немає, without, can't.
bool is_negation(std::string_view word);

// Whether a sentence with it asks for something: how, can, want, please, tell me.
bool is_asking(std::string_view word);

// Whether it asks for a number or a date: how many, when, скільки.
bool is_asking_number(std::string_view word);

}  // namespace askus::text
