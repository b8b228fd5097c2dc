#include "shared/faq/csv.h"

#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

Source read(std::string_view bytes) {
  return parse("faq.csv", bytes, Format::kCsv);
}

}  // namespace

TEST_CASE("spreadsheets' variants of CSV give the same entries") {
  const std::string bytes = GENERATE(
      std::string("id,lang,title,answer\npay,uk,\"Як, де\",\"a\nb\"\ntv,uk,TV,c\n"),
      std::string("id;lang;title;answer\npay;uk;Як, де;\"a\nb\"\ntv;uk;TV;c"),
      std::string("id\tlang\ttitle\tanswer\npay\tuk\tЯк, де\t\"a\nb\"\ntv\tuk\tTV\tc\n"),
      std::string("\xEF\xBB\xBFid;lang;title;answer\r\npay;uk;Як, де;\"a\r\nb\"\r\ntv;uk;TV;c\r\n"),
      std::string("sep=;\r\nid;lang;title;answer\r\npay;uk;Як, де;\"a\r\nb\"\r\ntv;uk;TV;c\r\n"),
      std::string("ID , LANG, Title ,BODY\n pay , uk,\"Як, де\",\"a\nb\"\n\n,,,\ntv,uk,TV,c\n\n"),
      std::string("answer,title,lang,id\n\"a\nb\",\"Як, де\",uk,pay\nc,TV,uk,tv\n"));
  CAPTURE(bytes);
  const Source source = read(bytes);
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 2);
  CHECK(source.entries[0].id == "pay");
  CHECK(source.entries[0].version.language == "uk");
  CHECK(source.entries[0].version.title == "Як, де");
  CHECK(source.entries[0].version.answer == "a\nb");
  CHECK(source.entries[1].id == "tv");
  CHECK(source.entries[1].version.answer == "c");
}

TEST_CASE("rows are the file's lines, whatever the cells hold") {
  const Source source =
      read("id,title,answer\r\na,x,\"1\r\n2\r\n3\"\r\n\r\nb,\"y\nz\",1\r\nc,z,1\r\n");
  REQUIRE(source.entries.size() == 3);
  CHECK(source.entries[0].row == 2);
  CHECK(source.entries[1].row == 6);
  CHECK(source.entries[1].version.title == "y z");
  CHECK(source.entries[2].row == 8);
}

TEST_CASE("lists in cells") {
  const Source source = read(
      "id,title,answer,phrasings,tags,comments,updated,url,picture\n"
      "a,t,x,\"one | two\n three \n\",\"pay; card, bank\",\"Ann | client | 2026-05-31 | It | "
      "works\n"
      "Bo | | | Yes\",31.05.2026,https://a.b,https://a.b/face.jpg\n");
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 1);
  const auto& version = source.entries[0].version;
  CHECK(version.phrasings == std::vector<std::string>{"one", "two", "three"});
  CHECK(version.tags == std::vector<std::string>{"pay", "card", "bank"});
  REQUIRE(version.comments.size() == 2);
  CHECK(version.comments[0] == askus::snapshot::Comment{"Ann", "client", "It | works", 20604});
  CHECK(version.comments[1] == askus::snapshot::Comment{"Bo", "", "Yes", 0});
  CHECK(version.updated == 20604);
  CHECK(version.url == "https://a.b");
  CHECK(version.picture == "https://a.b/face.jpg");
}

TEST_CASE("doubled quotes, and text decomposed or with stray spaces") {
  const Source source = read("id,title,answer\na,\"say \"\"hi\"\"\",\" и\u0306 \n\"\n");
  REQUIRE(source.entries.size() == 1);
  CHECK(source.entries[0].version.title == "say \"hi\"");
  CHECK(source.entries[0].version.answer == "й");
}

TEST_CASE("broken quotes lose one row and are told") {
  const Source source = read("id,title,answer\na,b,c\nd,say \"hi\" now,c\ne,f,g\n");
  REQUIRE(source.entries.size() == 2);
  CHECK(source.entries[1].id == "e");
  CHECK(source.entries[1].row == 4);
  CHECK(texts_of(source.findings) ==
        std::vector<std::string>{
            "faq.csv:3: error [bad-quoting] title: found \"d,say \"hi\" now,c\"; a cell with "
            "quotes inside is quoted as a whole, and each quote in it is doubled"});
}

TEST_CASE("a quote that never closes is told with the lines it swallowed") {
  const Source source = read("id,title,answer\na,b,c\nd,\"e,f\ng,h,i\nj,k,l");
  REQUIRE(source.entries.size() == 1);
  CHECK(texts_of(source.findings) ==
        std::vector<std::string>{"faq.csv:3: error [bad-quoting] title: found \"d,\"e,f\"; a cell "
                                 "with quotes inside is quoted as a whole, and each quote in it is "
                                 "doubled; lines 3 to 5 were not read"});
}

TEST_CASE("the separator is guessed outside quotes, from the first row") {
  CHECK(guess_separator("a,b;c,d\n;;;;;;") == ',');
  CHECK(guess_separator("\"a,b,c,d\";e;f\n") == ';');
  CHECK(guess_separator("a\tb\n") == '\t');
  CHECK(guess_separator("sep=|\na|b") == '|');
  CHECK(guess_separator("id") == ',');
  CHECK(guess_separator("") == ',');
}

TEST_CASE("any bytes are read without a crash") {
  std::string bytes = "id,title,answer\n";
  std::uint32_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 1664525u + 1013904223u;
    bytes.push_back("\",;\n\r\0a\xD0\xFF "[state >> 16 & 7]);
  }
  const Source source = read(bytes);
  CHECK(source.entries.size() + source.findings.size() > 0);
}
