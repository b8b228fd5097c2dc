#include "server-stub/api/data_deletion.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/channel.h"
#include "server-stub/api/social_pages.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"
#include "server-stub/social/facebook.h"
#include "server-stub/store/clock.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using RequestPtr = std::shared_ptr<const http::Request>;

constexpr std::size_t kTimeDigits = 10, kCountDigits = 8, kCodeDigits = 24;
constexpr std::size_t kDateSize = 10;

std::string hex_number(std::int64_t value, std::size_t digits) {
  std::string text;
  for (std::size_t i = digits; i-- > 0;) text += "0123456789abcdef"[value >> (4 * i) & 15];
  return text;
}

std::int64_t number_of(std::string_view hex) {
  constexpr int kBase = 16;
  std::int64_t value = -1;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, kBase);
  return value;
}

// Facebook calls this address over https; only a machine of one's own goes without.
std::string own_address(const http::Request& request) {
  const std::string host(request.headers.get("Host"));
  const bool local = host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
  return (local ? "http://" : "https://") + host;
}

void erase(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  const std::int64_t now = app.clock();
  const Result<social::SignedRequest> read = social::verify_signed_request(
      signed_request_of(*request), site.channel_secrets.facebook_app, now);
  if (!read.ok()) return reply(problem(problems::kNotSigned, read.error().text));
  if (read->user.empty()) return reply(problem(problems::kNotSigned, "it names no user"));
  app.store->erase_user(
      site.name, "facebook", read->user, store::utc_text(now),
      [&app, &site, request, reply, now](const Result<std::int64_t>& erased) {
        if (!erased.ok())
          return reply(failure_of(app, request->id, store::Outcome::kBusy, erased.error().text));
        const std::string code = deletion_code(app.secret, site.name, {now, *erased});
        const nlohmann::json answer{
            {"url", own_address(*request) + "/facebook/" + site.name + "/deletion?code=" + code},
            {"confirmation_code", code}};
        reply(json_response(200,
                            answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
      });
}

http::Response show(App& app, const http::Request& request) {
  const Site& site = *app.site(request.args[0]);
  const auto deletion =
      read_deletion_code(app.secret, site.name, http::query_value(request.query, "code"));
  if (!deletion) return social_notice(app, request, 404, "", "erased_title", "erased_unknown");
  return social_notice(app, request, 200, "", "erased_title", "erased",
                       {{"{n}", std::to_string(deletion->requests)},
                        {"{date}", store::utc_text(deletion->at).substr(0, kDateSize)}});
}

}  // namespace

std::string deletion_code(std::string_view secret, std::string_view site,
                          const Deletion& deletion) {
  const std::string said =
      hex_number(deletion.at, kTimeDigits) + hex_number(deletion.requests, kCountDigits);
  const std::string code = keyed_hash(secret, "deletion", std::string(site) + "\n" + said);
  return said + publish::sha256_hex(code).substr(0, kCodeDigits);
}

std::optional<Deletion> read_deletion_code(std::string_view secret, std::string_view site,
                                           std::string_view code) {
  if (code.size() != kTimeDigits + kCountDigits + kCodeDigits) return std::nullopt;
  const Deletion deletion{number_of(code.substr(0, kTimeDigits)),
                          number_of(code.substr(kTimeDigits, kCountDigits))};
  if (deletion.at < 0 || deletion.requests < 0 ||
      !same_secret(code, deletion_code(secret, site, deletion)))
    return std::nullopt;
  return deletion;
}

void add_data_deletion_routes(App& app, http::Router& router) {
  const std::string path = "/facebook/{site}/deletion";
  const http::Admit admit = for_channel(
      app, [](const config::Channels& c, const http::Request&) { return c.facebook.has_value(); });
  router.add(
      {"POST", path, kSocialForm, admit,
       [&app](const RequestPtr& request, const auto& reply) { erase(app, request, reply); }});
  router.add({"GET", path, 0, admit, [&app](const RequestPtr& request, const auto& reply) {
                reply(show(app, *request));
              }});
}

}  // namespace askus::api
