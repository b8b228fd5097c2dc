#include "shared/pages/answer_html.h"

#include <random>
#include <utility>

#include "shared/text/utf8.h"
#include "tests/catch.h"

namespace askus::pages {
namespace {

const std::vector<std::string> kPictures{"https://pictures.example"};

std::string html_of(std::string_view answer) {
  Targets targets;
  targets.picture_origins = &kPictures;
  targets.topic = [](std::string_view id) -> std::string {
    return id == "shops" ? "../shops/" : "";
  };
  return answer_html(answer, targets);
}

// The names of all elements, "/p" for an end.
std::vector<std::string> elements_of(const std::string& html) {
  std::vector<std::string> names;
  for (std::size_t at = 0; (at = html.find('<', at)) != html.npos; ++at)
    names.push_back(html.substr(at + 1, html.find_first_of(" >", at) - at - 1));
  return names;
}

}  // namespace

TEST_CASE("the example of docs/markup.md as HTML") {
  CHECK(
      html_of("Pay in one of these ways:\n- **Card**: in [your account](https://my.example.com/"
              "pay?a=1&b=2)\n- cash, see [the list of shops](#shops) or [others](#none)\n\n"
              "3. Open the account.\n4. Press \"Pay\"\nnow.") ==
      "<p>Pay in one of these ways:</p>\n<ul>\n<li><strong>Card</strong>: in <a "
      "href=\"https://my.example.com/pay?a=1&amp;b=2\">your account</a></li>\n<li>cash, see <a "
      "href=\"../shops/\">the list of shops</a> or others</li>\n</ul>\n<ol start=\"3\">\n<li>Open "
      "the account.</li>\n<li>Press &quot;Pay&quot;<br>\nnow.</li>\n</ol>\n");
}

TEST_CASE("pictures of allowed origins only") {
  CHECK(html_of("![a \"map\"](https://Pictures.example/m.png)") ==
        "<p><img src=\"https://Pictures.example/m.png\" alt=\"a &quot;map&quot;\" loading=\"lazy\" "
        "decoding=\"async\"></p>\n");
  for (const char* other : {"https://pictures.example.evil.example/m.png", "https://evil.example/m",
                            "https://pictures.example:8443/m.png"})
    CHECK(html_of(std::string("![map](") + other + ")") == "<p>map</p>\n");
}

TEST_CASE("whatever the answer, no element but those of the markup, and none left open") {
  const char* pieces[] = {"<script>alert(1)</script>",
                          "<img src=x onerror=alert(1)>",
                          "\"",
                          "'",
                          "- ",
                          "1. ",
                          "\n",
                          "\n\n",
                          "**",
                          "**bold**",
                          "[x](javascript:alert(1))",
                          "[x](https://a.example/\"onclick=1)",
                          "[a](https://a.example/)",
                          "[a](#shops)",
                          "![p](https://pictures.example/'x')",
                          "&lt;",
                          "]]>",
                          "-->",
                          "</p>",
                          "\x01",
                          "\xEF\xBF\xBF",
                          "слово ",
                          "mailto:",
                          "[m](mailto:a@b.c)"};
  const std::vector<std::string> allowed{"p",   "/p",     "ul",      "/ul", "ol", "/ol", "li",
                                         "/li", "strong", "/strong", "a",   "/a", "img", "br"};
  std::mt19937 random(11);
  for (int i = 0; i < 5'000; ++i) {
    std::string answer;
    for (auto n = random() % 12; n > 0; --n) answer += pieces[random() % std::size(pieces)];
    const std::string html = html_of(answer);
    CAPTURE(answer, html);
    std::vector<std::string> open;
    for (const std::string& name : elements_of(html)) {
      CHECK(std::find(allowed.begin(), allowed.end(), name) != allowed.end());
      if (name == "img" || name == "br") continue;
      if (name[0] != '/') {
        open.push_back(name);
        continue;
      }
      REQUIRE_FALSE(open.empty());
      CHECK("/" + open.back() == name);
      open.pop_back();
    }
    CHECK(open.empty());
    CHECK(html.find("javascript:alert(1)\"") == html.npos);
    CHECK(html.find('\x01') == html.npos);
    CHECK(html.find("\xEF\xBF\xBF") == html.npos);
  }
}

TEST_CASE("an excerpt ends at a word, and never within a letter") {
  CHECK(excerpt("Short.", 20) == "Short.");
  CHECK(excerpt("One **two** three\n\n- four five", 14) == "One two three…");
  CHECK(excerpt("Перше речення, друге речення", 16) == "Перше речення…");
  CHECK(excerpt(std::string(100, 'a'), 10) == std::string(10, 'a') + "…");
  for (std::size_t letters = 1; letters < 40; ++letters) {
    const std::string cut =
        excerpt("Їжак і ґава 🦔🦔🦔 пішли, та й не повернулись",
                letters);
    CAPTURE(cut);
    CHECK(text::is_utf8(cut));
  }
}

}  // namespace askus::pages
