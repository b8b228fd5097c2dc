#include "server-stub/propose/chat.h"

#include <nlohmann/json.hpp>

#include "shared/snapshot/limits.h"
#include "tests/catch.h"

using namespace askus;
using nlohmann::json;
using propose::proposals_of;

namespace {

const propose::Subject kSubject{
    "uk", "Як оплатити інтернет?", "Карткою в кабінеті.", {"Чим платити за інтернет"}};

std::string body(const std::string& content, const char* reason = "stop") {
  return json{{"id", "x"},
              {"object", "chat.completion"},
              {"choices",
               {{{"index", 0},
                 {"message", {{"role", "assistant"}, {"content", content}}},
                 {"finish_reason", reason}}}}}
      .dump();
}

std::string phrasings(const json& list) {
  return body(json{{"phrasings", list}}.dump());
}

std::vector<std::string> taken(const json& list, std::size_t wanted = 5) {
  const auto proposals = proposals_of(phrasings(list), kSubject, wanted);
  REQUIRE(proposals.ok());
  return *proposals;
}

}  // namespace

TEST_CASE("the model is told the topic and nothing else") {
  const json request = json::parse(propose::chat_request(kSubject, "small-model", 7));
  CHECK(request.size() == 5);
  CHECK(request["model"] == "small-model");
  CHECK(request["stream"] == false);
  CHECK(request["max_completion_tokens"] == propose::kMostTokens);
  CHECK(request["response_format"] == json{{"type", "json_object"}});
  REQUIRE(request["messages"].size() == 2);
  CHECK(request["messages"][0]["role"] == "system");
  CHECK(request["messages"][1]["role"] == "user");
  const json given = json::parse(request["messages"][1]["content"].get<std::string>());
  CHECK(given == json{{"language", "uk"},
                      {"question", kSubject.title},
                      {"known", kSubject.phrasings},
                      {"answer", kSubject.answer},
                      {"wanted", 7}});
}

TEST_CASE("of a long answer the model sees the beginning, cut between characters") {
  propose::Subject subject = kSubject;
  subject.answer.clear();
  for (int i = 0; i < 50'000; ++i) subject.answer += "ї";
  const json request = json::parse(propose::chat_request(subject, "m", 1));
  const json given = json::parse(request["messages"][1]["content"].get<std::string>());
  CHECK(given["answer"].get<std::string>().size() == propose::kShownAnswerBytes);
}

TEST_CASE("what says something new is proposed, once, and no more than was wanted") {
  CHECK(taken({"  Куди кидати гроші за нет  ", "куди кидати ГРОШІ за нет?", "Як оплатити інтернет",
               "Чим платити за інтернет!", "Поповнити рахунок"}) ==
        std::vector<std::string>{"Куди кидати гроші за нет", "Поповнити рахунок"});
  CHECK(taken({"а", "б", "в"}, 2).size() == 2);
  CHECK(taken(json::array()).empty());
}

TEST_CASE("what is no question of a visitor's is left out") {
  const std::string much(snapshot::kMaxPhrasing + 1, 'a');
  CHECK(taken({"<b>b</b>", "[x](https://evil.example)", "see https://evil.example",
               "www.evil.example", "mail a@b.example", "two\nlines", "\u0000", "**bold**", "a | b",
               "`code`", "", " ?! ", much, 7, nullptr, json::array(), json::object()})
            .empty());
}

TEST_CASE("a fence around the JSON is taken off") {
  for (const char* content :
       {"```json\n{\"phrasings\":[\"поповнити\"]}\n```", "```\n{\"phrasings\":[\"поповнити\"]}```",
        "  {\"phrasings\":[\"поповнити\"]}\n"}) {
    const auto proposals = proposals_of(body(content), kSubject, 5);
    REQUIRE(proposals.ok());
    CHECK(*proposals == std::vector<std::string>{"поповнити"});
  }
}

TEST_CASE("an answer of another shape is refused, whatever it is") {
  for (const std::string& wrong : {std::string(),
                                   std::string("{"),
                                   std::string("[]"),
                                   std::string("null"),
                                   std::string("\xFF"),
                                   std::string(R"({"error":{"message":"no"}})"),
                                   std::string(R"({"choices":{}})"),
                                   std::string(R"({"choices":[]})"),
                                   std::string(R"({"choices":[7]})"),
                                   std::string(R"({"choices":[{"message":"text"}]})"),
                                   std::string(R"({"choices":[{"message":{"content":null}}]})"),
                                   body("no JSON"),
                                   body("[]"),
                                   body("{}"),
                                   body(R"({"phrasings":"one"})"),
                                   body("```"),
                                   body("``````"),
                                   body("```json"),
                                   body(R"({"phrasings":["a"]})", "length"),
                                   std::string(100'000, '[')}) {
    CAPTURE(wrong.substr(0, 80));
    const auto proposals = proposals_of(wrong, kSubject, 5);
    REQUIRE_FALSE(proposals.ok());
    CHECK(proposals.error().code == Code::kMalformed);
  }
}
