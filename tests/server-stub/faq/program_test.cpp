#include <sys/stat.h>

#include "tests/server-stub/faq/program.h"
#include "tests/server-stub/publish/example_key.h"

using namespace askus::faq;

namespace {

constexpr const char* kCsv =
    "id,lang,title,phrasings,answer\n"
    "pay,uk,Як оплатити інтернет?,Куди платити,Карткою в кабінеті.\n"
    "pay,en,How do I pay?,Where to pay,By card.\n"
    "speed,uk,Чому повільний інтернет?,Низька швидкість,Перезавантажте роутер.\n"
    "speed,en,Why is it slow?,Low speed,Restart the router.\n";
constexpr const char* kSite = R"({"site":"demo","languages":["uk","en"]})";

// The FAQ, its settings and the example key.
struct Example : Folder {
  Example() {
    write("faq.csv", kCsv);
    write("site.json", kSite);
    write_secret("key.pem", askus::publish::kExamplePem);
  }
  // The path that build printed.
  std::string build(const std::string& more = "") const {
    const Ran ran = run("build faq.csv --site site.json -o out " + more);
    REQUIRE(ran.code == 0);
    return ran.out.substr(0, ran.out.size() - 1);
  }
};

}  // namespace

TEST_CASE("check: nothing, findings, unreadable") {
  const Example folder;
  Ran ran = folder.run("check faq.csv --site site.json");
  CHECK(ran.code == 0);
  CHECK(ran.out == "2 topics: 0 errors, 0 warnings\n");

  folder.write("bad.csv", std::string(kCsv) + "pay,uk,\"Як?\",,\n");
  ran = folder.run("check bad.csv --site site.json");
  CHECK(ran.code == 1);
  CHECK(
      ran.out ==
      "bad.csv:6: error [duplicate-id] id: found \"pay\"; the same id and language are already in "
      "bad.csv:2; delete one of the two or give it another id\n"
      "2 topics: 1 error, 0 warnings\n");
  ran = folder.run("check bad.csv --site site.json --json");
  CHECK(ran.code == 1);
  CHECK(ran.out.find("\"rule\": \"duplicate-id\"") != std::string::npos);
  CHECK(ran.out.find("\"row\": 6") != std::string::npos);

  CHECK(folder.run("check none.csv").code == 2);
  CHECK(folder.run("check .").code == 2);
  CHECK(folder.run("check faq.csv --site none.json").code == 2);
}

TEST_CASE("usage errors exit with 2, help with 0") {
  const Example folder;
  const std::string arguments =
      GENERATE(std::string(), std::string("check"), std::string("build faq.csv"),
               std::string("fly"), std::string("build faq.csv -o out --version 0"),
               std::string("build faq.csv -o out --fresh-days 0"), std::string("show a b"));
  CAPTURE(arguments);
  const Ran ran = folder.run(arguments);
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_FALSE(ran.err.empty());
  CHECK(folder.run("--help").code == 0);
  CHECK(folder.run("build --help").code == 0);
}

TEST_CASE("build writes the same bytes for the same input") {
  const Example folder;
  const std::string options = "--key key.pem --version 3 --issued-at 2026-05-31T08:00:00Z";
  const std::string path = folder.build(options);
  const std::string bytes = folder.read(path), manifest = folder.read("out/manifest.json"),
                    report = folder.read("out/report.json");
  CHECK(path == "out/" + askus::publish::sha256_hex(bytes) + ".faq");
  CHECK(manifest.starts_with(
      R"({"format":1,"site":"demo","version":3,"issued_at":"2026-05-31T08:00:00Z",)"
      R"("fresh_until":"2026-06-07T08:00:00Z",)"));
  std::filesystem::remove_all(folder.path() / "out");
  CHECK(folder.build(options) == path);
  CHECK(folder.read(path) == bytes);
  CHECK(folder.read("out/manifest.json") == manifest);
  CHECK(folder.read("out/report.json") == report);
  CHECK(folder.files().size() == 6);
}

TEST_CASE("without a version the manifest's rises by one") {
  const Example folder;
  folder.build("--key key.pem");
  CHECK(folder.read("out/manifest.json").find("\"version\":1,") != std::string::npos);
  folder.build("--key key.pem");
  CHECK(folder.read("out/manifest.json").find("\"version\":2,") != std::string::npos);
}

TEST_CASE("build refuses errors and writes nothing, but builds with warnings") {
  const Example folder;
  folder.write("bad.csv", std::string(kCsv) + "x,de,T,,A\n");
  Ran ran = folder.run("build bad.csv --site site.json -o out");
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK(ran.err.find("bad.csv:6: error [unknown-language]") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "out"));

  folder.write("warn.csv", std::string(kCsv) + "x,en,T,,A\n");
  ran = folder.run("build warn.csv --site site.json -o out");
  CHECK(ran.code == 0);
  CHECK(ran.err.find("warning [missing-language]") != std::string::npos);
  CHECK(folder.read("out/report.json").find("\"warnings\": 1") != std::string::npos);
}

TEST_CASE("build with an unusable key or time writes nothing") {
  const Example folder;
  folder.write("open.pem", askus::publish::kExamplePem);
  folder.write_secret("bad.pem", "x");
  const auto [options, code] =
      GENERATE(table<const char*, int>({{"--key none.pem", 1},
                                        {"--key open.pem", 1},
                                        {"--key bad.pem", 2},
                                        {"--key key.pem --issued-at yesterday", 2}}));
  CAPTURE(options);
  CHECK(folder.run(std::string("build faq.csv --site site.json -o out ") + options).code == code);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "out"));
}

TEST_CASE("--lang names the language of records without one") {
  const Example folder;
  folder.write("plain.csv", "id,title,answer\na,T,A\n");
  CHECK(folder.run("check plain.csv").code == 1);
  CHECK(folder.run("check plain.csv --lang uk").code == 0);
  CHECK(folder.run("check plain.csv --lang de --site site.json").code == 1);
}

TEST_CASE("a lexicon of the site's own: read, checked, before or after the files") {
  const Example folder;
  folder.write("own.txt", "slow-internet\n  uk: слимачина\n");
  folder.write("broken.txt", "slow-internet\n  ukr: слимачина\n");
  const Ran without = folder.run("search " + folder.build() + " слимачина --lang uk");
  CHECK(without.out.find("speed") == std::string::npos);
  const std::string with = folder.build("--lexicon own.txt");
  CHECK(folder.run("search " + with + " слимачина --lang uk --explain").out.find("concept") !=
        std::string::npos);
  CHECK(folder.run("build --lexicon own.txt faq.csv --site site.json -o out").code == 0);
  folder.write("lost.txt", "slow-internet ~ fast-intrenet\n");
  const Ran lost = folder.run("check faq.csv --site site.json --lexicon lost.txt");
  CHECK(lost.code == 2);
  CHECK(lost.err.find("fast-intrenet") != std::string::npos);
  for (const char* command : {"check", "build -o out"}) {
    CAPTURE(command);
    const std::string start = std::string(command) + " faq.csv --site site.json --lexicon ";
    const Ran broken = folder.run(start + "broken.txt");
    CHECK(broken.code == 2);
    CHECK(broken.err.find("broken.txt:2") != std::string::npos);
    CHECK(folder.run(start + "none.txt").code != 0);
  }
}

TEST_CASE("show, search and diff look into a snapshot") {
  const Example folder;
  const std::string path = folder.build();
  Ran ran = folder.run("show " + path);
  CHECK(ran.code == 0);
  CHECK(ran.out.find("languages uk (2) en (2)") != std::string::npos);
  CHECK(ran.out.find("pay\t\tЯк оплатити інтернет?") != std::string::npos);
  ran = folder.run("show " + path + " --topic pay");
  CHECK(ran.code == 0);
  CHECK(ran.out.find("  answer: By card.\n") != std::string::npos);
  CHECK(folder.run("show " + path + " --topic none").code == 1);
  CHECK(folder.run("show faq.csv").code == 2);

  ran = folder.run("search " + path + " 'повільний інтернет' --lang uk");
  CHECK(ran.code == 0);
  CHECK(ran.out.starts_with("1\t"));
  CHECK(ran.out.find("\tspeed\tuk\t") < ran.out.find('\n'));
  CHECK(folder.run("search " + path + " qqqqq").out == "nothing found\n");
  CHECK(folder.run("search " + path + " slow --lang de").code == 1);
  CHECK_FALSE(folder.run("search " + path + " slow --explain").out.empty());

  folder.write("new.csv", std::string(kCsv).substr(0, std::string(kCsv).find("speed,uk")) +
                              "tv,uk,ТБ,,Так.\ntv,en,TV,,Yes, indeed.\n");
  folder.write("new.csv",
               "id,lang,title,phrasings,answer\n"
               "pay,uk,Як оплатити інтернет?,Куди платити,Карткою.\n"
               "pay,en,How do I pay?,Where to pay,By card.\n"
               "tv,uk,ТБ?,,Так.\ntv,en,TV?,,Yes.\n");
  ran = folder.run("diff " + path + " new.csv --site site.json");
  CHECK(ran.code == 0);
  CHECK(ran.out == "+ tv\n- speed\n~ pay: uk.answer\n1 added, 1 gone, 1 changed\n");
}

TEST_CASE("eval measures, and refuses questions that the snapshot cannot answer") {
  const Example folder;
  const std::string snapshot = folder.build();
  const auto eval = [&](const std::string& lines, const std::string& more = "") {
    folder.write("questions.tsv", lines);
    return folder.run("eval " + snapshot + " questions.tsv" + more);
  };
  const Ran good = eval("# a comment\nхочу оплатити\tpay\tuk\nslow today\tspeed\n");
  CHECK(good.code == 0);
  CHECK(good.out == "questions 2  R@1 1.000  R@5 1.000  MRR@5 1.000  nDCG@10 1.000\n");
  const std::pair<const char*, const char*> bad[] = {
      {"slow\tsped\n", "questions.tsv:1: the snapshot has no topic sped"},
      {"\nslow\tspeed,pya\n", "questions.tsv:2: the snapshot has no topic pya"},
      {"slow\tspeed\tde\n", "questions.tsv:1: the snapshot has no language de"},
      {"slow\n", "questions.tsv:1: expected a question"},
      {"# nothing\n", "there is no question in it"}};
  for (const auto& [lines, said] : bad) {
    CAPTURE(lines);
    const Ran ran = eval(lines);
    CHECK(ran.code == 2);
    CHECK(ran.err.find(said) != std::string::npos);
  }
  CHECK(eval("slow\tspeed\n", " --lang de").code == 2);
}

TEST_CASE("a cut or changed snapshot is refused") {
  const Example folder;
  const std::string bytes = folder.read(folder.build());
  folder.write("cut.faq", bytes.substr(0, bytes.size() / 2));
  folder.write("empty.faq", "");
  for (const char* file : {"cut.faq", "empty.faq"}) {
    const Ran ran = folder.run(std::string("show ") + file);
    CHECK(ran.code == 2);
    CHECK(ran.err.find(file) != std::string::npos);
  }
}

TEST_CASE("keygen makes a private file, tells the public key, never overwrites") {
  const Example folder;
  const Ran made = folder.run("keygen -o new.pem");
  CHECK(made.code == 0);
  CHECK(made.out.starts_with("{\"x\":\""));
  struct stat about {};
  REQUIRE(::stat((folder.path() / "new.pem").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK(folder.run("public new.pem").out == made.out);
  const std::string pem = folder.read("new.pem");
  CHECK(folder.run("keygen -o new.pem").code == 1);
  CHECK(folder.read("new.pem") == pem);
}

TEST_CASE("test questions: check, eval and diff") {
  const Example folder;
  const std::string head = "id,lang,title,phrasings,answer,tests\n";
  const std::string pay = "pay,en,How do I pay?,Where to pay,By card.,can I pay by card\n";
  const std::string slow = "speed,en,Why is it slow?,Low speed,Restart the router.,";
  folder.write("good.csv", head + pay + slow + "slow today\n");
  folder.write("bad.csv", head + pay + slow + "the kettle is cold\n");
  folder.write("old.csv", head + "pay,en,Cats,,Cats.,\n" + slow + "slow today\n");
  CHECK(folder.run("check good.csv").code == 0);
  Ran ran = folder.run("check bad.csv");
  CHECK(ran.code == 1);
  CHECK(ran.out.find("bad.csv:3: warning [failing-test] tests: found \"the kettle is cold\"") == 0);
  CHECK(ran.out.find("[untested-topic]") != std::string::npos);
  // Advice does not stop a build.
  ran = folder.run("build bad.csv -o out");
  REQUIRE(ran.code == 0);
  const std::string snapshot = ran.out.substr(0, ran.out.size() - 1);
  CHECK(folder.run("eval " + snapshot + " good.csv --least-r5 1").code == 0);
  CHECK(folder.run("eval " + snapshot + " faq.csv").code == 2);
  ran = folder.run("diff old.csv good.csv");
  CHECK(ran.out.find("better: \"can I pay by card\" (pay): not found -> 1\n") != std::string::npos);
  CHECK(folder.run("diff " + snapshot + " old.csv").out.find("worse") == std::string::npos);
  CHECK(folder.run("diff good.csv " + snapshot).out.find("worse") == std::string::npos);
  folder.write("new.csv", head + "pay,en,Cats,,Cats.,can I pay by card\n" + slow + "\n");
  CHECK(folder.run("diff good.csv new.csv")
            .out.find("worse: \"can I pay by card\" (pay): 1 -> not found\n") != std::string::npos);
}
