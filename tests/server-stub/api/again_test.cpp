#include "server-stub/api/again.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Answer;
using testing::Harness;
using testing::uuid;

std::string asking(int n, const std::string& contact, const std::string& title) {
  return json{{"id", uuid(n)},
              {"kind", "question"},
              {"language", "uk"},
              {"contact", contact},
              {"title", title}}
      .dump();
}

// Answers with the topics of a list, whatever is asked, and remembers what it was asked.
class Fixed final : public api::SameQuestion {
 public:
  Fixed(std::vector<std::string> topics, std::string& asked)
      : topics_(std::move(topics)), asked_(asked) {}
  std::vector<std::string> find(const std::string& site, std::string_view title,
                                std::string_view details) override {
    asked_ = site + "/" + std::string(title) + "/" + std::string(details);
    return topics_;
  }
  void renew(const std::string&, std::shared_ptr<const store::Published>) override {}

 private:
  std::vector<std::string> topics_;
  std::string& asked_;
};

}  // namespace

TEST_CASE("a contact and a question are the same however they are written") {
  using api::again_key;
  const std::string key = again_key("Maria@B.example", "Немає інтернету!");
  CHECK(key.size() == 32);
  CHECK(key == again_key(" maria@b.example ", "  немає   ІНТЕРНЕТУ "));
  CHECK(key != again_key("mario@b.example", "Немає інтернету!"));
  CHECK(key != again_key("maria@b.example", "Немає світла!"));

  const std::string phone = again_key("+380 (67) 123-45-67", "a b");
  for (const char* same : {"0671234567", "380671234567", "00380671234567", "67 123 45 67"})
    CHECK(phone == again_key(same, "a b"));
  CHECK(phone != again_key("0671234568", "a b"));
  CHECK(again_key("1234567", "a") != again_key("01234567", "a"));

  CHECK(again_key("", "a").empty());
  CHECK(again_key(" ", "a").empty());
  CHECK(again_key("a@b.ua", "?!").empty());
  // No two pairs run together.
  CHECK(again_key("a@b.ua", "c d") != again_key("a@b.ua c", "d"));
}

TEST_CASE("who asks again is told the number of what is open already, and no more") {
  Harness h;
  const auto post = [&h](int n, const std::string& contact, const std::string& title) {
    const Answer answer = h.post_request(uuid(n), asking(n, contact, title));
    REQUIRE(answer.status == 201);
    return answer;
  };
  CHECK(json::parse(post(1, "maria@b.example", "No internet?").body).count("earlier") == 0);
  CHECK(json::parse(post(2, "maria@b.example", "No light?").body).count("earlier") == 0);
  CHECK(json::parse(post(3, "olena@b.example", "No internet?").body).count("earlier") == 0);
  const Answer again = post(4, "MARIA@b.example", "no internet");
  CHECK(json::parse(again.body)["earlier"] == json{{"number", 1}});
  CHECK(again.body.find(uuid(1)) == std::string::npos);
  CHECK(again.body.find("No internet?") == std::string::npos);
  // The first answer's bytes, though the earlier one is gone by now.
  REQUIRE(h.ask_own("DELETE", uuid(1)).status == 204);
  CHECK(post(4, "MARIA@b.example", "no internet").body == again.body);
  // The one of another site is not told.
  const Answer elsewhere =
      h.ask("POST", "/v1/sites/other/requests",
            {{"Content-Type", "application/json"}, {"Idempotency-Key", uuid(5)}},
            asking(5, "maria@b.example", "no internet"));
  REQUIRE(elsewhere.status == 201);
  CHECK(json::parse(elsewhere.body).count("earlier") == 0);
}

TEST_CASE("topics that answer a request come with its answer, and with every replay of it") {
  std::string asked;
  testing::Setup setup;
  setup.same_question = [&asked] {
    return std::make_unique<Fixed>(std::vector<std::string>{"pay", "b", "c", "d", "e", "beyond"},
                                   asked);
  };
  Harness h(setup);
  const std::string body = testing::request_json(uuid(1), R"(,"details":"d")");
  const Answer first = h.post_request(uuid(1), body);
  REQUIRE(first.status == 201);
  CHECK(json::parse(first.body)["answers"] == json{"pay", "b", "c", "d", "e"});
  CHECK(asked == "demo/Why?/d");
  CHECK(h.post_request(uuid(1), body).body == first.body);
  // A comment is no question.
  asked.clear();
  const Answer comment = h.post_request(
      uuid(2),
      R"({"kind":"comment","language":"uk","topic":"t","details":"d","id":")" + uuid(2) + "\"}");
  REQUIRE(comment.status == 201);
  CHECK(json::parse(comment.body)["answers"].empty());
  CHECK(asked.empty());
}

TEST_CASE("what is published answers from then on, and what is published next in its place") {
  Harness h;
  int n = 0;
  const auto answers = [&](const std::string& title) {
    const std::string id = uuid(++n);
    const Answer answer = h.post_request(id, asking(n, "maria@b.example", title));
    REQUIRE(answer.status == 201);
    return json::parse(answer.body)["answers"];
  };
  const auto publish = [&h](std::uint64_t version, const std::string& id,
                            const std::string& title) {
    snapshot::Faq faq = testing::tiny_faq("An answer.");
    faq.settings.consent_version = "";
    faq.settings.consent_text = {};
    faq.topics[0].id = id;
    faq.topics[0].versions[0].title = title;
    const auto bytes = snapshot::build(faq);
    REQUIRE(bytes.ok());
    REQUIRE(h.publish(testing::make_publication(h.key, version, *bytes).body()).status == 201);
  };
  CHECK(answers("How do I pay?").empty());  // nothing is published
  publish(1, "pay", "How do I pay?");
  CHECK(answers("how do i pay") == json{"pay"});
  CHECK(answers("How do I paint a wall?").empty());
  publish(2, "antenna", "Where is the antenna?");
  CHECK(answers("where is the antenna") == json{"antenna"});
  CHECK(answers("how do i pay").empty());
}
