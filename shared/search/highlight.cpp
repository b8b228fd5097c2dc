// Where a query's words stand in a text, and which part of a long answer to show.
#include <algorithm>
#include <string>

#include "shared/search/index.h"
#include "shared/search/lexicon_words.h"
#include "shared/text/hash.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

bool ends_sentence(std::string_view gap) {
  return gap.find_first_of(".!?\n") != std::string_view::npos;
}

// The query's word that a word of a text matches, plus one; 0: none.
std::uint8_t match(const Index::State& state, std::string_view word) {
  const std::uint32_t form = state.vocabulary.forms.find(word);
  if (form == kNone) return 0;
  const std::uint32_t term = state.vocabulary.term_of[form];
  return state.weight_of_term[term] >= kMarkedWeight ? state.word_of_term[term] : std::uint8_t{0};
}

}  // namespace

std::span<const Range> Index::highlight(std::string_view text) {
  State& state = *state_;
  const auto words = state.query.all();
  // Stop words are marked only when nothing else of the query could be.
  const bool only_stop_words =
      std::all_of(words.begin(), words.end(), [](const QueryWord& word) { return word.stop; });
  const auto is_marked = [&](std::string_view word) {
    const std::uint8_t of = match(state, word);
    if (of != 0 && (only_stop_words || !words[of - 1u].stop)) return true;
    if (state.concepts.count() == 0) return false;
    const LexiconWord spelt(word);
    return !spelt.view().empty() && state.concepts.tells(text::hash(spelt.view()));
  };
  std::size_t count = 0;
  std::string joined;  // the words up to here with only hyphens between them: "wi-fi" is "wifi"
  std::uint32_t begin = 0;
  text::Tokenizer tokens(text);
  for (text::Token token; count < kMaxRanges && tokens.next(token);) {
    if (token.hyphenated) {
      joined += token.text;
    } else {
      joined = token.text;
      begin = token.begin;
    }
    const bool whole = token.hyphenated && is_marked(joined);
    if (!whole && !is_marked(token.text)) continue;
    const std::uint32_t from = whole ? begin : token.begin;
    while (count > 0 && state.ranges[count - 1].begin >= from) --count;
    // Neighbours with one space between them become one band.
    Range* const last = count > 0 ? &state.ranges[count - 1] : nullptr;
    if (last != nullptr && (from < last->end || (from == last->end + 1 && text[last->end] == ' ')))
      last->end = token.end;
    else
      state.ranges[count++] = {from, token.end};
  }
  return std::span(state.ranges).first(count);
}

Range Index::passage(std::string_view answer, std::uint32_t bytes) {
  // Candidates are the starts of sentences; each is worth the query's words in the bytes after it.
  const State& state = *state_;
  std::array<std::uint32_t, kMaxSentences> starts;
  std::array<Range, kMaxRanges> found;  // where a word of the query stands, and which
  std::size_t sentences = 0, count = 0;
  std::uint32_t end = 0;
  text::Tokenizer tokens(answer);
  for (text::Token token; tokens.next(token); end = token.end) {
    const bool starts_here = sentences == 0 || ends_sentence(answer.substr(end, token.begin - end));
    if (starts_here && sentences < starts.size()) starts[sentences++] = token.begin;
    if (const std::uint8_t word = match(state, token.text); word != 0 && count < found.size())
      found[count++] = {token.begin, word};
  }
  if (sentences == 0) return {};
  std::uint32_t best = starts[0];
  float best_value = 0;
  for (std::size_t s = 0; s < sentences; ++s) {
    std::array<bool, kMaxQueryWords + 1> seen{};
    float value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (found[i].begin < starts[s] || found[i].begin >= starts[s] + bytes) continue;
      if (std::exchange(seen[found[i].end], true)) continue;
      const QueryWord& word = state.query.words[found[i].end - 1];
      value += word.weight * word.idf;
    }
    if (value > best_value) {
      best_value = value;
      best = starts[s];
    }
  }
  std::uint32_t stop = best;
  text::Tokenizer rest(answer.substr(best));
  for (text::Token token; rest.next(token) && token.end <= bytes;) stop = best + token.end;
  return {best, stop};
}

}  // namespace askus::search
