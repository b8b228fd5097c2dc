#include "shared/search/concepts.h"

#include <algorithm>
#include <cmath>

#include "shared/search/constants.h"

namespace askus::search {
namespace {

// Walks variable-length numbers: seven bits a byte, low bits first, the high bit set on all but the
// last. The snapshot's reader has checked that they are whole.
class Numbers {
 public:
  explicit Numbers(const flatbuffers::Vector<std::uint8_t>& bytes) : at_(bytes.data()) {}
  std::uint32_t next() {
    std::uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = *at_++;
      value |= static_cast<std::uint32_t>(byte & 0x7Fu) << shift;
      if (byte < 0x80) return value;
    }
  }

 private:
  const std::uint8_t* at_;
};

}  // namespace

std::uint32_t lexicon_hash(std::string_view spelling) {  // FNV-1a, its high bits mixed in
  std::uint32_t value = 2166136261u;
  for (const char c : spelling) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value ^ value >> 16;
}

void Concepts::load(const snapshot::fb::Concepts& source) {
  Numbers hashes(*source.words()), ids(*source.ids());
  std::uint32_t hash = 0;
  first_.push_back(0);
  for (const std::uint8_t count : *source.counts()) {
    hash += hashes.next();
    hashes_.push_back(hash);
    for (std::uint8_t i = 0; i < count; ++i)
      signs_.push_back({static_cast<std::uint16_t>(ids.next()),
                        source.strengths()->Get(static_cast<std::uint32_t>(signs_.size()))});
    first_.push_back(static_cast<std::uint32_t>(signs_.size()));
  }
  state_.resize(source.count());
  mask_ = (1u << source.hash_bits()) - 1;
}

std::uint32_t Concepts::find(std::uint32_t hash) const {
  hash &= mask_;
  const auto at = std::lower_bound(hashes_.begin(), hashes_.end(), hash);
  return at == hashes_.end() || *at != hash ? kNoWord
                                            : static_cast<std::uint32_t>(at - hashes_.begin());
}

std::span<const Activation> Concepts::activate(std::span<const WordAt> text) {
  found_.clear();
  for (const WordAt& at : text) {
    of_word(at.hash, [&](const Sign& sign) {
      State& state = state_[sign.concept_id];
      if (state.best == 0) found_.push_back({sign.concept_id, 0, 0});
      if (at.position > state.last + kConceptSpan) state.sum = 0;
      if (state.sum > 0 && state.last_hash == at.hash) return;
      const float strength = static_cast<float>(sign.strength) / kStrengthUnit * at.weight;
      state.sum += strength;
      state.best = std::max(state.best, state.sum);
      state.last = at.position;
      state.last_hash = at.hash;
      if (strength > state.anchor_strength) {
        state.anchor_strength = strength;
        state.anchor = at.position;
      }
    });
  }
  for (Activation& a : found_) {
    State& state = state_[a.concept_id];
    a.value = std::min(std::pow(state.best, kFormPower), kMostActivation);
    a.position = state.anchor;
    state = {};
  }
  std::erase_if(found_, [](const Activation& a) { return a.value < kLeastActivation; });
  std::sort(found_.begin(), found_.end(), [](const Activation& a, const Activation& b) {
    return a.position != b.position ? a.position < b.position : a.concept_id < b.concept_id;
  });
  return found_;
}

}  // namespace askus::search
