#include "shared/work/work.h"

#include <algorithm>
#include <bit>

namespace askus::work {
namespace {

// A challenge and a nonce are one block of SHA-256, of which only the nonce changes.
class Attempt {
 public:
  explicit Attempt(const Digest& challenge) {
    std::copy(challenge.begin(), challenge.end(), block_.begin());
    block_[kNonce + 4] = 0x80;
    constexpr std::size_t kMessageBits = (kNonce + 4) * 8;
    block_[62] = kMessageBits >> 8;
    block_[63] = kMessageBits & 0xff;
  }

  // Zero bits that the hash begins with, as far as its first 32 go.
  unsigned zeros(std::uint32_t nonce) {
    for (std::size_t i = 0; i < 4; ++i)
      block_[kNonce + i] = static_cast<std::uint8_t>(nonce >> (24 - 8 * i));
    State state = kSha256Start;
    compress(state, block_);
    return static_cast<unsigned>(std::countl_zero(state[0]));
  }

 private:
  static constexpr std::size_t kNonce = 32;
  Block block_{};
};

}  // namespace

Digest challenge(ByteView token, ByteView body) {
  return hmac(token, body);
}

bool solves(const Digest& challenge, std::uint32_t nonce, unsigned bits) {
  return bits <= kMostBits && Attempt(challenge).zeros(nonce) >= bits;
}

std::optional<std::uint32_t> search(const Digest& challenge, std::uint32_t from,
                                    std::uint32_t count, unsigned bits) {
  if (bits > kMostBits) return std::nullopt;
  Attempt attempt(challenge);
  for (std::uint32_t i = 0; i < count; ++i)
    if (attempt.zeros(from + i) >= bits) return from + i;
  return std::nullopt;
}

}  // namespace askus::work
