#include "widget/flow/draft.h"

#include "tests/catch.h"
#include "widget/flow/text.h"
#include "widget/view/strings.h"

namespace askus::flow {

namespace {

constexpr std::string_view kId = "01a1eee2-1a00-7102-8304-05060708090a";

Draft full_draft() {
  Draft draft;
  draft.request = {std::string(kId),
                   "idea",
                   "Title: 1:2",
                   "line\none 🙂",
                   "line",
                   "happy",
                   "Марія",
                   "a@b.cd",
                   "uk",
                   "site",
                   "https://x/y",
                   "питання",
                   {"2", "", "2026-11-18T11:06:40Z"},
                   "",
                   false,
                   {},
                   ""};
  draft.consent_text = "Погоджуюся";
  draft.category_chosen = draft.sending = true;
  return draft;
}

}  // namespace

TEST_CASE("a draft comes back from its text form") {
  const Draft draft = full_draft();
  const auto back = Draft::decode(draft.encode());
  REQUIRE(back.ok());
  CHECK(back->request == draft.request);
  CHECK(back->consent_text == draft.consent_text);
  CHECK(back->category_chosen);
  CHECK_FALSE(back->title_prefilled);
  CHECK(back->sending);
}

TEST_CASE("what is no draft is refused") {
  const std::string good = full_draft().encode();
  for (std::size_t size = 0; size < good.size(); ++size) {
    REQUIRE_FALSE(Draft::decode(good.substr(0, size)).ok());
  }
  CHECK_FALSE(Draft::decode(good + "0:").ok());
  std::string other = good;
  other[other.find("draft-1") + 6] = '2';
  REQUIRE_FALSE(Draft::decode(other).ok());
  CHECK(Draft::decode(other).error().code == Code::kUnsupported);
  Draft bad_id = full_draft();
  bad_id.request.id = "not an id";
  CHECK_FALSE(Draft::decode(bad_id.encode()).ok());
  Draft bad_text = full_draft();
  bad_text.request.title = "\xFF";
  CHECK_FALSE(Draft::decode(bad_text.encode()).ok());
}

TEST_CASE("the pairs leave out what is empty") {
  Draft draft;
  draft.request.id = kId;
  draft.request.title = "t";
  const std::vector<std::string_view> expected{"id", kId, "title", "t", "channel", "site"};
  CHECK(draft.pairs() == expected);
}

TEST_CASE("texts from the page are cleaned") {
  using namespace std::string_view_literals;
  CHECK(clean("a\0b\nc"sv, 100) == "ab\nc");
  CHECK(clean("\xFF", 100).empty());
  CHECK(clean("ії", 3) == "і");
  CHECK(clean_line("a\r\n\tb", 100) == "a   b");
  CHECK(split_words("  a bc  d ", 2) == std::vector<std::string>{"a", "bc"});
}

}  // namespace askus::flow
