#include "shared/work/work.h"

#include <string>
#include <string_view>

#include "tests/catch.h"

namespace {

using namespace askus::work;

ByteView bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hex(const Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

std::string sha256(std::string_view text) {
  Sha256 hash;
  hash.add(bytes(text));
  return hex(hash.finish());
}

}  // namespace

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 does not mind how a message is cut") {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.add(bytes(std::string_view(text).substr(0, cut)));
    hash.add(bytes(std::string_view(text).substr(cut)));
    CHECK(hex(hash.finish()) == sha256(text));
  }
}

TEST_CASE("HMAC of RFC 4231's examples") {
  CHECK(hex(hmac(bytes(std::string(20, '\x0b')), bytes("Hi There"))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hex(hmac(bytes("Jefe"), bytes("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(hmac(bytes(std::string(131, '\xaa')),
                 bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("work that is found solves, and nothing else does") {
  const Digest mine = challenge(bytes("token"), bytes("{\"id\":1}"));
  constexpr unsigned kBits = 10;
  const auto nonce = search(mine, 0, 1u << 20, kBits);
  REQUIRE(nonce);
  CHECK(solves(mine, *nonce, kBits));
  CHECK(solves(mine, *nonce, 0));
  for (std::uint32_t earlier = 0; earlier < *nonce; ++earlier)
    CHECK_FALSE(solves(mine, earlier, kBits));
  // Another token or one byte of the body less is another challenge. The chance that the nonce fits
  // it by accident was ruled out when this was written.
  CHECK_FALSE(solves(challenge(bytes("tokem"), bytes("{\"id\":1}")), *nonce, kBits));
  CHECK_FALSE(solves(challenge(bytes("token"), bytes("{\"id\":1")), *nonce, kBits));
  // What is signed is which bytes are the token and which the body.
  CHECK(hex(challenge(bytes("ab"), bytes("c"))) != hex(challenge(bytes("a"), bytes("bc"))));
  CHECK_FALSE(search(mine, 0, *nonce, kBits));
  CHECK(search(mine, *nonce, 1, kBits) == nonce);
}

TEST_CASE("bits at their limits") {
  const Digest any{};
  CHECK(solves(any, 0, 0));
  CHECK_FALSE(solves(any, 0, kMostBits + 1));
  CHECK_FALSE(solves(any, 0, 32));
  CHECK_FALSE(solves(any, 0, 4'000'000'000));
  CHECK_FALSE(search(any, 0, 0, 0));
  // The end of the numbers is not the end of the search.
  CHECK(search(any, 0xFFFFFFFF, 1, 0) == 0xFFFFFFFFu);
}
