// The links of an answer's markup (docs/markup.md), as far as checking needs them.
#pragma once

#include <string_view>
#include <vector>

namespace askus::faq {

enum class Target { kGood, kTopic, kBadScheme, kMalformed };

struct Link {
  std::string_view target;  // borrows the answer
  bool picture = false;
  Target kind = Target::kGood;
};

// Every [label](target) and ![alt](target) of the answer, in order, and also those that the markup
// shows as plain text because of their target.
std::vector<Link> links_of(std::string_view answer);

// Whether `text` is an https address as docs/markup.md defines it.
bool is_https_address(std::string_view text);

}  // namespace askus::faq
