// Draws the small markup of answers (shared/markup).
#pragma once

#include <cstdint>
#include <string_view>

#include "shared/markup/markup.h"
#include "widget/view/view.h"

namespace askus::view {

// The key of the link that opens a topic by id, or 0 when there is no such topic.
using TopicKey = std::uint32_t (*)(const void* context, std::string_view id);

// Draws the answer as texts and lists. A link to a topic that is not there is its label only.
void draw_markup(Builder& view, std::string_view answer, TopicKey topic_key, const void* context);

}  // namespace askus::view
