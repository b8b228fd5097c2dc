#include "shared/faq/check.h"
#include "tests/catch.h"

using namespace askus::faq;
using askus::snapshot::Faq;
using askus::snapshot::Version;

namespace {

Version version(std::string language, std::string title) {
  Version result;
  result.language = std::move(language);
  result.title = std::move(title);
  return result;
}

Faq sample() {
  Faq faq;
  faq.settings.languages = {"uk", "en"};
  faq.topics = {{"a", "", {version("uk", "A"), version("en", "A")}},
                {"b", "", {version("uk", "B")}},
                {"c", "", {version("uk", "C")}}};
  return faq;
}

}  // namespace

TEST_CASE("equal FAQs have no difference, whatever their order") {
  Faq other = sample();
  std::swap(other.topics[0], other.topics[2]);
  std::swap(other.topics[2].versions[0], other.topics[2].versions[1]);
  const Diff result = diff(sample(), other);
  CHECK(result.added.empty());
  CHECK(result.gone.empty());
  CHECK(result.changed.empty());
  CHECK(result.settings.empty());
}

TEST_CASE("topics added, gone and changed") {
  Faq other = sample();
  other.topics[1].id = "d";
  other.topics[2].id = "0";
  other.topics[0].category = "x";
  other.topics[0].versions[0].answer = "new";
  other.topics[0].versions[0].updated = 5;
  other.topics[0].versions[1].language = "ru";
  const Diff result = diff(sample(), other);
  CHECK(result.added == std::vector<std::string>{"0", "d"});
  CHECK(result.gone == std::vector<std::string>{"b", "c"});
  REQUIRE(result.changed.size() == 1);
  CHECK(result.changed[0].id == "a");
  CHECK(result.changed[0].what ==
        std::vector<std::string>{"category", "ru", "uk.answer", "uk.updated", "en"});
}

TEST_CASE("each field and each setting has its name") {
  Faq other = sample();
  Version& v = other.topics[1].versions[0];
  v.title = v.author = v.role = v.url = v.picture = "x";
  v.phrasings = v.tags = {"x"};
  v.comments = {{"x", "", "x", 0}};
  auto& s = other.settings;
  s.site = "x";
  s.name["uk"] = s.title["uk"] = s.hours["uk"] = s.answer_time["uk"] = "x";
  s.accent = 1;
  s.categories = {{"x", {}, {}}};
  s.kinds = s.moods = {};
  s.name_field = askus::snapshot::Need::kOff;
  s.policy_url = "https://x";
  s.announcement = askus::snapshot::Announcement{1, 2, {}};
  s.most_asked = {"a"};
  s.ask_first = false;
  const Diff result = diff(sample(), other);
  REQUIRE(result.changed.size() == 1);
  CHECK(result.changed[0].what == std::vector<std::string>{"uk.title", "uk.phrasings",
                                                           "uk.comments", "uk.tags", "uk.author",
                                                           "uk.role", "uk.url", "uk.picture"});
  CHECK(result.settings == std::vector<std::string>{"site", "name", "title", "colours",
                                                    "categories", "kinds", "moods", "contact",
                                                    "consent", "hours", "answer_time",
                                                    "announcement", "most_asked", "ask_first"});
}
