// The searchable form of a snapshot: vocabulary, postings, and the scratch memory of a query.
// Private to shared/search.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/search/buffer.h"
#include "shared/search/concepts.h"
#include "shared/search/constants.h"
#include "shared/search/heap.h"
#include "shared/search/search.h"
#include "shared/search/similar.h"
#include "shared/search/strings.h"

namespace askus::search {

// One language of a topic: what is ranked.
struct Document {
  std::uint32_t topic = 0;
  std::uint32_t language = 0;
  std::uint32_t begin = 0;     // of its words in State::text; they end where the next one's begin
  std::uint32_t siblings = 0;  // languages that its topic has, a bit for each
};

// A stem's occurrence in a document: the field-weighted, length-normalised frequency of BM25F.
struct Posting {
  std::uint32_t document = 0;
  float frequency = 0;
};

// The words of the documents: surface forms, their stems ("terms"), and the stems' skeletons.
struct Vocabulary {
  Strings forms, terms, skeletons;
  std::vector<std::uint32_t> term_of;       // by form
  std::vector<std::uint32_t> languages_of;  // by form: a bit for each language that it occurs in
  std::vector<std::uint32_t> skeleton_of;   // by term
  std::vector<std::uint32_t> first_of;      // by skeleton: the last term that has it ...
  std::vector<std::uint32_t> next_of;       // ... and by term: the one before with the same
  Buffer<std::uint32_t> form_starts, by_letter;  // forms by their first byte

  std::uint32_t add(std::string_view form, std::uint32_t language);  // its term
  void order_forms();
  // Calls each(form) for the forms that start with `prefix`.
  template <typename Each>
  void starting_with(std::string_view prefix, Each each) const {
    const auto first = static_cast<unsigned char>(prefix[0]);
    for (std::uint32_t i = form_starts[first]; i < form_starts[first + 1u]; ++i) {
      if (forms[by_letter[i]].starts_with(prefix)) each(by_letter[i]);
    }
  }
};

// How a term came to stand for a word of the query.
enum class Way : std::uint8_t { kExact, kPrefix, kSkeleton, kSimilar };

struct Expansion {
  std::uint32_t term;
  float weight;
  Way way;
};

// A word of the query, and the terms that it stands for: [first, last) of the expansions.
struct QueryWord {
  std::uint32_t begin, size;  // of its letters (letters.h) in Query::letters
  std::uint32_t end;          // of its bytes in the query
  std::uint32_t first, last;
  std::uint32_t languages;  // that have it, a bit for each
  float weight;             // stop words count less, and what stands outside the sentence that asks
  float idf;                // of its best expansion
  float most_idf;           // what any of them counts at most
  bool stop;
  bool prefix;    // may be unfinished
  bool compound;  // made of the word before and the one after
};

// The last query, as it was understood.
struct Query {
  std::string letters;
  std::string understood;  // empty: as typed
  std::array<QueryWord, kMaxQueryWords> words;
  std::uint32_t size = 0;
  std::array<Expansion, kMaxExpansions> expansions;
  std::uint32_t expansion_count = 0;
  std::uint32_t english = 0;  // its English stop words that are no transliterated word
  float whole = 0;            // sum of weight * idf
  std::size_t scored = 0;     // postings of its words and concepts, at most kMaxScored

  // A story that is English for sure: its Latin words are not Cyrillic ones.
  bool is_english() const { return size >= kStoryWords && english >= kEnglishWords; }
  // Counts so many postings more, if they may be.
  bool may_score(std::size_t postings) {
    if (postings > kMaxScored - scored) return false;
    scored += postings;
    return true;
  }
  std::span<QueryWord> all() { return {words.data(), size}; }
  std::span<const Expansion> expansions_of(const QueryWord& word) const {
    return {expansions.data() + word.first, word.last - word.first};
  }
  std::string_view letters_of(const QueryWord& word) const {
    return std::string_view(letters).substr(word.begin, word.size);
  }
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
    return postings.part(first_posting[term], first_posting[term + 1]);
  }
  float idf(std::uint32_t document_frequency) const;
  float idf_of(std::uint32_t term) const {
    return idf(first_posting[term + 1] - first_posting[term]);
  }
  // The words of a document in their order: the term, and the field in the low bits.
  std::span<const std::uint32_t> text_of(std::uint32_t document) const {
    return std::span(text).subspan(documents[document].begin,
                                   documents[document + 1].begin - documents[document].begin);
  }

  // index.cpp
  void read_documents();
  void make_postings();
  void mark_concepts();
  // query.cpp
  void understand(std::string_view typed, bool typing);
  void parse(std::string_view typed, bool typing);
  void add_word(std::string_view letters, std::uint32_t end, bool prefix, bool compound);
  void focus(std::string_view typed);
  float quality() const;
  std::size_t known_letters(std::string_view typed) const;
  std::int32_t language() const;
  // expand.cpp
  void expand(QueryWord& word);
  void expand_sound(QueryWord& word, std::string_view stem);
  void expand_slips(QueryWord& word, std::string_view letters);
  void expand_cyrillic(QueryWord& word, std::string_view letters, bool known);
  void add_concepts(const QueryWord& word, std::string_view letters, float weight);
  void expand_skeleton(QueryWord& word, std::uint32_t skeleton, float weight, Way way);
  void add_expansion(QueryWord& word, std::uint32_t term, float weight, Way way);
  // score.cpp
  void score();
  void score_words();
  void score_concepts();
  void take_scores(float factor, float cover);
  // refine.cpp
  void refine();
  void prefer_exact(std::string_view asked);
  void mark_terms();
  // search.cpp
  void rank(const Options& options);

  snapshot::Snapshot snapshot;
  std::uint32_t document_count = 0;
  float stop_weight = 0;       // of a stop word in a query
  Buffer<Document> documents;  // and one more, where the last one's words end
  std::vector<std::uint32_t> text;
  Buffer<std::array<std::uint32_t, kFields>> lengths;              // in words
  std::vector<std::uint32_t> question_hashes, question_documents;  // of titles and phrasings
  Buffer<std::uint32_t> question_slots;  // a hash table of them: the number plus one, 0 free
  Vocabulary vocabulary;
  std::optional<SimilarIndex> similar;
  Buffer<std::uint32_t> first_posting;
  Buffer<Posting> postings;

  Concepts concepts;
  Buffer<std::uint32_t> concept_first;  // by concept: its postings
  Buffer<Posting> concept_postings;     // with the concept's weight in the document

  // Of the last query. Scores are by document, zero between queries.
  Query query;
  Buffer<float> scores, covered, word_scores, word_covered;
  std::vector<std::uint32_t> touched, word_touched;
  Buffer<std::uint8_t> word_of_term;  // the query's word that a term stands for, plus one
  Buffer<float> weight_of_term;
  Heap order;
  std::array<Hit, kMaxHits> hits;
  std::array<Range, kMaxRanges> ranges;
};

}  // namespace askus::search
