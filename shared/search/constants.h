// Every tunable of the ranking, with what it does and where its value comes from (docs/search.md).
#pragma once

#include <array>
#include <cstdint>

namespace askus::search {

// Weight of an occurrence in each field, and how strongly the field's length discounts it
// (BM25F's b: 0 not at all, 1 fully). Titles and phrasings are what people ask in.
struct Field {
  float weight;
  float b;
};
enum FieldName : std::uint8_t { kTitle, kPhrasings, kAnswer, kTags, kFields };
inline constexpr std::array<Field, kFields> kFieldsOf{
    {{2.5f, 0.6f}, {1.5f, 0.6f}, {1.0f, 0.75f}, {1.0f, 0.5f}}};

inline constexpr float kSaturation = 1.8f;  // BM25's k1: how soon repeating a word stops to help
inline constexpr float kStopWordWeight = 0.3f;        // 0 removes them, 1 counts them fully
inline constexpr float kPrefixWeight = 0.8f;          // of a word known only by its beginning
inline constexpr std::uint32_t kMaxPrefixTerms = 64;  // stems that one beginning stands for at most
inline constexpr std::uint32_t kMaxQueryTerms = 48;   // words of a query that are looked at
inline constexpr std::size_t kMinPrefixBytes = 2;     // one letter stands for nothing yet

// A topic that has no version in the visitor's language counts for less.
inline constexpr float kOtherLanguage = 0.7f;

// Share of the query's weight that a topic must cover to be shown, and to be called an answer.
inline constexpr float kMaybeCoverage = 0.4f;
inline constexpr float kAnswersCoverage = 0.75f;

// A category is proposed when it has at least this share of the best hits' scores.
inline constexpr float kCategoryShare = 0.4f;
inline constexpr std::uint32_t kCategoryHits = 8;

}  // namespace askus::search
