// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) for the proof of work, which browsers compute in a wasm
// module without a C library: no allocation, no exceptions, nothing but arithmetic. For secrets the
// server uses Botan.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace askus::work {

using Digest = std::array<std::uint8_t, 32>;
using ByteView = std::span<const std::uint8_t>;

using State = std::array<std::uint32_t, 8>;
using Block = std::array<std::uint8_t, 64>;

// The initial hash value, and the compression function.
extern const State kSha256Start;
void compress(State& state, const Block& block);

class Sha256 {
 public:
  void add(ByteView bytes);
  // Ends the message; the object is used up.
  Digest finish();

 private:
  State state_ = kSha256Start;
  Block rest_{};
  std::uint64_t size_ = 0;  // bytes so far
};

Digest hmac(ByteView key, ByteView message);

}  // namespace askus::work
