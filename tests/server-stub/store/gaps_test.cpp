// What was asked in vain, out of both backends.
#include "server-stub/store/gaps.h"

#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::gaps;
using testing::Place;
using testing::sample;

constexpr std::int64_t kNow = 1'767'225'600;  // 2026-01-01

void count(Store& store, const std::string& mark, const std::string& day,
           std::vector<NewCounts::One> counts, const std::string& site = "demo") {
  REQUIRE(testing::count(store, {site, day, mark, kNow, kNow + 100, std::move(counts)}) ==
          Outcome::kStored);
}

NewCounts::One zero(const std::string& query, const std::string& language, std::int64_t n) {
  return {{"zero", "site", language, "", "", query}, n};
}

NewRequest written(int n, const std::string& at, const std::string& title,
                   const std::string& kind = "question") {
  NewRequest request = sample(n);
  request.created_at = at;
  request.fields.title = title;
  request.fields.kind = kind;
  request.fields.language = "uk";
  return request;
}

}  // namespace

TEST_CASE("what was asked in vain on some days, of the site alone, with exact totals") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  count(*store, "a", "2026-01-01", {zero("світло", "uk", 2), zero("", "uk", 5)});
  count(*store, "b", "2026-01-31",
        {zero("світло", "uk", 1),
         zero("світло", "ru", 4),
         {{"topic", "site", "uk", "", "pay", ""}, 7}});
  count(*store, "c", "2026-02-01", {zero("світло", "uk", 100)});
  count(*store, "d", "2026-01-01", {zero("світло", "uk", 100)}, "other");
  for (const NewRequest& request :
       {written(1, "2026-01-01T00:00:00Z", "перше"), written(2, "2026-01-31T23:59:59Z", "друге"),
        written(3, "2026-01-15T00:00:00Z", "біда", "problem"),
        written(4, "2026-01-15T00:00:00Z", "дякую", "thanks"),
        written(5, "2026-01-15T00:00:00Z", "ідея", "idea"),
        written(6, "2025-12-31T23:59:59Z", "раніше"), written(7, "2026-02-01T00:00:00Z", "пізніше"),
        written(8, "2026-01-15T00:00:00Z", "забуте")})
    REQUIRE(add(*store, request).outcome == Outcome::kStored);
  REQUIRE(testing::erase(*store, testing::id_of(8)).outcome == Outcome::kStored);

  const auto read = gaps(*store, "demo", {"2026-01-01", "2026-01-31"});
  REQUIRE(read.ok());
  CHECK(read->searched_in_vain == 12);
  REQUIRE(read->searched.size() == 2);
  CHECK(read->searched[0].language == "ru");
  CHECK(read->searched[0].n == 4);
  CHECK(read->searched[1].query == "світло");
  CHECK(read->searched[1].n == 3);
  CHECK(read->written_anyway == 3);
  REQUIRE(read->written.size() == 3);
  CHECK(read->written[0].title == "біда");  // the newest by its number
  CHECK(read->written[2].title == "перше");
  REQUIRE(read->opened.size() == 1);
  CHECK(read->opened[0].topic == "pay");
  CHECK(read->opened[0].n == 7);
}

TEST_CASE("days on which nothing happened have empty lists") {
  const Place place(GENERATE(Backend::kSqlite, Backend::kPostgres));
  auto store = place.open();
  const auto read = gaps(*store, "demo", {"2026-01-01", "2026-01-31"});
  REQUIRE(read.ok());
  CHECK(read->searched_in_vain == 0);
  CHECK(read->written_anyway == 0);
  CHECK(read->searched.empty());
}
