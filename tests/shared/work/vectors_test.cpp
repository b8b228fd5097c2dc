// Our SHA-256 and HMAC against Botan's, at every length around the block's.
#include <botan/hash.h>
#include <botan/mac.h>

#include <algorithm>
#include <vector>

#include "shared/work/work.h"
#include "tests/catch.h"

using namespace askus::work;

TEST_CASE("SHA-256 and HMAC are Botan's") {
  std::vector<std::uint8_t> text;
  for (std::size_t size = 0; size < 300; ++size) {
    const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
    hash->update(text);
    const auto expected = hash->final();
    Sha256 ours;
    ours.add(text);
    const Digest digest = ours.finish();
    CAPTURE(size);
    CHECK(std::equal(digest.begin(), digest.end(), expected.begin(), expected.end()));

    const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
    const std::vector<std::uint8_t> key(text.rbegin(), text.rend());
    mac->set_key(key);
    mac->update(text);
    const auto expected_mac = mac->final();
    const Digest own = hmac(key, text);
    CHECK(std::equal(own.begin(), own.end(), expected_mac.begin(), expected_mac.end()));
    text.push_back(static_cast<std::uint8_t>(size * 37 + 11));
  }
}
