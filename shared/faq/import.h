// Topics out of what other help centres export, and out of a saved page's schema.org data.
// docs/studio.md says which calls of theirs give these files.
#pragma once

#include <optional>
#include <string_view>

#include "shared/faq/html.h"
#include "shared/faq/source.h"

namespace askus::faq {

enum class Origin : std::uint8_t { kZendesk, kIntercom, kHelpScout, kFreshdesk, kPage };

// "zendesk", "intercom", "helpscout", "freshdesk", "page".
std::optional<Origin> origin_of(std::string_view name);

// By what stands in it; nothing for files that are no export (such as our own formats).
std::optional<Origin> guess_origin(std::string_view bytes);

// Each article that is published becomes an entry, in the form that parse() gives; `row` counts the
// articles from 1. What could not be carried over is a warning [not-carried-over] of its topic. A
// file that is no such export gives findings only.
Source import(std::string_view file, std::string_view bytes, Origin origin,
              const HtmlReader& reader);

}  // namespace askus::faq
