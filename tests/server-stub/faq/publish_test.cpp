// publish and rollback, the whole program against a stand-in of the server.
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "tests/server-stub/faq/program.h"
#include "tests/server-stub/publish/example_key.h"
#include "tests/server-stub/publish/stand_in.h"

using namespace askus::faq;
using namespace askus::publish;
using askus::snapshot::Manifest;

namespace {

constexpr const char* kCsv = "id,title,answer\npay,Як платити?,Карткою.\n";

struct Example : Folder {
  Example() {
    write("faq.csv", kCsv);
    write("warn.csv", "id,title,answer\npay,Як платити?,\n");
    write("site.json", R"({"site":"demo","languages":["uk"]})");
    write_secret("key.pem", kExamplePem);
    write_secret("token", "secret\n");
  }
};

std::string manifest_of(std::uint64_t version, std::string_view bytes) {
  return manifest_to_json(make_manifest(example_key(), "demo", version, 1780214400, 7, bytes));
}

// The manifest that was sent, verified.
Manifest sent_manifest(std::string_view json) {
  const Manifest manifest = manifest_from_json(json).value();
  CHECK(verify(example_key().public_key(), signed_text(manifest), manifest.signature));
  return manifest;
}

}  // namespace

TEST_CASE("publish builds, signs with the next version and sends") {
  const Example folder;
  StandIn server({{200, manifest_of(41, "old")}, {201, "{}"}});
  const Ran ran = folder.run(
      "publish faq.csv --site site.json --key key.pem --token-file token --out "
      "kept --to " +
      server.url());
  CHECK(ran.err == "");
  CHECK(ran.code == 0);
  const auto seen = server.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].token == "Bearer secret");
  const Publication body = split_publication(seen[1].body).value();
  const Manifest manifest = sent_manifest(body.manifest);
  CHECK(manifest.version == 42);
  CHECK(manifest.sha256 == sha256_hex(body.snapshot));
  CHECK(ran.out == "site demo is at version 42, snapshot " + manifest.sha256 + "\n");
  CHECK(folder.read("kept/" + manifest.sha256 + ".faq") == body.snapshot);
  CHECK(folder.read("kept/manifest.json") == manifest_to_json(manifest) + "\n");
}

TEST_CASE("publish sends a built folder with its own manifest") {
  const Example folder;
  REQUIRE(folder.run("build faq.csv --site site.json -o out --key key.pem --version 5").code == 0);
  StandIn server({{201, "{}"}});
  CHECK(folder.run("publish out --token-file token --to " + server.url()).code == 0);
  const auto seen = server.seen();
  REQUIRE(seen.size() == 1);
  CHECK(std::string(split_publication(seen[0].body)->manifest) + "\n" ==
        folder.read("out/manifest.json"));
}

TEST_CASE("warnings are published only when they are accepted") {
  const Example folder;
  REQUIRE(folder.run("build warn.csv --site site.json -o out --key key.pem --version 5").code == 0);
  // Nothing listens there: a refusal comes before any connection.
  for (const char* what : {"out", "warn.csv --site site.json --key key.pem"}) {
    const Ran ran =
        folder.run(std::string("publish ") + what + " --token-file token --to http://127.0.0.1:9");
    CHECK(ran.code == 1);
    CHECK(ran.err.find("warnings: 1;") != std::string::npos);
  }
  StandIn server({{201, "{}"}});
  CHECK(folder.run("publish out --accept-warnings --token-file token --to " + server.url()).code ==
        0);
}

TEST_CASE("publish tells what is missing before it connects") {
  const Example folder;
  folder.write("open", "secret");
  folder.write_secret("empty", "\n");
  REQUIRE(folder.run("build faq.csv --site site.json -o out").code == 0);
  const auto [arguments, code] = GENERATE(
      table<const char*, int>({{"out --token-file token", 2},                       // no manifest
                               {"faq.csv --site site.json --token-file token", 2},  // no key
                               {"none --key key.pem --token-file token", 2},
                               {"out --key key.pem", 2},  // no token
                               {"out --key key.pem --token-file empty", 2},
                               {"out --key key.pem --token-file open", 1}}));
  CAPTURE(arguments);
  CHECK(folder.run(std::string("publish ") + arguments + " --to http://127.0.0.1:9").code == code);
}

TEST_CASE("a manifest of another snapshot is not published") {
  const Example folder;
  REQUIRE(folder.run("build warn.csv --site site.json -o out --key key.pem").code == 0);
  REQUIRE(folder.run("build faq.csv --site site.json -o out").code == 0);
  const Ran ran = folder.run("publish out --token-file token --to http://127.0.0.1:9");
  CHECK(ran.code == 2);
  CHECK(ran.err.find("names another snapshot") != std::string::npos);
}

TEST_CASE("the server's refusal and absence have their own exit codes") {
  const Example folder;
  REQUIRE(folder.run("build faq.csv --site site.json -o out --key key.pem").code == 0);
  {
    StandIn server({{409, R"({"title":"Version not higher"})"}});
    const Ran ran = folder.run("publish out --token-file token --to " + server.url());
    CHECK(ran.code == 1);
    CHECK(ran.err == "askus-faq: the server answered 409 Version not higher\n");
  }
  CHECK(folder.run("publish out --token-file token --to http://127.0.0.1:9").code == 2);
}

TEST_CASE("the token comes from a file or the environment") {
  const Example folder;
  REQUIRE(folder.run("build faq.csv --site site.json -o out --key key.pem").code == 0);
  const char* variable = GENERATE("ASKUS_PUBLISH_TOKEN", "ASKUS_PUBLISH_TOKEN_FILE");
  const std::string value = std::string(variable).ends_with("FILE") ? "token" : "secret";
  StandIn server({{201, "{}"}});
  ::setenv(variable, value.c_str(), 1);
  CHECK(folder.run("publish out --to " + server.url()).code == 0);
  ::unsetenv(variable);
  REQUIRE(server.seen().size() == 1);
  CHECK(server.seen()[0].token == "Bearer secret");
}

TEST_CASE("rollback signs a manifest with the next version for a kept snapshot") {
  const Example folder;
  const std::string a(64, 'a'), b(64, 'b'), c(64, 'c');
  const auto entry = [](int version, const std::string& sha256, const char* current) {
    return R"({"version":)" + std::to_string(version) +
           R"(,"issued_at":"2026-05-31T08:00:00Z","sha256":")" + sha256 + R"(","length":)" +
           std::to_string(version * 10) + R"(,"current":)" + current + "}";
  };
  const std::string list =
      "[" + entry(7, a, "true") + "," + entry(6, b, "false") + "," + entry(5, c, "false") + "]";
  const auto [options, sha256] = GENERATE_COPY(table<std::string, std::string>(
      {{"", b}, {"--to-version 5", c}, {"--sha256 " + c, c}, {"--to-version 7", a}}));
  CAPTURE(options);
  StandIn server({{200, list}, {200, manifest_of(7, "old")}, {201, "{}"}});
  const Ran ran = folder.run("rollback --site-id demo --key key.pem --token-file token " + options +
                             " --to " + server.url());
  CHECK(ran.err == "");
  CHECK(ran.code == 0);
  const auto seen = server.seen();
  REQUIRE(seen.size() == 3);
  const Manifest manifest = sent_manifest(seen[2].body);
  CHECK(manifest.version == 8);
  CHECK(manifest.sha256 == sha256);
  CHECK(manifest.length == (sha256 == a ? 70 : sha256 == b ? 60 : 50));
}

TEST_CASE("rollback to what is not kept is refused with what there is") {
  const Example folder;
  StandIn server({{200, "[]"}});
  const Ran ran =
      folder.run("rollback --site-id demo --key key.pem --token-file token --to-version 3 --to " +
                 server.url());
  CHECK(ran.code == 1);
  CHECK(ran.err.find("no such snapshot") != std::string::npos);
}
