#include "shared/search/concepts.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "shared/search/constants.h"

namespace askus::search {
namespace {

using Bytes = flatbuffers::Vector<std::uint8_t>;

// Walks variable-length numbers: seven bits a byte, low bits first, the high bit set on all but the
// last. The snapshot's reader has checked that they are whole.
std::uint32_t next_number(const std::uint8_t*& at) {
  std::uint32_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const std::uint8_t byte = *at++;
    value |= static_cast<std::uint32_t>(byte & 0x7Fu) << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace

Concepts::Concepts(const snapshot::fb::Concepts* source) {
  if (source == nullptr) return;
  const Bytes& counts = *source->counts();
  const Bytes& strengths = *source->strengths();
  mask_ = (1u << source->hash_bits()) - 1;
  hashes_ = Buffer<std::uint32_t>(counts.size());
  first_ = Buffer<std::uint32_t>(counts.size() + 1);
  signs_ = Buffer<Sign>(strengths.size());
  state_ = Buffer<State>(source->count());
  const std::uint8_t* words = source->words()->data();
  const std::uint8_t* ids = source->ids()->data();
  std::uint32_t hash = 0, sign = 0;
  for (std::uint32_t word = 0; word < counts.size(); ++word) {
    hashes_[word] = hash += next_number(words);
    for (std::uint8_t n = counts.Get(word); n > 0; --n, ++sign)
      signs_[sign] = {static_cast<std::uint16_t>(next_number(ids)), strengths.Get(sign)};
    first_[word + 1] = sign;
  }
}

std::span<const Concepts::Sign> Concepts::signs_of(std::uint32_t hash) const {
  const auto all = hashes_.part(0, hashes_.size());
  const auto at = std::lower_bound(all.begin(), all.end(), hash & mask_);
  if (at == all.end() || *at != (hash & mask_)) return {};
  const auto word = static_cast<std::size_t>(at - all.begin());
  return signs_.part(first_[word], first_[word + 1]);
}

void Concepts::begin() {
  for (const std::uint16_t id : lit_) state_[id] = {};
  lit_.clear();
}

void Concepts::add(std::uint32_t hash, std::uint32_t position, float weight) {
  for (const Sign& sign : signs_of(hash)) {
    State& state = state_[sign.concept_id];
    if (position > state.last + kConceptSpan) state.sum = 0;
    if (state.sum > 0 && state.last_word == hash) continue;
    const float strength = static_cast<float>(sign.strength) / kStrengthUnit * weight;
    if (state.anchor_strength == 0 && strength > 0) lit_.push_back(sign.concept_id);
    state.sum += strength;
    state.best = std::max(state.best, state.sum);
    state.last = position;
    state.last_word = hash;
    if (strength > state.anchor_strength) {
      state.anchor_strength = strength;
      state.anchor = position;
    }
  }
}

float Concepts::value(std::uint32_t concept_id) const {
  const float best = state_[concept_id].best;
  const float value = std::min(best * std::sqrt(best), kMostActivation);
  return value < kLeastActivation ? 0 : value;
}

bool Concepts::tells(std::uint32_t hash) const {
  const auto signs = signs_of(hash);
  return std::any_of(signs.begin(), signs.end(), [this](const Sign& sign) {
    return static_cast<float>(sign.strength) >= kStrengthUnit &&
           value(sign.concept_id) >= kTellingActivation;
  });
}

}  // namespace askus::search
