#include "widget/view/view.h"

#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "widget/flow/times.h"
#include "widget/view/strings.h"

namespace askus::view {

TEST_CASE("a builder makes the depths, the slices and the flags of the protocol") {
  Builder view;
  {
    const auto main = view.region(RegionStyle::kMain, 7).in();
    view.heading(2).label("one").other_language("ru", true);
    view.button(ButtonStyle::kPrimary, 9, Text::send).flag(kDisabled).flag(kBusy, false);
  }
  view.text(TextStyle::kHint).label("two");
  REQUIRE(view.nodes().size() == 4);
  CHECK(view.nodes()[0].depth == 0);
  CHECK(view.nodes()[1].depth == 1);
  CHECK(view.nodes()[3].depth == 0);
  CHECK(view.string(view.nodes()[3].label) == "two");
  CHECK(view.string(view.nodes()[1].extra) == "ru");
  CHECK(view.nodes()[1].flags == kOtherLanguage);
  CHECK(view.nodes()[2].flags == kDisabled);
  CHECK(testing::dump(view) ==
        "region main key=0:7\n"
        "  heading number=2 \"one\" extra=\"ru\" +other_language\n"
        "  button style=1 key=0:9 send +disabled\n"
        "text style=1 \"two\"\n");
}

TEST_CASE("two views are the same only when every node and string is") {
  Builder one, two;
  CHECK(one.same_as(two));
  one.text(TextStyle::kBody).label("a");
  two.text(TextStyle::kBody).label("b");
  CHECK_FALSE(one.same_as(two));
  two.clear();
  two.text(TextStyle::kBody).label("a");
  CHECK(one.same_as(two));
  two.icon(Icon::kCheck);
  CHECK_FALSE(one.same_as(two));
}

TEST_CASE("string lists come back as they went") {
  const std::string long_text(70'000, 'x');
  const std::vector<std::string> texts{"", "a", "\xD1\x96\xF0\x9F\x99\x82", "1:2:3", long_text};
  std::string binary, text;
  for (const std::string& each : texts) {
    append_string(binary, each);
    append_text(text, each);
  }
  for (const auto& list : {read_strings(binary), read_texts(text)}) {
    REQUIRE(list.ok());
    REQUIRE(list->size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) CHECK((*list)[i] == texts[i]);
  }
  CHECK(read_strings("")->empty());
}

TEST_CASE("hostile string lists are refused, whatever their sizes say") {
  using namespace std::string_view_literals;
  const auto bad = GENERATE("\1"sv, "\1\0\0"sv, "\1\0\0\0"sv, "\2\0\0\0a"sv, "\xFF\xFF\xFF\xFFxx"sv,
                            "\1\0\0\0a\5\0\0\0b"sv);
  CHECK_FALSE(read_strings(bad).ok());
  const auto bad_text =
      GENERATE("1"sv, ":a"sv, "2:a"sv, "-1:a"sv, "99999999999999:a"sv, "1;a"sv, "4294967295:a"sv);
  CHECK_FALSE(read_texts(bad_text).ok());
}

TEST_CASE("a string list holds 256 strings and no more") {
  std::string list;
  for (std::size_t i = 0; i < kMaxListed; ++i) append_string(list, "");
  REQUIRE(read_strings(list).ok());
  append_string(list, "");
  REQUIRE_FALSE(read_strings(list).ok());
  CHECK(read_strings(list).error().code == Code::kTooLarge);
}

TEST_CASE("every prefix of a list is read without harm") {
  std::string list;
  for (const char* each : {"one", "two", ""}) append_string(list, each);
  for (std::size_t size = 0; size <= list.size(); ++size) {
    const auto strings = read_strings(std::string_view(list).substr(0, size));
    const bool whole = size == 0 || size == 7 || size == 14 || size == 18;
    CHECK(strings.ok() == whole);
  }
}

TEST_CASE("dates and times are written as ISO 8601") {
  CHECK(flow::iso_date(0) == "1970-01-01");
  CHECK(flow::iso_date(19'782) == "2024-02-29");
  CHECK(flow::iso_date(0xFFFFFFFF) == "9999-12-31");
  CHECK(flow::iso_time(0) == "1970-01-01T00:00:00Z");
  CHECK(flow::iso_time(1'795'000'000'999) == "2026-11-18T11:06:40Z");
  CHECK(flow::iso_time(-1) == "1970-01-01T00:00:00Z");
  CHECK(flow::iso_time(1e300) == "1970-01-01T00:00:00Z");
}

}  // namespace askus::view
