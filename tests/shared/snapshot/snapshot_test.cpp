#include "shared/snapshot/snapshot.h"

#include <algorithm>

#include "tests/shared/sample_faq.h"

using namespace askus;
using namespace askus::testing;

TEST_CASE("a snapshot reads back what was built") {
  const AlignedBytes bytes(built(sample_faq()));
  const auto opened = snapshot::Snapshot::open(bytes.span());
  REQUIRE(opened.ok());
  CHECK(opened->topic_count() == 3);
  CHECK(snapshot::view(opened->topic(0).id()) == "no-internet");
  CHECK(opened->find("pay") == 1);
  CHECK(opened->find("gone") == -1);
  CHECK(opened->language("en") == 1);
  CHECK(opened->language("en-GB") == 1);
  CHECK(opened->language("de") == -1);
  CHECK(snapshot::view(opened->version(opened->topic(1), 1).title()) == "How do I pay?");
  // Without a version in the language: the site's first language, else the only one there is.
  CHECK(snapshot::view(opened->version(opened->topic(2), 0).title()) == "Television freezes");
  CHECK(opened->text(*opened->settings().name(), 1) == "Vulyk");
  CHECK(opened->text(*opened->settings().name(), -1) == "Вулик");
  CHECK(opened->settings().most_asked()->Get(0) == 0);
  CHECK(opened->topic(1).category() == 0);
}

TEST_CASE("the same FAQ gives the same bytes, whatever its order") {
  snapshot::Faq faq = sample_faq();
  const std::string first = built(faq);
  std::reverse(faq.topics.begin(), faq.topics.end());
  for (auto& topic : faq.topics) std::reverse(topic.versions.begin(), topic.versions.end());
  CHECK(built(faq) == first);
  faq.topics[0].versions[0].title += "!";
  CHECK(built(faq) != first);
}

TEST_CASE("what would not read back is not built") {
  struct Case {
    const char* name;
    void (*spoil)(snapshot::Faq&);
    const char* says;
  };
  const Case cases[] = {
      {"repeated id", [](snapshot::Faq& f) { f.topics.push_back(f.topics[0]); },
       "sorted by unique id"},
      {"no version", [](snapshot::Faq& f) { f.topics[0].versions.clear(); }, "has no version"},
      {"foreign language", [](snapshot::Faq& f) { f.topics[0].versions[0].language = "de"; },
       "does not name"},
      {"unknown category", [](snapshot::Faq& f) { f.topics[0].category = "gone"; },
       "does not name"},
      {"bad UTF-8", [](snapshot::Faq& f) { f.topics[0].versions[0].title = "\xFF"; }, "UTF-8"},
      {"long title",
       [](snapshot::Faq& f) { f.topics[0].versions[0].title.assign(snapshot::kMaxTitle + 1, 'a'); },
       "over its limit"},
      {"http picture",
       [](snapshot::Faq& f) { f.topics[0].versions[0].picture = "http://a.example/x.jpg"; },
       "is not https"},
      {"script picture of a comment",
       [](snapshot::Faq& f) {
         f.topics[0].versions[0].comments = {{"a", "", "t", 0, "javascript:alert(1)"}};
       },
       "is not https"},
      {"http url", [](snapshot::Faq& f) { f.topics[0].versions[0].url = "http://a.example/"; },
       "not https"},
      {"script url", [](snapshot::Faq& f) { f.settings.policy_url = "javascript:alert(1)"; },
       "not https"},
      {"no language",
       [](snapshot::Faq& f) {
         f.settings.languages.clear();
         f.topics.clear();
       },
       "number of languages"},
      {"repeated version",
       [](snapshot::Faq& f) { f.topics[0].versions.push_back(f.topics[0].versions[0]); },
       "sorted by language"},
      {"announcement",
       [](snapshot::Faq& f) {
         f.settings.announcement = snapshot::Announcement{5, 5, {}};
       },
       "ends before it starts"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    snapshot::Faq faq = sample_faq();
    c.spoil(faq);
    const auto bytes = snapshot::build(faq);
    REQUIRE_FALSE(bytes.ok());
    CHECK(bytes.error().text.find(c.says) != std::string::npos);
  }
}
