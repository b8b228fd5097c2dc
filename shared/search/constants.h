// Every tunable of the ranking, with what it does and where its value comes from. Values without a
// word on their origin are the optimum of tests/bench/tune on the tuning queries of the bench
// (docs/search.md); the extremes say what the value would mean there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace askus::search {

#ifdef ASKUS_TUNE  // tests/bench/tune changes them while it runs
#define ASKUS_TUNABLE inline
#else
#define ASKUS_TUNABLE inline constexpr
#endif

// Weight of an occurrence in each field, and how strongly the field's length discounts it
// (BM25F's b: 0 not at all, 1 fully). Titles and phrasings are what people ask in; an answer comes
// to the point at its beginning.
struct Field {
  float weight;
  float b;
};
enum FieldName : std::uint8_t { kTitle, kPhrasings, kLead, kAnswer, kTags, kFields };
inline constexpr std::uint32_t kFieldBits = 3, kFieldMask = 7;
inline constexpr std::uint32_t kLeadWords = 24;
ASKUS_TUNABLE std::array<Field, kFields> kFieldsOf{
    {{2.5f, 0.65f}, {1.5f, 0.6f}, {2.0f, 0.78f}, {0.54f, 0.55f}, {3.3f, 0.94f}}};
ASKUS_TUNABLE float kSaturation = 2.0f;  // BM25's k1: how soon repeating a word stops to help

// A query's words.
// Stop words: 0 removes them, 1 counts them fully. Where documents are few, how many have a word
// says little of how telling it is, and a list of stop words knows better; where they are many, idf
// does.
ASKUS_TUNABLE float kStopWordWeight = 0.3f;
inline constexpr float kFewDocuments = 500, kManyDocuments = 20'000;
inline constexpr std::size_t kMinPrefixLetters = 2;  // one letter stands for nothing yet
inline constexpr std::size_t kMinSoundLetters = 2;   // of a skeleton that is taken for a word
inline constexpr std::size_t kMinSimilarLetters = 3;
ASKUS_TUNABLE float kPrefixWeight = 1.33f;    // of a word by its beginning, times the share typed
ASKUS_TUNABLE float kSkeletonWeight = 0.77f;  // of a stem that sounds the same
inline constexpr std::size_t kMinSlipLetters = 6;
ASKUS_TUNABLE float kSlipWeight = 0.7f;    // of a word by one letter too many or two swapped
ASKUS_TUNABLE float kLeastDice = 0.27f;    // of skeletons' trigrams, to be taken for the same word
ASKUS_TUNABLE float kDiceWeight = 0.81f;   // of such a stem, times Dice squared
ASKUS_TUNABLE float kBesideExact = 0.85f;  // of what sounds or looks so, beside the word itself
ASKUS_TUNABLE float kTransliterated = 0.7f;  // sureness of a concept's word in the other script
inline constexpr float kAnyIdf = 1e9f;

// A story: a query of at least so many words. What asks counts whole, the rest less.
inline constexpr std::uint32_t kStoryWords = 12;
ASKUS_TUNABLE float kStoryFocus = 0.66f;
// With so many English stop words it is told in English. Shorter ones are Cyrillic words in Latin
// letters as well ("do", "i", "no").
inline constexpr std::uint32_t kEnglishWords = 3, kEnglishLetters = 3;

// Another keyboard layout is tried when the snapshot knows less than this of the query's letters,
// and taken when it knows so much more then.
ASKUS_TUNABLE float kLayoutTry = 0.75f, kLayoutGain = 0.12f;
inline constexpr std::size_t kLayoutBytes = 96;  // of a query's beginning, which tells its layout
ASKUS_TUNABLE float kLanguageLead = 1.65f;       // votes for the query's language against the next
// What a topic counts that has no version in the preferred language. 0 hides it.
ASKUS_TUNABLE float kOtherLanguage = 0.34f;

// The second look at the best documents.
inline constexpr std::size_t kRefined = 32;
inline constexpr std::size_t kPassageWords = 24;
ASKUS_TUNABLE float kPassageShare = 0.21f;  // what the best passage adds
ASKUS_TUNABLE float kNumberShare =
    0.18f;  // the same again with a number in it, where one is asked for
ASKUS_TUNABLE float kPairShare = 0.25f;     // neighbours of the query that are near each other here
inline constexpr std::size_t kPairGap = 2;  // words from one to the other
ASKUS_TUNABLE float kTitleShare = 0.27f;    // what a title wholly asked for adds
ASKUS_TUNABLE float kExactTitle = 4.0f;  // a title or phrasing that is the query: beyond any other

// Concepts in a query. What the signs of a concept add up to, to the power of 1.5, is its value.
ASKUS_TUNABLE float kStrengthUnit = 4.0f;         // a sign of this strength is a form by itself
ASKUS_TUNABLE float kMostActivation = 2.6f;       // a whole phrase
ASKUS_TUNABLE float kLeastActivation = 0.09f;     // less is no evidence
inline constexpr std::uint32_t kConceptSpan = 7;  // words that are near each other
ASKUS_TUNABLE float kConceptShare =
    0.55f;                                // of the concepts in a score, where words are of no help
ASKUS_TUNABLE float kCoverEnough = 0.8f;  // of a query by a document's words: no concepts needed
ASKUS_TUNABLE float kConceptFloor = 0.047f;  // what they count even then
ASKUS_TUNABLE float kConceptRest = 0.2154f;  // what further concepts of the same word add
ASKUS_TUNABLE float kConceptMost = 2.0f;     // what a document's concept weighs at most
ASKUS_TUNABLE float kConceptStrong = 0.65f;  // from this weight on a document counts for idf

// How sure a hit is, by its evidence: its share of the score that the query's words could bring.
// Measured by bench_tune --calibrate (docs/search.md): of first hits with at least so much 82 % and
// 91 % are right, and 23 % and 0.1 % of questions that belong to other sites get one.
ASKUS_TUNABLE float kMaybeEvidence = 0.2f, kAnswersEvidence = 0.65f;
// A request asks what a topic answers: so much evidence, so far ahead of the second. 98 % right,
// 29 % of what could be found.
inline constexpr float kSameEvidence = 0.7f, kSameLead = 1.35f;

// Highlights.
inline constexpr float kMarkedWeight = 0.3f;       // of an expansion that is shown as a match
inline constexpr float kTellingActivation = 0.5f;  // of a concept whose words are marked

// A category is proposed when it has at least this share of the best hits' scores.
ASKUS_TUNABLE float kCategoryShare = 0.4f;
inline constexpr std::uint32_t kCategoryHits = 8;

// Bounds of a query's work and memory.
inline constexpr std::uint32_t kMaxQueryWords = 64;
inline constexpr std::uint32_t kMaxExpansions = 4096;
inline constexpr std::uint32_t kMaxPrefixForms = 64;  // that one beginning stands for
inline constexpr std::size_t kMaxSimilar = 12;        // skeletons that one word is like
inline constexpr std::uint32_t kMaxWalked = 400'000;  // trigram postings
inline constexpr std::size_t kMaxScored = 4'000'000;  // postings
inline constexpr std::size_t kMaxRanges = 256;        // of highlights in one text
inline constexpr std::size_t kMaxSentences = 256;     // of an answer, where a passage may start

}  // namespace askus::search
