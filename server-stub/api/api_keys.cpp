#include "server-stub/api/api_keys.h"

#include <nlohmann/json.hpp>

#include "server-stub/account/ticket.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/api_keys.h"
#include "shared/request/request.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;

json key_json(const store::ApiKey& key) {
  return {{"id", key.id},
          {"name", key.name},
          {"scope", key.scope},
          {"created_at", key.created_at},
          {"created_by", key.created_by}};
}

void get_keys(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::read_api_keys(*app.store, request->args[0],
                       [reply](const Result<std::vector<store::ApiKey>>& keys) {
                         if (!keys.ok())
                           return reply(problem(problems::kBusy, "the store does not answer"));
                         json list = json::array();
                         for (const store::ApiKey& key : *keys) list.push_back(key_json(key));
                         reply(json_response(200, list.dump()));
                       });
}

void post_key(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::ApiKey key;
  key.name = fields.text("name", request::kMaxSmall);
  key.scope = fields.one_of("scope", {"read", "answer"});
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::int64_t now = app.clock();
  const std::string secret = std::string(kApiKeyPrefix) + account::new_ticket();
  key.id = account::new_row_id(now);
  key.site = request->args[0];
  key.hash = account::ticket_hash(secret);
  key.created_at = store::utc_text(now);
  key.created_by = principal_of(*request).name;
  json answer = key_json(key);
  answer["key"] = secret;  // shown here and nowhere else
  const std::string subject = key.name + " " + key.scope;
  store::add_api_key(
      *app.store, std::move(key),
      act_of(app, *request, principal_of(*request).name, "make-key", subject, request->args[0]),
      [&app, request, reply, text = answer.dump()](const store::Written& written) {
        if (written.outcome == store::Outcome::kFull)
          return reply(problem(problems::kRateLimited, "the site has too many"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        reply(json_response(201, text));
      });
}

void delete_key(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::revoke_api_key(
      *app.store, request->args[0], request->args[1],
      act_of(app, *request, principal_of(*request).name, "revoke-key", {}, request->args[0]),
      [&app, request, reply](const store::Written& written) {
        if (written.outcome == store::Outcome::kMissing)
          return reply(problem(problems::kNotFound, "there is none of that id"));
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        reply(no_content());
      });
}

}  // namespace

void add_api_key_routes(App& app, http::Router& router) {
  const auto add = [&](const char* method, const char* path, std::size_t body, Work work) {
    add_site_route(app, router, Right::kManage, method, path, body, work);
  };
  add("GET", "api-keys", 0, get_keys);
  add("POST", "api-keys", kFieldsBody, post_key);
  add("DELETE", "api-keys/{key}", 0, delete_key);
}

}  // namespace askus::api
