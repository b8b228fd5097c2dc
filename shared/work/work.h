// The proof of work: a number that makes a hash begin with zero bits. It is bound to one form token
// and to every byte of one request, so that it can be neither kept in stock nor used for another.
//
//   challenge = HMAC-SHA256(key: the form token's text, message: the request's body)
//   nonce     : SHA-256(challenge, nonce as four bytes, most significant first) begins with
//               `bits` zero bits
//
// Expected are 2^bits hashes (geometrically distributed); checking takes one, and the HMAC.
#pragma once

#include <cstdint>
#include <optional>

#include "shared/work/sha256.h"

namespace askus::work {

// More cannot be found among 2^32 nonces with certainty.
inline constexpr unsigned kMostBits = 28;

Digest challenge(ByteView token, ByteView body);

// False for `bits` over kMostBits.
bool solves(const Digest& challenge, std::uint32_t nonce, unsigned bits);

// The first of `count` nonces from `from` on that solves; may go past the end and around.
std::optional<std::uint32_t> search(const Digest& challenge, std::uint32_t from,
                                    std::uint32_t count, unsigned bits);

}  // namespace askus::work
