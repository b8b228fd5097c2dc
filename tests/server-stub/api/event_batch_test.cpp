#include "server-stub/api/event_batch.h"

#include "shared/snapshot/limits.h"
#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using api::counts_of;
using api::parse_batch;
using testing::uuid;

std::string batch(const std::string& events, const std::string& more = {}) {
  return R"({"id":")" + uuid(1) + R"(","channel":"site","language":"uk","events":[)" + events +
         "]" + more + "}";
}

std::string many(std::size_t count) {
  std::string events;
  for (std::size_t i = 0; i < count; ++i) events += R"({"name":"search"},)";
  events.pop_back();
  return events;
}

}  // namespace

TEST_CASE("a batch is read") {
  const auto read = parse_batch(batch(R"({"name":"zero","query":"q","count":100},)"
                                      R"({"name":"helpful-partly","topic":"pay"})"));
  REQUIRE(read.ok());
  CHECK(read->id == uuid(1));
  REQUIRE(read->events.size() == 2);
  CHECK(read->events[0].query == "q");
  CHECK(read->events[0].count == 100);
  CHECK(read->events[1].topic == "pay");
  CHECK(read->events[1].count == 1);
  CHECK(parse_batch(batch(many(api::kEvents))).ok());
}

TEST_CASE("a batch that breaks its form is refused with the place") {
  struct Case {
    std::string body, error;
  };
  const std::string one = R"({"name":"search"})";
  const Case cases[] = {
      {"", "JSON"},
      {"[]", "not an object"},
      {"\"\\ud800\"", "JSON"},
      {std::string(2'000, '['), "JSON"},
      {batch(one, R"(,"ip":"1.2.3.4")"), "unknown key"},
      {batch(one, R"(,"day":"2026-01-01")"), "unknown key"},
      {batch(""), "\"events\" is not valid"},
      {batch(many(api::kEvents + 1)), "\"events\" is not valid"},
      {batch("1"), "events[0] is not an object"},
      {batch(one + R"(,{"name":"visited"})"), "events[1]: \"name\" is not valid"},
      {batch(R"({"name":5})"), "events[0]: \"name\" is not valid"},
      {batch(R"({"topic":"pay"})"), "events[0]: \"name\" is missing"},
      {batch(R"({"name":"search","who":"me"})"), "events[0] has an unknown key"},
      {batch(R"({"name":"search","count":0})"), "\"count\" is not valid"},
      {batch(R"({"name":"search","count":101})"), "\"count\" is not valid"},
      {batch(R"({"name":"search","count":-1})"), "\"count\" is not valid"},
      {batch(R"({"name":"search","count":1.5})"), "\"count\" is not valid"},
      {batch(R"({"name":"search","count":99999999999999999999})"), "\"count\" is not valid"},
      {batch(R"({"name":"zero","query":")" + std::string(snapshot::kMaxTitle + 1, 'q') + "\"}"),
       "\"query\""},
      {batch(R"({"name":"topic","topic":")" + std::string(101, 't') + "\"}"), "\"topic\""},
      {R"({"id":"1","channel":"site","language":"uk","events":[{"name":"search"}]})", "\"id\""},
      {R"({"id":")" + uuid(1) + R"(","channel":"tv","language":"uk","events":[{"name":"search"}]})",
       "\"channel\""},
      {R"({"id":")" + uuid(1) + R"(","channel":"site","language":"uk"})", "\"events\" is missing"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.body, c.error);
    const auto read = parse_batch(c.body);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == Code::kMalformed);
    CAPTURE(read.error().text);
    CHECK(read.error().text.find(c.error) != std::string::npos);
  }
}

TEST_CASE("what the snapshot does not have counts as none") {
  const std::string bytes = testing::tiny_snapshot("answer");
  std::vector<std::uint64_t> aligned(bytes.size() / 8 + 1);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const auto snapshot = snapshot::Snapshot::open(
      {reinterpret_cast<const std::uint8_t*>(aligned.data()), bytes.size()});
  REQUIRE(snapshot.ok());
  api::Batch batch{uuid(1), "site", "uk-UA", {}};
  batch.events = {{"topic", "pay", "made-up", "", 2},
                  {"topic", "gone", "billing", "", 1},
                  {"write", "", "made-up", "", 1},
                  {"zero", "", "", "Немає світла", 1},
                  {"search", "", "", "Немає світла", 1}};
  const auto counts = counts_of(batch, &*snapshot, true);
  using Key = store::CounterKey;
  REQUIRE(counts.size() == 5);
  CHECK(counts[0].key == Key{"topic", "site", "uk", "billing", "pay", ""});
  CHECK(counts[0].n == 2);
  CHECK(counts[1].key == Key{"topic", "site", "uk", "billing", "", ""});
  CHECK(counts[2].key == Key{"write", "site", "uk", "", "", ""});
  CHECK(counts[3].key == Key{"zero", "site", "uk", "", "", "немає світла"});
  CHECK(counts[4].key == Key{"search", "site", "uk", "", "", ""});
  CHECK(counts_of(batch, &*snapshot, false)[3].key.query.empty());
  batch.language = "xx";
  CHECK(counts_of(batch, &*snapshot, true)[0].key.language.empty());
  CHECK(counts_of(batch, nullptr, true)[0].key == Key{"topic", "site", "", "", "", ""});
}
