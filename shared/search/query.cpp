// From a query's bytes to the terms that its words stand for.
#include <algorithm>
#include <bit>

#include "shared/search/index.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/layout.h"
#include "shared/text/letters.h"
#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/stop_words.h"
#include "shared/text/tokens.h"
#include "shared/text/translit.h"
#include "shared/text/utf8.h"

namespace askus::search {

void Index::State::add_expansion(QueryTerm& term, std::uint32_t of, float weight, Way way) {
  for (std::uint32_t i = term.first; i < expansions.size(); ++i) {
    if (expansions[i].term != of) continue;
    if (weight > expansions[i].weight) expansions[i] = {of, weight, way};
    return;
  }
  expansions.push_back({of, weight, way});
}

// The stems that sound like `stem`, or nearly so.
void Index::State::expand_sound(QueryTerm& term, std::string_view stem, bool known) {
  const text::Skeleton skeleton(stem);
  const auto add_skeleton = [&](std::uint32_t of, float weight, Way way) {
    for (std::uint32_t t = vocabulary.first_of[of]; t != kNone; t = vocabulary.next_of[t])
      add_expansion(term, t, weight, way);
  };
  const std::uint32_t same = vocabulary.skeletons.find(skeleton.view());
  if (same != kNone) add_skeleton(same, kSkeletonWeight, Way::kSkeleton);
  const std::size_t size = skeleton.view().size();
  if (size < 3) return;
  for (const Similar& similar : vocabulary.similar.find(skeleton.view(), kLeastDice, kMaxSimilar)) {
    if (similar.string == same) continue;
    float weight = kDiceWeight * similar.likeness * similar.likeness;
    Way way = Way::kSimilar;
    if (!known && same == kNone) {
      const std::uint32_t most = size >= 8 ? 2 : size >= 4 ? 1 : 0;
      const std::uint32_t d = distance(skeleton.view(), vocabulary.skeletons[similar.string], most);
      if (const float typo = kTypoWeight - kTypoStep * static_cast<float>(d); d <= most && typo > weight) {
        weight = typo;
        way = Way::kTypo;
      }
    }
    add_skeleton(similar.string, weight, way);
  }
}

void Index::State::expand(QueryTerm& term) {
  term.first = static_cast<std::uint32_t>(expansions.size());
  const text::Stem stem(term.word);
  const std::uint32_t exact = vocabulary.terms.find(stem.view());
  if (exact != kNone) add_expansion(term, exact, 1, Way::kExact);
  if (term.prefix) {
    std::uint32_t count = 0;
    // An unfinished word says no more than all that it may become.
    std::uint32_t documents_with = 0;
    vocabulary.starting_with(term.word, [&](std::uint32_t form) {
      if (count++ >= kMaxPrefixTerms) return;
      add_expansion(term, vocabulary.term_of[form],
                    kPrefixWeight * static_cast<float>(term.word.size()) /
                        static_cast<float>(vocabulary.forms[form].size()),
                    Way::kPrefix);
      documents_with = std::max(documents_with, documents_of(vocabulary.term_of[form]));
    });
    term.most_idf = idf(documents_with);
  }
  if (!term.stop || exact == kNone) {
    expand_sound(term, stem.view(), exact != kNone);
    // A Latin word that is none of the snapshot's may be a Cyrillic one.
    if (exact == kNone && text::is_latin(term.word[0])) {
      for (const auto spelling : {text::Spelling::kUkrainian, text::Spelling::kRussian})
        expand_sound(term, text::Stem(text::Cyrillic(term.word, spelling).view()).view(), false);
    }
  }
  const auto position = static_cast<std::uint32_t>(&term - terms.data());
  add_lexicon_word(term.word, position, 1);
  if (exact == kNone && text::is_latin(term.word[0])) {
    for (const auto spelling : {text::Spelling::kUkrainian, text::Spelling::kRussian})
      add_lexicon_word(text::Cyrillic(term.word, spelling).view(), position, 0.8f);
  }
  term.last = static_cast<std::uint32_t>(expansions.size());
  float best = -1;
  for (std::uint32_t i = term.first; i < term.last; ++i) {
    if (expansions[i].weight > best) {
      best = expansions[i].weight;
      term.idf = std::min(term.most_idf, idf(documents_of(expansions[i].term)));
    }
  }
  if (best < 0) term.idf = idf(0);
}

// In a long story the sentences that ask (a question mark, a word of asking) count whole.
void Index::State::focus(std::string_view query) {
  if (terms.size() < kStoryWords) return;
  std::size_t first = 0;
  bool asks = false, any = false;
  const auto close = [&](std::size_t last, bool question) {
    const bool full = asks || question;
    any = any || full;
    for (std::size_t i = first; i < last; ++i) terms[i].focus = full ? 1 : kStoryFocus;
    first = last;
    asks = false;
  };
  for (std::size_t i = 0; i < terms.size(); ++i) {
    asks = asks || text::is_asking(terms[i].word);
    const std::size_t from = terms[i].end;
    const std::size_t to = i + 1 < terms.size() ? terms[i + 1].end : query.size();
    const std::string_view gap = query.substr(from, to - from);
    const std::size_t stop = gap.find_first_of(".?!\n");
    if (stop != std::string_view::npos || i + 1 == terms.size()) close(i + 1, stop != std::string_view::npos && gap.substr(0, stop + 2).find('?') != std::string_view::npos);
  }
  if (!any) {
    for (QueryTerm& term : terms) term.focus = 1;
  }
}

void Index::State::parse(std::string_view query, bool typing) {
  terms.clear();
  expansions.clear();
  vocabulary.similar.walked = 0;
  text::Tokenizer tokens(query);
  std::string compound;
  std::uint32_t end = 0;
  const auto add = [&](std::string_view word, bool prefix) {
    QueryTerm term;
    term.word = word;
    term.stop = text::is_stop_word(word);
    term.weight = term.stop ? kStopWordWeight : 1.0f;
    term.prefix = prefix;
    term.end = end;
    terms.push_back(std::move(term));
  };
  for (text::Token token; terms.size() < kMaxQueryTerms && tokens.next(token);) {
    end = token.end;
    const bool last = typing && token.end == query.size();
    // "wi-fi", "сім карта": one word, where the snapshot knows it.
    if (!compound.empty()) {
      compound += token.text;
      if (token.hyphenated || vocabulary.terms.find(text::Stem(compound).view()) != kNone)
        if (vocabulary.terms.find(text::Stem(compound).view()) != kNone) {
          add(compound, false);
          terms.back().compound = true;
        }
    }
    compound = token.text;
    add(token.text, last && token.text.size() >= kMinPrefixLetters);
  }
  focus(query);
  lexicon_words.clear();
  for (QueryTerm& term : terms) expand(term);
}

// The lexicon's word that a word of the query is.
void Index::State::add_lexicon_word(std::string_view word, std::uint32_t position, float weight) {
  const LexiconWord spelt(word);
  if (!spelt.view().empty()) lexicon_words.push_back({lexicon_hash(spelt.view()), position, weight});
}

// How well the snapshot knows the query's words, 0 to 1: the mean over its words by their length.
float Index::State::quality(std::string_view query, bool typing) {
  parse(query, typing);
  float sum = 0, letters = 0;
  for (const QueryTerm& term : terms) {
    float best = term.stop ? 1 : 0;
    for (std::uint32_t i = term.first; i < term.last; ++i) {
      const Expansion& e = expansions[i];
      const float value = e.way == Way::kExact      ? (vocabulary.forms.find(term.word) != kNone ? 1.0f : 0.9f)
                          : e.way == Way::kPrefix   ? 0.9f
                          : e.way == Way::kSkeleton ? 0.8f
                                                    : 0.8f * std::max(e.weight, 0.f);
      best = std::max(best, value);
    }
    sum += best * static_cast<float>(term.word.size());
    letters += static_cast<float>(term.word.size());
  }
  return letters > 0 ? sum / letters : 1;
}

// The language whose documents know most of the query's words, -1 when that is not plain.
std::int32_t Index::State::language_of_query() const {
  std::array<float, 16> votes{};
  for (const QueryTerm& term : terms) {
    const std::uint32_t form = vocabulary.forms.find(term.word);
    if (form == kNone) continue;
    const std::uint16_t mask = vocabulary.languages_of[form];
    const auto share = 1.0f / static_cast<float>(std::popcount(mask));
    for (std::size_t l = 0; l < votes.size(); ++l) {
      if (mask >> l & 1u) votes[l] += share;
    }
  }
  const auto best = std::max_element(votes.begin(), votes.end());
  float second = 0;
  for (const float& vote : votes) {
    if (&vote != &*best) second = std::max(second, vote);
  }
  return *best >= second * kLanguageLead && *best > 0 ? static_cast<std::int32_t>(best - votes.begin()) : -1;
}

void Index::State::understand(std::string_view query, bool typing) {
  understood.clear();
  query = text::clip(query, kMaxQueryBytes);
  const float as_typed = quality(query, typing);
  if (as_typed >= kLayoutTry) return;
  float best = as_typed + kLayoutGain;
  const std::string tries[] = {
      text::typed_as(query, text::Layout::kUkrainian), text::typed_as(query, text::Layout::kRussian),
      text::typed_as_latin(query, text::Layout::kUkrainian),
      text::typed_as_latin(query, text::Layout::kRussian)};
  for (const std::string& attempt : tries) {
    if (attempt == query) continue;
    const float here = quality(attempt, typing);
    if (here <= best) continue;
    best = here;
    understood = attempt;
  }
  parse(understood.empty() ? query : std::string_view(understood), typing);
}

}  // namespace askus::search
