// From a query's bytes to words, and to what was meant by them.
#include <algorithm>
#include <bit>

#include "shared/search/index.h"
#include "shared/text/layout.h"
#include "shared/text/letters.h"
#include "shared/text/stem.h"
#include "shared/text/stop_words.h"
#include "shared/text/tokens.h"
#include "shared/text/utf8.h"

namespace askus::search {

void Index::State::add_word(std::string_view letters, std::uint32_t end, bool prefix,
                            bool compound) {
  if (query.size == kMaxQueryWords) return;
  const bool stop = text::is_stop_word(letters);
  const std::uint32_t form = vocabulary.forms.find(letters);
  query.words[query.size++] = {.begin = static_cast<std::uint32_t>(query.letters.size()),
                               .size = static_cast<std::uint32_t>(letters.size()),
                               .end = end,
                               .first = 0,
                               .last = 0,
                               .languages = form == kNone ? 0 : vocabulary.languages_of[form],
                               .weight = stop ? stop_weight : 1.0f,
                               .idf = 0,
                               .most_idf = kAnyIdf,
                               .stop = stop,
                               .prefix = prefix,
                               .compound = compound};
  query.letters += letters;
  if (stop && text::is_latin(letters[0]) && letters.size() >= kEnglishLetters) ++query.english;
}

void Index::State::parse(std::string_view typed, bool typing) {
  query.letters.clear();
  query.size = query.expansion_count = query.english = 0;
  similar->walked = 0;
  text::Tokenizer tokens(typed);
  std::string compound;
  for (text::Token token; tokens.next(token);) {
    // "wi-fi", "сім карта": one word as well, where the snapshot knows it.
    if (!compound.empty()) {
      compound += token.text;
      if (vocabulary.terms.find(text::Stem(compound).view()) != kNone)
        add_word(compound, token.end, false, true);
    }
    compound = token.text;
    const bool last = typing && token.end == typed.size();
    add_word(token.text, token.end, last && token.text.size() >= kMinPrefixLetters, false);
  }
  focus(typed);
  concepts.begin();
  query.whole = 0;
  for (QueryWord& word : query.all()) {
    expand(word);
    query.whole += word.weight * word.idf;
  }
}

// In a long story the sentences that ask (a question mark, a word of asking) count whole.
void Index::State::focus(std::string_view typed) {
  if (query.size < kStoryWords) return;
  std::uint32_t first = 0;
  bool asks = false, any = false;
  std::array<bool, kMaxQueryWords> counts{};
  for (std::uint32_t i = 0; i < query.size; ++i) {
    asks = asks || text::is_asking(query.letters_of(query.words[i]));
    const bool last = i + 1 == query.size;
    const std::size_t end = last ? typed.size() : query.words[i + 1].end;
    const std::string_view gap = typed.substr(query.words[i].end, end - query.words[i].end);
    const std::size_t stop = gap.find_first_of(".?!\n");
    if (stop == std::string_view::npos && !last) continue;
    asks = asks || gap.substr(0, stop + 2).find('?') != std::string_view::npos;
    any = any || asks;
    std::fill(counts.begin() + first, counts.begin() + i + 1, asks);
    first = i + 1;
    asks = false;
  }
  for (std::uint32_t i = 0; any && i < query.size; ++i) {
    if (!counts[i]) query.words[i].weight *= kStoryFocus;
  }
}

// How well the snapshot knows the query's words, 0 to 1: the mean over its words by their length.
float Index::State::quality() const {
  float sum = 0, letters = 0;
  for (std::uint32_t i = 0; i < query.size; ++i) {
    const QueryWord& word = query.words[i];
    float best = word.stop ? 1 : 0;
    for (const Expansion& e : query.expansions_of(word)) {
      constexpr float kKnown[] = {1.0f, 0.9f, 0.8f};  // exact, prefix, skeleton
      best = std::max(best, e.way == Way::kSimilar ? e.weight : kKnown[static_cast<int>(e.way)]);
    }
    sum += best * static_cast<float>(word.size);
    letters += static_cast<float>(word.size);
  }
  return letters > 0 ? sum / letters : 1;
}

// The language whose documents know most of the query's words, -1 when that is not plain.
std::int32_t Index::State::language() const {
  std::array<float, snapshot::kMaxLanguages> votes{};
  for (std::uint32_t i = 0; i < query.size; ++i) {
    const std::uint32_t languages = query.words[i].languages;
    for (std::size_t l = 0; l < votes.size(); ++l) {
      if (languages >> l & 1u) votes[l] += 1.0f / static_cast<float>(std::popcount(languages));
    }
  }
  std::size_t best = 0;
  float second = 0;
  for (std::size_t l = 1; l < votes.size(); ++l) {
    if (votes[l] > votes[best]) {
      second = votes[best];
      best = l;
    } else {
      second = std::max(second, votes[l]);
    }
  }
  return votes[best] > 0 && votes[best] >= second * kLanguageLead ? static_cast<std::int32_t>(best)
                                                                  : -1;
}

// The letters of the words that the snapshot has just so, or begins so where a word is the last.
std::size_t Index::State::known_letters(std::string_view typed) const {
  std::size_t letters = 0;
  text::Tokenizer tokens(typed);
  for (text::Token token; tokens.next(token);) {
    bool known = vocabulary.terms.find(text::Stem(token.text).view()) != kNone;
    if (!known && token.end == typed.size())
      vocabulary.starting_with(token.text, [&known](std::uint32_t) { known = true; });
    if (known) letters += token.text.size();
  }
  return letters;
}

void Index::State::understand(std::string_view typed, bool typing) {
  query.understood.clear();
  typed = text::clip(typed, kMaxQueryBytes);
  parse(typed, typing);
  float best = quality();
  if (best >= kLayoutTry) return;
  best += kLayoutGain;
  const std::string_view beginning = text::clip(typed, kLayoutBytes);
  const std::size_t known = known_letters(beginning);
  bool parsed = true;
  for (const text::Layout layout : text::kLayouts) {
    const std::string sample = text::typed_as(beginning, layout);
    if (sample == beginning || known_letters(sample) < known) continue;
    std::string meant = text::typed_as(typed, layout);
    parse(meant, typing);
    parsed = false;
    if (const float here = quality(); here > best) {
      best = here;
      query.understood = std::move(meant);
    }
  }
  if (!parsed) parse(query.understood.empty() ? typed : std::string_view(query.understood), typing);
}

}  // namespace askus::search
