#include "shared/request/request.h"

#include "tests/catch.h"

using namespace askus;
using request::Request;

namespace {

Request valid() {
  Request r;
  r.id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  r.kind = "question";
  r.title = "Немає інтернету «вдома» 🦔";
  r.language = "uk";
  r.contact = "maria@example.org";
  r.page = "https://vulyk.example/help";
  r.consent = {"2026-06", std::string(64, 'a'), "2026-11-21T10:00:00Z"};
  return r;
}

}  // namespace

TEST_CASE("a valid request has no problems") {
  CHECK(request::validate(valid()).empty());
}

TEST_CASE("each rule names its field") {
  struct Case {
    const char* field;
    void (*spoil)(Request&);
  };
  const Case cases[] = {
      {"id", [](Request& r) { r.id = "1"; }},
      {"kind", [](Request& r) { r.kind = "spam"; }},
      {"title", [](Request& r) { r.title = " \t\xC2\xA0"; }},
      {"title", [](Request& r) { r.title = "a\nb"; }},
      {"title", [](Request& r) { r.title = "\xFF"; }},
      {"details", [](Request& r) { r.details = std::string("a\0b", 3); }},
      {"mood", [](Request& r) { r.mood = "angry"; }},
      {"contact", [](Request& r) { r.contact = "call me"; }},
      {"language", [](Request& r) { r.language.clear(); }},
      {"channel", [](Request& r) { r.channel = "fax"; }},
      {"page", [](Request& r) { r.page += "?token=1"; }},
      {"consent", [](Request& r) { r.consent.text_hash = "short"; }},
      {"consent", [](Request& r) { r.consent.version.clear(); }},
      {"consent", [](Request& r) { r.consent.at = "yesterday"; }},
      {"consent", [](Request& r) { r.consent.at = "2026-11-21T10:00:00.Z"; }},
  };
  for (const Case& c : cases) {
    Request r = valid();
    c.spoil(r);
    const auto problems = request::validate(r);
    CAPTURE(c.field, r.title, r.page);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == c.field);
  }
}

TEST_CASE("lengths are held at limit - 1, limit and limit + 1") {
  struct Case {
    const char* field;
    std::string Request::*member;
    std::size_t limit;
  };
  const Case cases[] = {{"title", &Request::title, request::kMaxTitle},
                        {"details", &Request::details, request::kMaxDetails},
                        {"name", &Request::name, request::kMaxName},
                        {"query", &Request::query, request::kMaxTitle},
                        {"category", &Request::category, request::kMaxSmall},
                        {"page", &Request::page, request::kMaxPage}};
  for (const Case& c : cases) {
    CAPTURE(c.field);
    Request r = valid();
    for (const std::size_t size : {c.limit - 1, c.limit}) {
      r.*c.member = std::string(size, 'a');
      CHECK(request::validate(r).empty());
    }
    r.*c.member = std::string(c.limit + 1, 'a');
    const auto problems = request::validate(r);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == c.field);
    CHECK(problems[0].code == Code::kTooLarge);
  }
}

TEST_CASE("contacts: addresses and numbers that people really have") {
  for (const char* good : {"a@b.ua", "марія@пошта.укр", "first.last+tag@sub.example.com"}) {
    CAPTURE(good);
    CHECK(request::is_email(good));
  }
  for (const char* bad : {"", "@b.ua", "a@b", "a@@b.ua", "a b@c.ua", "a@.ua", "a@b..ua", "a@b.u"}) {
    CAPTURE(bad);
    CHECK_FALSE(request::is_email(bad));
  }
  for (const char* good : {"+380 67 123-45-67", "(044) 123 45 67", "0671234567", "1234567"}) {
    CAPTURE(good);
    CHECK(request::is_phone(good));
  }
  for (const char* bad : {"", "123456", "1234567890123456", "12+34567", "067 123 45 6x"}) {
    CAPTURE(bad);
    CHECK_FALSE(request::is_phone(bad));
  }
}
