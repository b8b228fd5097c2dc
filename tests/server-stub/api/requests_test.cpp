#include "server-stub/api/requests.h"

#include <nlohmann/json.hpp>

#include "tests/server-stub/api/harness.h"

using namespace askus;
using testing::Fields;
using testing::Harness;
using testing::request_json;
using testing::uuid;

TEST_CASE("a request is stored once, answered, replayed and read back") {
  Harness h;
  const std::string id = uuid(1);
  std::string details = R"( \"🙂\" \\ <b>)";
  for (int i = 0; i < 1'000; ++i) details += "їґЄя";
  const std::string body = request_json(id, R"(,"details":")" + details + "\"");
  const auto first = h.post_request(id, body);
  REQUIRE(first.status == 201);
  CHECK(first.headers.at("content-type") == "application/json");
  CHECK(first.headers.count("idempotent-replayed") == 0);
  const auto json = nlohmann::json::parse(first.body);
  const std::string token = json["token"];
  CHECK(json["number"] == 1);
  CHECK(json["status"] == "received");
  CHECK(json["answers"] == nlohmann::json::array());
  CHECK(json["link"] == "/sites/demo/ask#request=" + id + "." + token);

  const auto replay = h.post_request(id, body);
  CHECK(replay.status == 201);
  CHECK(replay.body == first.body);
  CHECK(replay.headers.at("idempotent-replayed") == "true");
  CHECK(h.post_request(id, request_json(id)).problem() == "key-reused");
  CHECK(nlohmann::json::parse(h.post_request(uuid(2), request_json(uuid(2))).body)["number"] == 2);
  CHECK(h.rows() == "2");
  CHECK(h.sql("SELECT details FROM requests WHERE number = 1") ==
        nlohmann::json::parse(body)["details"].get<std::string>());

  const auto read = h.ask("GET", "/v1/requests/" + id, {{"Authorization", "Bearer " + token}});
  REQUIRE(read.status == 200);
  CHECK(nlohmann::json::parse(read.body)["title"] == "Why?");
  CHECK(nlohmann::json::parse(read.body)["site"] == "demo");
}

TEST_CASE("only a request's own token reads it, whether or not it exists") {
  Harness h;
  const auto answer = nlohmann::json::parse(h.post_request(uuid(1), request_json(uuid(1))).body);
  const std::string token = answer["token"];
  struct Case {
    std::string id;
    Fields fields;
  };
  const Case cases[] = {
      {uuid(1), {}},
      {uuid(1), {{"Authorization", "Bearer " + token.substr(1)}}},
      {uuid(1), {{"Authorization", "Bearer " + token + "x"}}},
      {uuid(1), {{"Authorization", "Basic " + token}}},
      {uuid(1), {{"Authorization", "Bearer " + h.token}}},
      {uuid(2), {{"Authorization", "Bearer " + token}}},
      {uuid(2), {}},
      {"not-a-uuid", {}},
  };
  std::string refusal;
  for (const Case& c : cases) {
    const auto read = h.ask("GET", "/v1/requests/" + c.id, c.fields);
    CHECK(read.status == 401);
    CHECK(read.problem() == "unauthorized");
    if (refusal.empty()) refusal = read.body;
    CHECK(read.body == refusal);
  }
}

TEST_CASE("what is wrong with a request is told, and nothing is stored") {
  Harness h;
  const std::string id = uuid(1), good = request_json(id);
  const Fields json{{"Content-Type", "application/json"}};
  const auto with = [&](Fields more) {
    Fields fields = json;
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  };
  const Fields keyed = with({{"Idempotency-Key", id}});
  const std::string path = "/v1/sites/demo/requests";
  struct Case {
    std::string path;
    Fields fields;
    std::string body;
    unsigned status;
    std::string problem;
  };
  const Case cases[] = {
      {"/v1/sites/nowhere/requests", keyed, good, 404, "unknown-site"},
      {path, json, good, 400, "missing-key"},
      {path, with({{"Idempotency-Key", "1"}}), good, 400, "bad-key"},
      {path, with({{"Idempotency-Key", uuid(2)}}), good, 400, "bad-key"},
      {path, with({{"Idempotency-Key", "01890A5D-ac96-774b-bcce-000000000001"}}), good, 400,
       "bad-key"},
      {path, {{"Idempotency-Key", id}}, good, 415, "unsupported-media-type"},
      {path,
       {{"Idempotency-Key", id}, {"Content-Type", "text/plain"}},
       good,
       415,
       "unsupported-media-type"},
      {path, with({{"Idempotency-Key", id}, {"Sec-Fetch-Site", "cross-site"}}), good, 403,
       "cross-site"},
      {path, keyed, "{", 400, "bad-json"},
      {path, keyed, "", 400, "bad-json"},
      {path, keyed, request_json(id, R"(,"details":7)"), 400, "bad-json"},
      {path, keyed, request_json(id, R"(,"surprise":"x")"), 400, "bad-json"},
      {path, keyed, request_json(id, R"(,"mood":"angry")"), 422, "invalid-request"},
      {path, keyed, request_json(id, R"(,"contact":"nobody")"), 422, "invalid-request"},
      {path, keyed, request_json(id, ",\"details\":\"" + std::string(32'001, 'x') + "\""), 422,
       "invalid-request"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.problem, c.body.substr(0, 100));
    const auto answer = h.ask("POST", c.path, c.fields, c.body);
    CHECK(answer.status == c.status);
    CHECK(answer.problem() == c.problem);
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK(h.rows() == "0");
  }
  CHECK(h.post_request(id, good, {{"Sec-Fetch-Site", "same-origin"}}).status == 201);
  CHECK(h.rows() == "1");
}

TEST_CASE("every field's problem is named") {
  Harness h;
  const auto answer =
      h.post_request(uuid(1), request_json(uuid(1), R"(,"mood":"angry","contact":"nobody")"));
  const auto errors = nlohmann::json::parse(answer.body)["errors"];
  REQUIRE(errors.size() == 2);
  CHECK(errors[0]["field"] == "mood");
  CHECK(errors[1]["field"] == "contact");
}

TEST_CASE("what the site requires comes from its current snapshot") {
  Harness h;
  REQUIRE(
      h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("a")).body()).status ==
      201);
  const std::string contact = R"(,"contact":"a@b.example")";
  const std::string consent = R"(,"consent":{"version":"1","at":"2026-01-01T00:00:00Z",)"
                              R"("text_hash":")" +
                              std::string(64, 'a') + "\"}";
  struct Case {
    std::string more, field;
  };
  const Case cases[] = {
      {consent, "contact"},
      {contact, "consent"},
      {contact + consent + R"(,"category":"unknown")", "category"},
      {contact + consent + R"(,"category":"billing")", ""},
      {contact + consent, ""},
  };
  int n = 0;
  for (const Case& c : cases) {
    const std::string id = uuid(++n);
    const auto answer = h.post_request(id, request_json(id, c.more));
    CAPTURE(c.more, answer.body);
    CHECK(answer.status == (c.field.empty() ? 201u : 422u));
    if (!c.field.empty()) {
      const auto errors = nlohmann::json::parse(answer.body)["errors"];
      REQUIRE(errors.size() == 1);
      CHECK(errors[0]["field"] == c.field);
    }
  }
  CHECK(h.rows() == "2");
}

TEST_CASE("a stored request is replayed though the site asks for more by now") {
  Harness h;
  const auto first = h.post_request(uuid(1), request_json(uuid(1)));
  REQUIRE(first.status == 201);
  REQUIRE(
      h.publish(testing::make_publication(h.key, 1, testing::tiny_snapshot("a")).body()).status ==
      201);
  const auto again = h.post_request(uuid(1), request_json(uuid(1)));
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(h.post_request(uuid(2), request_json(uuid(2))).problem() == "invalid-request");
  CHECK(h.rows() == "1");
}

TEST_CASE("a body at its limit") {
  Harness h;
  for (const std::size_t size :
       {http::kRequestBody - 1, http::kRequestBody, http::kRequestBody + 1}) {
    // White space at the end is still the same JSON.
    std::string body = request_json(uuid(1));
    body.append(size - body.size(), ' ');
    CAPTURE(size);
    const auto answer = h.post_request(uuid(1), body);
    CHECK(answer.status == (size > http::kRequestBody ? 413u : 201u));
    if (answer.status == 413) CHECK(answer.problem() == "too-large");
  }
  CHECK(h.rows() == "1");
}

TEST_CASE("concurrent duplicates over HTTP become one row and one answer") {
  Harness h;
  constexpr int kClients = 16;
  std::vector<testing::Answer> answers(kClients);
  std::vector<std::thread> threads;
  for (auto& answer : answers)
    threads.emplace_back([&] {
      // As a client does: in flight means that the same again will be answered.
      do answer = h.post_request(uuid(1), request_json(uuid(1)));
      while (answer.status == 409);
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) {
    CHECK(answer.status == 201);
    CHECK(answer.body == answers[0].body);
  }
  CHECK(h.rows() == "1");
}

TEST_CASE("a full disk is 507 and nothing is stored") {
  store::StoreOptions options;
  options.max_pages = 160;
  Harness h({}, options);
  unsigned status = 201;
  int n = 0;
  while (status == 201 && n < 50) {
    const std::string id = uuid(++n);
    const auto answer =
        h.post_request(id, request_json(id, ",\"details\":\"" + std::string(20'000, 'x') + "\""));
    status = answer.status;
    if (status != 201) CHECK(answer.problem() == "storage-full");
  }
  CHECK(status == 507);
  CHECK(n > 1);
  CHECK(h.rows() == std::to_string(n - 1));
}
