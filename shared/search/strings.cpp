#include "shared/search/strings.h"

namespace askus::search {
namespace {

std::uint32_t hash_of(std::string_view text) {  // FNV-1a, 32 bits, with its high bits mixed in
  std::uint32_t value = 2166136261u;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619u;
  return value ^ value >> 15;
}

}  // namespace

// The slot of a string, or the empty one where it would be.
std::size_t Strings::slot(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != kNone && (slots_[at].hash != hash || (*this)[slots_[at].number] != text))
    at = (at + 1) & mask;
  return at;
}

std::uint32_t Strings::find(std::string_view text) const {
  return slots_[slot(text, hash_of(text))].number;
}

void Strings::grow() {
  std::vector<Slot> old(slots_.size() * 2, Slot{});
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& entry : old) {
    if (entry.number == kNone) continue;
    std::size_t at = entry.hash & mask;
    while (slots_[at].number != kNone) at = (at + 1) & mask;
    slots_[at] = entry;
  }
}

std::uint32_t Strings::add(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  const std::size_t at = slot(text, hash);
  if (slots_[at].number != kNone) return slots_[at].number;
  const std::uint32_t number = size();
  slots_[at] = {number, hash};
  arena_ += text;
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  if (size() > slots_.size() / 2) grow();
  return number;
}

}  // namespace askus::search
