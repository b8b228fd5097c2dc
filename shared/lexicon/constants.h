// The tunables of compiling the lexicon: which concepts a topic carries, and which words are worth
// their bytes in a snapshot. Chosen as those of shared/search/constants.h.
#pragma once

#include "shared/search/constants.h"

namespace askus::lexicon {

// What a form says in each part of a topic.
ASKUS_TUNABLE float kTitle = 1.0f, kPhrasing = 0.8f, kTag = 1.0f, kAnswer = 0.6f;
ASKUS_TUNABLE float kPhrase = 2.6f;       // a form of several words, against one word
ASKUS_TUNABLE float kLoneWord = 3.6f;     // what a word must be worth to stand for a concept alone
ASKUS_TUNABLE float kWordPrior = 1.3f;    // of the number of concepts that a word occurs in
ASKUS_TUNABLE float kNear = 0.3f;         // of a concept that is near one of the topic's
ASKUS_TUNABLE float kBroad = 0.3f;        // of a concept that says little by itself
ASKUS_TUNABLE float kLeastWeight = 0.3f;  // of a topic's concept
// From one word of a form to another: at most its own number of words and so many more.
inline constexpr std::uint32_t kPhraseSlack = 4;

// A topic carries so many concepts at most, and more by the number of its different words.
ASKUS_TUNABLE float kMaxConcepts = 8, kConceptsPerWord = 0.1f;

// A sign is worth strength^2 * gain^2 * use: what its concept tells apart, how many forms have it.
ASKUS_TUNABLE float kPhraseSum = 1.6f;  // what the words of a phrase come to together
ASKUS_TUNABLE float kUseAll = 0.2f;     // of forms of other concepts, against those of its own
ASKUS_TUNABLE float kMostGain = 6.0f;   // of versions that a concept leads to
ASKUS_TUNABLE float kKnown = 0.4f;      // of a version that has the word in its own texts

// The bytes that may be spent, of the texts' own (uncompressed) and by topic; whichever is less. So
// few that a small FAQ does not notice them are always there.
inline constexpr float kLeastBudget = 1024;
ASKUS_TUNABLE float kShare = 0.22f, kBase = 2048, kPerTopic = 100;
// What things cost, under Brotli 11, about.
inline constexpr float kBytesPerSign = 1.3f, kBytesPerWord = 1.3f, kBytesPerMark = 1.1f;
inline constexpr std::size_t kHashRoom = 64;  // hashes for each word: one in so many is mistaken

}  // namespace askus::lexicon
