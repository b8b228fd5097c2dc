#include "shared/request/json.h"

#include "tests/catch.h"

using namespace askus;
using askus::request::from_json;

namespace {

const std::string kNeeded = R"("id":"i","kind":"question","title":"t","language":"uk")";

request::Request full() {
  request::Request r;
  r.id = "i";
  r.kind = "problem";
  r.title = "\"quotes\" \xF0\x9F\x98\x80";
  r.details = "a\nb\t\\ </script>";
  r.category = "c";
  r.mood = "upset";
  r.name = "n";
  r.contact = "a@b.example";
  r.language = "uk";
  r.channel = "vk";
  r.page = "https://a.example/";
  r.query = "q";
  r.consent = {"1", std::string(64, 'a'), "2026-01-01T00:00:00Z"};
  return r;
}

request::Request comment() {
  request::Request r = full();
  r.kind = "comment";
  r.title.clear();
  r.topic = "pay";
  r.me_too = true;
  r.attachments = {"a", "b"};
  r.identity = "x.y";
  return r;
}

}  // namespace

TEST_CASE("a request survives its JSON form") {
  for (const request::Request& r : {full(), comment(), request::Request{}}) {
    const auto back = from_json(request::to_json(r));
    REQUIRE(back.ok());
    CHECK(*back == r);
  }
  CHECK(request::to_json(full()).find("\"category\":\"c\",\"channel\"") == 1);
  CHECK(*from_json("{" + kNeeded + "}") == *from_json(" {\n" + kNeeded + ",\"consent\":{}} "));
}

TEST_CASE("what came later leaves the form of what was before as it was") {
  // The hash of this text is what a replay is told by: requests stored by an older server.
  request::Request r;
  r.id = "i";
  r.kind = "idea";
  CHECK(request::to_json(r) ==
        R"({"category":"","channel":"site","consent":{},"contact":"","details":"","id":"i",)"
        R"("kind":"idea","language":"","mood":"","name":"","page":"","query":"","title":""})");
}

TEST_CASE("a comment needs no title") {
  const auto parsed = from_json(
      R"({"me_too":true,"id":"i","language":"uk","topic":"t","kind":"comment","attachments":[]})");
  REQUIRE(parsed.ok());
  CHECK(parsed->topic == "t");
  CHECK(parsed->me_too);
  CHECK(parsed->title.empty());
  CHECK_FALSE(from_json(R"({"id":"i","language":"uk","kind":"idea"})").ok());
}

TEST_CASE("JSON of another form is refused and the key named") {
  struct Case {
    std::string json, named;
  };
  const std::string deep(100'000, '[');
  const Case cases[] = {
      {"", "well-formed"},
      {"[]", "not an object"},
      {"\"text\"", "not an object"},
      {"7", "not an object"},
      {"{}", "\"id\" is missing"},
      {R"({"id":"i","kind":"k","title":"t"})", "\"language\" is missing"},
      {"{" + kNeeded + ",\"surprise\":1}", "\"surprise\""},
      {"{" + kNeeded + ",\"title\":\"again\"}", "\"title\" is given twice"},
      {"{" + kNeeded + ",\"details\":5}", "\"details\""},
      {"{" + kNeeded + ",\"details\":null}", "\"details\""},
      {"{" + kNeeded + ",\"details\":true}", "\"details\""},
      {"{" + kNeeded + ",\"details\":[\"x\"]}", "\"details\""},
      {"{" + kNeeded + ",\"details\":{\"x\":1}}", "\"details\""},
      {"{" + kNeeded + ",\"details\":\"a\\u0000b\"}", "NUL"},
      {"{" + kNeeded + ",\"details\":\"\\ud800\"}", "well-formed"},
      {"{" + kNeeded + ",\"details\":\"\xC3\x28\"}", "well-formed"},
      {"{" + kNeeded + ",\"consent\":\"yes\"}", "\"consent\" must be an object"},
      {"{" + kNeeded + ",\"consent\":{\"version\":1}}", "\"consent.version\""},
      {"{" + kNeeded + ",\"consent\":{\"more\":\"1\"}}", "\"consent.more\""},
      {"{" + kNeeded + ",\"consent\":{\"at\":\"1\",\"at\":\"2\"}}", "\"consent.at\""},
      {"{" + kNeeded + ",\"consent\":{},\"consent\":{}}", "\"consent\" is given twice"},
      {"{" + kNeeded + ",\"me_too\":\"true\"}", "\"me_too\" must be true or false"},
      {"{" + kNeeded + ",\"me_too\":1}", "\"me_too\""},
      {"{" + kNeeded + ",\"title\":true}", "\"title\""},
      {"{" + kNeeded + ",\"attachments\":\"a\"}", "\"attachments\" must be a list of texts"},
      {"{" + kNeeded + ",\"attachments\":{}}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[1]}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[true]}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[null]}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[[\"a\"]]}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[{}]}", "\"attachments\""},
      {"{" + kNeeded + ",\"attachments\":[\"a\\u0000b\"]}", "NUL"},
      {"{" + kNeeded + ",\"attachments\":[],\"attachments\":[]}", "given twice"},
      {"{" + kNeeded + ",\"consent\":{\"attachments\":[]}}", "\"consent.attachments\""},
      {"{" + kNeeded + ",\"attachments\":" + deep, "\"attachments\""},
      {"{" + kNeeded + "} x", "well-formed"},
      {"{" + kNeeded, "well-formed"},
      {"{" + kNeeded + ",\"details\":" + deep, "\"details\""},
      {deep, "not an object"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.json.substr(0, 200), c.named);
    const auto parsed = from_json(c.json);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().code == Code::kMalformed);
    CAPTURE(parsed.error().text);
    CHECK(parsed.error().text.find(c.named) != std::string::npos);
  }
}
