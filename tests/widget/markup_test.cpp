#include "widget/view/markup.h"

#include "tests/catch.h"
#include "tests/widget/dump.h"

namespace askus::view {

namespace {

std::uint32_t topic_key(const void*, std::string_view id) {
  return id == "shops" ? 42 : 0;
}

std::string drawn(std::string_view answer) {
  Builder view;
  draw_markup(view, answer, topic_key, nullptr);
  return testing::dump(view);
}

// The pieces of one line, each in its brackets: text, *strong*, <link|target>, !alt|target!.
std::string inline_form(std::string_view line) {
  std::string out;
  for (const markup::Piece& piece : markup::parse(line)) {
    const std::string text(piece.text), target(piece.target);
    if (piece.kind == markup::Piece::Kind::kText) out += "{" + text + "}";
    if (piece.kind == markup::Piece::Kind::kStrong) out += "*" + text + "*";
    if (piece.kind == markup::Piece::Kind::kLink) out += "<" + text + "|" + target + ">";
    if (piece.kind == markup::Piece::Kind::kPicture) out += "!" + text + "|" + target + "!";
  }
  return out;
}

}  // namespace

TEST_CASE("blocks: paragraphs, lists and what continues them") {
  struct Case {
    const char* answer;
    const char* view;
  };
  const auto c = GENERATE(
      Case{"", ""}, Case{" \n\t\n", ""}, Case{"one", "text\n  run \"one\"\n"},
      Case{"one\ntwo\n\nthree",
           "text\n  run \"one\"\n  run \"\\n\"\n  run \"two\"\ntext\n  run \"three\"\n"},
      Case{"- a\n- b", "list\n  item\n    run \"a\"\n  item\n    run \"b\"\n"},
      Case{"- a\n\n- b", "list\n  item\n    run \"a\"\n  item\n    run \"b\"\n"},
      Case{"- a\nmore", "list\n  item\n    run \"a\"\n    run \"\\n\"\n    run \"more\"\n"},
      Case{"- a\n\nmore", "list\n  item\n    run \"a\"\ntext\n  run \"more\"\n"},
      Case{"3. a\n9. b", "list style=1 number=3\n  item\n    run \"a\"\n  item\n    run \"b\"\n"},
      Case{"- a\n1. b",
           "list\n  item\n    run \"a\"\nlist style=1 number=1\n  item\n    run \"b\"\n"},
      Case{"text\n- a", "text\n  run \"text\"\nlist\n  item\n    run \"a\"\n"},
      Case{"-a", "text\n  run \"-a\"\n"}, Case{"-", "text\n  run \"-\"\n"},
      Case{"- ", "text\n  run \"-\"\n"}, Case{"123. a", "text\n  run \"123. a\"\n"},
      Case{"1) a", "text\n  run \"1) a\"\n"}, Case{"# a", "text\n  run \"# a\"\n"},
      Case{"<b>a</b>", "text\n  run \"<b>a</b>\"\n"},
      Case{"  \t- a  ", "list\n  item\n    run \"a\"\n"});
  INFO(c.answer);
  CHECK(drawn(c.answer) == c.view);
}

TEST_CASE("inside a line: the first form that matches, else text") {
  struct Case {
    const char* line;
    const char* pieces;
  };
  const auto c = GENERATE(
      Case{"a **b** c", "{a }*b*{ c}"}, Case{"**b", "{**b}"}, Case{"****", "{****}"},
      Case{"** b**", "{** b**}"}, Case{"**b **", "{**b **}"}, Case{"**a** **b**", "*a*{ }*b*"},
      Case{"***a***", "**a*{*}"},  // the first ** after the opening one closes
      Case{"[a](https://b.c/d)", "<a|https://b.c/d>"},
      Case{"x[a](mailto:i@b.c)y", "{x}<a|mailto:i@b.c>{y}"},
      Case{"[a](tel:+380-44)", "<a|tel:+380-44>"}, Case{"[a](tel:+3-8)", "{[a](tel:+3-8)}"},
      Case{"[a](#id)", "<a|#id>"}, Case{"[a](#)", "{[a](#)}"},
      Case{"[a](http://b.c)", "{[a](http://b.c)}"},
      Case{"[a](javascript:alert(1))", "{[a](javascript:alert(1))}"},
      Case{"[a](HTTPS://b)", "<a|HTTPS://b>"}, Case{"[a](https://)", "{[a](https://)}"},
      Case{"[a](https:///x)", "{[a](https:///x)}"},
      Case{"[a](https://u@b.c)", "{[a](https://u@b.c)}"},
      Case{"[a](https://b.c/u@d)", "<a|https://b.c/u@d>"},
      Case{"[a](https://b c)", "{[a](https://b c)}"},
      Case{"[a](https://b\"c)", "{[a](https://b\"c)}"},
      Case{"[ ](https://b.c)", "{[ ](https://b.c)}"}, Case{"[](https://b.c)", "{[](https://b.c)}"},
      Case{"[a] (https://b.c)", "{[a] (https://b.c)}"},
      Case{"[[a](https://b.c)", "{[}<a|https://b.c>"}, Case{"[a](https://b.c", "{[a](https://b.c}"},
      Case{"![](https://b.c/d.png)", "!|https://b.c/d.png!"},
      Case{"![a](mailto:i@b.c)", "{!}<a|mailto:i@b.c>"},
      Case{"**[a](https://b.c)**", "*[a](https://b.c)*"},
      Case{"[**a**](https://b.c)", "<**a**|https://b.c>"});
  INFO(c.line);
  CHECK(inline_form(c.line) == c.pieces);
}

TEST_CASE("a target is at most 2,000 bytes") {
  const std::string head = "https://b.c/";
  for (const std::size_t size : {1'999u, 2'000u, 2'001u}) {
    const std::string target = head + std::string(size - head.size(), 'x');
    const bool link = inline_form("[a](" + target + ")").starts_with('<');
    CHECK(link == (size <= 2'000));
  }
}

TEST_CASE("a topic link opens the topic, or is its label") {
  CHECK(drawn("[see](#shops)") == "text\n  link key=0:42 \"see\"\n");
  CHECK(drawn("[see](#gone)") == "text\n  run \"see\"\n");
}

TEST_CASE("the plain text has no marks") {
  CHECK(markup::plain_text(
            "Pay **now**:\n- [here](https://b.c)\n- ![map](https://b.c/m.png)\n\nend", 1000) ==
        "Pay now:\nhere\nmap\nend");
  CHECK(markup::plain_text("![](https://b.c/m.png)\n\nend", 1000) == "\nend");
  CHECK(markup::plain_text("one\n\ntwo\n\nthree", 3) == "one");
}

TEST_CASE("any bytes are an answer") {
  std::string bytes;
  std::uint32_t state = 12'345;
  constexpr std::string_view kAlphabet = "*[]()!-1. \n#:/ahtps\xD1\x96";
  for (int round = 0; round < 2'000; ++round) {
    bytes.clear();
    for (int i = 0; i < 60; ++i) {
      state = state * 1'664'525 + 1'013'904'223;
      bytes += kAlphabet[(state >> 16) % kAlphabet.size()];
    }
    std::size_t shown = 0;
    for (const markup::Piece& piece : markup::parse(bytes))
      shown += piece.text.size() + piece.target.size();
    REQUIRE(shown <= bytes.size());
    (void)drawn(bytes);
  }
}

}  // namespace askus::view
