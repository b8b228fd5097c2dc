#include "widget/flow/text.h"

#include <algorithm>

#include "shared/text/utf8.h"
#include "widget/view/strings.h"

namespace askus::flow {

std::string clean(std::string_view text, std::size_t limit) {
  if (!text::is_utf8(text)) return {};
  std::string kept(text::clip(text, limit));
  std::erase(kept, '\0');
  return kept;
}

std::string clean_line(std::string_view text, std::size_t limit) {
  std::string line = clean(text, limit);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return line;
}

Pairs read_pairs(std::string_view list) {
  const auto strings = view::read_strings(list);
  if (!strings || strings->size() % 2 != 0 ||
      !std::all_of(strings->begin(), strings->end(), text::is_utf8)) {
    return {};
  }
  Pairs pairs;
  for (std::size_t i = 0; i < strings->size(); i += 2) {
    pairs.emplace_back((*strings)[i], (*strings)[i + 1]);
  }
  return pairs;
}

std::vector<std::string> split_words(std::string_view text, std::size_t limit) {
  std::vector<std::string> words;
  while (!text.empty() && words.size() < limit) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace askus::flow
