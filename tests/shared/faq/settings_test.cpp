#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;
using askus::snapshot::Need;

TEST_CASE("a full site.json") {
  const SettingsSource read = parse_settings("site.json", R"({
    "site": "demo", "name": {"uk": "Мережа", "en": "Net"}, "languages": ["uk", "en"],
    "title": {"uk": "Запитайте!"}, "colours": {"accent": "#010203", "accent_dark": "#FFfe00"},
    "categories": [{"id": "billing", "title": {"uk": "Оплата"}, "department": {"uk": "бухгалтерія"}}],
    "kinds": ["problem", "question"], "moods": [],
    "contact": {"name": "off", "contact": "optional"},
    "consent": {"version": "1", "text": {"uk": "Згода"}, "policy": "https://a.b/policy"},
    "hours": {"uk": "8-20"}, "answer_time": {"uk": "25 хв"},
    "announcement": {"from": "2026-05-31T08:00:00+03:00", "until": "2026-06-01", "text": {"uk": "!"}},
    "most_asked": ["a", "b"], "ask_first": false})");
  CHECK(texts_of(read.findings).empty());
  const auto& s = read.settings;
  CHECK(s.site == "demo");
  CHECK(s.languages == std::vector<std::string>{"uk", "en"});
  CHECK(s.name.at("en") == "Net");
  CHECK(s.accent == 0x010203);
  CHECK(s.accent_dark == 0xFFFE00);
  REQUIRE(s.categories.size() == 1);
  CHECK(s.categories[0].department.at("uk") == "бухгалтерія");
  CHECK(s.kinds == std::vector<std::string>{"problem", "question"});
  CHECK(s.moods.empty());
  CHECK(s.name_field == Need::kOff);
  CHECK(s.contact_field == Need::kOptional);
  CHECK(s.policy_url == "https://a.b/policy");
  REQUIRE(s.announcement);
  CHECK(s.announcement->from == 1780203600u);
  CHECK(s.announcement->until == 1780272000u);
  CHECK(s.most_asked == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(s.ask_first);
}

TEST_CASE("only the site's name is needed") {
  const SettingsSource read = parse_settings("site.json", R"({"site":"shop-1"})");
  CHECK(texts_of(read.findings).empty());
  askus::snapshot::Settings defaults;
  defaults.site = "shop-1";
  CHECK(read.settings == defaults);
}

TEST_CASE("each wrong setting is told at its path") {
  struct Case {
    const char* json;
    const char* finding;
  };
  const Case c = GENERATE(
      Case{"[",
           "site.json:1: error [bad-json] found \"syntax error while parsing value - unexpected "
           "end of input; ...\"; mend the JSON there"},
      Case{"[]", "site.json: error [wrong-type] found \"[]\"; an object: {...}"},
      Case{"{}", "site.json: error [missing-key] site: name the site"},
      Case{R"({"site":"Demo"})",
           "site.json: error [bad-value] site: found \"Demo\"; the site's name "
           "in addresses: letters a-z, digits and hyphens, at most 63"},
      Case{R"({"site":"a","site":"b"})",
           "site.json:1: error [repeated-key] site: found \"site\"; keep one key of this name"},
      Case{
          R"({"site":"a","origins":["https://x.y"]})",
          "site.json: error [operator-only] origins: found \"origins\"; this is the operator's: it "
          "belongs in the server's configuration, not in a file that every visitor downloads"},
      Case{R"({"site":"a","categories":[{"id":"b","email":"x@y.z"}]})",
           "site.json: error [operator-only] categories[0].email: found \"email\"; this is the "
           "operator's: it belongs in the server's configuration, not in a file that every visitor "
           "downloads"},
      Case{R"({"site":"a","colors":{}})",
           "site.json: warning [unknown-key] colors: found \"colors\"; "
           "it is not read; did you mean \"colours\"?"},
      Case{R"({"site":"a","colours":{"accent":"blue"}})",
           "site.json: error [bad-colour] colours.accent: found \"blue\"; write it as #1F5FD6"},
      Case{
          R"({"site":"a","colours":{"accent":"#FFCC00"}})",
          "site.json: error [weak-contrast] colours.accent: found \"#FFCC00\"; frames and the "
          "focus are hardly seen on the light panel: 1.5 to 1, at least 3 is needed; take a darker "
          "one"},
      Case{R"({"site":"a","colours":{"accent_dark":"#1F3A5F"}})",
           "site.json: error [weak-contrast] colours.accent_dark: found \"#1F3A5F\"; frames and "
           "the focus are hardly seen on the dark panel: 1.5 to 1, at least 3 is needed; take a "
           "lighter one"},
      Case{R"({"site":"a","languages":["ua"]})",
           "site.json: error [bad-language] languages: found \"ua\"; the tag of this language is "
           "\"uk\""},
      Case{R"({"site":"a","contact":{"name":"yes"}})",
           "site.json: error [bad-value] contact.name: found \"yes\"; one of required, optional, "
           "off"},
      Case{R"({"site":"a","kinds":[]})",
           "site.json: error [bad-value] kinds: name one kind or more"},
      Case{R"({"site":"a","moods":["angry"]})",
           "site.json: error [bad-value] moods: found \"angry\"; use some of happy, indifferent, "
           "upset"},
      Case{R"({"site":"a","consent":{"version":"1"}})",
           "site.json: error [bad-value] consent: found \"1\"; consent needs both a version and a "
           "text"},
      Case{R"({"site":"a","consent":{"policy":"/policy"}})",
           "site.json: error [bad-link] consent.policy: found \"/policy\"; a full address that "
           "begins "
           "with https://"},
      Case{R"({"site":"a","announcement":{"from":"2026-06-01","until":"2026-05-01","text":{}}})",
           "site.json: error [bad-value] announcement: an announcement has a \"from\" and a later "
           "\"until\""},
      Case{R"({"site":"a","ask_first":"no"})",
           "site.json: error [wrong-type] ask_first: found \"no\"; true or false"},
      Case{R"({"site":"a","title":"Ask us!"})",
           "site.json: error [wrong-type] title: found \"Ask us!\"; a text for each language: "
           "{\"uk\": "
           "\"...\", \"en\": \"...\"}"},
      Case{R"({"site":"a","categories":[{"id":"b"},{"id":"b"}]})",
           "site.json: error [duplicate-id] categories[1].id: found \"b\"; each category has an id "
           "of "
           "its own"},
      Case{R"({"site":"a","most_asked":["b","b"]})",
           "site.json: warning [repeated-value] most_asked: found \"b\"; name it once"});
  CAPTURE(c.json);
  CHECK(texts_of(parse_settings("site.json", c.json).findings) ==
        std::vector<std::string>{c.finding});
}

TEST_CASE("what write_settings writes reads back the same") {
  const std::string site = GENERATE(
      std::string(R"({"site":"a"})"),
      std::string(R"({"site":"a","languages":["uk","en"],"name":{"uk":"Ім'я"},"title":{"en":"T"},
        "colours":{"accent":"#0A0b0C","accent_dark":"#FFFFFF"},
        "categories":[{"id":"x","title":{"uk":"Х"},"department":{"en":"d"}},{"id":"y"}],
        "kinds":["idea"],"moods":[],"contact":{"name":"off","contact":"optional"},
        "consent":{"version":"1","text":{"uk":"Так"},"policy":"https://a.example/p"},
        "hours":{"uk":"9-18"},"answer_time":{"en":"1 h"},"most_asked":["t"],"ask_first":false,
        "announcement":{"from":"2026-05-31T08:00:00Z","until":"2026-06-01","text":{"uk":"!"}},
        "review_after_days":180})"));
  const SettingsSource read = parse_settings("site.json", site);
  CHECK(texts_of(read.findings).empty());
  const SettingsSource again =
      parse_settings("site.json", write_settings(read.settings, read.review_after_days));
  CHECK(texts_of(again.findings).empty());
  CHECK(again.settings == read.settings);
  CHECK(again.review_after_days == read.review_after_days);
}

TEST_CASE("days until an answer is old") {
  CHECK(parse_settings("s", R"({"site":"a","review_after_days":3651})").findings.size() == 1);
  CHECK(parse_settings("s", R"({"site":"a","review_after_days":-1})").findings.size() == 1);
  CHECK(parse_settings("s", R"({"site":"a","review_after_days":"x"})").findings.size() == 1);
}
