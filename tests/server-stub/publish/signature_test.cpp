#include "server-stub/publish/signature.h"

#include "tests/catch.h"
#include "tests/server-stub/publish/example_key.h"

using namespace askus::publish;

namespace {

// RFC 6979, A.2.5: the public point, and r and s with SHA-256.
const PublicKey kPoint{"YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y",
                       "eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk"};
constexpr const char* kSample =
    "79SLKqy2qP0RQN2c1F6B1p0sh3tWqvmRw00OqE6vNxb3yxyULWV8QdQ2x6G24p9l8-kA27mv9AZNxKsvhDrNqA";
constexpr const char* kTest =
    "8auwI1GDUc1x2IFWex6mY-0-_PbFEys1TyjTsLfTg2cBn0ETdCorFL0lkmtJxkkVXyZ-YNOBS0wMyEJQ5G8Agw";

}  // namespace

TEST_CASE("signatures are those of RFC 6979") {
  const SigningKey key = example_key();
  CHECK(key.public_key() == kPoint);
  CHECK(key.sign("sample") == kSample);
  CHECK(key.sign("test") == kTest);
  CHECK(verify(kPoint, "sample", kSample));
  CHECK(verify(kPoint, "test", kTest));
  CHECK_FALSE(verify(kPoint, "sample", kTest));
  CHECK_FALSE(verify(kPoint, "Sample", kSample));
}

TEST_CASE("no changed character of a signature or key verifies") {
  const std::string signature = kSample;
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    REQUIRE_FALSE(verify(kPoint, "sample", changed));
  }
  for (std::size_t i = 0; i < kPoint.x.size(); ++i) {
    PublicKey changed = kPoint;
    changed.x[i] = changed.x[i] == 'A' ? 'B' : 'A';
    REQUIRE_FALSE(verify(changed, "sample", kSample));
  }
}

TEST_CASE("malformed signatures and keys do not verify") {
  const std::string signature =
      GENERATE(std::string(), std::string("x"), std::string(kSample) + "=",
               std::string(kSample) + "A", std::string(kSample).substr(1),
               " " + std::string(kSample), std::string(86, 'A'), std::string(86, '_'));
  CAPTURE(signature);
  CHECK_FALSE(verify(kPoint, "sample", signature));
  CHECK_FALSE(verify({"", ""}, "sample", kSample));
  CHECK_FALSE(verify({std::string(43, 'A'), std::string(43, 'A')}, "sample", kSample));
  CHECK_FALSE(verify({kPoint.y, kPoint.x}, "sample", kSample));
}

TEST_CASE("a generated key survives its PEM and differs from the next") {
  const SigningKey key = SigningKey::generate().value();
  const SigningKey again = SigningKey::from_pem(key.to_pem()).value();
  CHECK(again.public_key() == key.public_key());
  CHECK(again.sign("text") == key.sign("text"));
  CHECK(verify(key.public_key(), "text", again.sign("text")));
  CHECK_FALSE(SigningKey::generate().value().public_key() == key.public_key());
}

TEST_CASE("what is no P-256 key in PKCS#8 is refused") {
  // The second is an Ed25519 key (RFC 8410).
  const std::string pem = GENERATE(
      std::string(), std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
      std::string("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/"
                  "nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n"),
      std::string(kExamplePem).substr(0, 90));
  CAPTURE(pem);
  const auto key = SigningKey::from_pem(pem);
  REQUIRE_FALSE(key.ok());
  CHECK(key.error().code == askus::Code::kMalformed);
}

TEST_CASE("SHA-256 of FIPS 180-4's example") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
