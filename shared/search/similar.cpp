#include "shared/search/similar.h"

#include <algorithm>
#include <array>

#include "shared/search/constants.h"
#include "shared/text/letters.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

constexpr std::uint32_t kPad = 0, kOther = 31, kBits = 5;
constexpr std::uint32_t kKeys = 1u << (3 * kBits);

std::uint32_t code(char c) {
  if (text::is_latin(c)) return static_cast<std::uint32_t>(c - 'a') + 1;
  switch (c) {
    case 'C':
      return 27;
    case 'S':
      return 28;
    case 'Z':
      return 29;
    default:
      return text::is_digit(c) ? 30 : kOther;
  }
}

// Calls each(key) for the trigrams of a skeleton with one pad at both ends; returns their number.
template <typename Each>
std::uint8_t for_each_trigram(std::string_view skeleton, Each each) {
  std::uint32_t key = kPad;
  std::uint8_t count = 0;
  const auto push = [&](std::uint32_t next, std::size_t i) {
    key = (key << kBits | next) & (kKeys - 1);
    if (i == 0) return;
    each(key);
    ++count;
  };
  for (std::size_t i = 0; i < skeleton.size(); ++i) push(code(skeleton[i]), i);
  push(kPad, skeleton.size());
  return count;
}

}  // namespace

void SimilarIndex::build(const Strings& strings) {
  strings_ = &strings;
  trigrams_.resize(strings.size());
  shared_.assign(strings.size(), 0);
  first_.assign(kKeys + 1, 0);
  for (std::uint32_t s = 0; s < strings.size(); ++s)
    trigrams_[s] = for_each_trigram(strings[s], [&](std::uint32_t key) { ++first_[key + 1]; });
  for (std::uint32_t key = 0; key < kKeys; ++key) first_[key + 1] += first_[key];
  of_.resize(first_[kKeys]);
  // Filling moves every start to its end; counting them down again from the last string restores.
  for (std::uint32_t s = 0; s < strings.size(); ++s)
    for_each_trigram(strings[s], [&](std::uint32_t key) { of_[first_[key]++] = s; });
  for (std::uint32_t key = kKeys; key > 0; --key) first_[key] = first_[key - 1];
  first_[0] = 0;
}

std::span<const Similar> SimilarIndex::find(std::string_view skeleton, float least,
                                            std::size_t most) {
  found_.clear();
  const std::uint8_t mine = for_each_trigram(skeleton, [&](std::uint32_t key) {
    if (walked > kMaxWalked) return;
    walked += first_[key + 1] - first_[key];
    for (std::uint32_t i = first_[key]; i < first_[key + 1]; ++i) {
      std::uint8_t& shared = shared_[of_[i]];
      if (shared == 0) touched_.push_back(of_[i]);
      if (shared < 0xFF) ++shared;
    }
  });
  for (const std::uint32_t s : touched_) {
    const auto dice = 2.0f * static_cast<float>(std::min(shared_[s], std::min(mine, trigrams_[s]))) /
                      static_cast<float>(mine + trigrams_[s]);
    if (dice >= least) found_.push_back({s, dice});
    shared_[s] = 0;
  }
  touched_.clear();
  const std::size_t keep = std::min(most, found_.size());
  std::partial_sort(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(keep), found_.end(),
                    [](const Similar& a, const Similar& b) {
                      return a.likeness != b.likeness ? a.likeness > b.likeness : a.string < b.string;
                    });
  found_.resize(keep);
  return found_;
}

std::uint32_t distance(std::string_view a, std::string_view b, std::uint32_t most) {
  constexpr std::size_t kMax = text::kMaxTokenBytes;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > most || b.size() > kMax) return most + 1;
  std::array<std::array<std::uint8_t, kMax + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  std::uint32_t least_above = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& second = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::uint8_t value = static_cast<std::uint8_t>(
          std::min(std::min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        value = std::min(value, static_cast<std::uint8_t>(second[j - 2] + 1));
      row[j] = value;
      least = std::min(least, value);
    }
    if (least > most && least_above > most) return most + 1;
    least_above = least;
  }
  return std::min<std::uint32_t>(rows[a.size() % 3][b.size()], most + 1);
}

}  // namespace askus::search
