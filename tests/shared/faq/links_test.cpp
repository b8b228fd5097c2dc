#include "shared/faq/links.h"

#include <string>

#include "tests/catch.h"

using namespace askus::faq;

namespace {

struct Case {
  const char* answer;
  const char* target;
  bool picture;
  Target kind;
};

}  // namespace

TEST_CASE("a link's target decides what it is") {
  const Case c = GENERATE(
      Case{"[a](https://example.com/x)", "https://example.com/x", false, Target::kGood},
      Case{"[a](HTTPS://example.com)", "HTTPS://example.com", false, Target::kGood},
      Case{"[a](https://пошта.укр/?q=1#f)", "https://пошта.укр/?q=1#f", false, Target::kGood},
      Case{"![](https://example.com/p.png)", "https://example.com/p.png", true, Target::kGood},
      Case{"[a](mailto:a@b)", "mailto:a@b", false, Target::kGood},
      Case{"[a](tel:+380-44-123)", "tel:+380-44-123", false, Target::kGood},
      Case{"[a](#tariffs)", "#tariffs", false, Target::kTopic},
      Case{"[a](http://example.com)", "http://example.com", false, Target::kBadScheme},
      Case{"[a](javascript:alert)", "javascript:alert", false, Target::kBadScheme},
      Case{"![a](data:image/png;base64,AA)", "data:image/png;base64,AA", true, Target::kBadScheme},
      Case{"![a](mailto:a@b)", "mailto:a@b", true, Target::kBadScheme},
      Case{"[a](https://)", "https://", false, Target::kMalformed},
      Case{"[a](https://u@example.com)", "https://u@example.com", false, Target::kMalformed},
      Case{"[a](https://exa mple.com)", "https://exa mple.com", false, Target::kMalformed},
      Case{"[a](https://example.com/<x>)", "https://example.com/<x>", false, Target::kMalformed},
      Case{"[a](www.example.com)", "www.example.com", false, Target::kMalformed},
      Case{"[a]()", "", false, Target::kMalformed}, Case{"[a](#)", "#", false, Target::kMalformed},
      Case{"[a](mailto:)", "mailto:", false, Target::kMalformed},
      Case{"[a](mailto:@b)", "mailto:@b", false, Target::kMalformed},
      Case{"[a](tel:12)", "tel:12", false, Target::kMalformed},
      Case{"[a](tel:call-me-123)", "tel:call-me-123", false, Target::kMalformed});
  CAPTURE(c.answer);
  const auto links = links_of(c.answer);
  REQUIRE(links.size() == 1);
  CHECK(links[0].target == c.target);
  CHECK(links[0].picture == c.picture);
  CHECK(links[0].kind == c.kind);
}

TEST_CASE("prose with brackets is no link") {
  const char* answer = GENERATE("", "[", "[a]", "[a] (https://b.c)", "[1](see below)", "[](x)",
                                "[ ](https://b.c)", "[a](https://b.c", "[a\nb](https://b.c)",
                                "[a](https://b\n.c)", "[a[b", "a](https://b.c)");
  CAPTURE(answer);
  CHECK(links_of(answer).empty());
}

TEST_CASE("links are found in order, also after half a link") {
  const auto links = links_of("[x [a](https://a.b) and [b](#b) ![c](https://c.d/e)[d](#d)");
  REQUIRE(links.size() == 4);
  CHECK(links[0].target == "https://a.b");
  CHECK(links[1].target == "#b");
  CHECK(links[2].picture);
  CHECK(links[3].target == "#d");
}

TEST_CASE("a target over the limit is malformed") {
  const std::string fits = "https://a.b/" + std::string(2000 - 12, 'x');
  CHECK(links_of("[a](" + fits + ")")[0].kind == Target::kGood);
  CHECK(links_of("[a](" + fits + "x)")[0].kind == Target::kMalformed);
}
