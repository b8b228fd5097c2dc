// A query in, ranked topics out. docs/search.md describes the pipeline and its constants.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/snapshot/snapshot.h"

namespace askus::search {

// How sure the ranking is that this topic answers the query.
enum class Confidence : std::uint8_t { kNothing, kMaybe, kAnswers };

// Hits that are kNothing are still worth showing as guesses from this evidence on.
inline constexpr float kGuessEvidence = 0.1f;

struct Hit {
  std::uint32_t topic = 0;    // index into the snapshot's topics
  std::uint8_t language = 0;  // language of the version to show (index into its languages)
  Confidence confidence = Confidence::kNothing;
  float score = 0;     // comparable within one query only
  float evidence = 0;  // the score's share of the most that the query's words could score
};

// A half-open range of bytes within a text, on UTF-8 boundaries.
struct Range {
  std::uint32_t begin = 0, end = 0;
};

struct Options {
  std::int32_t language = -1;  // the visitor's; its versions come first. -1: none preferred
  std::uint32_t limit = 20;    // hits at most, never more than kMaxHits
  bool typing = true;          // the last word may be unfinished
  bool weak = false;           // hits that are Confidence::kNothing too
};

// The searchable form of one snapshot, built on load. Borrows the snapshot and its bytes, which
// must outlive it. Not thread-safe: a query uses scratch memory of the index.
class Index {
 public:
  explicit Index(const snapshot::Snapshot& snapshot);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  // The best hits, best first; ties broken by topic id. Any bytes are a valid query; what lies
  // beyond kMaxQueryBytes is not read. The span is valid until the next call.
  std::span<const Hit> search(std::string_view query, const Options& options);

  // What the last query would have been on the keyboard layout that it was meant for, when that is
  // another one; else empty. Valid until the next search.
  std::string_view understood() const;

  // Where the last query's words occur in `text` (a title or an answer), in order, not
  // overlapping. Valid until the next call.
  std::span<const Range> highlight(std::string_view text);

  // The passage of `answer` that fits the last query best, about `bytes` long, on word boundaries:
  // a range of the plain text.
  Range passage(std::string_view answer, std::uint32_t bytes);

  // The category (index into Settings::categories) that a text most probably belongs to, or -1:
  // the share of each category among the text's best hits.
  std::int32_t propose_category(std::string_view text);

  // The topic whose question `text` asks again, or -1: rather none than a wrong one
  // (kSameEvidence).
  std::int32_t same_question(std::string_view text);

  // What matched and what it scored, one line a token and a hit; for people, format not fixed.
  // Native only (explain.cpp, in the library askus_explain).
  std::string explain(std::string_view query, const Options& options);

  struct State;  // private to shared/search

 private:
  std::unique_ptr<State> state_;
};

inline constexpr std::uint32_t kMaxQueryBytes = 4096;
inline constexpr std::uint32_t kMaxHits = 64;

}  // namespace askus::search
