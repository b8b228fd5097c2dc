// Every tunable of the ranking, with what it does and where its value comes from (docs/search.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace askus::search {

#ifdef ASKUS_TUNE
#define ASKUS_TUNABLE inline
#else
#define ASKUS_TUNABLE inline constexpr
#endif

// Weight of an occurrence in each field, and how strongly the field's length discounts it
// (BM25F's b: 0 not at all, 1 fully). Titles and phrasings are what people ask in.
struct Field {
  float weight;
  float b;
};
enum FieldName : std::uint8_t { kTitle, kPhrasings, kLead, kAnswer, kTags, kFields };
inline constexpr std::uint32_t kFieldBits = 3;
inline constexpr std::uint32_t kLeadWords = 24;  // an answer comes to the point at its beginning
ASKUS_TUNABLE std::array<Field, kFields> kFieldsOf{
    {{2.5f, 0.6f}, {1.5f, 0.6f}, {2.0f, 0.3f}, {0.77f, 0.58f}, {3.0f, 0.5f}}};

ASKUS_TUNABLE float kSaturation = 2.3f;  // BM25's k1: how soon repeating a word stops to help
ASKUS_TUNABLE float kStopWordWeight = 0.3f;        // 0 removes them, 1 counts them fully
ASKUS_TUNABLE float kPrefixWeight = 0.84f;          // of a word known only by its beginning
inline constexpr std::size_t kMinPrefixLetters = 2;     // one letter stands for nothing yet

// What a query's word stands for besides itself.
ASKUS_TUNABLE float kSkeletonWeight = 1.0f;  // a stem that sounds the same
ASKUS_TUNABLE float kLeastDice = 0.35f;       // of skeleton trigrams, to be a candidate
ASKUS_TUNABLE float kDiceWeight = 0.81f;       // times Dice squared
ASKUS_TUNABLE float kTypoWeight = 0.76f, kTypoStep = 0.125f;  // Damerau: weight - step * distance
inline constexpr std::size_t kMaxSimilar = 12;

// A story: a query of several sentences and at least so many words. What asks counts whole, the
// rest less.
inline constexpr std::size_t kStoryWords = 12;
ASKUS_TUNABLE float kStoryFocus = 0.6f;

// The best documents are looked at again, word by word.
inline constexpr std::size_t kRefined = 32;
inline constexpr std::size_t kPassageWords = 24;
ASKUS_TUNABLE float kPassageShare = 0.22f;  // what the best passage adds
ASKUS_TUNABLE float kTitleShare = 0.31f;    // what a title wholly asked for adds
ASKUS_TUNABLE float kExactTitle = 3.0f;    // what a title or phrasing that is the query adds
ASKUS_TUNABLE float kPairShare = 0.06f;

// Concepts. Weights of a form in the fields of a topic, and how much of it all counts.
ASKUS_TUNABLE float kConceptTitle = 1.0f, kConceptPhrasing = 0.8f, kConceptTag = 1.0f, kConceptAnswer = 0.6f;
ASKUS_TUNABLE float kConceptMost = 2.0f;   // what a topic's concept can weigh at most
ASKUS_TUNABLE float kConceptLeast = 0.3f;  // less is left out
ASKUS_TUNABLE float kNearWeight = 0.3f;    // of a concept that is near one of the topic's
ASKUS_TUNABLE float kBroadWeight = 0.3f;   // of a concept that says little
ASKUS_TUNABLE float kPhraseWeight = 2.6f;  // of a form of several words
ASKUS_TUNABLE float kWordPrior = 1.3f;
ASKUS_TUNABLE float kSharedWord = 3.6f;    // what a word alone must be worth to stand for its concept
ASKUS_TUNABLE float kStrengthUnit = 4.0f;  // a sign of this strength is a form by itself
ASKUS_TUNABLE float kPhraseSum = 1.6f;     // what the words of a phrase come to together
ASKUS_TUNABLE float kMostActivation = 2.6f;
inline constexpr std::uint32_t kConceptSpan = 7;  // words that are near each other
ASKUS_TUNABLE float kLeastStrength = 1.0f;
inline constexpr float kBytesPerSign = 1.3f, kBytesPerWord = 1.3f, kBytesPerMark = 1.1f;  // Brotli 11, about
inline constexpr std::size_t kHashRoom = 64;  // hashes for each word: one in so many is mistaken
inline constexpr std::size_t kMaxConcepts = 4095;
ASKUS_TUNABLE float kUseHere = 1.0f, kUseAll = 0.2f, kUseStrength = 2.0f, kUseGain = 2.0f, kUseMost = 6.0f, kUseKnown = 0.4f;
ASKUS_TUNABLE float kLexiconShare = 0.22f, kLexiconBase = 2048, kLexiconPerTopic = 100;  // bytes
ASKUS_TUNABLE float kFormPower = 2.0f;     // of the share of a form that was found
ASKUS_TUNABLE float kLeastActivation = 0.09f;
ASKUS_TUNABLE float kConceptShare = 0.42f;  // of the concepts in a topic's score
ASKUS_TUNABLE float kConceptFloor = 0.06f, kConceptNeed = 0.9f;
ASKUS_TUNABLE float kCoverEnough = 0.8f;   // of the query by a topic's own words: no concepts needed
ASKUS_TUNABLE float kConceptRest = 0.46f;   // what the other concepts of the same word add
ASKUS_TUNABLE float kConceptNorm = 0.5f;   // power of the length of a topic's concept vector
ASKUS_TUNABLE float kConceptIdf = 2.0f;    // power of idf
inline constexpr std::uint32_t kPhraseSlack = 4;
ASKUS_TUNABLE float kMaxConceptsOf = 8;
ASKUS_TUNABLE float kConceptsPerWord = 0.1f;

// A topic that has no version in the visitor's language counts for less.
ASKUS_TUNABLE float kOtherLanguage = 0.57f;
ASKUS_TUNABLE float kLanguageLead = 1.2f;  // votes of the query's language against the next

// Share of the query's weight that a topic must cover to be shown, and to be called an answer.
ASKUS_TUNABLE float kMaybeCoverage = 0.4f;
ASKUS_TUNABLE float kAnswersCoverage = 0.75f;

// Keyboard layouts: what a query's words are worth that are known, known by stem, sound known; and
// when another layout is tried and taken.
ASKUS_TUNABLE float kLayoutTry = 0.75f, kLayoutGain = 0.12f;

// A category is proposed when it has at least this share of the best hits' scores.
ASKUS_TUNABLE float kCategoryShare = 0.4f;
inline constexpr std::uint32_t kCategoryHits = 8;

// Bounds of a query's work.
inline constexpr std::uint32_t kMaxQueryTerms = 64;      // words that are looked at
inline constexpr std::uint32_t kMaxPrefixTerms = 64;     // stems that one beginning stands for
inline constexpr std::uint32_t kMaxWalked = 200'000;     // trigram postings
inline constexpr std::uint32_t kMaxScored = 2'000'000;   // postings

}  // namespace askus::search
