#include "shared/text/utf8.h"

#include <cstdint>
#include <cstring>

namespace askus::text {
namespace {

bool continues(std::string_view bytes, std::size_t pos) {
  return pos < bytes.size() && (static_cast<unsigned char>(bytes[pos]) & 0xC0u) == 0x80u;
}

// Four bytes at once, the lowest first: all ASCII, or two letters U+0400 to U+047F.
constexpr std::uint32_t kHighBits = 0x80808080, kTwoLettersMask = 0xC0FEC0FE,
                        kTwoLetters = 0x80D080D0;

char32_t low6(std::string_view bytes, std::size_t pos) {
  return static_cast<unsigned char>(bytes[pos]) & 0x3Fu;
}

}  // namespace

char32_t next(std::string_view bytes, std::size_t& pos) {
  const auto lead = static_cast<unsigned char>(bytes[pos]);
  const std::size_t start = pos++;
  if (lead < 0x80) return lead;
  const std::size_t extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return kReplacement;
  char32_t code = lead & (0x3Fu >> extra);
  for (std::size_t i = 1; i <= extra; ++i) {
    if (!continues(bytes, start + i)) return kReplacement;
    code = code << 6 | low6(bytes, start + i);
  }
  const bool overlong = (extra == 2 && code < 0x800) || (extra == 3 && code < 0x10000);
  if (overlong || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return kReplacement;
  pos = start + extra + 1;
  return code;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t pos = 0; pos < bytes.size();) {
    // Most texts are ASCII and Cyrillic: four letters or two at once.
    if (bytes.size() - pos >= 4) {
      std::uint32_t four;
      std::memcpy(&four, bytes.data() + pos, sizeof(four));
      if ((four & kHighBits) == 0 || (four & kTwoLettersMask) == kTwoLetters) {
        pos += 4;
        continue;
      }
    }
    const std::size_t start = pos;
    const auto lead = static_cast<unsigned char>(bytes[pos]);
    if (lead < 0x80) {
      ++pos;
      continue;
    }
    if (lead >= 0xC2 && lead < 0xE0 && continues(bytes, pos + 1)) {
      pos += 2;
      continue;
    }
    // A real U+FFFD takes three bytes, an ill-formed sequence moves by one.
    if (next(bytes, pos) == kReplacement && pos == start + 1) return false;
  }
  return true;
}

std::size_t put(char32_t code, char* out) {
  const auto tail = [code](unsigned shift) {
    return static_cast<char>(0x80u | ((code >> shift) & 0x3Fu));
  };
  if (code < 0x80) {
    out[0] = static_cast<char>(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = static_cast<char>(0xC0u | code >> 6);
    out[1] = tail(0);
    return 2;
  }
  if (code < 0x10000) {
    out[0] = static_cast<char>(0xE0u | code >> 12);
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0u | code >> 18);
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

std::string_view clip(std::string_view bytes, std::size_t size) {
  if (bytes.size() <= size) return bytes;
  while (size > 0 && continues(bytes, size)) --size;
  return bytes.substr(0, size);
}

}  // namespace askus::text
