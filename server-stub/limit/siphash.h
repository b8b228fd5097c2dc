// SipHash-2-4 (Aumasson and Bernstein, 2012) of 16 bytes: a hash whose collisions nobody can make
// without its key, for a table that is filled by strangers.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace askus::limit {

using HashKey = std::array<std::uint64_t, 2>;

inline std::uint64_t siphash(const HashKey& key, const std::array<std::uint8_t, 16>& bytes) {
  std::uint64_t a = key[0] ^ 0x736f6d6570736575, b = key[1] ^ 0x646f72616e646f6d;
  std::uint64_t c = key[0] ^ 0x6c7967656e657261, d = key[1] ^ 0x7465646279746573;
  const auto rounds = [&](int count) {
    while (count-- > 0) {
      a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
      c += d, d = std::rotl(d, 16) ^ c;
      a += d, d = std::rotl(d, 21) ^ a;
      c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
    }
  };
  const auto add = [&](std::uint64_t word) {
    d ^= word;
    rounds(2);
    a ^= word;
  };
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) word |= std::uint64_t{bytes[at + i]} << (8 * i);
    add(word);
  }
  add(std::uint64_t{bytes.size()} << 56);
  c ^= 0xff;
  rounds(4);
  return a ^ b ^ c ^ d;
}

}  // namespace askus::limit
