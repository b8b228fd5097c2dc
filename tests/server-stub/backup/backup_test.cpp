#include "server-stub/backup/backup.h"

#include <sys/stat.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "server-stub/store/snapshot_store.h"
#include "tests/catch.h"
#include "tests/server-stub/publishing.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using testing::add;
using testing::Backend;
using testing::Place;
using testing::sample;

config::Config config_of(const Place& place) {
  config::Config config;
  config.data = place.folder.file("data");
  config.secret_file = config.data + "/secret";
  config.sites["demo"] = {};
  config.store = place.options;
  return config;
}

void write_secret(const Place& place) {
  place.folder.write("data/secret", std::string(32, 's') + "\n");
  ::chmod(place.folder.file("data/secret").c_str(), 0600);
}

// Publishes `count` snapshots of the site.
void publish_some(const config::Config& config, int count) {
  const auto key = testing::new_key();
  auto snapshots =
      store::SnapshotStore::open(config.data + "/sites/demo", "demo", {key.public_key()});
  REQUIRE(snapshots.ok());
  for (int version = 1; version <= count; ++version) {
    const auto publication =
        testing::make_publication(key, static_cast<std::uint64_t>(version),
                                  testing::tiny_snapshot("answer " + std::to_string(version)));
    REQUIRE((*snapshots)->publish(publication.manifest_json, publication.bytes, "p").outcome ==
            store::PublishOutcome::kPublished);
  }
}

// Stores requests from several threads until it ends; remembers which are acknowledged.
class Writers {
 public:
  explicit Writers(store::Store& store) {
    for (int t = 0; t < 4; ++t)
      threads_.emplace_back([this, &store] {
        while (!stop_) {
          const int n = next_++;
          if (add(store, sample(n)).outcome != store::Outcome::kStored) continue;
          const std::lock_guard lock(mutex_);
          acknowledged_.insert(n);
          more_.notify_all();
        }
      });
  }
  ~Writers() {
    stop_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  std::set<int> acknowledged() const {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  void wait_for(std::size_t count) const {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return acknowledged_.size() >= count; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable more_;
  std::set<int> acknowledged_;
  std::atomic<int> next_{1};
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

constexpr std::size_t kPictureBytes = 150'000;

// A picture under its true hash.
store::NewAttachment true_picture(int n, std::size_t size) {
  store::NewAttachment picture = testing::picture(n, size);
  picture.sha256 = publish::sha256_hex(*picture.bytes);
  return picture;
}

// One request of each sort: with a picture and a reply, erased, a comment; and a picture that
// waits.
void fill(store::Store& store) {
  const auto picture = true_picture(1, kPictureBytes);
  REQUIRE(testing::put(store, picture).outcome == store::Outcome::kStored);
  REQUIRE(testing::put(store, true_picture(2, 10)).outcome == store::Outcome::kStored);
  store::NewRequest with_picture = sample(1);
  with_picture.fields.attachments = {picture.sha256};
  REQUIRE(add(store, std::move(with_picture)).outcome == store::Outcome::kStored);
  REQUIRE(testing::reply(store, testing::id_of(1),
                         {testing::id_of(100), "Olena", "", "the answer", "2026", true})
              .outcome == store::Outcome::kStored);
  REQUIRE(add(store, sample(2)).outcome == store::Outcome::kStored);
  REQUIRE(testing::erase(store, testing::id_of(2)).outcome == store::Outcome::kStored);
  store::NewRequest comment = sample(3);
  comment.fields.kind = request::kComment;
  comment.fields.topic = "pay";
  comment.fields.me_too = true;
  REQUIRE(add(store, std::move(comment)).outcome == store::Outcome::kStored);
}

void check_ok(const Result<backup::Report>& report) {
  INFO((report.ok() ? "" : report.error().text));
  REQUIRE(report.ok());
  for (const std::string& problem : report->problems) FAIL_CHECK(problem);
}

}  // namespace

TEST_CASE("a backup under writes holds all that was acknowledged, and restores to either backend") {
  const auto from = GENERATE(Backend::kSqlite, Backend::kPostgres);
  const auto to = GENERATE(Backend::kSqlite, Backend::kPostgres);
  const Place source(from), target(to);
  write_secret(source);
  const config::Config config = config_of(source);
  publish_some(config, 3);
  const std::string folder = source.folder.file("backup");
  auto store = source.open();
  std::set<int> acknowledged_before;
  {
    const Writers writers(*store);
    writers.wait_for(300);  // more than are copied at once
    acknowledged_before = writers.acknowledged();
    const auto report = backup::make(config, folder);
    check_ok(report);
    CHECK(report->requests >= static_cast<std::int64_t>(acknowledged_before.size()));
    CHECK(report->snapshots == 3);
    // The writers were not held up.
    const std::size_t then = writers.acknowledged().size();
    writers.wait_for(then + 1);
  }
  const auto original = testing::find(*store, testing::id_of(1));

  const config::Config other = config_of(target);
  check_ok(backup::restore(other, folder));
  check_ok(backup::check(other));
  CHECK(target.folder.read("data/secret") == source.folder.read("data/secret"));
  auto restored = target.open();
  for (const int n : acknowledged_before) {
    store::NewRequest again = sample(n);
    again.answer = [](const store::Given&) { return std::string("stored anew"); };
    const auto here = add(*store, sample(n)), there = add(*restored, std::move(again));
    CHECK(there.outcome == store::Outcome::kReplayed);
    CHECK(there.answer == here.answer);
  }
  const auto copy = testing::find(*restored, testing::id_of(1));
  REQUIRE((copy.ok() && copy->has_value()));
  CHECK((*copy)->fields.details == (*original)->fields.details);
  CHECK(add(*restored, sample(1'000'000)).outcome == store::Outcome::kStored);
  check_ok(backup::check(other));
}

TEST_CASE("pictures, replies, comments and what is erased come through a backup") {
  const Place source(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const Place target(GENERATE(Backend::kSqlite, Backend::kPostgres));
  write_secret(source);
  auto store = source.open();
  fill(*store);
  const std::string folder = source.folder.file("backup");
  check_ok(backup::make(config_of(source), folder));
  check_ok(backup::restore(config_of(target), folder));

  auto restored = target.open();
  const auto picture = true_picture(1, kPictureBytes);
  const auto found = testing::find_picture(*restored, testing::id_of(1), picture.sha256);
  REQUIRE((found.ok() && found->has_value()));
  CHECK((*found)->bytes == *picture.bytes);
  const auto request = testing::find(*restored, testing::id_of(1));
  REQUIRE((request.ok() && request->has_value()));
  CHECK((*request)->replies.at(0).text == "the answer");
  CHECK((*request)->status == "answered");
  CHECK(testing::me_too(*restored, "demo", "pay") == 1);
  CHECK(add(*restored, sample(2)).outcome == store::Outcome::kErased);
  // The picture that waits for its request still goes in its time.
  CHECK(testing::sweep(*restored, 1'000)->attachments == 1);
  check_ok(backup::check(config_of(target)));
}

TEST_CASE("counters are in a backup, and a batch that was counted stays so") {
  const Place source(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const Place target(GENERATE(Backend::kSqlite, Backend::kPostgres));
  write_secret(source);
  const std::string folder = source.folder.file("backup");
  const store::NewCounts batch{
      "demo", "2026-01-01", "batch", 100, 200, {{{"zero", "site", "uk", "", "", "світло"}, 7}}};
  CHECK(testing::count(*source.open(), batch) == store::Outcome::kStored);
  check_ok(backup::make(config_of(source), folder));
  check_ok(backup::restore(config_of(target), folder));
  auto restored = target.open();
  CHECK(testing::count(*restored, batch) == store::Outcome::kReplayed);
  CHECK(target.value("SELECT n FROM counters WHERE query = 'світло'") == "7");
}

TEST_CASE("a backup is not made over something, nor restored over anything else") {
  const Place source(Backend::kSqlite), target(GENERATE(Backend::kSqlite, Backend::kPostgres));
  write_secret(source);
  const config::Config config = config_of(source), other = config_of(target);
  publish_some(config, 1);
  const std::string folder = source.folder.file("backup");
  add(*source.open(), sample(1));
  check_ok(backup::make(config, folder));
  CHECK(backup::make(config, folder).error().code == Code::kConflict);

  // Rows that are there already stay as they are.
  add(*target.open(), sample(2));
  CHECK(backup::restore(other, folder).error().code == Code::kConflict);
  CHECK(target.value("SELECT count(*) FROM requests") == "1");
  CHECK(target.value("SELECT id FROM requests") == testing::id_of(2));

  // Another secret too.
  const Place fresh(Backend::kSqlite);
  fresh.folder.write("data/secret", std::string(32, 'x'));
  ::chmod(fresh.folder.file("data/secret").c_str(), 0600);
  CHECK(backup::restore(config_of(fresh), folder).error().code == Code::kConflict);
}

TEST_CASE("a backup that was not finished is not restored") {
  const Place source(Backend::kSqlite), target(Backend::kSqlite);
  write_secret(source);
  const std::string folder = source.folder.file("backup");
  check_ok(backup::make(config_of(source), folder));
  std::filesystem::remove(folder + "/backup.json");
  CHECK_FALSE(backup::restore(config_of(target), folder).ok());
  CHECK_FALSE(std::filesystem::exists(target.folder.file("data/secret")));
}

TEST_CASE("a check finds what is missing") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  const config::Config config = config_of(place);
  write_secret(place);
  fill(*place.open());
  check_ok(backup::check(config));
  struct Case {
    std::string damage, problem;
  };
  const Case cases[] = {
      {"DELETE FROM requests WHERE number = 2", "requests have a gap: demo"},
      {"DELETE FROM changes WHERE seq = 3", "changes have a gap: demo"},
      {"UPDATE requests SET name = 'Maria' WHERE number = 2", "erased request still holds texts"},
      {"UPDATE replies SET request = 'lost'", "a reply has no request"},
      {"INSERT INTO askers (suggestion, request) SELECT 's', id FROM requests WHERE number = 2",
       "kept of a request that is not there"},
      {"INSERT INTO request_tags (request, tag, site, number, person, at) VALUES"
       " ('lost', 't', 'demo', 9, 'p', '2026')",
       "kept of a request that is not there"},
      {"DELETE FROM attachments WHERE expires_at = 0", "names a picture that is not kept"},
      {"UPDATE attachments SET expires_at = 5 WHERE expires_at = 0", "is not kept"},
      {"DELETE FROM request_attachments", "kept that no request names"},
      {"DELETE FROM attachment_pieces WHERE position = 1", "a picture is damaged"},
      {"UPDATE attachment_pieces SET position = 9 WHERE position = 0", "a picture is damaged"},
      {"UPDATE requests SET site = 'lost' WHERE number = 1", "site is not counted"},
      {"UPDATE changes SET id = 'x' WHERE seq = 5", "missing in the changes"},
  };
  const Case& c = cases[GENERATE(range(0, 13))];
  CAPTURE(c.damage);
  REQUIRE(place.session()->run(store::Query{c.damage}).ok());
  const auto report = backup::check(config);
  REQUIRE(report.ok());
  bool found = false;
  for (const std::string& problem : report->problems)
    found |= problem.find(c.problem) != std::string::npos;
  CHECK(found);
}

TEST_CASE("a check finds a damaged file") {
  const Place place(Backend::kSqlite);
  const config::Config config = config_of(place);
  publish_some(config, 2);
  CHECK(backup::check(config)->snapshots == 2);
  for (const auto& entry : std::filesystem::directory_iterator(config.data + "/sites/demo"))
    if (entry.path().extension() == ".faq") {
      const std::string name = "data/sites/demo/" + entry.path().filename().string();
      std::string bytes = place.folder.read(name);
      bytes[bytes.size() / 2] ^= 1;
      place.folder.write(name, bytes);
      break;
    }
  CHECK(backup::check(config)->problems.size() == 1);
}
