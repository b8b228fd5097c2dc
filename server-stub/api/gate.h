// Whether a stranger's request may be stored: the rate of its address and site, its form token, its
// proof of work. docs/security.md says why each is there, docs/http-api.md what a client does.
//
// A request that is refused here may still have been stored before: it is then shown to the store
// for a replay only, because its first answer is owed to it whatever it carries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server-stub/api/app.h"
#include "server-stub/http/message.h"
#include "server-stub/limit/limiter.h"

namespace askus::api {

// The header field with the form token, and behind a dot the nonce of its work.
inline constexpr std::string_view kFormHeader = "X-Askus-Form";

// A form token for the client, and what its use will cost.
struct Offer {
  std::string token;
  std::int64_t issued_at = 0;  // Unix milliseconds
  unsigned work = 0;
  std::string to_json() const;
};
Offer make_offer(const App& app, const Site& site, unsigned work);

struct Verdict {
  std::optional<http::Response> refusal;  // unless it was stored before
  std::optional<store::Mark> mark;        // to spend with the row
  limit::Decision taken;                  // what was counted
  // What a fresh token costs; for a token that is spent when its row is stored.
  unsigned price = 0;
};

// Judges a request with JavaScript by its header and its body's bytes, and counts it.
Verdict judge(const App& app, const Site& site, const http::Request& request);
// What was counted was not stored: it is given back.
void forget(const App& app, const Site& site, const http::Request& request, const Verdict& verdict);

// 403 with a fresh token.
http::Response stale_token(const App& app, const Site& site, unsigned work,
                           std::string_view detail);
// 429 with Retry-After.
http::Response rate_limited(const limit::Decision& decision);

// GET /v1/sites/{site}/form.
void add_form_token_routes(App& app, http::Router& router);

}  // namespace askus::api
