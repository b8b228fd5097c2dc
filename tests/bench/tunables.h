// The constants by name, for a program compiled with ASKUS_TUNE.
#pragma once

#include <cstdlib>
#include <map>
#include <string>

#include "shared/lexicon/constants.h"
#include "shared/search/constants.h"

namespace tunables {

// Those that a running index reads; the others are compiled into snapshots.
inline const std::map<std::string, float*>& of_search() {
  using namespace askus::search;
  static const std::map<std::string, float*> kNamed = {
#define T(name) {#name, &name}
      T(kSaturation),
      T(kStopWordWeight),
      T(kPrefixWeight),
      T(kSkeletonWeight),
      T(kLeastDice),
      T(kDiceWeight),
      T(kTransliterated),
      T(kStoryFocus),
      T(kLayoutTry),
      T(kLayoutGain),
      T(kLanguageLead),
      T(kOtherLanguage),
      T(kPassageShare),
      T(kNumberShare),
      T(kPairShare),
      T(kBesideExact),
      T(kSlipWeight),
      T(kTitleShare),
      T(kStrengthUnit),
      T(kMostActivation),
      T(kLeastActivation),
      T(kConceptShare),
      T(kCoverEnough),
      T(kConceptFloor),
      T(kConceptRest),
      T(kConceptStrong),
      T(kMaybeEvidence),
      T(kAnswersEvidence),
      {"title", &kFieldsOf[kTitle].weight},
      {"title_b", &kFieldsOf[kTitle].b},
      {"lead", &kFieldsOf[kLead].weight},
      {"lead_b", &kFieldsOf[kLead].b},
      {"answer", &kFieldsOf[kAnswer].weight},
      {"answer_b", &kFieldsOf[kAnswer].b},
      {"tags", &kFieldsOf[kTags].weight},
      {"tags_b", &kFieldsOf[kTags].b}};
  return kNamed;
}

inline const std::map<std::string, float*>& of_lexicon() {
  using namespace askus::lexicon;
  static const std::map<std::string, float*> kNamed = {
      T(kTitle),       T(kPhrasing),        T(kTag),       T(kAnswer),  T(kPhrase),
      T(kLoneWord),    T(kWordPrior),       T(kNear),      T(kBroad),   T(kLeastWeight),
      T(kMaxConcepts), T(kConceptsPerWord), T(kPhraseSum), T(kUseAll),  T(kMostGain),
      T(kKnown),       T(kShare),           T(kBase),      T(kPerTopic)};
#undef T
  return kNamed;
}

inline bool set(const std::string& assignment) {
  const auto at = assignment.find('=');
  if (at == std::string::npos) return false;
  for (const auto* named : {&of_search(), &of_lexicon()}) {
    const auto found = named->find(assignment.substr(0, at));
    if (found == named->end()) continue;
    *found->second = std::strtof(assignment.c_str() + at + 1, nullptr);
    return true;
  }
  return false;
}

}  // namespace tunables
