// Which tags of a site a text asks for: by the concepts of the lexicon (shared/lexicon) that each
// tag is joined to, its titles, and the words that the site has given it. Native only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/tags/known_words.h"

namespace askus::tags {

struct ProposedBy {
  std::vector<std::string> concepts;  // ids of the built-in lexicon; unknown ones count as none
  std::vector<std::string> phrases;   // titles, and a site's own words
  std::uint32_t parent = kNoParent;   // its place in the list
  static constexpr std::uint32_t kNoParent = 0xFFFFFFFF;
};

struct Proposal {
  std::uint32_t tag = 0;  // its place in the list
  float score = 0;        // 1: as much as a whole telling phrase
  bool operator==(const Proposal&) const = default;
};
inline constexpr std::size_t kMostProposals = 3;

// Not thread-safe. Built from a list of tags; reading a text of 4,000 bytes takes some 3 ms,
// building the ready-made tree 30.
class Proposer {
 public:
  explicit Proposer(std::span<const ProposedBy> tags);

  // At most kMostProposals, best first; equal ones in the list's order. A tag and what is above it
  // are not both proposed. The same input gives the same output; any bytes are valid.
  std::vector<Proposal> propose(std::string_view title, std::string_view details);

 private:
  struct Phrase {
    std::vector<std::uint32_t> words;
    std::uint32_t tag = 0;
  };
  struct Sign {
    std::uint32_t tag = 0;
    float strength = 0;
  };
  void add_phrase(std::string_view text, std::uint32_t tag);
  void weigh();
  // Of tags, and of the trees that they stand in, by the tag at the top.
  struct Scores {
    std::vector<float> tags, trees;
  };
  void add_text(std::string_view text, float weight, Scores& scores);

  KnownWords words_;
  std::vector<Phrase> phrases_;
  std::vector<std::vector<std::uint32_t>> phrases_of_;  // by word: those that begin with it
  std::vector<std::vector<Sign>> signs_, tree_signs_;   // by word
  std::vector<float> worth_;                            // by word: how much it tells, at most 1
  std::vector<std::uint32_t> parents_, tops_;
};

}  // namespace askus::tags
