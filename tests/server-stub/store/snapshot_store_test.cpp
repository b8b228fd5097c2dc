#include "server-stub/store/snapshot_store.h"

#include <filesystem>

#include "tests/server-stub/publishing.h"
#include "tests/server-stub/temp_folder.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::make_publication;
using testing::tiny_snapshot;

struct Fixture {
  testing::TempFolder folder;
  publish::SigningKey key = testing::new_key();
  std::unique_ptr<SnapshotStore> store = open();

  std::unique_ptr<SnapshotStore> open() {
    auto opened = SnapshotStore::open(folder.file("demo"), "demo", {key.public_key()});
    REQUIRE(opened.ok());
    return std::move(*opened);
  }
  PublishResult publish(const testing::Publication& p) {
    return store->publish(p.manifest_json, p.bytes, "tester");
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder.file("demo")), {}));
  }
};

}  // namespace

TEST_CASE("a key that was taken out publishes no more, and what it signed is told") {
  Fixture f;
  const publish::SigningKey next = testing::new_key();
  const auto open = [&](std::vector<publish::PublicKey> keys) {
    auto opened = SnapshotStore::open(f.folder.file("demo"), "demo", std::move(keys));
    REQUIRE(opened.ok());
    f.store = std::move(*opened);
  };
  REQUIRE(f.publish(make_publication(f.key, 1, tiny_snapshot("one"))).outcome ==
          PublishOutcome::kPublished);
  open({next.public_key()});
  REQUIRE(f.store->current() != nullptr);
  CHECK_FALSE(f.store->verifies(f.store->current()->manifest));
  CHECK(f.publish(make_publication(f.key, 2, tiny_snapshot("two"))).outcome ==
        PublishOutcome::kBadSignature);
  // The next key goes on where the other one was.
  CHECK(f.publish(make_publication(next, 1, tiny_snapshot("two"))).outcome ==
        PublishOutcome::kVersionNotHigher);
  CHECK(f.publish(make_publication(next, 2, tiny_snapshot("two"))).outcome ==
        PublishOutcome::kPublished);
  CHECK(f.store->verifies(f.store->current()->manifest));
  open({f.key.public_key(), next.public_key()});
  CHECK(f.store->verifies(f.store->current()->manifest));
}

TEST_CASE("a published snapshot is current, also after a restart") {
  Fixture f;
  CHECK(f.store->current() == nullptr);
  const auto first = make_publication(f.key, 1, tiny_snapshot("one"));
  CHECK(f.publish(first).outcome == PublishOutcome::kPublished);
  CHECK(f.publish(first).outcome == PublishOutcome::kAlready);
  CHECK(f.publish(make_publication(f.key, 2, tiny_snapshot("two"))).outcome ==
        PublishOutcome::kPublished);
  f.folder.write("demo/leftover.faq.unfinished", "x");
  f.folder.write("demo/" + std::string(64, 'a') + ".faq.br", "x");
  f.folder.write("demo/published.json.bak", "somebody's own");

  f.store = f.open();
  REQUIRE(f.store->current() != nullptr);
  CHECK(f.store->current()->manifest.version == 2);
  CHECK(*f.store->current()->files.identity == tiny_snapshot("two"));
  CHECK(f.store->current()->snapshot.topic_count() == 1);
  CHECK_FALSE(std::filesystem::exists(f.folder.file("demo/leftover.faq.unfinished")));
  CHECK_FALSE(std::filesystem::exists(f.folder.file("demo/" + std::string(64, 'a') + ".faq.br")));
  CHECK(std::filesystem::exists(f.folder.file("demo/published.json.bak")));
  CHECK_FALSE(f.store->at_hand(first.manifest.sha256).has_value());
  const auto old = f.store->find(first.manifest.sha256);
  REQUIRE(old.has_value());
  CHECK(*old->identity == first.bytes);
  CHECK(f.store->keeps(first.manifest.sha256));
  // While somebody holds it, it is not read again, and not held twice.
  const auto same = f.store->at_hand(first.manifest.sha256);
  REQUIRE(same.has_value());
  CHECK(same->identity == old->identity);
  CHECK_FALSE(f.store->find("../published.json").has_value());
  REQUIRE(f.store->kept().size() == 2);
  CHECK(f.store->kept()[0].publisher == "tester");
}

TEST_CASE("what a visitor's reader would refuse is refused, and the last good one stays") {
  Fixture f;
  const auto good = make_publication(f.key, 5, tiny_snapshot("good"));
  REQUIRE(f.publish(good).outcome == PublishOutcome::kPublished);
  const std::size_t files = f.files();
  const auto next = make_publication(f.key, 6, tiny_snapshot("next"));
  std::string flipped = next.bytes;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  const std::string half = next.bytes.substr(0, next.bytes.size() / 2);
  const auto signed_half = make_publication(f.key, 6, half);
  const auto foreign = make_publication(testing::new_key(), 6, tiny_snapshot("foreign"));
  const auto lower = make_publication(f.key, 4, tiny_snapshot("lower"));
  const auto same = make_publication(f.key, 5, tiny_snapshot("same version"));
  const auto elsewhere = make_publication(f.key, 6, tiny_snapshot("x"), "other");
  const auto inside = make_publication(f.key, 6, tiny_snapshot("x", "other"), "demo");
  std::string forged = next.manifest_json;
  forged.replace(forged.find("\"version\":6"), 11, "\"version\":7");

  struct Case {
    const char* name;
    std::string manifest, bytes;
    PublishOutcome outcome;
  };
  const Case cases[] = {
      {"flipped bit", next.manifest_json, flipped, PublishOutcome::kWrongHash},
      {"truncated", next.manifest_json, half, PublishOutcome::kWrongLength},
      {"truncated and signed", signed_half.manifest_json, half, PublishOutcome::kBadSnapshot},
      {"foreign key", foreign.manifest_json, foreign.bytes, PublishOutcome::kBadSignature},
      {"forged version", forged, next.bytes, PublishOutcome::kBadSignature},
      {"lower version", lower.manifest_json, lower.bytes, PublishOutcome::kVersionNotHigher},
      {"same version", same.manifest_json, same.bytes, PublishOutcome::kVersionNotHigher},
      {"another site", elsewhere.manifest_json, elsewhere.bytes, PublishOutcome::kWrongSite},
      {"another site inside", inside.manifest_json, inside.bytes, PublishOutcome::kWrongSite},
      {"no manifest", "{}", next.bytes, PublishOutcome::kBadManifest},
      {"empty", "", "", PublishOutcome::kBadManifest},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const PublishResult result = f.store->publish(c.manifest, c.bytes, "tester");
    CHECK(result.outcome == c.outcome);
    CHECK_FALSE(result.text.empty());
    CHECK(f.store->current()->manifest == good.manifest);
    CHECK(f.files() == files);
  }
  CHECK(f.publish(next).outcome == PublishOutcome::kPublished);
}

TEST_CASE("a rollback is a publish that names a kept file") {
  Fixture f;
  const std::string one = tiny_snapshot("one");
  REQUIRE(f.publish(make_publication(f.key, 1, one)).outcome == PublishOutcome::kPublished);
  REQUIRE(f.publish(make_publication(f.key, 2, tiny_snapshot("two"))).outcome ==
          PublishOutcome::kPublished);
  const auto unknown = make_publication(f.key, 3, "not kept");
  CHECK(f.store->rollback(unknown.manifest_json, "t").outcome == PublishOutcome::kUnknownSnapshot);
  const auto late = make_publication(f.key, 2, one);
  CHECK(f.store->rollback(late.manifest_json, "t").outcome == PublishOutcome::kVersionNotHigher);
  const auto back = make_publication(f.key, 3, one);
  CHECK(f.store->rollback(back.manifest_json, "t").outcome == PublishOutcome::kPublished);
  CHECK(*f.store->current()->files.identity == one);
  CHECK(f.store->current()->manifest.version == 3);
  REQUIRE(f.store->kept().size() == 2);
  CHECK(f.store->kept()[0].manifest.version == 3);
  CHECK(f.store->kept()[1].manifest.version == 2);
}

TEST_CASE("the last 20 files are kept") {
  Fixture f;
  std::string first, last;
  for (std::uint64_t version = 1; version <= kKeptSnapshots + 2; ++version) {
    const auto p = make_publication(f.key, version, tiny_snapshot(std::to_string(version)));
    REQUIRE(f.publish(p).outcome == PublishOutcome::kPublished);
    if (version == 2) first = p.manifest.sha256;
    if (version == 3) last = p.manifest.sha256;
  }
  CHECK(f.store->kept().size() == kKeptSnapshots);
  CHECK_FALSE(f.store->find(first).has_value());
  CHECK(f.store->find(last).has_value());
  CHECK_FALSE(std::filesystem::exists(f.folder.file("demo/" + first + ".faq")));
}

TEST_CASE("a damaged file is told and healed by the same publication") {
  Fixture f;
  const auto p = make_publication(f.key, 1, tiny_snapshot("one"));
  REQUIRE(f.publish(p).outcome == PublishOutcome::kPublished);
  f.folder.write("demo/" + p.manifest.sha256 + ".faq", "damaged");
  f.store = f.open();
  CHECK(f.store->current() == nullptr);
  CHECK(f.store->damage().find(p.manifest.sha256) != std::string::npos);
  CHECK(f.publish(p).outcome == PublishOutcome::kPublished);
  f.store = f.open();
  CHECK(f.store->damage().empty());
  REQUIRE(f.store->current() != nullptr);
  CHECK(*f.store->current()->files.identity == p.bytes);
}

TEST_CASE("a damaged list of kept files stops the start: the versions would be lost") {
  Fixture f;
  f.folder.write("demo/published.json", "{\"format\":1");
  const auto opened = SnapshotStore::open(f.folder.file("demo"), "demo", {f.key.public_key()});
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().text.find("published.json") != std::string::npos);
}
