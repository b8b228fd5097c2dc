// Stems: Ukrainian and Russian words by one suffix list, Latin words by a light English rule.
#pragma once

#include <string_view>

namespace askus::text {

// The stem of a folded token, as a prefix of it: no language has to be known. Words of up to three
// letters and tokens with digits stay whole.
std::string_view stem(std::string_view token);

// Whether a folded token is one of the words that carry no meaning of their own (uk, ru, en).
bool is_stop_word(std::string_view token);

}  // namespace askus::text
