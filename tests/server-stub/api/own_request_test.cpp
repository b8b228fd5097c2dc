#include "server-stub/api/own_request.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "tests/server-stub/api/harness.h"
#include "tests/server-stub/postgres.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::Answer;
using testing::Harness;
using testing::request_json;
using testing::uuid;

const std::string kPersonal =
    R"(,"details":"my number is 5","contact":"maria@b.example","name":"Марія","mood":"upset",)"
    R"("page":"https://a.example/p","query":"searched")";

}  // namespace

TEST_CASE("replies are shown newest last, notes are not") {
  Harness h;
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  CHECK(json::parse(h.ask_own("GET", uuid(1)).body)["replies"].empty());
  REQUIRE(testing::reply(h.store(), uuid(1),
                         {uuid(11), "Olena", "operator", "later", testing::utc(h.now + 9), true})
              .outcome == store::Outcome::kStored);
  REQUIRE(testing::reply(h.store(), uuid(1),
                         {uuid(12), "Olena", "operator", "first <b>", testing::utc(h.now), true})
              .outcome == store::Outcome::kStored);
  REQUIRE(testing::reply(h.store(), uuid(1),
                         {uuid(13), "Ihor", "", "a note", testing::utc(h.now), false})
              .outcome == store::Outcome::kStored);
  const auto status = json::parse(h.ask_own("GET", uuid(1)).body);
  CHECK(status["status"] == "answered");
  CHECK(status["created"] == testing::utc(testing::kStart));
  REQUIRE(status["replies"].size() == 2);
  CHECK(status["replies"][0]["text"] == "first <b>");
  CHECK(status["replies"][1] == json{{"id", uuid(11)},
                                     {"author", "Olena"},
                                     {"role", "operator"},
                                     {"text", "later"},
                                     {"at", testing::utc(h.now + 9)}});
}

TEST_CASE("an export holds all that is stored of a request, and is a download") {
  store::StoreOptions options;
  if (GENERATE(false, true)) options.postgres = testing::PostgresServer::instance().new_database();
  Harness h({}, options);
  const std::string picture = testing::png(1, 1), hash = publish::sha256_hex(picture);
  REQUIRE(h.put_picture(picture).status == 201);
  REQUIRE(h.post_request(uuid(1),
                         request_json(uuid(1), kPersonal + ",\"attachments\":[\"" + hash + "\"]"))
              .status == 201);
  testing::reply(h.store(), uuid(1), {uuid(11), "Ihor", "r", "a note", testing::utc(h.now), false});
  const Answer answer = h.ask_own("GET", uuid(1), "/export");
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("content-disposition") == "attachment; filename=\"request-1.json\"");
  CHECK(answer.headers.at("cache-control") == "no-store");
  const auto all = json::parse(answer.body);
  CHECK(all["site"] == "demo");
  CHECK(all["number"] == 1);
  CHECK(all["status"] == "received");
  CHECK(all["fields"]["contact"] == "maria@b.example");
  CHECK(all["fields"]["details"] == "my number is 5");
  CHECK(all["fields"]["query"] == "searched");
  CHECK(all["attachments"][0]["sha256"] == hash);
  CHECK(all["replies"][0]["text"] == "a note");
  CHECK(all["replies"][0]["public"] == false);
  REQUIRE(all["history"].size() == 2);
  CHECK(all["history"][0] == json{{"kind", "received"}, {"at", testing::utc(testing::kStart)}});
  CHECK(all["history"][1]["kind"] == "noted");
  CHECK(all.count("identity") == 0);
  CHECK(h.ask_own("GET", uuid(2), "/export").status == 404);
}

TEST_CASE("an erased request is gone for everybody, its number taken, its key dead") {
  Harness h;
  const std::string body = request_json(uuid(1), kPersonal);
  const Answer posted = h.post_request(uuid(1), body);
  REQUIRE(posted.status == 201);
  const Answer erased = h.ask_own("DELETE", uuid(1));
  CHECK(erased.status == 204);
  CHECK(erased.body.empty());
  CHECK(erased.headers.count("content-length") == 0);
  CHECK(h.ask_own("DELETE", uuid(1)).status == 204);
  CHECK(h.ask_own("DELETE", uuid(2)).status == 404);

  for (const char* more : {"", "/export"}) {
    const Answer read = h.ask_own("GET", uuid(1), more);
    CHECK(read.status == 410);
    CHECK(read.problem() == "erased");
  }
  for (const std::string& again : {body, request_json(uuid(1))}) {
    const Answer replay = h.post_request(uuid(1), again);
    CHECK(replay.status == 410);
    CHECK(replay.problem() == "erased");
  }
  CHECK(h.sql("SELECT title || details || name || contact || page || query || answer || mood"
              " FROM requests")
            .empty());
  CHECK(json::parse(h.post_request(uuid(2), request_json(uuid(2))).body)["number"] == 2);
}

TEST_CASE("no page of another site erases, though it had the token") {
  Harness h;
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  const Answer refused =
      h.ask("DELETE", "/v1/requests/" + uuid(1),
            {{"Authorization", "Bearer " + api::request_token(h.app().secret, uuid(1))},
             {"Sec-Fetch-Site", "cross-site"}});
  CHECK(refused.problem() == "cross-site");
  CHECK(h.ask_own("GET", uuid(1)).status == 200);
}

TEST_CASE("closed requests go when the site has kept them long enough") {
  testing::Setup setup;
  setup.config = [](config::Config& config, const testing::TempFolder&) {
    config.sites["demo"].keep_days = 30;
  };
  Harness h(setup);
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1), kPersonal)).status == 201);
  REQUIRE(h.post_request(uuid(2), request_json(uuid(2), kPersonal)).status == 201);
  REQUIRE(testing::set_status(h.store(), uuid(1), "closed", h.now).outcome ==
          store::Outcome::kStored);
  h.now += std::int64_t{30} * 86'400 - 1;
  h.app().sweeper->sweep();
  CHECK(json::parse(h.ask_own("GET", uuid(1)).body)["status"] == "closed");
  h.now += 1;
  h.app().sweeper->sweep();
  CHECK(h.ask_own("GET", uuid(1)).problem() == "erased");
  CHECK(h.ask_own("GET", uuid(2)).status == 200);
}
