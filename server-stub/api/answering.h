// What is published and may answer a request, for who answers it.
#pragma once

#include <string>
#include <string_view>

#include "server-stub/api/app.h"

namespace askus::api {

// GET .../requests/{id}/topics: the topics that fit best, to be read and put into the reply.
void add_answering_routes(App& app, http::Router& router);

// An answer as people write to each other: paragraphs with empty lines between them, items with a
// dash or their number, links as "label: address", a link to a topic as its label, no pictures.
// Cut between blocks at `limit` bytes; one block that is longer, within it.
std::string answer_text(std::string_view answer, std::size_t limit);

}  // namespace askus::api
