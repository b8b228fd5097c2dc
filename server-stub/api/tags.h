// A site's tags: the tree, which leads make; the tags and the tone of a request, which who answers
// sets; and which tags are proposed.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Of a tag: bytes of its name and of a title, languages, words by which it is proposed, and bytes
// of one.
inline constexpr std::size_t kMaxTagName = 40, kMaxTagTitle = 120, kMaxTagLanguages = 8,
                             kMaxTagWords = 40, kMaxTagWord = 80;

void add_tag_routes(App& app, http::Router& router);

}  // namespace askus::api
