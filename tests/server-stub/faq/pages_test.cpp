// askus-faq pages, as a person would run it.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/server-stub/faq/program.h"

using namespace askus::faq;

namespace {

const std::string kOptions =
    " --site site.json -o out --base https://www.example.org/help/ --server "
    "https://ask.example.org";

std::string csv(const std::string& title) {
  return "id,lang,category,title,answer\npay,en,money,\"" + title +
         "\",By card.\nspeed,en,line,Why is it slow?,Restart it.\n";
}

struct Example : Folder {
  Example() {
    write("faq.csv", csv("How do I pay?"));
    write("site.json", R"({"site":"demo","languages":["en"],"categories":[{"id":"money"},)"
                       R"({"id":"line"}]})");
  }
  std::string pages(const std::string& source = "faq.csv") const {
    const Ran ran = run("pages " + source + kOptions);
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    return ran.out;
  }
  bool has(const std::string& file) const { return std::filesystem::exists(path() / "out" / file); }
};

constexpr const char* kOld = "en/how-do-i-pay--pay/index.html";
constexpr const char* kNew = "en/ways-to-pay--pay/index.html";

}  // namespace

TEST_CASE("pages of a source and of its snapshot are the same files") {
  const Example folder;
  const std::string first = folder.pages();
  CHECK(folder.has(kOld));
  CHECK(folder.has("index.html"));
  CHECK(folder.has("404.html"));
  CHECK(folder.has("en/feed.xml"));
  CHECK(folder.has("sitemap.xml"));
  const auto written = std::filesystem::last_write_time(folder.path() / "out" / kOld);
  const Ran built = folder.run("build faq.csv --site site.json -o built");
  REQUIRE(built.code == 0);
  const std::string again = folder.pages(built.out.substr(0, built.out.size() - 1));
  CHECK(again.find(": 0 written,") != again.npos);
  CHECK(again.find("0 addresses moved, 0 files gone") != again.npos);
  CHECK(std::filesystem::last_write_time(folder.path() / "out" / kOld) == written);
}

TEST_CASE("an address that was published once leads to the topic for ever") {
  const Example folder;
  folder.pages();
  folder.write("faq.csv", csv("Ways to pay"));
  CHECK(folder.pages().find("1 addresses moved") != std::string::npos);
  CHECK(folder.has(kNew));
  CHECK(folder.read(std::string("out/") + kOld).find("url=../../en/ways-to-pay--pay/\"") !=
        std::string::npos);
  CHECK(folder.read("out/_redirects") ==
        "/help/en/how-do-i-pay--pay/ /help/en/ways-to-pay--pay/ 301\n");
  CHECK(folder.read("out/redirects.map") ==
        "\"/help/en/how-do-i-pay--pay/\" \"/help/en/ways-to-pay--pay/\";\n");
  // Both former ones lead to the third, without a chain.
  folder.write("faq.csv", csv("Payment"));
  CHECK(folder.pages().find("2 addresses moved") != std::string::npos);
  for (const char* file : {kOld, kNew})
    CHECK(folder.read(std::string("out/") + file).find("url=../../en/payment--pay/\"") !=
          std::string::npos);
  // The first title comes back: its page is there again.
  folder.write("faq.csv", csv("How do I pay?"));
  folder.pages();
  CHECK(folder.read(std::string("out/") + kOld).find("By card.") != std::string::npos);
}

TEST_CASE("a topic that is gone takes its files with it, and nothing else goes") {
  const Example folder;
  folder.pages();
  folder.write("out/en/mine.html", "mine");
  folder.write("out/logo.png", "mine");
  folder.write("faq.csv",
               "id,lang,category,title,answer\nspeed,en,line,Why is it slow?,Restart.\n");
  folder.pages();
  CHECK_FALSE(folder.has("en/how-do-i-pay--pay"));
  CHECK_FALSE(folder.has("en/c/money--money"));
  CHECK(folder.has("en/why-is-it-slow--speed/index.html"));
  CHECK(folder.read("out/en/mine.html") == "mine");
  CHECK(folder.read("out/logo.png") == "mine");
}

TEST_CASE("an export that was cut off is finished by the next") {
  const Example folder;
  folder.pages();
  folder.write("faq.csv", csv("Ways to pay"));
  // A folder stands where a page would be written.
  std::filesystem::create_directories(folder.path() / "out" / kNew / "in the way");
  CHECK(folder.run("pages faq.csv" + kOptions).code != 0);
  std::filesystem::remove_all(folder.path() / "out" / kNew);
  folder.pages();
  CHECK(folder.read(std::string("out/") + kOld).find("url=../../en/ways-to-pay--pay/\"") !=
        std::string::npos);
  const auto manifest = nlohmann::json::parse(folder.read("out/askus-pages.json"));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path() / "out"))
    if (entry.is_regular_file()) ++files;
  CHECK(files == manifest["files"].size() + 1);  // and the manifest itself
}

TEST_CASE("a manifest of somebody else's making is refused before anything is written") {
  const Example folder;
  folder.write("precious", "mine");
  std::filesystem::create_directories(folder.path() / "out");
  for (const char* manifest :
       {"", "{", "[]", R"({"format":2,"files":[]})", R"({"format":1})",
        R"({"format":1,"files":["../precious"]})", R"({"format":1,"files":["/etc/passwd"]})",
        R"({"format":1,"files":["en/../../precious"]})", R"({"format":1,"files":[1]})",
        R"({"format":"1","files":[]})"}) {
    CAPTURE(manifest);
    folder.write("out/askus-pages.json", manifest);
    const Ran ran = folder.run("pages faq.csv" + kOptions);
    CHECK(ran.code == 2);
    CHECK(ran.err.find("askus-pages.json is not what askus-faq pages writes") != ran.err.npos);
    CHECK_FALSE(folder.has("index.html"));
  }
  CHECK(folder.read("precious") == "mine");
}

TEST_CASE("what pages refuses") {
  const Example folder;
  for (const char* base : {"https://www.example.org/help", "www.example.org/", "https://a/?x/"})
    CHECK(folder.run("pages faq.csv --site site.json -o out --base '" + std::string(base) + "'")
              .code == 2);
  CHECK(folder.run("pages faq.csv -o out --base https://a/ --server https://b/x").code == 2);
  CHECK(folder.run("pages faq.csv -o out").code == 2);
  CHECK(folder.run("pages none.csv -o out --base https://a/").code != 0);
  folder.write("bad.csv", "id,lang,title,answer\na,en,A?,B\na,en,A?,B\n");
  CHECK(folder.run("pages bad.csv -o out --base https://a/").code == 1);
  CHECK_FALSE(folder.has("."));
}

TEST_CASE("pages tells what it does") {
  const Example folder;
  const Ran ran = folder.run("pages faq.csv --progress" + kOptions);
  CHECK(ran.err.find("askus-faq: writing page 1 of ") != ran.err.npos);
}
