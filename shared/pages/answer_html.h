// An answer as HTML, and as a short plain text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace askus::pages {

// What an answer's links lead to.
struct Targets {
  // The address of a topic by its id; empty: the link is its label only.
  std::function<std::string(std::string_view id)> topic;
  const std::vector<std::string>* picture_origins = nullptr;  // null: no pictures
};

// <p>, <ul>, <ol>, <li>, <strong>, <a>, <img> and <br>, and no other element, whatever the answer.
std::string answer_html(std::string_view answer, const Targets& targets);

// The beginning of the answer's plain text on one line: at most `letters` code points, ending at a
// word and with "…" where something is left out.
std::string excerpt(std::string_view answer, std::size_t letters);

// Text for HTML or XML: printable and escaped (shared/markup/escape.h).
std::string shown(std::string_view text);

}  // namespace askus::pages
