// What the tests of the lexicon share: small lexicons, and what a compiled snapshot leads to.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "shared/lexicon/compile.h"
#include "shared/lexicon/matcher.h"
#include "shared/search/concepts.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/hash.h"
#include "shared/text/tokens.h"
#include "tests/shared/search/engine.h"

namespace askus::testing {

inline lexicon::Lexicon parsed(std::string_view text) {
  lexicon::Lexicon out;
  const Status added = lexicon::add(text, "test.txt", lexicon::Origin::kBuiltin, out);
  INFO((added ? std::string() : added.error().text));
  REQUIRE(added.ok());
  return out;
}

// The lexicon of that text among as many other concepts as a word needs to tell something: what it
// is worth is reckoned from the number of concepts.
inline lexicon::Lexicon among_others(std::string_view text) {
  constexpr std::string_view kSyllables[] = {"ba", "do", "fe", "gu", "ki", "lo",
                                             "me", "nu", "pi", "ro", "se", "vu"};
  std::string all(text);
  for (const auto& one : kSyllables) {
    for (const auto& two : kSyllables) {
      const std::string word = std::string(one) + std::string(two) + "x";
      all.append(word).append("\n  en: ").append(word).append("\n");
    }
  }
  return parsed(all);
}

// What a text says of a concept; 0: nothing.
inline float said(const lexicon::Lexicon& lexicon, std::string_view text, std::string_view id,
                  bool spread = false) {
  lexicon::Matcher matcher(lexicon);
  lexicon::ConceptVector found;
  matcher.add_text(text, 1, found);
  if (spread) matcher.spread(found);
  for (const auto& [number, value] : found) {
    if (lexicon.concepts[number].id == id) return value;
  }
  return 0;
}

// A long text of words that no lexicon has: a snapshot's budget follows its texts.
inline std::string padding() {
  std::string out;
  for (int i = 0; i < 100; ++i) out += " Мимря бурмоче.";
  return out;
}

// Whether a word leads to a concept in these tables.
inline bool leads(const snapshot::Concepts& tables, std::string_view word) {
  if (tables.count == 0) return false;
  snapshot::Concepts unmarked = tables;
  unmarked.of.clear();
  const AlignedBytes bytes(
      built(faq_of({topic("any", {version("uk", "Назва", "Текст.")})}), unmarked));
  const auto opened = snapshot::Snapshot::open(bytes.span()).value();
  search::Concepts concepts(opened.root().concepts());
  concepts.begin();
  text::Tokenizer tokens(word);
  for (text::Token token; tokens.next(token);)
    concepts.add(text::hash(search::LexiconWord(token.text).view()), 0, 1);
  for (std::uint32_t id = 0; id < concepts.count(); ++id) {
    if (concepts.value(id) > 0) return true;
  }
  return false;
}

}  // namespace askus::testing
