#include "shared/tags/proposer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "shared/lexicon/builtin.h"

namespace askus::tags {
namespace {

// The tunables, chosen by coordinate search on the first half of tests/shared/tags/asked.tsv (of 94
// requests the first proposal is right for 66 with the values that were tried first, and for 79).
// A word that so many tags have (and one more) tells half of what one tells that a single tag has.
constexpr float kPrior = 8.0f;
constexpr float kDenial = 0.1f;   // what "not" is worth within a phrase
constexpr float kPhrase = 1.2f;   // of a phrase that stands there whole, beside its words' signs
constexpr float kTree = 0.6f;     // what a tag loses when the text speaks of quite another tree
constexpr float kDetails = 0.6f;  // of what the details say, against the title
constexpr float kOften = 2.0f;    // phrases of a tag with a word that make it half a surer sign
constexpr float kLeast = 0.55f;   // of a proposal
constexpr float kOfBest = 0.35f;  // of a proposal, against the best
constexpr float kChild = 0.4f;    // a tag that has so much of what the one above it has comes first

const std::unordered_map<std::string_view, const lexicon::Concept*>& concepts() {
  static const auto all = [] {
    std::unordered_map<std::string_view, const lexicon::Concept*> by_id;
    for (const lexicon::Concept& one : lexicon::builtin().concepts) by_id.emplace(one.id, &one);
    return by_id;
  }();
  return all;
}

}  // namespace

Proposer::Proposer(std::span<const ProposedBy> tags) {
  for (std::uint32_t tag = 0; tag < tags.size(); ++tag) {
    parents_.push_back(tags[tag].parent);
    std::uint32_t top = tag;
    for (std::size_t depth = 0; depth < tags.size() && tags[top].parent < tags.size(); ++depth)
      top = tags[top].parent;
    tops_.push_back(top);
    for (const std::string& phrase : tags[tag].phrases) add_phrase(phrase, tag);
    for (const std::string& id : tags[tag].concepts)
      if (const auto found = concepts().find(id); found != concepts().end())
        for (const auto& form : found->second->forms) add_phrase(form.text, tag);
  }
  words_.close();
  weigh();
}

void Proposer::add_phrase(std::string_view text, std::uint32_t tag) {
  Phrase phrase{words_.add(text), tag};
  std::sort(phrase.words.begin(), phrase.words.end());
  const bool denial = phrase.words.size() == 1 && words_.denies(phrase.words[0]);
  if (!phrase.words.empty() && !denial) phrases_.push_back(std::move(phrase));
}

// What each word is a sign of: of a tag, and of the tree that the tag stands in. A word tells the
// more of a tag, the fewer others have it, the more of the tag's phrases it is in, and the larger
// its part in one of them.
void Proposer::weigh() {
  phrases_of_.resize(words_.size());
  for (std::uint32_t p = 0; p < phrases_.size(); ++p)
    phrases_of_[phrases_[p].words.front()].push_back(p);
  const auto weigh_by = [this](const std::vector<std::uint32_t>& of, std::vector<float>& worth,
                               std::vector<std::vector<Sign>>& signs) {
    std::vector<std::map<std::uint32_t, float>> counts(words_.size()), parts(words_.size());
    for (const Phrase& phrase : phrases_)
      for (const std::uint32_t word : phrase.words) ++counts[word][of[phrase.tag]];
    worth.resize(words_.size());
    for (std::uint32_t word = 0; word < words_.size(); ++word)
      worth[word] = words_.denies(word)
                        ? kDenial
                        : (kPrior + 1) / (kPrior + static_cast<float>(counts[word].size()));
    for (const Phrase& phrase : phrases_) {
      float whole = 0;
      for (const std::uint32_t word : phrase.words) whole += worth[word];
      for (const std::uint32_t word : phrase.words) {
        float& part = parts[word][of[phrase.tag]];
        part = std::max(part, worth[word] / whole);
      }
    }
    signs.resize(words_.size());
    for (std::uint32_t word = 0; word < words_.size(); ++word) {
      if (words_.denies(word)) continue;
      float all = 0;
      for (const auto& [tag, n] : counts[word]) all += n;
      for (const auto& [tag, n] : counts[word])
        signs[word].push_back({tag, worth[word] * std::sqrt(n / all * parts[word][tag]) *
                                        (0.5f + 0.5f * n / (n + kOften))});
    }
  };
  std::vector<std::uint32_t> own(parents_.size());
  std::iota(own.begin(), own.end(), 0u);
  std::vector<float> tree_worth;
  weigh_by(tops_, tree_worth, tree_signs_);
  weigh_by(own, worth_, signs_);
}

void Proposer::add_text(std::string_view text, float weight, Scores& scores) {
  const std::vector<KnownWords::Placed> read = words_.read(text);
  std::map<std::uint32_t, std::vector<KnownWords::Placed>> places;
  for (const KnownWords::Placed& one : read) places[one.word].push_back(one);
  // By tag: the best phrase that stands there whole.
  std::map<std::uint32_t, float> whole;
  const auto sure_near = [&](const Phrase& phrase, std::uint32_t at) {
    float sure = 1;
    for (const std::uint32_t word : phrase.words) {
      const auto found = places.find(word);
      if (found == places.end()) return 0.0f;
      float best = 0;
      for (const KnownWords::Placed& one : found->second) {
        const std::uint32_t away = one.position > at ? one.position - at : at - one.position;
        if (away <= kSlack + phrase.words.size()) best = std::max(best, one.sure);
      }
      sure *= best;
    }
    return sure;
  };
  for (const auto& [word, at] : places) {
    const float sure = at.front().sure;
    for (const Sign& sign : signs_[word]) scores.tags[sign.tag] += weight * sure * sign.strength;
    for (const Sign& sign : tree_signs_[word])
      scores.trees[sign.tag] += weight * sure * sign.strength;
    for (const std::uint32_t p : phrases_of_[word]) {
      const Phrase& phrase = phrases_[p];
      float worth = 0;
      for (const std::uint32_t one : phrase.words) worth += worth_[one];
      float best = 0;
      for (const KnownWords::Placed& one : at)
        best = std::max(best, sure_near(phrase, one.position));
      float& known = whole[phrase.tag];
      known = std::max(known, best * worth);
    }
  }
  for (const auto& [tag, worth] : whole) scores.tags[tag] += weight * kPhrase * worth;
}

std::vector<Proposal> Proposer::propose(std::string_view title, std::string_view details) {
  Scores found{std::vector<float>(parents_.size()), std::vector<float>(parents_.size())};
  add_text(title, 1, found);
  if (!details.empty()) add_text(details, kDetails, found);
  // A tag of the tree that the whole text speaks of counts whole.
  std::vector<float>& scores = found.tags;
  const float best_tree =
      parents_.empty() ? 0 : *std::max_element(found.trees.begin(), found.trees.end());
  for (std::uint32_t tag = 0; best_tree > 0 && tag < scores.size(); ++tag)
    scores[tag] *= 1 - kTree + kTree * found.trees[tops_[tag]] / best_tree;
  std::vector<Proposal> all;
  for (std::uint32_t tag = 0; tag < scores.size(); ++tag)
    if (scores[tag] >= kLeast) all.push_back({tag, scores[tag]});
  // What is above a tag that is as good says nothing more.
  std::vector<float> order = scores;
  for (const Proposal& one : all) {
    const std::uint32_t parent = parents_[one.tag];
    if (parent < scores.size() && scores[one.tag] >= scores[parent] * kChild)
      order[parent] = std::min(order[parent], scores[one.tag] * 0.999f);
  }
  std::stable_sort(all.begin(), all.end(), [&order](const Proposal& a, const Proposal& b) {
    return order[a.tag] > order[b.tag];
  });
  const auto above = [this](std::uint32_t tag, std::uint32_t other) {
    for (std::uint32_t depth = 0; tag < parents_.size() && depth < parents_.size(); ++depth) {
      tag = parents_[tag];
      if (tag == other) return true;
    }
    return false;
  };
  std::vector<Proposal> proposals;
  for (const Proposal& one : all) {
    if (proposals.size() == kMostProposals) break;
    if (!proposals.empty() && one.score < proposals.front().score * kOfBest) continue;
    const bool covered = std::any_of(proposals.begin(), proposals.end(), [&](const Proposal& p) {
      return above(p.tag, one.tag) || above(one.tag, p.tag);
    });
    if (!covered) proposals.push_back(one);
  }
  return proposals;
}

}  // namespace askus::tags
