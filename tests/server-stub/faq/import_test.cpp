// Other help centres' exports in the forms that they document (tests/shared/faq/exports), and HTML
// as the small markup. The same files are read by the wasm module's test.
#include "shared/faq/import.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "server-stub/faq/gumbo.h"
#include "server-stub/faq/zip.h"
#include "tests/server-stub/faq/program.h"
#include "tests/shared/faq/helpers.h"

using namespace askus::faq;

namespace {

std::string sample(const std::string& name) {
  std::ifstream in("tests/shared/faq/exports/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  REQUIRE_FALSE(bytes.str().empty());
  return bytes.str();
}

Source imported(const std::string& name) {
  const std::string bytes = sample(name);
  const auto origin = guess_origin(bytes);
  REQUIRE(origin.has_value());
  Source source = import(name, bytes, *origin, read_html);
  for (const Entry& entry : source.entries) {
    CHECK(entry.usable);
    // Nothing that is no markup of ours survives.
    CHECK(entry.version.answer.find("<script") == std::string::npos);
    CHECK(entry.version.answer.find("onerror") == std::string::npos);
  }
  return source;
}

const Entry* find(const Source& source, const std::string& id, const std::string& language) {
  for (const Entry& entry : source.entries) {
    if (entry.id == id && entry.version.language == language) return &entry;
  }
  return nullptr;
}

bool says(const Source& source, const std::string& text) {
  for (const Finding& finding : source.findings) {
    if (to_text(finding).find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("HTML becomes the small markup, and what cannot is named") {
  for (const auto& c : nlohmann::json::parse(sample("html.json"))) {
    const auto html = c["html"].get<std::string>();
    CAPTURE(html);
    const auto markup = markup_of_html(html, read_html);
    REQUIRE(markup.ok());
    CHECK(markup->text == c["markup"].get<std::string>());
    Losses losses;
    for (const auto& [what, times] : c["losses"].items()) losses[what] = times;
    CHECK(markup->losses == losses);
  }
}

TEST_CASE("HTML of any depth and length is bounded") {
  std::string deep;
  for (std::size_t i = 0; i < kMaxHtmlTags; ++i) deep += i % 2 == 0 ? "<div>" : "<b>";
  CHECK(markup_of_html(deep + "x", read_html).ok());
  CHECK_FALSE(markup_of_html(deep + "<i>", read_html).ok());
  CHECK_FALSE(markup_of_html(std::string(kMaxHtmlBytes + 1, 'x'), read_html).ok());
}

TEST_CASE("Zendesk Guide's articles") {
  const Source source = imported("zendesk.json");
  REQUIRE(source.entries.size() == 2);
  const Entry* const english = find(source, "35467", "en");
  REQUIRE(english != nullptr);
  CHECK(english->version.title == "Slow internet");
  CHECK(english->version.answer == "Restart **the router**.");
  CHECK(english->category == "internet");
  CHECK(english->version.tags == std::vector<std::string>{"speed", "router", "cable"});
  CHECK(english->version.updated == 20603);
  CHECK(english->version.url ==
        "https://vulyk.zendesk.example/hc/en-us/articles/35467-Slow-internet");
  const Entry* const ukrainian = find(source, "35467", "uk");
  REQUIRE(ukrainian != nullptr);
  CHECK(ukrainian->version.answer == "1. Перезавантажте роутер\n2. Зачекайте");
  CHECK(ukrainian->version.url.empty());
  CHECK(says(source, "[not-carried-over] answer: found \"<script>\""));
  CHECK(says(source, "a picture from \"x\""));
  CHECK(says(source, "found \"35468\"; it is a draft"));
}

TEST_CASE("Intercom's articles with their translations") {
  const Source source = imported("intercom.json");
  REQUIRE(source.entries.size() == 2);
  const Entry* const english = find(source, "6871119", "en");
  REQUIRE(english != nullptr);
  CHECK(english->version.answer == "By card in [your account](https://my.example.com/pay).");
  CHECK(english->version.updated == 20604);
  const Entry* const ukrainian = find(source, "6871119", "uk");
  REQUIRE(ukrainian != nullptr);
  CHECK(ukrainian->version.answer == "Карткою.");
  CHECK(says(source, "<iframe>"));
  CHECK(says(source, "found \"6871120\"; it is a draft"));
}

TEST_CASE("Help Scout Docs' articles") {
  const Source source = imported("helpscout.json");
  REQUIRE(source.entries.size() == 1);
  const auto& version = source.entries[0].version;
  CHECK(version.title == "Television freezes");
  CHECK(version.answer == "**First**\n\nConnect the box by cable.");
  CHECK(version.tags == std::vector<std::string>{"tv", "iptv"});
  CHECK(says(source, "a heading (it is bold)"));
  CHECK(says(source, "found \"5214c77c45667acd25394b52\"; it is not published"));
}

TEST_CASE("Freshdesk's solutions") {
  const Source source = imported("freshdesk.json");
  REQUIRE(source.entries.size() == 1);
  CHECK(source.entries[0].version.answer == "In **My account**:\n\n- open it\n- press Change");
  CHECK(source.entries[0].version.updated == 20604);
  CHECK(says(source, "found \"5\"; it is a draft"));
}

TEST_CASE("the questions of a saved page's JSON-LD") {
  const Source source = imported("page.html");
  REQUIRE(source.entries.size() == 2);
  const Entry* const returns = find(source, "returns", "uk");
  REQUIRE(returns != nullptr);
  CHECK(returns->version.title == "Як повернути товар?");
  CHECK(returns->version.answer ==
        "Протягом **14 днів**.\n\n[Форма](https://shop.example/returns)");
  const Entry* const delivery = find(source, "faq-3", "en");
  REQUIRE(delivery != nullptr);
  CHECK(delivery->version.answer == "Two days.");
  CHECK(delivery->version.updated == 20604);
  CHECK(says(source, "1 further answers are left out"));
  CHECK(says(source, "it has no answer"));
}

TEST_CASE("what is no export says so") {
  const auto refused = [](std::string_view bytes, Origin origin) {
    const Source source = import("x", bytes, origin, read_html);
    return source.entries.empty() && !source.findings.empty();
  };
  for (const Origin origin : {Origin::kZendesk, Origin::kIntercom, Origin::kHelpScout,
                              Origin::kFreshdesk, Origin::kPage}) {
    for (const char* bytes :
         {"", "{", "[]", "{}", "null", "1", R"({"articles":1})", R"({"articles":{"items":[1]}})",
          R"({"data":[1],"type":"list"})", R"([[1]])", R"([{"article":1}])"}) {
      CAPTURE(bytes, origin);
      CHECK(refused(bytes, origin));
    }
  }
  CHECK_FALSE(guess_origin(R"([{"id":"a","title":"t","answer":"b"}])"));
  CHECK_FALSE(guess_origin("id,title,answer\n"));
}

TEST_CASE("askus-faq import and export") {
  const Folder folder;
  for (const char* name : {"zendesk.json", "page.html", "freshdesk.json"})
    folder.write(name, sample(name));
  Ran ran = folder.run("import zendesk.json page.html -o faq.xlsx");
  CHECK(ran.code == 0);
  CHECK(ran.out.starts_with("4 records, 0 errors, "));
  CHECK(ran.err.find("not-carried-over") != std::string::npos);
  CHECK(folder.run("check faq.xlsx").code == 1);  // languages are missing, and that is said
  CHECK(folder.run("export faq.xlsx -o faq.csv").code == 0);
  CHECK(folder.run("export faq.csv -o faq.jsonl").code == 0);
  CHECK(folder.run("export faq.jsonl -o again.xlsx").code == 0);
  CHECK(folder.read("again.xlsx") == folder.read("faq.xlsx"));
  CHECK(folder.run("diff faq.xlsx faq.jsonl").out == "0 added, 0 gone, 0 changed\n");

  ran = folder.run("build faq.csv -o out");
  REQUIRE(ran.code == 0);
  const std::string snapshot = ran.out.substr(0, ran.out.size() - 1);
  CHECK(folder.run("export " + snapshot + " -o back.csv").code == 0);
  CHECK(folder.run("diff back.csv faq.csv").out == "0 added, 0 gone, 0 changed\n");

  CHECK(folder.run("import freshdesk.json --from freshdesk --lang uk -o f.csv").code == 0);
  CHECK(folder.read("f.csv").find("\"4\",\"uk\"") != std::string::npos);
  ran = folder.run("import freshdesk.json --from zendesk -o none.csv");
  CHECK(ran.code == 1);
  CHECK(ran.err.find("[no-topics]") != std::string::npos);
  CHECK(folder.run("import none.json -o x.csv").code == 2);
  CHECK(folder.run("export faq.csv -o faq.pdf").code == 2);
  folder.write("bad.csv", "id,title\n,x\n");
  ran = folder.run("export bad.csv -o bad.jsonl");
  CHECK(ran.code == 1);
  CHECK(folder.run("check bad.jsonl").code == 2);  // it was not written
}

TEST_CASE("a zip bomb, a broken zip and a zip of something else") {
  std::vector<Part> bomb{{"xl/workbook.xml", std::string(kMaxPartBytes + 1, ' ')}};
  const auto packed = zip(bomb);
  REQUIRE(packed.ok());
  CHECK(packed->size() < 100'000);
  const auto unpacked = unzip(*packed);
  REQUIRE_FALSE(unpacked.ok());
  CHECK(unpacked.error().code == askus::Code::kTooLarge);

  std::vector<Part> many(kMaxParts + 1, Part{"a", ""});
  CHECK(unzip(*zip(many)).error().code == askus::Code::kTooLarge);

  bomb.front().bytes = "<workbook/>";
  std::string whole = *zip(bomb);
  CHECK(unzip(whole).ok());
  // The last bytes are the length of a comment, which nobody needs.
  for (std::size_t size = 4; size + 4 < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(unzip(whole.substr(0, size)).ok());
  }
  const std::size_t at = whole.find("xl/workbook.xml") + 16;
  whole[at] = static_cast<char>(whole[at] ^ 0x55);
  CHECK_FALSE(unzip(whole).ok());

  const Folder folder;
  folder.write("other.xlsx", *zip({{"word/document.xml", "<w/>"}}));
  const Ran ran = folder.run("check other.xlsx");
  CHECK(ran.code == 1);
  CHECK(ran.out.find("this is no workbook") != std::string::npos);
  folder.write("bomb.xlsx", *packed);
  CHECK(folder.run("check bomb.xlsx").out.find("MB of text unpacked") != std::string::npos);
}
