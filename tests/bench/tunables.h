// The constants by name, for a program compiled with ASKUS_TUNE.
#pragma once

#include <cstdlib>
#include <map>
#include <string>

#include "shared/search/constants.h"

namespace tunables {

inline const std::map<std::string, float*>& all() {
  using namespace askus::search;
  static const std::map<std::string, float*> kNamed = {
#define T(name) {#name, &name}
      T(kSaturation), T(kStopWordWeight), T(kPrefixWeight), T(kSkeletonWeight), T(kLeastDice), T(kDiceWeight),
      T(kTypoWeight), T(kTypoStep), T(kOtherLanguage), T(kLayoutTry), T(kLayoutGain), T(kPassageShare), T(kTitleShare), T(kPairShare), T(kConceptFloor), T(kConceptsPerWord), T(kUseHere), T(kUseAll), T(kUseStrength), T(kUseGain), T(kUseMost), T(kUseKnown), T(kStrengthUnit), T(kPhraseSum), T(kMostActivation), T(kLeastStrength), T(kLexiconShare), T(kLexiconBase), T(kLexiconPerTopic), T(kMaxConceptsOf), T(kCoverEnough), T(kExactTitle), T(kConceptRest), T(kStoryFocus), T(kWordPrior), T(kFormPower), T(kLeastActivation), T(kLanguageLead), T(kConceptNeed), T(kConceptTitle), T(kConceptPhrasing), T(kConceptTag), T(kConceptAnswer), T(kConceptMost), T(kConceptLeast), T(kNearWeight), T(kBroadWeight), T(kPhraseWeight), T(kSharedWord), T(kConceptShare), T(kConceptNorm), T(kConceptIdf),
#undef T
      {"title", &kFieldsOf[kTitle].weight}, {"answer", &kFieldsOf[kAnswer].weight}, {"tags", &kFieldsOf[kTags].weight},
      {"lead", &kFieldsOf[kLead].weight}, {"lead_b", &kFieldsOf[kLead].b}, {"title_b", &kFieldsOf[kTitle].b}, {"answer_b", &kFieldsOf[kAnswer].b}, {"tags_b", &kFieldsOf[kTags].b}};
  return kNamed;
}

inline bool set(const std::string& assignment) {
  const auto at = assignment.find('=');
  const auto found = all().find(assignment.substr(0, at));
  if (at == std::string::npos || found == all().end()) return false;
  *found->second = std::strtof(assignment.c_str() + at + 1, nullptr);
  return true;
}

}  // namespace tunables
