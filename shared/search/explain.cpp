// Why a query found what it found, for people. Not in the wasm module.
#include <cstdio>

#include "shared/search/index.h"
#include "shared/text/letters.h"

namespace askus::search {
namespace {

const char* name_of(Way way) {
  switch (way) {
    case Way::kExact:
      return "stem";
    case Way::kPrefix:
      return "begins so";
    case Way::kSkeleton:
      return "sounds the same";
    case Way::kSimilar:
      break;
  }
  return "is like it";
}

template <typename... Values>
void print(std::string& out, const char* format, Values... values) {
  char line[512];
  std::snprintf(line, sizeof line, format, values...);
  out += line;
}

}  // namespace

std::string Index::explain(std::string_view query, const Options& options) {
  const auto hits = search(query, options);
  State& state = *state_;
  std::string out;
  if (!understood().empty()) out += "understood as: " + std::string(understood()) + "\n";
  for (const QueryWord& word : state.query.all()) {
    print(out, "word %s: weight %.2f, idf %.2f%s%s\n",
          text::from_letters(state.query.letters_of(word)).c_str(),
          static_cast<double>(word.weight), static_cast<double>(word.idf),
          word.stop ? ", stop word" : "", word.prefix ? ", may be unfinished" : "");
    for (const Expansion& e : state.query.expansions_of(word))
      print(out, "  %.2f %s (%s), in %zu documents\n", static_cast<double>(e.weight),
            text::from_letters(state.vocabulary.terms[e.term]).c_str(), name_of(e.way),
            state.postings_of(e.term).size());
  }
  for (std::uint32_t id = 0; id < state.concepts.count(); ++id) {
    if (state.concepts.value(id) <= 0) continue;
    const QueryWord& word = state.query.words[state.concepts.position(id)];
    print(out, "concept %u: %.2f, by %s, in %u documents\n", id,
          static_cast<double>(state.concepts.value(id)),
          text::from_letters(state.query.letters_of(word)).c_str(),
          state.concept_first[id + 1] - state.concept_first[id]);
  }
  for (const Hit& hit : hits)
    print(out, "%.2f of %.2f %s %s\n", static_cast<double>(hit.score),
          static_cast<double>(state.query.whole),
          hit.confidence == Confidence::kAnswers ? "answers" : "maybe",
          std::string(snapshot::view(state.snapshot.topic(hit.topic).id())).c_str());
  return out;
}

}  // namespace askus::search
