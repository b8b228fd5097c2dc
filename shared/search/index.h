// The searchable form of a snapshot: vocabulary, postings, and the scratch memory of a query.
// Private to shared/search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/concepts.h"
#include "shared/search/constants.h"
#include "shared/search/search.h"
#include "shared/search/similar.h"
#include "shared/search/strings.h"

namespace askus::search {

// One language of a topic: what is ranked.
struct Document {
  std::uint32_t topic = 0;
  std::uint8_t language = 0;
  std::uint32_t begin = 0;  // of its words in State::text; they end where the next one's begin
};

// A stem's occurrence in a document: the field-weighted, length-normalised frequency of BM25F.
struct Posting {
  std::uint32_t document = 0;
  float frequency = 0;
};

// The words of the documents: surface forms, their stems ("terms"), and the stems' skeletons.
struct Vocabulary {
  Strings forms, terms, skeletons;
  std::vector<std::uint32_t> term_of;      // by form
  std::vector<std::uint16_t> languages_of;  // by form: a bit for each language that it occurs in
  std::vector<std::uint32_t> skeleton_of;  // by term
  std::vector<std::uint32_t> first_of, next_of;  // terms of a skeleton, as a list: by skeleton, by term
  std::vector<std::uint32_t> form_starts, by_letter;  // forms by their first byte
  SimilarIndex similar;

  std::uint32_t add(std::string_view form, std::uint8_t language);  // its term
  void freeze();
  // Calls each(form) for the forms that start with `prefix`.
  template <typename Each>
  void starting_with(std::string_view prefix, Each each) const {
    const auto first = static_cast<unsigned char>(prefix[0]);
    for (std::uint32_t i = form_starts[first]; i < form_starts[first + 1]; ++i) {
      if (forms[by_letter[i]].starts_with(prefix)) each(by_letter[i]);
    }
  }
};

// How a term came to stand for a word of the query.
enum class Way : std::uint8_t { kExact, kPrefix, kSkeleton, kSimilar, kTypo };

struct Expansion {
  std::uint32_t term = 0;
  float weight = 0;
  Way way = Way::kExact;
};

// A word of the query and the terms that it stands for: [first, last) of the expansions.
struct QueryTerm {
  std::string word;  // letters.h
  std::uint32_t end = 0;  // of its bytes in the query
  std::uint32_t first = 0, last = 0;
  float weight = 1;  // stop words count less
  float focus = 1;   // less outside the sentence that asks
  float idf = 0;     // of its best expansion
  float most_idf = 1e9f;  // what any expansion counts at most
  bool stop = false;
  bool compound = false;  // made of the word before and the one after
  bool prefix = false;  // may be unfinished
};

// A hash of a sequence of terms, built up term by term.
inline constexpr std::uint32_t kNoHash = 2166136261u;
inline std::uint32_t hash_with(std::uint32_t hash, std::uint32_t term) {
  hash = (hash ^ term) * 16777619u;
  return hash ^ hash >> 15;
}

struct Index::State {
  explicit State(const snapshot::Snapshot& source);

  std::span<const Posting> postings_of(std::uint32_t term) const {
    return std::span(postings).subspan(first_posting[term],
                                       first_posting[term + 1] - first_posting[term]);
  }
  std::uint32_t documents_of(std::uint32_t term) const {
    return first_posting[term + 1] - first_posting[term];
  }
  float idf(std::uint32_t document_frequency) const;
  std::uint32_t document_count() const { return static_cast<std::uint32_t>(documents.size() - 1); }
  // The words of a document in their order: the term, and the field in the low bits.
  std::span<const std::uint32_t> text_of(std::uint32_t document) const {
    return std::span(text).subspan(documents[document].begin, documents[document + 1].begin - documents[document].begin);
  }

  void load_concepts();
  std::int32_t language_of_query() const;

  // query.cpp
  void understand(std::string_view query, bool typing);
  void focus(std::string_view query);
  void parse(std::string_view query, bool typing);
  float quality(std::string_view query, bool typing);
  void expand(QueryTerm& term);
  void add_lexicon_word(std::string_view word, std::uint32_t position, float weight);
  void expand_sound(QueryTerm& term, std::string_view stem, bool known);
  void add_expansion(QueryTerm& term, std::uint32_t of, float weight, Way way);
  // search.cpp
  void score_documents();
  void score_concepts();
  void prefer_exact();
  void refine();
  void rank(const Options& options);

  snapshot::Snapshot snapshot;
  std::vector<Document> documents;  // and one more, where the last one's words end
  std::vector<std::uint32_t> text;
  std::vector<std::uint64_t> questions;  // hash of a title's or phrasing's terms << 32 | document
  Vocabulary vocabulary;
  std::vector<std::uint32_t> first_posting;
  std::vector<Posting> postings;

  Concepts concepts;
  std::vector<float> concept_idf, concept_norm;  // by concept; by document
  std::vector<std::uint32_t> concept_first;      // by concept: its postings
  std::vector<Posting> concept_postings;

  // Of the last query.
  std::string understood;
  std::vector<QueryTerm> terms;
  std::vector<Expansion> expansions;
  std::vector<WordAt> lexicon_words;
  std::vector<float> scores, covered, term_scores, term_covered;  // one a document, zero between queries
  std::vector<std::uint32_t> touched, term_touched;
  std::vector<std::uint8_t> word_of_term;  // by term: the query's word it stands for, plus one
  std::vector<float> weight_of_term;
  std::vector<Hit> hits;
  std::vector<Range> ranges;
};

}  // namespace askus::search
