// Who asks the same thing again: the same contact with the same question, however each is written.
#pragma once

#include <string>
#include <string_view>

namespace askus::api {

// An e-mail address folded as the search folds words, without white space around it; of a telephone
// number its last nine digits, which are the same with and without the country's code. Empty for a
// blank contact.
std::string normalised_contact(std::string_view contact);

// A text's words, folded, with one space between them; in the alphabet of shared/text/letters.h.
std::string normalised_question(std::string_view title);

// 32 hex digits of the SHA-256 of both; empty where either is. Nobody can tell the contact from
// it who does not guess it, but it is as personal as the contact, and erased with it.
std::string again_key(std::string_view contact, std::string_view title);

}  // namespace askus::api
