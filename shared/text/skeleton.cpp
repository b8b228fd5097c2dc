#include "shared/text/skeleton.h"

#include "shared/text/letters.h"

namespace askus::text {
namespace {

// What each letter sounds like, in pairs; a letter that is not here stands for itself. j is i
// before a vowel, else Z.
constexpr Letters kCyrillicSounds(
    "аaбbвvгhдdеeжZзzиiйiкkлlмmнnоoпpрrсsтtуuфfхhцcчCшSщSыiэeюuяaєeіiїiўu");
constexpr Letters kLatinSounds("ghxhqkwSyi4C");

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

char sound(char c) {
  const std::string_view sounds = is_cyrillic(c) ? kCyrillicSounds.view() : kLatinSounds.view();
  for (std::size_t i = 0; i < sounds.size(); i += 2) {
    if (sounds[i] == c) return sounds[i + 1];
  }
  return is_cyrillic(c) || c == '\'' ? '\0' : c;
}

bool is_vowel(char c) {
  return std::string_view("aeiouy").find(c) != std::string_view::npos;
}

}  // namespace

void Skeleton::emit(char c) {
  while (size_ > 0) {
    const char last = letters_[size_ - 1];
    if (last == c) return;
    char both = 0;
    for (std::size_t i = 0; i < kPairs.size(); i += 3) {
      if (kPairs[i] == last && kPairs[i + 1] == c) both = kPairs[i + 2];
    }
    if (both == 0) break;
    --size_;
    c = both;
  }
  if (size_ < letters_.size()) letters_[size_++] = c;
}

Skeleton::Skeleton(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = sound(word[i]);
    if (c == 'j') c = i + 1 < word.size() && is_vowel(word[i + 1]) ? 'i' : 'Z';
    if (c != 0) emit(c);
  }
}

}  // namespace askus::text
