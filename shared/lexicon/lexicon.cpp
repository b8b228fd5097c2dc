#include "shared/lexicon/lexicon.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace askus::lexicon {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

template <typename Each>
void for_each_part(std::string_view list, Each each) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (const auto part = trim(list.substr(0, end)); !part.empty()) each(part);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

bool is_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

Status add(std::string_view text, std::string_view name, Origin origin, Lexicon& lexicon) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < lexicon.concepts.size(); ++i) known[lexicon.concepts[i].id] = i;
  Concept* current = nullptr;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') continue;
    const auto wrong = [&](std::string_view what) {
      return Error{Code::kMalformed, std::string(name) + ":" + std::to_string(number) + ": " +
                                         std::string(what) + ": " +
                                         std::string(content.substr(0, 60))};
    };
    if (line.front() == ' ') {
      if (current == nullptr) return wrong("forms before any concept");
      const std::size_t colon = content.find(':');
      if (colon != 2) return wrong("expected a language and a colon");
      const std::string language(content.substr(0, colon));
      for_each_part(content.substr(colon + 1), [&](std::string_view form) {
        current->forms.push_back({language, std::string(form), origin});
      });
      continue;
    }
    const std::size_t tilde = content.find('~');
    std::string_view head = trim(content.substr(0, tilde));
    constexpr std::string_view kBroad = "(broad)";
    const bool broad = head.ends_with(kBroad);
    if (broad) head = trim(head.substr(0, head.size() - kBroad.size()));
    if (!is_id(head)) return wrong("not a concept's id");
    const auto [entry, is_new] = known.emplace(std::string(head), lexicon.concepts.size());
    if (is_new) lexicon.concepts.push_back({std::string(head), false, {}, {}});
    current = &lexicon.concepts[entry->second];
    current->broad = current->broad || broad;
    if (tilde != std::string_view::npos)
      for_each_part(content.substr(tilde + 1),
                    [&](std::string_view id) { current->near.emplace_back(id); });
  }
  return {};
}

Status check_near(const Lexicon& lexicon) {
  std::unordered_set<std::string> known;
  for (const Concept& entry : lexicon.concepts) known.insert(entry.id);
  for (const Concept& entry : lexicon.concepts) {
    for (const std::string& id : entry.near) {
      if (known.count(id) == 0)
        return Error{Code::kNotFound,
                     "lexicon: " + entry.id + " is near " + id + ", but no concept has that id"};
    }
  }
  return {};
}

}  // namespace askus::lexicon
