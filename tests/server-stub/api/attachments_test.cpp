#include "server-stub/api/attachments.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"
#include "tests/server-stub/postgres.h"

namespace {

using namespace askus;
using testing::Answer;
using testing::Client;
using testing::Fields;
using testing::Harness;
using testing::png;
using testing::request_json;
using testing::uuid;

std::string hash_of(const std::string& body) {
  return publish::sha256_hex(body);
}

std::string naming(int n, const std::vector<std::string>& hashes) {
  return request_json(uuid(n), ",\"attachments\":" + nlohmann::json(hashes).dump());
}

const std::string kPath = "/v1/sites/demo/attachments/";

}  // namespace

TEST_CASE("a picture is put, named, and read back by the request's token alone") {
  store::StoreOptions options;
  if (GENERATE(false, true)) options.postgres = testing::PostgresServer::instance().new_database();
  Harness h({}, options);
  const std::string picture = png(640, 480) + std::string(200'000, '\0') + "end";
  const Answer put = h.put_picture(picture);
  REQUIRE(put.status == 201);
  const auto json = nlohmann::json::parse(put.body);
  CHECK(json["sha256"] == hash_of(picture));
  CHECK(json["type"] == "image/png");
  CHECK(json["length"] == picture.size());
  CHECK(json["width"] == 640);
  CHECK(json["height"] == 480);
  const Answer again = h.put_picture(picture);
  CHECK(again.status == 200);
  CHECK(again.body == put.body);

  const Answer posted = h.post_request(uuid(1), naming(1, {hash_of(picture)}));
  REQUIRE(posted.status == 201);
  CHECK(h.post_request(uuid(1), naming(1, {hash_of(picture)})).body == posted.body);
  CHECK(h.post_request(uuid(1), request_json(uuid(1))).problem() == "key-reused");
  const auto status = nlohmann::json::parse(h.ask_own("GET", uuid(1)).body);
  REQUIRE(status["attachments"].size() == 1);
  CHECK(status["attachments"][0]["sha256"] == hash_of(picture));

  const Answer read = h.ask_own("GET", uuid(1), "/attachments/" + hash_of(picture));
  REQUIRE(read.status == 200);
  CHECK(read.body == picture);
  CHECK(read.headers.at("content-type") == "image/png");
  CHECK(read.headers.at("content-disposition") ==
        "attachment; filename=\"" + hash_of(picture) + ".png\"");
  CHECK(read.headers.at("x-content-type-options") == "nosniff");
  CHECK(read.headers.at("content-security-policy") == "default-src 'none'; sandbox");
  CHECK(read.headers.at("cache-control") == "private, no-store");
  CHECK(h.ask_own("GET", uuid(1), "/attachments/" + std::string(64, 'a')).status == 404);
  CHECK(h.ask_own("GET", uuid(2), "/attachments/" + hash_of(picture)).status == 404);
}

TEST_CASE("what is not a picture of its name is refused and not kept") {
  Harness h;
  const std::string good = png(1, 1), svg = "<svg onload=alert(1)>", html = "<html>";
  const auto side = request::kMaxPictureSide;
  const auto most = static_cast<std::uint32_t>(request::kMaxPicturePixels / 8'000);
  struct Case {
    std::string path, body;
    Fields fields;
    unsigned status;
    std::string problem;
  };
  const Case cases[] = {
      {kPath + hash_of(svg), svg, {{"Content-Type", "image/png"}}, 415, "unsupported-media-type"},
      {kPath + hash_of(html), html, {}, 415, "unsupported-media-type"},
      {kPath + hash_of(good.substr(0, 20)), good.substr(0, 20), {}, 415, "unsupported-media-type"},
      {kPath + std::string(64, 'a'), good, {}, 422, "wrong-hash"},
      {kPath + hash_of(good).substr(1), good, {}, 422, "wrong-hash"},
      {kPath + "%2e%2e", good, {}, 422, "wrong-hash"},
      {kPath + hash_of(png(side + 1, 1)), png(side + 1, 1), {}, 422, "too-many-pixels"},
      {kPath + hash_of(png(1, side + 1)), png(1, side + 1), {}, 422, "too-many-pixels"},
      {kPath + hash_of(png(8'000, most + 1)), png(8'000, most + 1), {}, 422, "too-many-pixels"},
      {kPath + hash_of(png(~0u, ~0u)), png(~0u, ~0u), {}, 422, "too-many-pixels"},
      {kPath + hash_of(good), good, {{"Sec-Fetch-Site", "cross-site"}}, 403, "cross-site"},
      {"/v1/sites/nowhere/attachments/" + hash_of(good), good, {}, 404, "unknown-site"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.path, c.problem);
    const Answer answer = h.ask("PUT", c.path, c.fields, c.body);
    CHECK(answer.status == c.status);
    CHECK(answer.problem() == c.problem);
  }
  CHECK(h.sql("SELECT count(*) FROM attachments") == "0");
  for (const std::string& fits : {png(side, 1), png(1, side), png(8'000, most), testing::gif(9, 9)})
    CHECK(h.put_picture(fits).status == 201);
}

TEST_CASE("a picture's bytes at their limit") {
  Harness h;
  for (const std::size_t size : {request::kMaxAttachmentBytes - 1, request::kMaxAttachmentBytes,
                                 request::kMaxAttachmentBytes + 1}) {
    std::string body = png(1, 1);
    body.resize(size, 'x');
    CAPTURE(size);
    const Answer answer = h.put_picture(body);
    CHECK(answer.status == (size > request::kMaxAttachmentBytes ? 413u : 201u));
  }
  // Told by the header alone: the body is not waited for.
  Client client(h.port);
  client.send("PUT " + kPath + std::string(64, 'a') + " HTTP/1.1\r\nHost: a\r\nContent-Length: " +
              std::to_string(request::kMaxAttachmentBytes + 1) + "\r\n\r\n");
  CHECK(client.receive().problem() == "too-large");
}

TEST_CASE("a request that names a picture the server has not is told which field") {
  Harness h;
  const std::string picture = png(2, 2), hash = hash_of(picture);
  const Answer missing = h.post_request(uuid(1), naming(1, {hash}));
  CHECK(missing.status == 422);
  REQUIRE(missing.problem() == "invalid-request");
  CHECK(nlohmann::json::parse(missing.body)["errors"][0]["field"] == "attachments");
  CHECK(h.rows() == "0");
  // The client sends it and then the same again.
  REQUIRE(h.put_picture(picture).status == 201);
  CHECK(h.post_request(uuid(1), naming(1, {hash})).status == 201);

  std::vector<std::string> six;
  for (std::uint32_t i = 1; i <= 6; ++i) {
    REQUIRE(h.put_picture(png(i, 9)).status == 201);
    six.push_back(hash_of(png(i, 9)));
  }
  CHECK(h.post_request(uuid(2), naming(2, six)).problem() == "invalid-request");
  six.pop_back();
  CHECK(h.post_request(uuid(2), naming(2, six)).status == 201);
}

TEST_CASE("a picture goes after a day, and is there again when it is put again") {
  Harness h;
  const std::string named = png(1, 1), renewed = png(2, 2), forgotten = png(3, 3);
  for (const std::string& one : {named, renewed, forgotten})
    REQUIRE(h.put_picture(one).status == 201);
  REQUIRE(h.post_request(uuid(1), naming(1, {hash_of(named)})).status == 201);
  h.now += api::kUnnamedFor - 1;
  h.app().sweeper->sweep();
  CHECK(h.sql("SELECT count(*) FROM attachments") == "3");
  CHECK(h.put_picture(renewed).status == 200);
  h.now += 1;
  h.app().sweeper->sweep();
  CHECK(h.sql("SELECT count(*) FROM attachments") == "2");
  CHECK(h.post_request(uuid(2), naming(2, {hash_of(forgotten)})).problem() == "invalid-request");
  CHECK(h.put_picture(forgotten).status == 201);
  CHECK(h.post_request(uuid(2), naming(2, {hash_of(forgotten)})).status == 201);
  h.now += 30 * api::kUnnamedFor;
  h.app().sweeper->sweep();
  CHECK(h.sql("SELECT count(*) FROM attachments") == "2");
  CHECK(h.ask_own("GET", uuid(1), "/attachments/" + hash_of(named)).body == named);
  h.stop();
  CHECK(h.log().find("\"event\":\"swept\",\"attachments\":\"1\",\"requests\":\"0\"") !=
        std::string::npos);
}

TEST_CASE("so many pictures are received at once, and no more") {
  Harness h;
  const std::string body = png(5, 5);
  const std::string head =
      "PUT " + kPath + hash_of(body) +
      " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\nExpect: 100-continue\r\n\r\n";
  std::vector<std::unique_ptr<Client>> senders;
  for (std::size_t i = 0; i < api::kUploadsAtOnce; ++i) {
    senders.push_back(std::make_unique<Client>(h.port));
    senders.back()->send(head);
    REQUIRE(senders.back()->receive().status == 100);  // it has a slot, and is waited for
  }
  CHECK(h.put_picture(body).problem() == "busy");
  CHECK(h.post_request(uuid(1), request_json(uuid(1))).status == 201);  // requests go on
  senders[0]->send(body);
  CHECK(senders[0]->receive().status == 201);
  Answer next;
  do next = h.put_picture(body);
  while (next.problem() == "busy");  // until the answer's end has given the slot back
  CHECK(next.status == 200);
}

TEST_CASE("a full disk takes no picture, and says so") {
  store::StoreOptions options;
  options.max_pages = 160;
  Harness h({}, options);
  std::string body = png(1, 1);
  body.resize(1'000'000, 'x');
  CHECK(h.put_picture(body).problem() == "storage-full");
  CHECK(h.sql("SELECT count(*) FROM attachments") == "0");
  CHECK(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
}
