#include "shared/search/strings.h"

#include <cstring>
#include <utility>

#include "shared/text/parts.h"

namespace askus::search {
namespace {

std::uint32_t four_bytes(const char* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

// Of words of a few letters, four at a time; the last four may overlap those before.
std::uint32_t hash_of(std::string_view text) {
  auto value = static_cast<std::uint32_t>(text.size());
  const auto mix = [&value](std::uint32_t more) {
    value = (value ^ more) * 0x9E3779B1u;
    value ^= value >> 15;
  };
  if (text.size() < 4) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    return value;
  }
  for (std::size_t i = 0; i + 4 < text.size(); i += 4) mix(four_bytes(text.data() + i));
  mix(four_bytes(text.data() + text.size() - 4));
  return value;
}

}  // namespace

// The slot of a string, or the free one where it would be.
std::size_t Strings::slot(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != 0 && (slots_[at].hash != hash || !is(slots_[at].number - 1, text)))
    at = (at + 1) & mask;
  return at;
}

bool Strings::is(std::uint32_t number, std::string_view text) const {
  const std::string_view known = (*this)[number];
  return known.size() == text.size() && text::same(known.data(), text.data(), text.size());
}

std::uint32_t Strings::find(std::string_view text) const {
  return slots_[slot(text, hash_of(text))].number - 1;  // kNone for a free one
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
  const std::uint32_t hash = hash_of(text);
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
