#include "shared/text/skeleton.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "shared/text/letters.h"

namespace askus::text {
namespace {

// What each letter sounds like, in pairs; a letter that is not here stands for itself. j is i
// before a vowel, else Z.
constexpr Letters kSounds(
    "аaбbвvгhдdеeжZзzиiйiкkлlмmнnоoпpрrсsтtуuфfхhцcчCшSщSыiэeюuяaєeіiїiўu"
    "ghxhqkwSyi4C");

// Two sounds that together are a third: first, second, both. What transliterations write with two
// letters, and what the same letters make when they meet in Cyrillic.
constexpr std::string_view kPairs =
    "shS"
    "szS"
    "ShS"
    "SCS"
    "sCS"
    "chC"
    "tCC"
    "zhZ"
    "ZhZ"
    "khh"
    "tsc"
    "tzc"
    "phf"
    "ckk"
    "iaa"
    "iuu"
    "iee"
    "ioe";

// What a byte sounds like, 0 for silent ones.
constexpr std::array<char, 256> kSoundOf = [] {
  std::array<char, 256> of{};
  for (std::size_t c = 0; c < of.size(); ++c) {
    const bool silent = is_cyrillic(static_cast<char>(c)) || c == '\'';
    of[c] = silent ? '\0' : static_cast<char>(c);
  }
  const std::string_view sounds = kSounds.view();
  for (std::size_t i = 0; i < sounds.size(); i += 2) of[byte_of(sounds[i])] = sounds[i + 1];
  return of;
}();

// A bit for each sound that may be the first of a pair, or the second; other sounds may share it.
constexpr std::uint64_t bit(char sound) {
  return std::uint64_t{1} << (byte_of(sound) % 64);
}
template <std::size_t Place>
constexpr std::uint64_t kInPair = [] {
  std::uint64_t bits = 0;
  for (std::size_t i = Place; i < kPairs.size(); i += 3) bits |= bit(kPairs[i]);
  return bits;
}();

// What two sounds are together, or 0.
char pair(char first, char second) {
  if ((kInPair<0> & bit(first)) == 0 || (kInPair<1> & bit(second)) == 0) return 0;
  for (std::size_t i = 0; i < kPairs.size(); i += 3) {
    if (kPairs[i] == first && kPairs[i + 1] == second) return kPairs[i + 2];
  }
  return 0;
}

bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

}  // namespace

void Skeleton::emit(char c) {
  while (size_ > 0) {
    const char last = letters_[size_ - 1];
    if (last == c) return;
    const char both = pair(last, c);
    if (both == 0) break;
    --size_;
    c = both;
  }
  if (size_ < letters_.size()) letters_[size_++] = c;
}

Skeleton::Skeleton(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = kSoundOf[byte_of(word[i])];
    if (c == 'j') c = i + 1 < word.size() && is_vowel(word[i + 1]) ? 'i' : 'Z';
    if (c != 0) emit(c);
  }
}

}  // namespace askus::text
