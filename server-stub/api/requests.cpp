#include "server-stub/api/requests.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/clock.h"
#include "shared/request/json.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
constexpr std::string_view kJsonType = "application/json";

std::optional<http::Response> admit_request(const http::Request& request) {
  if (std::optional<http::Response> refusal = admit_json(request)) return refusal;
  const std::string* key = request.headers.find("Idempotency-Key");
  if (key == nullptr) return problem(problems::kMissingKey, "send the request's id as the key");
  if (!request::is_uuid7(*key))
    return problem(problems::kBadKey, "not a version 7 UUID in lower case");
  return std::nullopt;
}

std::vector<http::FieldError> field_errors(const std::vector<request::Problem>& found) {
  std::vector<http::FieldError> errors;
  errors.reserve(found.size());
  for (const request::Problem& one : found) errors.push_back({std::string(one.field), one.text});
  return errors;
}

std::string answer_json(const std::string& site, const std::string& id, std::int64_t number,
                        const std::string& token) {
  // Site, id and token hold nothing that JSON would escape. Made by hand: the writer's one thread
  // makes it for every request.
  return R"({"answers":[],"id":")" + id + R"(","link":"/sites/)" + site + "/ask#request=" + id +
         "." + token + R"(","number":)" + std::to_string(number) +
         R"(,"status":"received","token":")" + token + R"("})";
}

http::Response invalid_request(const std::vector<request::Problem>& wrong) {
  return problem(problems::kInvalidRequest, "nothing was stored", field_errors(wrong));
}

void post_request(App& app, const std::shared_ptr<const http::Request>& http_request,
                  const http::Reply& reply) {
  const Site& site = *app.site(http_request->args[0]);
  Result<request::Request> parsed = request::from_json(http_request->body);
  if (!parsed.ok()) return reply(problem(problems::kBadJson, parsed.error().text));
  request::Request& fields = *parsed;
  if (fields.id != http_request->headers.get("Idempotency-Key"))
    return reply(problem(problems::kBadKey, "the key differs from the body's \"id\""));
  std::vector<request::Problem> wrong = request::validate(fields);
  if (!wrong.empty()) return reply(invalid_request(wrong));
  // What the site asks for may have changed since a request was stored, its answer may not.
  if (const auto published = site.snapshots->current(); published != nullptr)
    wrong = check_settings(fields, published->snapshot);

  const std::string id = fields.id;
  store::NewRequest row;
  row.site = site.name;
  row.payload_hash = publish::sha256_hex(site.name + "\n" + request::to_json(fields));
  row.created_at = store::utc_now();
  row.replay_only = !wrong.empty();
  row.fields = std::move(fields);
  row.answer = [&site, id, token = request_token(app.secret, id)](std::int64_t number) {
    return answer_json(site.name, id, number, token);
  };
  app.store->add_request(std::move(row), [&app, reply, log_id = http_request->id,
                                          wrong = std::move(wrong)](store::AddResult result) {
    reply(result.outcome == store::Outcome::kRefused ? invalid_request(wrong)
                                                     : answer_of(app, log_id, std::move(result)));
  });
}

// The same answer whether or not the request exists: only who has its token learns that.
std::optional<http::Response> admit_token(const App& app, const http::Request& request) {
  const std::string& id = request.args.at(0);
  if (request::is_uuid7(id) && same_secret(bearer(request), request_token(app.secret, id)))
    return std::nullopt;
  return problem(problems::kUnauthorized, "the request's own token is needed");
}

void get_request(App& app, const std::shared_ptr<const http::Request>& http_request,
                 const http::Reply& reply) {
  const std::string id = http_request->args[0];
  app.store->find_request(id, [id, reply](const store::Found& found) {
    if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    if (!found->has_value()) return reply(problem(problems::kNotFound, "no such request"));
    const store::StoredRequest& r = **found;
    reply(json_response(200, nlohmann::json{{"id", id},
                                            {"number", r.number},
                                            {"site", r.site},
                                            {"status", r.status},
                                            {"created", r.created_at},
                                            {"title", r.title},
                                            {"details", r.details},
                                            {"category", r.category},
                                            {"replies", nlohmann::json::array()}}
                                 .dump()));
  });
}

}  // namespace

http::Response json_response(unsigned status, std::string body) {
  return std::move(
      http::text_response(status, kJsonType, std::move(body)).with("Cache-Control", "no-store"));
}

std::optional<http::Response> admit_json(const http::Request& request) {
  if (request.headers.get("Sec-Fetch-Site") == "cross-site")
    return problem(problems::kCrossSite, "sent by a page of another site");
  std::string_view type = request.headers.get("Content-Type");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  if (!http::same_name(type, kJsonType))
    return problem(problems::kUnsupportedMediaType, "send application/json");
  return std::nullopt;
}

http::Response answer_of(App& app, const std::string& log_id, store::AddResult result) {
  switch (result.outcome) {
    case store::Outcome::kStored:
      return json_response(201, std::move(result.answer));
    case store::Outcome::kReplayed:
      return std::move(
          json_response(201, std::move(result.answer)).with("Idempotent-Replayed", "true"));
    case store::Outcome::kKeyReused:
      return problem(problems::kKeyReused, "the first request under this key is kept as it was");
    case store::Outcome::kInFlight:
      return problem(problems::kInFlight,
                     "the same request is being stored; ask again for the answer");
    case store::Outcome::kUnknown:
      app.log.event("store-unconfirmed", {{"id", log_id}, {"reason", result.text}});
      return problem(problems::kUnconfirmed, "it may be stored; the same again will tell");
    case store::Outcome::kRefused:  // answered with its reasons by the caller
    case store::Outcome::kFailed:
      break;
    case store::Outcome::kBusy:
      app.log.event("store-busy", {{"id", log_id}, {"reason", result.text}});
      return problem(problems::kBusy, "not stored; send the same again");
    case store::Outcome::kFull:
      app.log.event("storage-full", {{"id", log_id}, {"reason", result.text}});
      return problem(problems::kStorageFull, "not stored; send the same again later");
  }
  app.log.event("store-failed", {{"id", log_id}, {"reason", result.text}});
  return problem(problems::kInternal, "not stored; send the same again later");
}

std::vector<request::Problem> check_settings(const request::Request& request,
                                             const snapshot::Snapshot& snapshot) {
  const snapshot::fb::Settings& settings = snapshot.settings();
  std::vector<request::Problem> wrong;
  const auto require = [&wrong](std::string_view field, bool holds, const char* text) {
    if (!holds) wrong.push_back({field, Code::kMalformed, text});
  };
  bool known = request.category.empty();
  for (const snapshot::fb::Category* category : *settings.categories())
    known |= snapshot::view(category->id()) == request.category;
  require("category", known, "is not a category of this site");
  require("name",
          settings.name_field() != snapshot::fb::Need::Required || !request::is_blank(request.name),
          "is required by this site");
  require("contact",
          settings.contact_field() != snapshot::fb::Need::Required ||
              !request::is_blank(request.contact),
          "is required by this site");
  require("consent",
          snapshot::view(settings.consent_version()).empty() || !request.consent.version.empty(),
          "is required by this site");
  return wrong;
}

void add_request_routes(App& app, http::Router& router) {
  router.add({"POST", "/v1/sites/{site}/requests", http::kRequestBody, for_site(app, admit_request),
              [&app](const auto& request, const http::Reply& reply) {
                post_request(app, request, reply);
              }});
  router.add({"GET", "/v1/requests/{id}", 0,
              [&app](const http::Request& request) { return admit_token(app, request); },
              [&app](const auto& request, const http::Reply& reply) {
                get_request(app, request, reply);
              }});
}

}  // namespace askus::api
