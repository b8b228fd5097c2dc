// From answer to topic: what is proposed while answering, what the marketers are handed, who is
// told.
#include "server-stub/api/suggestions.h"

#include <future>

#include "server-stub/api/answering.h"
#include "server-stub/api/without_contacts.h"
#include "tests/catch.h"
#include "tests/server-stub/api/desk.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::add_person;
using testing::begin_session;
using testing::Harness;
using testing::send;
using testing::uuid;
using namespace testing::desk;

const std::string kSuggestions = "/v1/sites/demo/suggestions";

void publish_faq(Harness& h, std::uint64_t version, const std::string& id, const std::string& title,
                 const std::string& answer) {
  snapshot::Faq faq = testing::tiny_faq(answer);
  faq.settings.name = {{"en", "Provider"}};
  faq.topics[0].id = id;
  faq.topics[0].versions[0].title = title;
  auto bytes = snapshot::build(faq);
  REQUIRE(bytes.ok());
  REQUIRE(h.publish(testing::make_publication(h.key, version, *bytes).body()).status == 201);
}

// When the server has done what it was told to do aside: its jobs keep their order.
void settle(Harness& h) {
  std::promise<void> done;
  REQUIRE(h.app().reading.push([&done] { done.set_value(); }));
  done.get_future().wait();
}

}  // namespace

TEST_CASE("answers are written as people write, without markup") {
  CHECK(api::answer_text("**Pay** here: [the cabinet](https://b.example/pay).\n\nOr:\n\n- cash\n"
                         "- [by card](#card)\n\n1. one\n2. two\n\n![](https://b.example/a.png)",
                         1'000) ==
        "Pay here: the cabinet: https://b.example/pay.\n\nOr:\n\n– cash\n– by card\n\n1. one\n2. "
        "two");
  CHECK(api::answer_text("one\n\ntwo three", 8) == "one");
  CHECK(api::answer_text("слово", 5) == "сл");
}

TEST_CASE("contacts and known names are taken out, and nothing else") {
  const api::Known olena{"Олена Коваленко", "+380 67 123-45-67", "Іван Мельник"};
  const auto clean = [&](const std::string& text) {
    return api::without_contacts(text, olena).text;
  };
  CHECK(clean("Доброго дня, Олено! Рахунок уже відправлено.") ==
        "Доброго дня! Рахунок уже відправлено.");
  CHECK(clean("Пишіть на olena@mail.example або 067 123 45 67.\nДо 5 днів, 2026 рік.") ==
        "Пишіть на або.\nДо 5 днів, 2026 рік.");
  CHECK(clean("Ваш договір 4815162342 знайдено") == "Ваш договір знайдено");
  CHECK(clean("З повагою,\nІван Мельник") == "З повагою,");
  CHECK(clean("Див. https://help.example/uk/12345678") == "Див. https://help.example/uk/12345678");
  CHECK(clean("Оленівка – це село, Іванівка теж") == "Оленівка – це село, Іванівка теж");
  CHECK(api::without_contacts("Олені: Олені", olena).removed == std::vector<std::string>{"Олені"});
  // Bytes of signs stand within letters, too.
  const api::Known others{"Кирилл Петренко", "", "Александр"};
  CHECK(api::without_contacts("«Кирилл», Александр!", others).removed ==
        std::vector<std::string>{"«Кирилл", "Александр"});
  const std::string bytes = "\xff\xfe Олено \xd0";
  CHECK(api::without_contacts(bytes, {}).text == bytes);
}

TEST_CASE("what is published is proposed while answering") {
  Harness h;
  const Team team(h);
  publish_faq(h, 1, "pay", "How do I pay?", "In the [cabinet](https://b.example).");
  ask(h, 1, "How do I pay?", "for the month");
  const json topics = get(h, team.staff, of(1, "topics"));
  REQUIRE(topics.size() == 1);
  CHECK(topics[0]["id"] == "pay");
  CHECK(topics[0]["answer"] == "In the cabinet: https://b.example.");
}

TEST_CASE("an answer becomes a topic, and whoever had asked gets it when it is published") {
  Harness h;
  const Team team(h);
  const std::string marketer = begin_session(h, add_person(h, "m@b.example", "marketer"));
  publish_faq(h, 1, "pay", "How do I pay?", "Here.");
  for (int n = 1; n <= 3; ++n) ask(h, n, "Where is my router, maria@b.example?");
  REQUIRE(send(h, team.staff, "POST", of(1, "replies"),
               reply_of(20, "In the box, write to a@b.example.", true).dump())
              .status == 204);
  json topic = get(h, team.staff, of(1, "topic"));
  CHECK(topic["title"] == "Where is my router?");
  CHECK(topic["text"] == "In the box, write to.");
  CHECK(topic["removed"] == json{"maria@b.example", "a@b.example"});

  topic.erase("removed");
  topic["language"] = "en";
  topic["id"] = uuid(60);
  topic["askers"] = {uuid(2), uuid(3), uuid(88)};
  for (int twice = 0; twice < 2; ++twice)
    CHECK(send(h, team.staff, "POST", of(1, "topic"), topic.dump()).status == 204);
  CHECK(send(h, marketer, "POST", of(1, "topic"), topic.dump()).status == 403);
  CHECK(send(h, team.staff, "GET", kSuggestions).status == 403);
  const json handed = get(h, marketer, kSuggestions);
  REQUIRE(handed.size() == 1);
  CHECK(handed[0]["title"] == "Where is my router?");

  // One of them goes before.
  CHECK(h.ask_own("DELETE", uuid(3)).status == 204);
  const json taken{{"state", "taken"}, {"topic", "router"}};
  CHECK(send(h, marketer, "PUT", kSuggestions + "/" + uuid(60), taken.dump()).status == 204);
  CHECK(get(h, marketer, kSuggestions).empty());
  settle(h);
  CHECK(json::parse(h.ask_own("GET", uuid(2)).body)["replies"].empty());
  for (std::uint64_t version = 2; version <= 3; ++version) {
    publish_faq(h, version, "router", "Where is my router?", "In the box.");
    settle(h);
    const json own = json::parse(h.ask_own("GET", uuid(2)).body);
    REQUIRE(own["replies"].size() == 1);
    CHECK(own["replies"][0]["author"] == "Provider");
    CHECK(own["replies"][0]["text"] == "Where is my router?\n\nIn the box.");
    CHECK(own["status"] == "answered");
    // Who has an answer already is not written to again.
    CHECK(json::parse(h.ask_own("GET", uuid(1)).body)["replies"].size() == 1);
  }
  CHECK(h.sql("SELECT state FROM suggestions") == "told");
  CHECK(send(h, marketer, "PUT", kSuggestions + "/" + uuid(60), taken.dump()).status == 404);
}

TEST_CASE("a comment is approved into the marketers' hands, or declined, once") {
  Harness h;
  const Team team(h);
  const std::string marketer = begin_session(h, add_person(h, "m@b.example", "marketer"));
  publish_faq(h, 1, "pay", "How do I pay?", "Here.");
  const auto comment = [&](int n) {
    json body{
        {"id", uuid(n)},
        {"kind", "comment"},
        {"language", "en"},
        {"topic", "pay"},
        {"details", kHostile},
        {"me_too", true},
        {"name", "Maria"},
        {"consent",
         {{"version", "1"}, {"text_hash", std::string(64, 'a')}, {"at", "2026-01-01T00:00:00Z"}}}};
    REQUIRE(h.post_request(uuid(n), body.dump()).status == 201);
  };
  comment(1);
  comment(2);
  ask(h, 3, "No comment");
  CHECK(get(h, team.staff, kRequests + "?kind=comment&status=waiting")["requests"].size() == 2);
  CHECK(get(h, team.staff, kRequests + "/" + uuid(1))["me_too"] == 2);
  const auto judge = [&](int n, bool approved) {
    return send(h, team.staff, "PUT", of(n, "approval"), json{{"approved", approved}}.dump());
  };
  CHECK(judge(1, true).status == 204);
  CHECK(judge(1, false).problem() == "claimed");
  CHECK(judge(2, false).status == 204);
  CHECK(judge(3, true).problem() == "claimed");
  const json handed = get(h, marketer, kSuggestions);
  REQUIRE(handed.size() == 1);
  CHECK(handed[0]["kind"] == "comment");
  CHECK(handed[0]["topic"] == "pay");
  CHECK(handed[0]["text"] == kHostile);
  CHECK(handed[0]["author"] == "Maria");
  CHECK(send(h, marketer, "PUT", kSuggestions + "/" + uuid(1), R"({"state":"taken"})").status ==
        204);
  CHECK(get(h, marketer, kSuggestions).empty());
  CHECK(h.sql("SELECT topic FROM suggestions") == "pay");
  // Who takes their comment back takes it from the marketers too.
  comment(4);
  CHECK(judge(4, true).status == 204);
  CHECK(h.ask_own("DELETE", uuid(4)).status == 204);
  CHECK(get(h, marketer, kSuggestions).empty());
}
