// What may be told to a marketer of a question that a visitor wrote.
#pragma once

#include <string>
#include <string_view>

#include "server-stub/store/gaps.h"

namespace askus::api {

// Bytes of a told question: a title is one sentence.
inline constexpr std::size_t kToldBytes = 200;
// Letters that a part of the visitor's name or contact has at least, to be taken out of the title.
inline constexpr std::size_t kNamePartBytes = 3;

// The title without what may be a contact, folded as a kept query is (kept_query.h): words with an
// @ or a dot in them, addresses, runs of digits longer than a kept query may have, and the words of
// the visitor's own name and contact are left out. Empty when nothing is left, or when what is left
// may still be a contact. Another person's name cannot be told from any other word.
std::string told_question(const store::Gaps::Written& written);

}  // namespace askus::api
