#include "shared/studio/clusters.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace askus::studio {
namespace {

// What the likeness of words and of concepts counts, each 0 to 1, together 1 - (1-a)(1-b): either
// is evidence, both are more. These and the next were chosen on the odd families of
// tests/studio/month (docs/studio.md).
constexpr float kWordShare = 0.7f, kConceptShare = 1.0f;
// What is so like the middle of a cluster is in it. Higher: more clusters of the same; lower:
// clusters of different things.
constexpr float kLikeEnough = 0.55f;
// Two clusters whose middles are so like are one: a middle has no slips, hence the lower bar.
constexpr float kSameCluster = 0.40f;
// How often each meaning may leave for a nearer cluster, and how often clusters are joined.
constexpr int kRounds = 2, kJoinRounds = 4;

// The sums of the clusters' members by feature, kept by feature so that a meaning meets just the
// clusters that share one with it.
class Middles {
 public:
  // Adds sign * the features to a cluster.
  void add(std::uint32_t cluster, std::span<const Feature> features, float sign) {
    if (cluster >= squares_.size()) squares_.resize(cluster + 1);
    for (const Feature& one : features) {
      if (one.id >= sums_.size()) sums_.resize(one.id + 1);
      std::vector<Sum>& sums = sums_[one.id];
      auto at = std::lower_bound(sums.begin(), sums.end(), cluster,
                                 [](const Sum& sum, std::uint32_t c) { return sum.cluster < c; });
      if (at == sums.end() || at->cluster != cluster) at = sums.insert(at, {cluster, 0});
      const double before = at->value;
      at->value += static_cast<double>(sign * one.weight);
      squares_[cluster] += at->value * at->value - before * before;
    }
  }
  // Calls each(cluster, cosine of what they share so far) for every feature and cluster that has
  // it.
  template <typename Each>
  void meet(std::span<const Feature> features, Each each) const {
    for (const Feature& one : features) {
      if (one.id >= sums_.size()) continue;
      for (const Sum& sum : sums_[one.id]) {
        const double square = squares_[sum.cluster];
        if (sum.value > 1e-9 && square > 1e-9)
          each(sum.cluster,
               static_cast<float>(sum.value * static_cast<double>(one.weight) / std::sqrt(square)));
      }
    }
  }

 private:
  struct Sum {
    std::uint32_t cluster = 0;
    double value = 0;
  };
  std::vector<std::vector<Sum>> sums_;  // by feature, each by cluster
  std::vector<double> squares_;         // by cluster: of the sums' lengths
};

class Clusters {
 public:
  explicit Clusters(std::span<const Meaning> meanings)
      : meanings_(meanings), cluster_of_(meanings.size()) {}

  std::vector<std::vector<std::uint32_t>> run() {
    for (std::uint32_t i = 0; i < meanings_.size(); ++i) put(i, nearest(i, kLikeEnough));
    for (int round = 0; round < kRounds; ++round) {
      for (std::uint32_t i = 0; i < meanings_.size(); ++i) {
        take(i);
        put(i, nearest(i, kLikeEnough));
      }
    }
    for (int round = 0; round < kJoinRounds && join(); ++round) {
    }
    std::vector<std::vector<std::uint32_t>> members(size_);
    for (std::uint32_t i = 0; i < cluster_of_.size(); ++i) members[cluster_of_[i]].push_back(i);
    std::erase_if(members, [](const auto& list) { return list.empty(); });
    std::sort(members.begin(), members.end());
    return members;
  }

 private:
  static constexpr std::uint32_t kNew = 0xFFFFFFFF;

  void put(std::uint32_t i, std::uint32_t cluster) {
    if (cluster == kNew) cluster = size_++;
    cluster_of_[i] = cluster;
    words_.add(cluster, meanings_[i].words, 1);
    concepts_.add(cluster, meanings_[i].concepts, 1);
  }
  void take(std::uint32_t i) {
    words_.add(cluster_of_[i], meanings_[i].words, -1);
    concepts_.add(cluster_of_[i], meanings_[i].concepts, -1);
  }

  // The cluster that a meaning is most like, the first of equal ones; kNew: none is like enough.
  std::uint32_t nearest(std::uint32_t i, float enough) { return nearest_of(meanings_[i], enough); }
  std::uint32_t nearest_of(const Meaning& meaning, float enough, std::uint32_t but = kNew) {
    by_words_.resize(size_);
    by_concepts_.resize(size_);
    const auto gather = [this](std::vector<float>& into) {
      return [this, &into](std::uint32_t cluster, float more) {
        if (by_words_[cluster] == 0 && by_concepts_[cluster] == 0) met_.push_back(cluster);
        into[cluster] += more;
      };
    };
    words_.meet(meaning.words, gather(by_words_));
    concepts_.meet(meaning.concepts, gather(by_concepts_));
    std::uint32_t best = kNew;
    for (const std::uint32_t cluster : met_) {
      const float likeness =
          1 - (1 - kWordShare * by_words_[cluster]) * (1 - kConceptShare * by_concepts_[cluster]);
      by_words_[cluster] = by_concepts_[cluster] = 0;
      if (cluster == but || likeness < enough || (likeness == enough && cluster > best)) continue;
      best = cluster;
      enough = likeness;
    }
    met_.clear();
    return best;
  }

  Meaning middle_of(const std::vector<std::uint32_t>& members) const;
  bool join();

  std::span<const Meaning> meanings_;
  std::vector<std::uint32_t> cluster_of_;
  std::uint32_t size_ = 0;
  Middles words_, concepts_;
  std::vector<float> by_words_, by_concepts_;  // by cluster, zero between calls
  std::vector<std::uint32_t> met_;
};

// The mean of the members, as if it were one of them.
Meaning Clusters::middle_of(const std::vector<std::uint32_t>& members) const {
  std::map<std::uint32_t, float> words, concepts;
  for (const std::uint32_t i : members) {
    for (const Feature& one : meanings_[i].words) words[one.id] += one.weight;
    for (const Feature& one : meanings_[i].concepts) concepts[one.id] += one.weight;
  }
  const auto unit = [](const std::map<std::uint32_t, float>& sums) {
    float square = 0;
    for (const auto& [id, weight] : sums) square += weight * weight;
    std::vector<Feature> list;
    list.reserve(sums.size());
    for (const auto& [id, weight] : sums) list.push_back({id, weight / std::sqrt(square)});
    return list;
  };
  Meaning middle;
  middle.words = unit(words);
  middle.concepts = unit(concepts);
  return middle;
}

// Each cluster, small ones first, goes whole into the one whose middle is nearest to its own, if it
// is near enough. Whether any did.
bool Clusters::join() {
  std::vector<std::vector<std::uint32_t>> members(size_);
  for (std::uint32_t i = 0; i < cluster_of_.size(); ++i) members[cluster_of_[i]].push_back(i);
  std::vector<std::uint32_t> order;
  for (std::uint32_t c = 0; c < size_; ++c)
    if (!members[c].empty()) order.push_back(c);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return members[a].size() < members[b].size();
  });
  bool joined = false;
  for (const std::uint32_t c : order) {
    const std::uint32_t other = nearest_of(middle_of(members[c]), kSameCluster, c);
    if (other == kNew) continue;
    joined = true;
    for (const std::uint32_t i : members[c]) {
      take(i);
      put(i, other);
      members[other].push_back(i);
    }
    members[c].clear();
  }
  return joined;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> cluster(std::span<const Meaning> meanings) {
  return Clusters(meanings).run();
}

}  // namespace askus::studio
