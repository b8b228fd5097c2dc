#include "server-stub/api/gate.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server-stub/api/form_token.h"
#include "server-stub/api/guard.h"
#include "server-stub/http/problem.h"
#include "shared/work/work.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

// A price that was named holds for so long, so that who pays it at once is not asked for more.
constexpr std::int64_t kPriceHolds = 600'000;
// How far the clocks of two servers may be apart.
constexpr std::int64_t kClockSkew = 300'000;
constexpr unsigned kQuickFormMore = 2;  // bits, above what the request costs anyway

work::ByteView bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What the header field holds.
struct Shown {
  std::string_view token;
  std::optional<std::uint32_t> nonce;
};

Shown read_header(const http::Request& request) {
  const std::string_view value = request.headers.get(kFormHeader);
  const std::size_t dot = value.find('.');
  Shown shown{value.substr(0, dot), std::nullopt};
  if (dot == std::string_view::npos) return shown;
  const char* const end = value.data() + value.size();
  std::uint32_t nonce = 0;
  const auto [at, error] = std::from_chars(value.data() + dot + 1, end, nonce);
  if (error == std::errc() && at == end) shown.nonce = nonce;
  return shown;
}

// What the request costs, of which the limiter asks so much.
unsigned price_of(const App& app, const http::Request& request, unsigned asked) {
  return is_hidden_origin(app, request) ? std::max(asked, app.abuse.rates.work_bits) : asked;
}

// The price of a form that was filled in faster than a person does.
unsigned quick_price(const App& app, unsigned price) {
  const limit::Rates& rates = app.abuse.rates;
  return std::min(price == 0 ? rates.work_bits : price + kQuickFormMore, limit::kMostWorkBits);
}

}  // namespace

std::string Offer::to_json() const {
  return nlohmann::json{{"token", token}, {"issued_at", issued_at}, {"work", work}}.dump();
}

Offer make_offer(const App& app, const Site& site, unsigned work) {
  Offer offer{{}, unix_milliseconds(), app.abuse.work ? work : 0};
  offer.token = issue_form_token(app.secret, site.name, {offer.issued_at, offer.work});
  return offer;
}

http::Response stale_token(const App& app, const Site& site, unsigned work,
                           std::string_view detail) {
  return problem(problems::kStaleFormToken, detail, {},
                 {{"form", make_offer(app, site, work).to_json()}});
}

http::Response rate_limited(const limit::Decision& decision) {
  return std::move(problem(problems::kRateLimited, "nothing was stored; the same again later")
                       .with("Retry-After", std::to_string(decision.retry_after.count())));
}

Verdict judge(const App& app, const Site& site, const http::Request& request) {
  Verdict verdict;
  verdict.taken = app.limiter->take(site.name, request.client);
  if (!verdict.taken.allowed) {
    verdict.refusal = rate_limited(verdict.taken);
    return verdict;
  }
  const config::Abuse& abuse = app.abuse;
  if (!abuse.form_token) return verdict;
  const auto refuse = [&](std::string_view detail) {
    verdict.refusal = stale_token(app, site, verdict.price, detail);
    forget(app, site, request, verdict);
    return verdict;
  };
  // Whoever is refused comes back at once with the fresh token: that is as quick as a form can be.
  const unsigned usual = price_of(app, request, verdict.taken.price);
  verdict.price = quick_price(app, usual);
  const Shown shown = read_header(request);
  const auto token = read_form_token(app.secret, site.name, shown.token);
  const std::int64_t age = token ? unix_milliseconds() - token->issued_at : 0;
  if (!token || age < -kClockSkew || age > abuse.form_lifetime.count())
    return refuse("no form token, or an old one; send the same with this one");
  unsigned due = age < abuse.quick_form.count() ? verdict.price : usual;
  if (token->work > 0 && age < kPriceHolds) due = token->work;
  if (!abuse.work || due == 0) return verdict;
  const bool paid =
      shown.nonce &&
      work::solves(work::challenge(bytes(shown.token), bytes(request.body)), *shown.nonce, due);
  if (!paid) return refuse("costs work now; send the same with this token and its work");
  verdict.mark = store::Mark{"form:" + std::string(shown.token), unix_milliseconds() / 1000,
                             (token->issued_at + abuse.form_lifetime.count()) / 1000 + 1};
  return verdict;
}

void forget(const App& app, const Site& site, const http::Request& request,
            const Verdict& verdict) {
  app.limiter->give_back(site.name, request.client, verdict.taken);
}

void add_form_token_routes(App& app, http::Router& router) {
  add_guarded(
      app, router,
      {"GET",
       "/v1/sites/{site}/form",
       0,
       {},
       [&app](const std::shared_ptr<const http::Request>& request, const http::Reply& reply) {
         const Site& site = *app.site(request->args[0]);
         const unsigned price =
             price_of(app, *request, app.limiter->look(site.name, request->client).price);
         reply(std::move(
             http::text_response(200, "application/json", make_offer(app, site, price).to_json())
                 .with("Cache-Control", "no-store")));
       }});
}

}  // namespace askus::api
