#include "server-stub/api/guard.h"

#include <algorithm>

#include "server-stub/api/auth.h"
#include "server-stub/api/gate.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

constexpr std::string_view kAllowedHeaders =
    "Authorization, Content-Type, Idempotency-Key, X-Askus-Form";
constexpr std::string_view kShownHeaders = "Idempotent-Replayed, Retry-After, X-Request-Id";
constexpr std::string_view kPreflightSeconds = "600";

// The origin that asks, when the site lists it.
const std::string* listed_origin(const App& app, const http::Request& request) {
  const std::string* origin = request.headers.find("Origin");
  const Site* site = app.site(request.args.at(0));
  if (origin == nullptr || site == nullptr) return nullptr;
  const auto& listed = site->config.api_origins;
  return std::find(listed.begin(), listed.end(), *origin) == listed.end() ? nullptr : origin;
}

http::Response with_cors(const App& app, const http::Request& request, http::Response response) {
  if (app.site(request.args.at(0))->config.api_origins.empty()) return response;
  // The answer depends on who asks, also for who is not listed.
  response.with("Vary", "Origin");
  if (const std::string* origin = listed_origin(app, request))
    response.with("Access-Control-Allow-Origin", *origin)
        .with("Access-Control-Expose-Headers", kShownHeaders);
  return response;
}

std::optional<http::Response> admit(const App& app, const http::Request& request) {
  if (std::optional<http::Response> refusal = refuse_cross_site(app, request)) return refusal;
  if (request.method == "GET" || request.method == "HEAD") return std::nullopt;
  if (const limit::Decision counted = app.limiter->attempt(request.client); !counted.allowed)
    return rate_limited(counted);
  return std::nullopt;
}

http::Response preflight(const App& app, const http::Request& request, const std::string& method) {
  if (listed_origin(app, request) == nullptr)
    return with_cors(app, request, problem(problems::kCrossSite, "the origin is not listed"));
  return with_cors(app, request,
                   std::move(http::Response{204, {}, {}}
                                 .with("Access-Control-Allow-Methods", method)
                                 .with("Access-Control-Allow-Headers", kAllowedHeaders)
                                 .with("Access-Control-Max-Age", kPreflightSeconds)));
}

}  // namespace

void add_guarded(App& app, http::Router& router, http::Route route) {
  const std::string pattern = route.pattern, method = route.method;
  route.admit = for_site(app, [&app, next = std::move(route.admit)](const http::Request& request) {
    std::optional<http::Response> refusal = admit(app, request);
    if (!refusal && next) refusal = next(request);
    if (refusal) refusal = with_cors(app, request, std::move(*refusal));
    return refusal;
  });
  route.handle = [&app, next = std::move(route.handle)](
                     const std::shared_ptr<const http::Request>& request,
                     const http::Reply& reply) {
    next(request, [&app, request, reply](http::Response response) {
      reply(with_cors(app, *request, std::move(response)));
    });
  };
  router.add(std::move(route));
  router.add(
      {"OPTIONS", pattern, 0, for_site(app),
       [&app, method](const std::shared_ptr<const http::Request>& request,
                      const http::Reply& reply) { reply(preflight(app, *request, method)); }});
}

std::optional<http::Response> refuse_cross_site(const App& app, const http::Request& request) {
  if (!app.abuse.fetch_metadata || request.headers.get("Sec-Fetch-Site") != "cross-site" ||
      listed_origin(app, request) != nullptr)
    return std::nullopt;
  return problem(problems::kCrossSite, "sent by a page of another site");
}

std::optional<std::string> publisher(const App& app, const http::Request& request) {
  return key_holder(request, app.site(request.args.at(0))->config.publisher_keys);
}

std::optional<http::Response> admit_publisher(const App& app, const http::Request& request) {
  if (std::optional<http::Response> refusal = refuse_cross_site(app, request)) return refusal;
  if (publisher(app, request)) return std::nullopt;
  return problem(problems::kUnauthorized, "a publisher's key of this site is needed");
}

bool is_json(const http::Request& request) {
  std::string_view type = request.headers.get("Content-Type");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return http::same_name(type, "application/json");
}

}  // namespace askus::api
