#include "shared/search/strings.h"

#include <utility>

#include "shared/text/hash.h"

namespace askus::search {

// The slot of a string, or the free one where it would be.
std::size_t Strings::slot(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != 0 &&
         (slots_[at].hash != hash || (*this)[slots_[at].number - 1] != text))
    at = (at + 1) & mask;
  return at;
}

std::uint32_t Strings::find(std::string_view text) const {
  return slots_[slot(text, text::hash(text))].number - 1;  // kNone for a free one
}

void Strings::grow() {
  Buffer<Slot> old(slots_.size() * 2);
  std::swap(old, slots_);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (old[i].number == 0) continue;
    std::size_t at = old[i].hash & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = old[i];
  }
}

std::uint32_t Strings::add(std::string_view text) {
  const std::uint32_t hash = text::hash(text);
  Slot& found = slots_[slot(text, hash)];
  if (found.number != 0) return found.number - 1;
  const std::uint32_t number = size();
  found = {number + 1, hash};
  arena_ += text;
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  if (size() > slots_.size() / 2) grow();
  return number;
}

}  // namespace askus::search
