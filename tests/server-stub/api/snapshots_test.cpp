#include "server-stub/api/snapshots.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/people.h"

using namespace askus;
using testing::Harness;
using testing::make_publication;
using testing::tiny_snapshot;

TEST_CASE("two public keys stand side by side while one takes the other's place") {
  const publish::SigningKey next = testing::new_key(), foreign = testing::new_key();
  testing::Setup setup;
  setup.config = [&next](config::Config& config, const testing::TempFolder&) {
    config.sites["demo"].public_keys.push_back(next.public_key());
  };
  Harness h(setup);
  CHECK(h.publish(make_publication(h.key, 1, tiny_snapshot("old")).body()).status == 201);
  CHECK(h.publish(make_publication(next, 2, tiny_snapshot("new")).body()).status == 201);
  CHECK(h.publish(make_publication(h.key, 3, tiny_snapshot("old again")).body()).status == 201);
  CHECK(h.publish(make_publication(foreign, 4, tiny_snapshot("x")).body()).problem() ==
        "bad-signature");
  // Visitors' browsers are given both.
  const std::string page = h.ask("GET", "/sites/demo/panel").body;
  CHECK(page.find(h.key.public_key().x) != std::string::npos);
  CHECK(page.find(next.public_key().x) != std::string::npos);
}

TEST_CASE("publish, read, publish again, list, roll back") {
  Harness h;
  const std::string base = "/v1/sites/demo/";
  CHECK(h.ask("GET", base + "manifest.json").problem() == "no-snapshot");
  const auto one = make_publication(h.key, 1, tiny_snapshot(std::string(3'000, 'a')));
  const auto published = h.publish(one.body());
  CHECK(published.status == 201);
  CHECK(published.body == "{\"version\":1,\"sha256\":\"" + one.manifest.sha256 + "\"}");
  CHECK(h.publish(one.body()).status == 200);

  const auto manifest = h.ask("GET", base + "manifest.json");
  CHECK(manifest.status == 200);
  CHECK(manifest.body == one.manifest_json);
  CHECK(manifest.headers.at("cache-control") == "no-cache");
  CHECK(manifest.headers.at("access-control-allow-origin") == "*");
  CHECK(h.ask("GET", base + "manifest.json", {{"If-None-Match", manifest.headers.at("etag")}})
            .status == 304);

  const std::string file = base + "snapshots/" + one.manifest.sha256 + ".faq";
  const auto whole = h.ask("GET", file);
  CHECK(whole.status == 200);
  CHECK(whole.body == one.bytes);
  CHECK(whole.headers.at("content-type") == "application/octet-stream");
  CHECK(whole.headers.at("cache-control") == "public, max-age=31536000, immutable");
  const auto small = h.ask("GET", file, {{"Accept-Encoding", "gzip, br"}});
  CHECK(small.headers.at("content-encoding") == "br");
  CHECK(small.body.size() < one.bytes.size() / 2);
  CHECK(h.ask("GET", file, {{"Accept-Encoding", "gzip"}}).headers.at("content-encoding") == "gzip");
  CHECK(h.ask("GET", file, {{"Range", "bytes=0-9"}}).body == one.bytes.substr(0, 10));

  const auto two = make_publication(h.key, 2, tiny_snapshot("two"));
  CHECK(h.publish(two.body()).status == 201);
  CHECK(h.ask("GET", file).body == one.bytes);
  const auto back = make_publication(h.key, 3, one.bytes);
  CHECK(h.publish(back.manifest_json, "rollback").status == 201);
  CHECK(h.ask("GET", base + "manifest.json").body == back.manifest_json);

  const auto list = nlohmann::json::parse(
      h.ask("GET", base + "snapshots", {{"Authorization", "Bearer " + h.token}}).body);
  REQUIRE(list.size() == 2);
  CHECK(list[0]["version"] == 3);
  CHECK(list[0]["sha256"] == one.manifest.sha256);
  CHECK(list[0]["length"] == one.bytes.size());
  CHECK(list[0]["issued_at"] == back.manifest.issued_at);
  CHECK(list[0]["current"] == true);
  CHECK(list[1]["current"] == false);
}

TEST_CASE("a publication that a visitor's reader would refuse changes nothing") {
  Harness h;
  const auto good = make_publication(h.key, 5, tiny_snapshot("good"));
  REQUIRE(h.publish(good.body()).status == 201);
  const auto next = make_publication(h.key, 6, tiny_snapshot("next"));
  std::string flipped = next.body();
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  const auto half = make_publication(h.key, 6, next.bytes.substr(0, 200));
  struct Case {
    std::string path, body;
    unsigned status;
    std::string problem;
  };
  const Case cases[] = {
      {"snapshots", flipped, 422, "wrong-hash"},
      {"snapshots", next.body().substr(0, next.body().size() - 1), 422, "wrong-length"},
      {"snapshots", half.body(), 422, "bad-snapshot"},
      {"snapshots", make_publication(testing::new_key(), 6, next.bytes).body(), 403,
       "bad-signature"},
      {"snapshots", make_publication(h.key, 4, next.bytes).body(), 409, "version-not-higher"},
      {"snapshots", make_publication(h.key, 6, next.bytes, "other").body(), 422, "wrong-site"},
      {"snapshots", "{}\n" + next.bytes, 422, "bad-manifest"},
      {"snapshots", next.bytes, 422, "bad-manifest"},
      {"snapshots", "", 422, "bad-manifest"},
      {"rollback", next.manifest_json, 404, "unknown-snapshot"},
      {"rollback", "not JSON", 422, "bad-manifest"},
      {"rollback", make_publication(h.key, 5, next.bytes).manifest_json, 409, "version-not-higher"},
      {"rollback", std::string(publish::kMaxManifestBytes + 1, ' '), 413, "too-large"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.path, c.problem);
    const auto answer = h.publish(c.body, c.path);
    CAPTURE(answer.body);
    CHECK(answer.status == c.status);
    CHECK(answer.problem() == c.problem);
    CHECK(h.ask("GET", "/v1/sites/demo/manifest.json").body == good.manifest_json);
  }
}

TEST_CASE("only this site's publisher publishes, rolls back and lists") {
  Harness h;
  const std::string body = make_publication(h.key, 1, tiny_snapshot("a")).body();
  const std::pair<std::string, std::string> calls[] = {
      {"POST", "snapshots"}, {"POST", "rollback"}, {"GET", "snapshots"}};
  for (const auto& [method, path] : calls) {
    CAPTURE(method, path);
    const std::string sent = method == "POST" ? body : "";
    const std::string demo = "/v1/sites/demo/" + path, other = "/v1/sites/other/" + path;
    CHECK(h.ask(method, demo, {}, sent).problem() == "unauthorized");
    CHECK(h.ask(method, demo, {{"Authorization", "Bearer wrong"}}, sent).status == 401);
    CHECK(h.ask(method, demo, {{"Authorization", h.token}}, sent).status == 401);
    CHECK(h.ask(method, other, {{"Authorization", "Bearer " + h.token}}, sent).status == 401);
    CHECK(h.ask(method, "/v1/sites/nowhere/" + path, {}, sent).problem() == "unknown-site");
  }
  CHECK(h.ask("GET", "/v1/sites/demo/manifest.json").status == 404);
}

TEST_CASE("a slow disk under older snapshots holds nobody else up") {
  Harness h;
  const auto old = make_publication(h.key, 1, tiny_snapshot("old"));
  const auto current = make_publication(h.key, 2, tiny_snapshot("current"));
  REQUIRE(h.publish(old.body()).status == 201);
  REQUIRE(h.publish(current.body()).status == 201);
  // Opening a FIFO waits for its writer, as a disk that does not answer.
  const std::string file = h.folder.file("data/sites/demo/" + old.manifest.sha256 + ".faq");
  REQUIRE(::unlink(file.c_str()) == 0);
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  const std::string path = "/v1/sites/demo/snapshots/";
  const std::string text =
      testing::request_text("GET", path + old.manifest.sha256 + ".faq", {}, {});
  std::vector<std::unique_ptr<testing::Client>> waiting;
  for (int i = 0; i < 16; ++i) {  // more than the server has threads
    waiting.push_back(std::make_unique<testing::Client>(h.port));
    waiting.back()->send(text);
  }
  // This end opens when the server's has: the first of them is over, the next ones wait.
  const int first = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  ::close(first);
  bool served = true;
  for (int i = 0; i < 16 && served; ++i) served = h.ask("GET", "/healthz").status == 200;
  CHECK(served);
  CHECK(h.ask("GET", path + current.manifest.sha256 + ".faq").body == current.bytes);
  CHECK(h.publish(make_publication(h.key, 3, tiny_snapshot("next")).body()).status == 201);
  // With a writer that stays nobody waits any more.
  const int rest = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  for (const auto& client : waiting) CHECK(client->receive().problem() == "unknown-snapshot");
  ::close(rest);
}

TEST_CASE("files that are not kept") {
  Harness h;
  for (const std::string& name :
       {std::string(64, '0'), std::string("x"), std::string("..%2f..%2f")})
    CHECK(h.ask("GET", "/v1/sites/demo/snapshots/" + name + ".faq").status == 404);
  CHECK(h.ask("GET", "/v1/sites/nowhere/manifest.json").problem() == "unknown-site");
}

TEST_CASE("who published what is in the log") {
  Harness h;
  const auto p = make_publication(h.key, 1, tiny_snapshot("a"));
  h.publish(p.body());
  h.publish("{}\n");
  h.stop();
  const std::string publisher = publish::sha256_hex(h.token).substr(0, 12);
  CHECK(h.log().find("\"event\":\"publish\"") != std::string::npos);
  CHECK(h.log().find("\"publisher\":\"" + publisher +
                     "\",\"result\":\"accepted\",\"version\":\"1\",\"sha256\":\"" +
                     p.manifest.sha256) != std::string::npos);
  CHECK(h.log().find("\"result\":\"bad-manifest\"") != std::string::npos);
  CHECK(h.log().find(h.token) == std::string::npos);
}

namespace {

// A server that signs for its marketers: `who` and what is put into the key's file.
testing::Setup signing(const std::string& pem, mode_t mode = 0600) {
  testing::Setup setup;
  setup.config = [pem, mode](config::Config& config, const testing::TempFolder& folder) {
    folder.write("signing.pem", pem);
    ::chmod(folder.file("signing.pem").c_str(), mode);
    const auto key = publish::SigningKey::from_pem(pem);
    config::SiteConfig& site = config.sites["demo"];
    site.signing_key_file = folder.file("signing.pem");
    site.public_keys = {key.ok() ? key->public_key() : publish::PublicKey{}};
  };
  return setup;
}

}  // namespace

TEST_CASE("where the server holds the key, who may publish needs none") {
  const publish::SigningKey key = testing::new_key();
  Harness h(signing(key.to_pem()));
  const std::string ticket =
      testing::begin_session(h, testing::add_person(h, "m@b.example", "marketer", "demo", "Оля"));
  const auto half = testing::send(h, ticket, "GET", "/v1/sites/demo/signing-key");
  CHECK(half.body ==
        nlohmann::ordered_json{{"x", key.public_key().x}, {"y", key.public_key().y}}.dump());

  const std::string bytes = tiny_snapshot("new");
  const auto ask_for = [&](const std::string& sha256, const std::string& length) {
    return testing::send(h, ticket, "POST", "/v1/sites/demo/manifests",
                         R"({"sha256":")" + sha256 + R"(","length":)" + length + "}");
  };
  const std::string sha256 = publish::sha256_hex(bytes), length = std::to_string(bytes.size());
  for (int version = 1; version <= 2; ++version) {
    const auto manifest = ask_for(sha256, length);
    REQUIRE(manifest.status == 200);
    CHECK(manifest.body.find("\"version\":" + std::to_string(version)) != std::string::npos);
    CHECK(h.ask("POST", "/v1/sites/demo/snapshots",
                testing::by(h, ticket, {{"Content-Type", "application/vnd.askus.publication"}}),
                manifest.body + "\n" + bytes)
              .status == 201);
  }
  // It signs any bytes that a publisher names; what is no snapshot is refused as ever.
  const auto bad = ask_for(publish::sha256_hex("x"), "1");
  CHECK(h.publish(bad.body + "\nx").problem() == "bad-snapshot");
  for (const auto& [wrong, size] : {std::pair<std::string, std::string>{"", "1"},
                                    {sha256.substr(1), "1"},
                                    {sha256, "0"},
                                    {sha256, "-1"},
                                    {sha256, "1.5"},
                                    {sha256, "\"1\""},
                                    {sha256, "99999999999"}}) {
    CAPTURE(wrong, size);
    CHECK(ask_for(wrong, size).problem() == "invalid-request");
  }
  // The history knows her by name.
  CHECK(testing::send(h, ticket, "GET", "/v1/sites/demo/snapshots").body.find("\"Оля\"") !=
        std::string::npos);
  CHECK(h.log().find("PRIVATE KEY") == std::string::npos);
}

TEST_CASE("a signing key that others can read, or that is another one, stops the server") {
  const publish::SigningKey key = testing::new_key(), other = testing::new_key();
  const auto opened = [](const testing::Setup& setup) {
    const testing::TempFolder folder;
    testing::write_web(folder);
    config::Config config;
    config.data = folder.file("data");
    config.web = folder.file("web");
    config.store.file = config.data + "/askus.db";
    setup.config(config, folder);
    http::Log log([](std::string_view) {});
    const auto app = api::App::open(config, std::string(32, 's'), log);
    return app.ok() ? std::string() : app.error().text;
  };
  CHECK(opened(signing(key.to_pem())).empty());
  CHECK(opened(signing(key.to_pem(), 0644)).find("signing_key_file") != std::string::npos);
  CHECK(opened(signing("no key")).find("signing_key_file") != std::string::npos);
  testing::Setup swapped;
  swapped.config = [&](config::Config& config, const testing::TempFolder& folder) {
    signing(key.to_pem()).config(config, folder);
    config.sites["demo"].public_keys = {other.public_key()};
  };
  CHECK(opened(swapped).find("public_keys") != std::string::npos);
}
