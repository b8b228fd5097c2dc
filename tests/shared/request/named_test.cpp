#include "shared/request/request.h"
#include "tests/catch.h"

using namespace askus;
using request::Request;

namespace {

std::string hash(char c) {
  return std::string(64, c);
}

Request question() {
  Request r;
  r.kind = "question";
  r.attachments = {hash('a'), hash('b')};
  return r;
}

Request comment() {
  Request r;
  r.kind = request::kComment;
  r.topic = "pay";
  r.details = "At the post office it works too.";
  return r;
}

}  // namespace

TEST_CASE("pictures and comments that are as they should be") {
  CHECK(request::validate_named(question()).empty());
  CHECK(request::validate_named(comment()).empty());
  Request bare = comment();
  bare.details = " \n";
  bare.me_too = true;
  CHECK(request::validate_named(bare).empty());
  Request longest = comment();
  longest.topic.assign(request::kMaxSmall, 't');
  CHECK(request::validate_named(longest).empty());
  Request most = question();
  most.attachments = {hash('1'), hash('2'), hash('3'), hash('4'), hash('5')};
  REQUIRE(most.attachments.size() == request::kMaxAttachments);
  CHECK(request::validate_named(most).empty());
}

TEST_CASE("each rule of what is named names its field") {
  struct Case {
    const char* field;
    Request (*make)();
    void (*spoil)(Request&);
  };
  const Case cases[] = {
      {"attachments", question, [](Request& r) { r.attachments[1] = hash('A'); }},
      {"attachments", question, [](Request& r) { r.attachments[1].pop_back(); }},
      {"attachments", question, [](Request& r) { r.attachments[1] = "../../etc/passwd"; }},
      {"attachments", question, [](Request& r) { r.attachments[1] = r.attachments[0]; }},
      {"attachments", question,
       [](Request& r) {
         for (const char c : {'1', '2', '3', '4'}) r.attachments.push_back(hash(c));
       }},
      {"topic", question, [](Request& r) { r.topic = "pay"; }},
      {"me_too", question, [](Request& r) { r.me_too = true; }},
      {"topic", comment, [](Request& r) { r.topic.clear(); }},
      {"topic", comment, [](Request& r) { r.topic = "  "; }},
      {"topic", comment, [](Request& r) { r.topic = "\xFF"; }},
      {"topic", comment, [](Request& r) { r.topic.assign(request::kMaxSmall + 1, 't'); }},
      {"details", comment, [](Request& r) { r.details = " \t\n"; }},
  };
  for (const Case& c : cases) {
    Request r = c.make();
    c.spoil(r);
    const auto problems = request::validate_named(r);
    CAPTURE(c.field, problems.size());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == c.field);
  }
}

TEST_CASE("a comment has no title; anything else has one") {
  Request r = comment();
  r.id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  r.language = "uk";
  CHECK(request::validate(r).empty());
  r.kind = "idea";
  const auto problems = request::validate(r);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].field == "title");
}

TEST_CASE("a SHA-256 is 64 lower-case hex digits") {
  CHECK(request::is_sha256("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
  for (const std::string& bad : {std::string(), hash('g'), hash('a') + "a", hash('a').substr(1)})
    CHECK_FALSE(request::is_sha256(bad));
}
