#include "shared/tags/known_words.h"

#include <algorithm>
#include <string>

#include "shared/lexicon/builtin.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/layout.h"
#include "shared/text/letters.h"
#include "shared/text/skeleton.h"
#include "shared/text/slips.h"
#include "shared/text/tokens.h"
#include "shared/text/translit.h"

namespace askus::tags {
namespace {

// How sure a word is that was come by so.
constexpr float kAsWhole = 0.9f, kInLatin = 0.9f, kMisspelt = 0.7f;
// What a word with a slip must have at least: letters of its skeleton, and a likeness by trigrams.
constexpr std::size_t kLeastLetters = 5;
constexpr float kLeastDice = 0.3f;
constexpr std::size_t kMostLike = 24;
// Another layout is tried below this share of known letters, and taken when it has so much more.
constexpr float kLayoutTry = 0.2f, kLayoutGain = 0.4f;

// The words of the whole lexicon, which are no misspelt ones.
const search::Strings& common() {
  static const search::Strings words = [] {
    search::Strings all;
    for (const lexicon::Concept& one : lexicon::builtin().concepts)
      for (const auto& form : one.forms) {
        text::Tokenizer tokens(form.text);
        for (text::Token token; tokens.next(token);) {
          const search::LexiconWord word(token.text);
          if (!word.view().empty()) all.add(word.view());
        }
      }
    return all;
  }();
  return words;
}

}  // namespace

std::vector<std::uint32_t> KnownWords::add(std::string_view text) {
  std::vector<std::uint32_t> words;
  text::Tokenizer tokens(text);
  for (text::Token token; tokens.next(token);) {
    const search::LexiconWord word(token.text);
    if (word.view().empty()) continue;
    const std::uint32_t number = all_.add(word.view());
    if (std::find(words.begin(), words.end(), number) == words.end()) words.push_back(number);
    if (whole_.add(text::Skeleton(token.text).view()) == word_of_whole_.size())
      word_of_whole_.push_back(number);
  }
  return words;
}

void KnownWords::close() {
  similar_.emplace(all_);
}

bool KnownWords::denies(std::uint32_t word) const {
  return all_[word] == search::kNegationWord;
}

// `word` is search::kNone: it is none of them.
KnownWords::Placed KnownWords::find(std::string_view token) {
  Placed found{search::kNone, 0, 1, 0, 0};
  const search::LexiconWord own(token);
  if (own.view().empty()) return found;
  found.word = all_.find(own.view());
  if (found.word != search::kNone || text::is_digit(token[0])) return found;
  if (const text::Skeleton whole(token); whole.view().size() >= kLeastLetters) {
    const std::uint32_t given = whole_.find(own.view());
    const std::uint32_t word =
        given != search::kNone ? word_of_whole_[given] : all_.find(whole.view());
    if (word != search::kNone) return {word, 0, kAsWhole, 0, 0};
  }
  if (text::is_latin(token[0]) && common().find(own.view()) == search::kNone) {
    for (const auto way : {text::Spelling::kUkrainian, text::Spelling::kRussian}) {
      const text::Cyrillic cyrillic(token, way);
      const search::LexiconWord word(cyrillic.view());
      if (word.view().empty()) continue;
      found = {all_.find(word.view()), 0, kInLatin, 0, 0};
      if (found.word != search::kNone) return found;
    }
  }
  if (own.view().size() < kLeastLetters || common().find(own.view()) != search::kNone) return found;
  similar_->walked = 0;
  similar_->find(own.view(), kLeastDice, kMostLike, [&](std::uint32_t other, float) {
    if (found.word != search::kNone || all_[other].size() < kLeastLetters) return;
    if (text::slips(own.view(), all_[other], 1) <= 1) found = {other, 0, kMisspelt, 0, 0};
  });
  return found;
}

KnownWords::Reading KnownWords::read_as(std::string_view text) {
  Reading reading;
  text::Tokenizer tokens(text);
  std::uint32_t position = 0;
  for (text::Token token; position < kMostRead && tokens.next(token); ++position) {
    reading.letters += token.text.size();
    Placed found = find(token.text);
    const search::LexiconWord own(token.text);
    if (own.view().empty() || found.word != search::kNone ||
        common().find(own.view()) != search::kNone)
      reading.known += token.text.size();
    if (found.word == search::kNone) continue;
    found.position = position;
    found.begin = token.begin;
    found.end = token.end;
    reading.words.push_back(found);
  }
  return reading;
}

std::vector<KnownWords::Placed> KnownWords::read(std::string_view text) {
  const auto share = [](const Reading& r) {
    return r.letters == 0 ? 1 : static_cast<float>(r.known) / static_cast<float>(r.letters);
  };
  Reading own = read_as(text);
  const float mine = share(own);
  if (mine >= kLayoutTry) return std::move(own.words);
  for (const text::Layout layout : text::kLayouts) {
    const std::string meant = text::typed_as(text, layout);
    Reading other = read_as(meant);
    if (share(other) < mine + kLayoutGain) continue;
    for (Placed& one : other.words) one.begin = one.end = 0;
    return std::move(other.words);
  }
  return std::move(own.words);
}

}  // namespace askus::tags
