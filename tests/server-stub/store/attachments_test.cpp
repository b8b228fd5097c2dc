// Pictures, on both backends.
#include "server-stub/store/attachments.h"

#include <atomic>
#include <future>
#include <thread>

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::erase;
using testing::find_picture;
using testing::id_of;
using testing::picture;
using testing::Place;
using testing::put;
using testing::sample;
using testing::sweep;

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

NewRequest naming(int n, const std::vector<int>& pictures) {
  NewRequest request = sample(n);
  for (const int one : pictures) request.fields.attachments.push_back(picture(one, 0).sha256);
  return request;
}

std::string count(const Place& place, const std::string& what) {
  return place.value("SELECT count(*) FROM " + what);
}

}  // namespace

TEST_CASE("a request whose picture is missing spends no mark") {
  const Place place(each_backend());
  auto store = place.open();
  NewRequest request = naming(1, {1});
  request.mark = Mark{"form:1", 1'000, 2'000};
  CHECK(add(*store, request).outcome == Outcome::kMissing);
  REQUIRE(put(*store, picture(1, 10)).outcome == Outcome::kStored);
  CHECK(add(*store, request).outcome == Outcome::kStored);
  request.fields.id = id_of(2);
  CHECK(add(*store, request).outcome == Outcome::kMarkSpent);
}

TEST_CASE("a picture is kept byte for byte, once, in pieces") {
  const Place place(each_backend());
  auto store = place.open();
  const std::size_t sizes[] = {1, kPieceBytes - 1, kPieceBytes, kPieceBytes + 1, 3 * kPieceBytes};
  std::vector<int> all;
  for (const std::size_t size : sizes) {
    all.push_back(static_cast<int>(all.size()));
    const Written written = put(*store, picture(all.back(), size));
    INFO(written.text);
    CHECK(written.outcome == Outcome::kStored);
    CHECK(put(*store, picture(all.back(), size)).outcome == Outcome::kReplayed);
  }
  CHECK(count(place, "attachment_pieces") == "8");
  REQUIRE(add(*store, naming(1, all)).outcome == Outcome::kStored);
  for (const int n : all) {
    const NewAttachment wanted = picture(n, sizes[n]);
    const FoundAttachment found = find_picture(*store, id_of(1), wanted.sha256);
    REQUIRE((found.ok() && found->has_value()));
    CHECK((*found)->bytes == *wanted.bytes);
    CHECK((*found)->type == "image/png");
  }
  // In the order they were named.
  const Found request = testing::find(*store, id_of(1));
  REQUIRE((request.ok() && request->has_value()));
  REQUIRE((*request)->attachments.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK((*request)->attachments[i].sha256 == picture(all[i], 0).sha256);
    CHECK((*request)->attachments[i].length == static_cast<std::int64_t>(sizes[i]));
  }
}

TEST_CASE("only a request that names a picture has it") {
  const Place place(each_backend());
  auto store = place.open();
  put(*store, picture(1, 10));
  REQUIRE(add(*store, naming(1, {1})).outcome == Outcome::kStored);
  REQUIRE(add(*store, sample(2)).outcome == Outcome::kStored);
  CHECK(find_picture(*store, id_of(1), picture(1, 10).sha256)->has_value());
  CHECK_FALSE(find_picture(*store, id_of(2), picture(1, 10).sha256)->has_value());
  CHECK_FALSE(find_picture(*store, id_of(1), picture(2, 10).sha256)->has_value());
  CHECK_FALSE(find_picture(*store, id_of(3), picture(1, 10).sha256)->has_value());
}

TEST_CASE("a request that names what is not there is not stored, and may come again") {
  const Place place(each_backend());
  auto store = place.open();
  put(*store, picture(1, 10));
  NewAttachment elsewhere = picture(2, 10);
  elsewhere.site = "other";
  put(*store, std::move(elsewhere));
  const AddResult missing = add(*store, naming(1, {1, 2}));
  CHECK(missing.outcome == Outcome::kMissing);
  CHECK(missing.text == picture(2, 0).sha256);
  CHECK(count(place, "requests") == "0");
  CHECK(count(place, "request_attachments") == "0");
  put(*store, picture(2, 10));
  CHECK(add(*store, naming(1, {1, 2})).answer == "answer 1 number 1");
  CHECK(add(*store, naming(1, {1, 2})).outcome == Outcome::kReplayed);
}

TEST_CASE("pictures go when they expire, unless they are named or renewed") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 3; ++n) put(*store, picture(n, 2 * kPieceBytes, 1'000));
  REQUIRE(add(*store, naming(1, {2})).outcome == Outcome::kStored);
  CHECK(sweep(*store, 999)->attachments == 0);
  CHECK(put(*store, picture(3, 2 * kPieceBytes, 2'000)).outcome == Outcome::kReplayed);
  CHECK(put(*store, picture(2, 2 * kPieceBytes, 1'001)).outcome == Outcome::kReplayed);

  CHECK(sweep(*store, 1'000)->attachments == 1);
  CHECK(count(place, "attachments") == "2");
  CHECK(count(place, "attachment_pieces") == "4");
  CHECK(add(*store, naming(2, {1})).outcome == Outcome::kMissing);
  CHECK(put(*store, picture(1, 10, 9'000)).outcome == Outcome::kStored);

  CHECK(sweep(*store, 1'999)->attachments == 0);
  CHECK(sweep(*store, 2'000)->attachments == 1);
  // The named one stays for as long as its request.
  CHECK(sweep(*store, 8'999)->attachments == 0);
  CHECK((*find_picture(*store, id_of(1), picture(2, 0).sha256))->bytes ==
        *picture(2, 2 * kPieceBytes).bytes);
}

TEST_CASE("a sweep does some at a time") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 0; n < 60; ++n) put(*store, picture(n, 1));
  const auto first = sweep(*store, 5'000);
  CHECK(first->attachments == 50);
  CHECK(first->more);
  const auto second = sweep(*store, 5'000);
  CHECK(second->attachments == 10);
  CHECK_FALSE(second->more);
}

TEST_CASE("a request that names a picture while another server sweeps has it, or is told") {
  const Place place(each_backend());
  const std::unique_ptr<Store> stores[] = {place.open(), place.open()};
  constexpr int kRounds = 40;
  std::atomic<int> kept{0}, missing{0}, wrong{0};
  for (int n = 0; n < kRounds; ++n) {
    put(*stores[0], picture(n, 10, 1'000));
    std::thread sweeper([&] { (void)sweep(*stores[1], 1'000); });
    const AddResult added = add(*stores[0], naming(n, {n}));
    sweeper.join();
    const bool there = find_picture(*stores[0], id_of(n), picture(n, 0).sha256)->has_value();
    if (added.outcome == Outcome::kStored && there)
      ++kept;
    else if (added.outcome == Outcome::kMissing && !there)
      ++missing;
    else
      ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(kept + missing == kRounds);
  CHECK(count(place, "attachments") == std::to_string(kept));
}

TEST_CASE("what nobody names is bounded by count and by bytes") {
  const Place place(each_backend());
  auto store = place.open();
  const auto limited = [](int n, std::size_t size) {
    NewAttachment one = picture(n, size);
    one.most_unnamed = 3;
    one.most_unnamed_bytes = 100;
    return one;
  };
  CHECK(put(*store, limited(1, 101)).outcome == Outcome::kFull);
  CHECK(put(*store, limited(1, 60)).outcome == Outcome::kStored);
  CHECK(put(*store, limited(2, 41)).outcome == Outcome::kFull);
  CHECK(put(*store, limited(2, 1)).outcome == Outcome::kStored);
  CHECK(put(*store, limited(3, 1)).outcome == Outcome::kStored);
  CHECK(put(*store, limited(4, 1)).outcome == Outcome::kFull);
  CHECK(put(*store, limited(3, 1)).outcome == Outcome::kReplayed);
  NewAttachment elsewhere = limited(4, 100);
  elsewhere.site = "other";
  CHECK(put(*store, std::move(elsewhere)).outcome == Outcome::kStored);
  // Named ones do not count.
  REQUIRE(add(*store, naming(1, {1, 2})).outcome == Outcome::kStored);
  CHECK(put(*store, limited(4, 99)).outcome == Outcome::kStored);
}

TEST_CASE("pictures of an erased request go, but for those that another one names") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 2; ++n) put(*store, picture(n, 10));
  REQUIRE(add(*store, naming(1, {1, 2})).outcome == Outcome::kStored);
  REQUIRE(add(*store, naming(2, {2})).outcome == Outcome::kStored);
  REQUIRE(erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(count(place, "attachments") == "1");
  CHECK(count(place, "attachment_pieces") == "1");
  CHECK_FALSE(find_picture(*store, id_of(1), picture(2, 0).sha256)->has_value());
  CHECK(find_picture(*store, id_of(2), picture(2, 0).sha256)->has_value());
  REQUIRE(erase(*store, id_of(2)).outcome == Outcome::kStored);
  CHECK(count(place, "attachments") == "0");
  CHECK(count(place, "attachment_pieces") == "0");
  CHECK(count(place, "request_attachments") == "0");
}

TEST_CASE("concurrent puts of one picture on two stores become one") {
  const Place place(each_backend());
  const std::unique_ptr<Store> stores[] = {place.open(), place.open()};
  std::atomic<int> stored{0}, again{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      const Outcome outcome = put(*stores[t % 2], picture(1, 2 * kPieceBytes)).outcome;
      stored += outcome == Outcome::kStored ? 1 : 0;
      again += outcome == Outcome::kReplayed ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(stored == 1);
  CHECK(again == 5);
  CHECK(count(place, "attachment_pieces") == "2");
}
