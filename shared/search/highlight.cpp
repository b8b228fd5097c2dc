// Where a query's words stand in a text, and which part of a long answer to show.
#include <algorithm>

#include "shared/search/index.h"
#include "shared/text/stem.h"
#include "shared/text/tokens.h"

namespace askus::search {
namespace {

// The query's term that a token of a text matches, or -1.
std::int32_t match(const std::vector<QueryTerm>& terms, const text::Token& token) {
  const text::Stem stem(token.text);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (text::Stem(terms[i].word).view() == stem.view() || (terms[i].prefix && token.text.starts_with(terms[i].word)))
      return static_cast<std::int32_t>(i);
  }
  return -1;
}

bool ends_sentence(std::string_view gap) {
  return gap.find_first_of(".!?\n") != std::string_view::npos;
}

}  // namespace

std::span<const Range> Index::highlight(std::string_view text) {
  auto& ranges = state_->ranges;
  ranges.clear();
  // Stop words are marked only when nothing else of the query could be.
  const bool only_stop_words = std::all_of(state_->terms.begin(), state_->terms.end(),
                                           [](const QueryTerm& term) { return term.weight < 1; });
  text::Tokenizer tokens(text);
  for (text::Token token; tokens.next(token);) {
    const std::int32_t found = match(state_->terms, token);
    if (found < 0) continue;
    if (!only_stop_words && state_->terms[static_cast<std::size_t>(found)].weight < 1) continue;
    // Neighbours with one space between them become one band.
    if (!ranges.empty() && token.begin == ranges.back().end + 1 && text[ranges.back().end] == ' ')
      ranges.back().end = token.end;
    else
      ranges.push_back({token.begin, token.end});
  }
  return ranges;
}

Range Index::passage(std::string_view answer, std::uint32_t bytes) {
  // Candidate starts are sentences; each is worth the distinct query terms in the bytes after it.
  std::vector<std::uint32_t> starts;
  struct Found {
    std::uint32_t at;
    std::uint32_t term;
  };
  std::vector<Found> found;
  std::uint32_t end = 0;
  text::Tokenizer tokens(answer);
  for (text::Token token; tokens.next(token); end = token.end) {
    if (starts.empty() || ends_sentence(answer.substr(end, token.begin - end)))
      starts.push_back(token.begin);
    const std::int32_t term = match(state_->terms, token);
    if (term >= 0) found.push_back({token.begin, static_cast<std::uint32_t>(term)});
  }
  if (starts.empty()) return {};
  std::uint32_t best = starts.front();
  float best_value = -1;
  for (const std::uint32_t start : starts) {
    float value = 0;
    for (std::uint32_t t = 0; t < state_->terms.size(); ++t) {
      const bool inside = std::any_of(found.begin(), found.end(), [&](const Found& f) {
        return f.term == t && f.at >= start && f.at < start + bytes;
      });
      if (inside) value += state_->terms[t].weight * state_->terms[t].idf;
    }
    if (value > best_value) {
      best_value = value;
      best = start;
    }
  }
  std::uint32_t stop = best;
  text::Tokenizer rest(answer.substr(best));
  for (text::Token token; rest.next(token) && token.end <= bytes;) stop = best + token.end;
  return {best, std::max(stop, best)};
}

std::string Index::explain(std::string_view query, const Options& options) {
  search(query, options);
  return {};
}

}  // namespace askus::search
