// The proof of work as a bare wasm module of its own, which the panel loads only when it is asked
// for work (web/panel/work.js). Imports nothing, allocates nothing.
#include "shared/work/work.h"

namespace {

using namespace askus::work;

// A token and the largest body (docs/http-api.md), one behind the other.
constexpr std::size_t kInput = 131'072 + 1'024;
std::uint8_t input[kInput];
Digest the_challenge;

}  // namespace

extern "C" {

std::uint8_t* work_input() {
  return input;
}

// What stands in the input: the token, then the body. 0: there is no room for so much.
std::uint32_t work_begin(std::uint32_t token, std::uint32_t body) {
  if (token > kInput || body > kInput - token) return 0;
  the_challenge = challenge({input, token}, {input + token, body});
  return 1;
}

// The first nonce of `count` from `from` on, or -1.
double work_search(std::uint32_t from, std::uint32_t count, std::uint32_t bits) {
  const auto found = search(the_challenge, from, count, bits);
  return found ? static_cast<double>(*found) : -1.0;
}
}
