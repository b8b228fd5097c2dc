#include "shared/search/similar.h"

#include <algorithm>

#include "shared/search/constants.h"
#include "shared/text/letters.h"

namespace askus::search {
namespace {

constexpr std::uint32_t kPad = 0, kDigit = 30, kOther = 31, kBits = 5;
constexpr std::uint32_t kKeys = 1u << (3 * kBits);
constexpr std::string_view kSounds = "CSZ";  // 27 to 29

std::uint32_t code(char c) {
  if (text::is_latin(c)) return static_cast<std::uint32_t>(c - 'a') + 1;
  if (text::is_digit(c)) return kDigit;
  const std::size_t at = kSounds.find(c);
  return at == std::string_view::npos ? kOther : static_cast<std::uint32_t>(27 + at);
}

// Calls each(key) for the trigrams of a skeleton with one pad at both ends; returns their number.
template <typename Each>
std::uint8_t for_each_trigram(std::string_view skeleton, Each each) {
  std::uint32_t key = kPad;
  for (std::size_t i = 0; i <= skeleton.size(); ++i) {
    key = (key << kBits | (i < skeleton.size() ? code(skeleton[i]) : kPad)) & (kKeys - 1);
    if (i > 0) each(key);
  }
  return static_cast<std::uint8_t>(skeleton.size());
}

}  // namespace

SimilarIndex::SimilarIndex(const Strings& strings)
    : first_(kKeys + 2), trigrams_(strings.size()), shared_(strings.size()) {
  for (std::uint32_t s = 0; s < strings.size(); ++s)
    trigrams_[s] = for_each_trigram(strings[s], [&](std::uint32_t key) { ++first_[key + 2]; });
  make_starts(first_);
  strings_ = Buffer<std::uint32_t>(first_[kKeys + 1], kUnset);
  // Filling moves every start, which stands one place to the right, to where it belongs.
  for (std::uint32_t s = 0; s < strings.size(); ++s)
    for_each_trigram(strings[s], [&](std::uint32_t key) { strings_[first_[key + 1]++] = s; });
}

void SimilarIndex::collect(std::string_view skeleton, float least) {
  found_.clear();
  const std::uint8_t mine = for_each_trigram(skeleton, [&](std::uint32_t key) {
    if (walked > kMaxWalked) return;
    const auto strings = strings_.part(first_[key], first_[key + 1]);
    walked += static_cast<std::uint32_t>(strings.size());
    for (const std::uint32_t s : strings) {
      if (shared_[s] == 0) touched_.push_back(s);
      if (shared_[s] < 0xFF) ++shared_[s];
    }
  });
  for (const std::uint32_t s : touched_) {
    const int shared = std::min({shared_[s], mine, trigrams_[s]});
    const auto both = static_cast<float>(2 * shared), all = static_cast<float>(mine + trigrams_[s]);
    if (both >= least * all) found_.add(key_of(both / all, s));
    shared_[s] = 0;
  }
  touched_.clear();
  found_.order();
}

}  // namespace askus::search
