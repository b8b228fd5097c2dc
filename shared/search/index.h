// The searchable form of a snapshot: vocabulary, postings, and the scratch memory of a query.
// Private to shared/search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/search.h"

namespace askus::search {

inline constexpr std::uint32_t kNoTerm = 0xFFFFFFFF;

// One language of a topic: what is ranked.
struct Document {
  std::uint32_t topic = 0;
  std::uint8_t language = 0;
};

// A stem's occurrence in a document: the field-weighted, length-normalised frequency of BM25F.
struct Posting {
  std::uint32_t document = 0;
  float frequency = 0;
};

// The stems of a snapshot, numbered in order of first appearance, in one arena.
class Vocabulary {
 public:
  // The number of a stem; a new one is added.
  std::uint32_t add(std::string_view stem);
  // The number of a stem, or kNoTerm.
  std::uint32_t find(std::string_view stem) const;
  std::string_view operator[](std::uint32_t term) const {
    return std::string_view(arena_).substr(ends_[term], ends_[term + 1] - ends_[term]);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }
  // Sorts the terms for starting_with(); add() must not be called afterwards.
  void freeze();
  // The terms that start with `prefix`, as a range of sorted_terms().
  std::span<const std::uint32_t> starting_with(std::string_view prefix) const;

 private:
  std::size_t slot(std::string_view stem) const;
  void grow();

  std::string arena_;
  std::vector<std::uint32_t> ends_{0};
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024, kNoTerm);
  std::vector<std::uint32_t> sorted_;
};

// A word of the query and what it stands for.
struct QueryTerm {
  std::string word;       // folded
  std::string_view stem;  // a prefix of `word`
  float weight = 1;       // stop words count less
  float idf = 0;
  bool prefix = false;  // may be unfinished
};

struct Index::State {
  explicit State(const snapshot::Snapshot& source);

  std::span<const Posting> postings_of(std::uint32_t term) const {
    return std::span(postings).subspan(first_posting[term],
                                       first_posting[term + 1] - first_posting[term]);
  }
  float idf(std::uint32_t document_frequency) const;

  // search.cpp
  void parse(std::string_view query, bool typing);
  void score_documents();
  void rank(const Options& options);

  snapshot::Snapshot snapshot;
  std::vector<Document> documents;
  Vocabulary vocabulary;
  std::vector<std::uint32_t> first_posting;
  std::vector<Posting> postings;

  // Of the last query.
  std::vector<QueryTerm> terms;
  std::vector<float> scores, covered, term_scores;  // one a document, zero between queries
  std::vector<std::uint32_t> touched, term_touched;
  std::vector<Hit> hits;
  std::vector<Range> ranges;
};

}  // namespace askus::search
