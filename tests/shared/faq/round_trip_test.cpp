// What is written reads back as the same entries: 1,000 topics of all scripts, with everything that
// a cell finds hard.
#include <nlohmann/json.hpp>
#include <random>

#include "shared/faq/csv.h"
#include "shared/faq/xlsx.h"
#include "shared/snapshot/limits.h"
#include "shared/text/utf8.h"
#include "tests/catch.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

constexpr std::size_t kTopics = 1'000;

const std::vector<std::string> kHard{
    "",
    " ",
    "=1+1",
    "+380 44 000",
    "-2",
    "- a bullet\n- another",
    "@SUM(A1:A9)",
    "=HYPERLINK(\"http://x\",\"y\")",
    "'=quoted",
    "''=twice",
    "'a'",
    "'",
    "\uFF1Dfull width",
    "a \"quoted\" word",
    "\"",
    "a,b;c\td",
    "line\nline\n\nline",
    "x | y",
    "[\"a list\"]",
    "[not one",
    "Ann | client | 2026-05-31 | text",
    "_x000A_ is no line break",
    "_x005F_",
    "a _xZZZZ_ b",
    "<b>no</b> &amp; entity ]]>",
    "**strong** [link](https://a.example) ![](https://b.example/x.png)",
    "1. one\n2. two",
    "\u00ABлапки\u00BB – тире…",
    "👩‍👩‍👧‍👦 🇺🇦 👍🏽",
    "e\u0301 composed",
    "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
    "\uFFFEstrange\uFFFF",
    "TRUE",
    "00123",
    "1e5",
    "2026-05-31",
    "#topic",
    "#not a comment",
    "sep=;"};

class Writer {
 public:
  std::string text(std::size_t longest) {
    std::string out = kHard[at_most(kHard.size() - 1)];
    for (std::size_t words = at_most(4); words > 0; --words) out += " " + word();
    if (at_most(40) == 0 && longest > 1'000) {
      const std::string more = word() + "\n";
      while (out.size() + more.size() < longest) out += more;
    }
    return std::string(askus::text::clip(out, longest));
  }
  std::vector<std::string> list(std::size_t longest, std::size_t most) {
    std::vector<std::string> out(at_most(most));
    for (std::string& element : out) element = text(longest);
    return out;
  }
  std::size_t at_most(std::size_t most) { return random_() % (most + 1); }

 private:
  std::string word() {
    constexpr char32_t kScripts[][2] = {
        {U'a', U'z'},       {0x430, 0x44F},     {0x3B1, 0x3C9},     {0x5D0, 0x5EA},
        {0x627, 0x64A},     {0x905, 0x939},     {0xE01, 0xE30},     {0x3041, 0x3096},
        {0x4E00, 0x9FFF},   {0xAC00, 0xD7A3},   {0x10A0, 0x10C5},   {0x531, 0x556},
        {0x1F300, 0x1F5FF}, {0x1F600, 0x1F64F}, {0x20000, 0x2A6D6}, {0x300, 0x36F}};
    const auto& script = kScripts[at_most(std::size(kScripts) - 1)];
    std::string out;
    for (std::size_t i = at_most(8) + 1; i > 0; --i) {
      char buffer[4];
      const auto code = script[0] + static_cast<char32_t>(
                                        at_most(static_cast<std::size_t>(script[1] - script[0])));
      out.append(buffer, askus::text::put(code, buffer));
    }
    return out;
  }
  std::mt19937 random_{20261127};
};

std::vector<Entry> sample() {
  Writer writer;
  std::string lines;
  for (std::size_t i = 0; i < kTopics; ++i) {
    nlohmann::json topic{{"id", "t-" + std::to_string(i)}, {"lang", i % 3 == 0 ? "uk" : "en"},
                         {"category", writer.text(100)},   {"title", writer.text(600)},
                         {"answer", writer.text(100'000)}, {"phrasings", writer.list(300, 5)},
                         {"tags", writer.list(100, 4)},    {"tests", writer.list(300, 3)},
                         {"author", writer.text(200)},     {"role", writer.text(200)}};
    topic["proposed"] = topic["phrasings"];
    if (i % 4 == 0) topic["updated"] = "2026-05-" + std::to_string(10 + i % 20);
    if (i % 5 == 0) topic["url"] = "https://a.example/" + std::to_string(i);
    for (std::size_t n = writer.at_most(3); n > 0; --n)
      topic["comments"].push_back({{"author", writer.text(200)},
                                   {"role", writer.text(200)},
                                   {"date", n % 2 == 0 ? "2026-01-02" : ""},
                                   {"picture", n % 3 == 0 ? "https://a.example/face.png" : ""},
                                   {"text", "x" + writer.text(8'000)}});
    if (i == 7) topic["answer"] = std::string(99'999, 'y') + "z";
    if (i == 8) topic["phrasings"] = std::vector<std::string>(100, std::string(599, 'p'));
    lines += topic.dump() + "\n";
  }
  Source source = parse("made.jsonl", lines, Format::kJsonLines);
  REQUIRE(source.entries.size() == kTopics);
  for (const Finding& finding : source.findings) {
    INFO(to_text(finding));
    CHECK(finding.severity == Severity::kWarning);
  }
  return source.entries;
}

void check_same(const std::vector<Entry>& before, const Source& after) {
  CHECK(texts_of(after.findings).empty());
  REQUIRE(after.entries.size() == before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    CAPTURE(before[i].id);
    CHECK(after.entries[i].id == before[i].id);
    CHECK(after.entries[i].category == before[i].category);
    CHECK(after.entries[i].tests == before[i].tests);
    CHECK(after.entries[i].proposed == before[i].proposed);
    const bool same = after.entries[i].version == before[i].version;
    CHECK(same);
  }
}

}  // namespace

TEST_CASE("1,000 topics through CSV, XLSX and JSON Lines") {
  const std::vector<Entry> entries = sample();
  check_same(entries, parse("x.csv", write_csv(to_table(entries)), Format::kCsv));
  check_same(entries, parse("x.jsonl", write_json_lines(entries), Format::kJsonLines));
  const Table table = to_table(entries, kMaxCellUnits);
  CHECK(std::find(table.front().cells.begin(), table.front().cells.end(), "answer 4") !=
        table.front().cells.end());
  Source source;
  parse_xlsx(source, write_xlsx(table));
  check_same(entries, source);
}

TEST_CASE("no cell of a CSV begins like a formula") {
  for (const Row& row : read_csv(write_csv(to_table(sample())), ',').rows) {
    for (const std::string& cell : row.cells) {
      if (looks_like_formula(cell)) FAIL_CHECK(cell.substr(0, 40));
    }
  }
}

TEST_CASE("a guard is taken away where it was put, and nowhere else") {
  for (const std::string& text : kHard) {
    CAPTURE(text);
    CHECK(read_guarded(guard_cell(text)) == text);
  }
  CHECK(guard_cell("=1") == "'=1");
  CHECK(read_guarded("'tis") == "'tis");
  CHECK(read_guarded("''=1") == "'=1");
}

TEST_CASE("a text too long for a cell goes on in the next column") {
  const Source source =
      parse("x.csv",
            "id,lang,title,answer,answer 2,answer 3,phrasings,phrasings 2\na,en,t,\"1 \",2,,p,q\n",
            Format::kCsv);
  CHECK(texts_of(source.findings).empty());
  REQUIRE(source.entries.size() == 1);
  CHECK(source.entries[0].version.answer == "1 2");
  CHECK(source.entries[0].version.phrasings == std::vector<std::string>{"pq"});
}
