#include "shared/tags/watch_words.h"

#include <algorithm>

namespace askus::tags {
namespace {

// Whether all words of a phrase stand near one of them.
bool stands_in(const std::vector<std::uint32_t>& phrase, std::span<const KnownWords::Placed> text) {
  const auto near = [&](std::uint32_t at) {
    return std::all_of(phrase.begin(), phrase.end(), [&](std::uint32_t word) {
      return std::any_of(text.begin(), text.end(), [&](const KnownWords::Placed& one) {
        const std::uint32_t away = one.position > at ? one.position - at : at - one.position;
        return one.word == word && away <= kSlack + phrase.size();
      });
    });
  };
  return !phrase.empty() &&
         std::any_of(text.begin(), text.end(), [&](const KnownWords::Placed& one) {
           return one.word == phrase.front() && near(one.position);
         });
}

}  // namespace

WatchWords::WatchWords(std::span<const std::string> words,
                       std::span<const std::string> minus_words) {
  for (const std::string& word : words) wanted_.push_back({known_.add(word), word});
  for (const std::string& word : minus_words) unwanted_.push_back({known_.add(word), word});
  known_.close();
}

std::vector<std::string> WatchWords::found(std::string_view text) {
  const std::vector<KnownWords::Placed> read = known_.read(text);
  std::vector<std::string> found;
  if (std::any_of(unwanted_.begin(), unwanted_.end(),
                  [&](const Phrase& one) { return stands_in(one.words, read); }))
    return found;
  for (const Phrase& one : wanted_)
    if (stands_in(one.words, read)) found.push_back(one.text);
  return found;
}

bool can_be_watched(std::string_view phrase) {
  KnownWords known;
  return !known.add(phrase).empty();
}

}  // namespace askus::tags
