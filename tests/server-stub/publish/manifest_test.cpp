#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "tests/catch.h"
#include "tests/server-stub/publish/example_key.h"

using namespace askus::publish;
using askus::Code;
using askus::snapshot::Manifest;

namespace {

constexpr const char* kJson =
    R"({"format":1,"site":"demo","version":7,"issued_at":"2026-05-31T08:00:00Z",)"
    R"("fresh_until":"2026-06-07T08:00:00Z","length":3,)"
    R"("sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
    R"("signature":"wyGO9fj82wgCDuTbECHXFiuJ2-uEqrAlvI2yvuNFmtCQlsqKjHmC3RHcX7drdHmsFcAlw1Z2kXPjZz9Q1hu-bA"})";

Manifest example() {
  return make_manifest(example_key(), "demo", 7, 1780214400, 7, "abc");
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

}  // namespace

TEST_CASE("the same input gives the same manifest") {
  const std::string json = manifest_to_json(example());
  CHECK(json.substr(0, json.find("signature")) ==
        std::string(kJson).substr(0, std::string(kJson).find("signature")));
  CHECK(json == manifest_to_json(example()));
  CHECK(manifest_from_json(json).value() == example());
}

TEST_CASE("a manifest verifies until any of its fields is changed") {
  const Manifest good = example();
  const PublicKey key = example_key().public_key();
  REQUIRE(verify(key, signed_text(good), good.signature));
  const auto refused = [&](auto change) {
    Manifest changed = good;
    change(changed);
    return !verify(key, signed_text(changed), changed.signature);
  };
  CHECK(refused([](Manifest& m) { m.format = 2; }));
  CHECK(refused([](Manifest& m) { m.site = "dem0"; }));
  CHECK(refused([](Manifest& m) { m.version = 8; }));
  CHECK(refused([](Manifest& m) { m.issued_at = "2026-05-31T08:00:01Z"; }));
  CHECK(refused([](Manifest& m) { m.fresh_until = "2027-06-07T08:00:00Z"; }));
  CHECK(refused([](Manifest& m) { m.length = 4; }));
  CHECK(refused([](Manifest& m) { m.sha256[0] = 'c'; }));
  CHECK_FALSE(
      verify(SigningKey::generate().value().public_key(), signed_text(good), good.signature));
}

TEST_CASE("each part of the JSON is checked and named") {
  struct Case {
    const char* what;
    const char* with;
    const char* named;
  };
  const Case c =
      GENERATE(Case{"\"format\":1", "\"format\":0", "\"format\""},
               Case{"\"format\":1", "\"format\":\"1\"", "\"format\""},
               Case{"\"format\":1,", "", "\"format\""}, Case{"\"demo\"", "\"Demo\"", "\"site\""},
               Case{"\"demo\"", "\"\"", "\"site\""}, Case{"\"demo\"", "5", "\"site\""},
               Case{"\"version\":7", "\"version\":0", "\"version\""},
               Case{"\"version\":7", "\"version\":-7", "\"version\""},
               Case{"\"version\":7", "\"version\":7.5", "\"version\""},
               Case{"\"version\":7", "\"version\":9007199254740992", "\"version\""},
               Case{"\"version\":7", "\"version\":7,\"version\":7", "\"version\""},
               Case{"2026-05-31T08:00:00Z", "2026-05-31 08:00:00Z", "\"issued_at\""},
               Case{"2026-05-31T08:00:00Z", "2026-02-30T08:00:00Z", "\"issued_at\""},
               Case{"2026-06-07T08:00:00Z", "2026-05-07T08:00:00Z", "\"fresh_until\""},
               Case{"\"length\":3", "\"length\":0", "\"length\""},
               Case{"\"length\":3", "\"length\":67108865", "\"length\""},
               Case{"\"ba78", "\"BA78", "\"sha256\""}, Case{"\"ba78", "\"ba7", "\"sha256\""},
               Case{"\"signature\":\"w", "\"signature\":\"", "\"signature\""},
               Case{"\"signature\":\"w", "\"signature\":\"+", "\"signature\""},
               Case{"\"site\"", "\"more\":1,\"site\"", "\"more\""}, Case{"{", "[", "JSON"},
               Case{"}", "", "JSON"}, Case{"}", "}x", "JSON"});
  CAPTURE(c.what, c.with);
  const auto manifest = manifest_from_json(replaced(kJson, c.what, c.with));
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().code == Code::kMalformed);
  CHECK(manifest.error().text.find(c.named) != std::string::npos);
}

TEST_CASE("a newer format is unsupported, whatever else it holds") {
  const auto manifest = manifest_from_json(R"({"format":2,"snapshots":[]})");
  REQUIRE_FALSE(manifest.ok());
  CHECK(manifest.error().code == Code::kUnsupported);
}

TEST_CASE("the manifest's size is limited") {
  const std::string json = kJson;
  CHECK(manifest_from_json(json + std::string(kMaxManifestBytes - json.size(), ' ')).ok());
  const auto over =
      manifest_from_json(json + std::string(kMaxManifestBytes + 1 - json.size(), ' '));
  REQUIRE_FALSE(over.ok());
  CHECK(over.error().code == Code::kTooLarge);
}

TEST_CASE("a publication is split as it was joined") {
  const std::string body = join_publication(example(), std::string("a\nb\0c", 5));
  const auto parts = split_publication(body);
  REQUIRE(parts.ok());
  CHECK(manifest_from_json(parts->manifest).value() == example());
  CHECK(parts->snapshot == std::string_view("a\nb\0c", 5));
}

TEST_CASE("a publication without an early line feed is refused") {
  CHECK_FALSE(split_publication("").ok());
  CHECK_FALSE(split_publication("{}").ok());
  CHECK(split_publication(std::string(kMaxManifestBytes, 'x') + "\n").ok());
  CHECK_FALSE(split_publication(std::string(kMaxManifestBytes + 1, 'x') + "\n").ok());
}
