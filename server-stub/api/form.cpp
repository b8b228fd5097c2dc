#include "server-stub/api/form.h"

#include <botan/system_rng.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/auth.h"
#include "server-stub/api/form_page.h"
#include "server-stub/api/form_token.h"
#include "server-stub/api/gate.h"
#include "server-stub/api/requests.h"
#include "server-stub/http/form_data.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/base64url.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/clock.h"
#include "shared/request/json.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using Values = std::map<std::string, std::string>;
using RequestPtr = std::shared_ptr<const http::Request>;

constexpr std::string_view kType = "application/x-www-form-urlencoded";
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";
constexpr std::size_t kSignatureDigits = 22;

std::string fresh_id() {
  std::array<std::uint8_t, 10> random{};
  Botan::system_rng().randomize(random.data(), random.size());
  return request::make_uuid7(static_cast<std::uint64_t>(unix_milliseconds()), random);
}

std::string sign_number(const App& app, const Site& site, const std::string& number) {
  return publish::base64url(keyed_hash(app.secret, "form-sent", site.name + "\n" + number))
      .substr(0, kSignatureDigits);
}

std::string language_of(const App& app, const http::Request& request, const std::string& asked) {
  return app.panel->choose_language(
      asked.empty() ? request.headers.get("Accept-Language") : std::string_view(asked), {});
}

http::Response page(unsigned status, std::string html) {
  return std::move(http::text_response(status, "text/html; charset=utf-8", std::move(html))
                       .with("Cache-Control", "no-store")
                       .with("Content-Security-Policy", kPolicy));
}

std::string value_of(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

std::string form_address(const Site& site, const std::string& lang) {
  return "/sites/" + site.name + "/ask?form=1&lang=" + lang;
}

// One POST of the form, and the way back to it.
struct Sent {
  App& app;
  const Site& site;
  RequestPtr http;
  Values values;
  std::string lang;
  std::shared_ptr<const store::Published> published;

  const snapshot::Snapshot* snapshot() const {
    return published == nullptr ? nullptr : &published->snapshot;
  }
  const std::string& text(std::string_view name) const {
    return app.forms->texts(lang).find(name)->second;
  }
  std::string value(const std::string& name) const { return value_of(values, name); }

  // The form again with what was typed. A token that is still good keeps its age.
  http::Response again(unsigned status, const std::string& notice,
                       std::map<std::string, std::string> errors = {},
                       bool fresh_token = false) const {
    FormView view{lang,   "/sites/" + site.name + "/ask",
                  values, std::move(errors),
                  notice, app.abuse.honeypot};
    if (!request::is_uuid7(value("id"))) view.values["id"] = fresh_id();
    if (fresh_token || !read_form_token(app.secret, site.name, value(kTokenField)))
      view.values[kTokenField] = make_offer(app, site, 0).token;
    view.values["lang"] = lang;
    return page(status, app.forms->form(view, snapshot()));
  }
};

// Line ends as the panel's: a browser sends CR LF.
std::string with_line_feeds(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

request::Request read_fields(const Sent& sent) {
  request::Request r;
  r.id = sent.value("id");
  r.kind = sent.value("kind");
  r.title = sent.value("title");
  r.details = with_line_feeds(sent.value("details"));
  r.category = sent.value("category");
  r.name = sent.value("name");
  r.contact = sent.value("contact");
  r.language = sent.lang;
  r.channel = "form";
  if (sent.value("consent") != "1" || sent.snapshot() == nullptr) return r;
  const auto& settings = sent.snapshot()->settings();
  r.consent.version = snapshot::view(settings.consent_version());
  if (r.consent.version.empty()) return r;
  r.consent.text_hash = publish::sha256_hex(
      sent.snapshot()->text(*settings.consent_text(), sent.snapshot()->language(sent.lang)));
  r.consent.at = store::utc_text(sent.app.clock());
  return r;
}

std::string error_text(const Sent& sent, const request::Problem& wrong,
                       const request::Request& fields) {
  if (wrong.code == Code::kTooLarge) return sent.text("error_too_long");
  if (wrong.field == "contact")
    return sent.text(request::is_blank(fields.contact) ? "error_contact_missing" : "error_contact");
  if (wrong.field == "name") return sent.text("error_name");
  if (wrong.field == "consent") return sent.text("error_consent");
  if (wrong.field == "title") return sent.text("error_title");
  return wrong.text;
}

std::map<std::string, std::string> error_texts(const Sent& sent,
                                               const std::vector<request::Problem>& wrong,
                                               const request::Request& fields) {
  std::map<std::string, std::string> errors;
  for (const request::Problem& one : wrong)
    errors.emplace(one.field, error_text(sent, one, fields));
  return errors;
}

// As judge() does it, for who cannot work: the price is the time that the form was open.
Verdict judge_form(const Sent& sent) {
  const App& app = sent.app;
  const config::Abuse& abuse = app.abuse;
  Verdict verdict;
  verdict.taken = app.limiter->take(sent.site.name, sent.http->client);
  const auto refuse = [&](http::Response answer) {
    verdict.refusal = std::move(answer);
    forget(app, sent.site, *sent.http, verdict);
    return verdict;
  };
  if (!verdict.taken.allowed)
    return refuse(
        std::move(sent.again(429, sent.text("form_busy"))
                      .with("Retry-After", std::to_string(verdict.taken.retry_after.count()))));
  if (abuse.honeypot && !sent.value(kTrapField).empty())
    return refuse(sent.again(422, sent.text("press_again")));
  if (!abuse.form_token) return verdict;
  const std::string text = sent.value(kTokenField);
  const auto token = read_form_token(app.secret, sent.site.name, text);
  const std::int64_t age = token ? unix_milliseconds() - token->issued_at : 0;
  if (!token || age > abuse.form_lifetime.count())
    return refuse(sent.again(403, sent.text("press_again"), {}, true));
  if (age < abuse.quick_form.count()) return refuse(sent.again(403, sent.text("press_again")));
  if (!abuse.work || verdict.taken.price == 0) return verdict;
  if (age < abuse.form_wait.count()) return refuse(sent.again(403, sent.text("form_wait")));
  verdict.mark = store::Mark{"form:" + text, unix_milliseconds() / 1000,
                             (token->issued_at + abuse.form_lifetime.count()) / 1000 + 1};
  return verdict;
}

// The category that was chosen, if it is one: nothing that would need an escape in an address.
std::string known_category(const Sent& sent) {
  const std::string category = sent.value("category");
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return category.find_first_not_of(kPlain) == std::string::npos ? category : std::string();
}

http::Response answer_of(const Sent& sent, const store::AddResult& result, const Verdict& verdict,
                         const std::map<std::string, std::string>& errors) {
  switch (result.outcome) {
    case store::Outcome::kStored:
    case store::Outcome::kReplayed: {
      const auto answer = nlohmann::json::parse(result.answer, nullptr, false);
      const std::string number = answer.value("number", nlohmann::json()).dump();
      return std::move(http::Response{303, {}, {}}
                           .with("Location", form_address(sent.site, sent.lang) +
                                                 "&sent=" + number + "." +
                                                 sign_number(sent.app, sent.site, number) +
                                                 "&category=" + known_category(sent))
                           .with("Cache-Control", "no-store"));
    }
    case store::Outcome::kRefused:
      return verdict.refusal ? *verdict.refusal : sent.again(422, "", errors);
    case store::Outcome::kMarkSpent:
      return sent.again(403, sent.text("press_again"), {}, true);
    case store::Outcome::kErased:
    case store::Outcome::kKeyReused: {
      // The form was sent, changed by the browser's back button, and sent again: a new request.
      Sent changed = sent;
      changed.values["id"] = fresh_id();
      return changed.again(422, sent.text("press_again"));
    }
    default:
      sent.app.log.event("store-failed", {{"id", sent.http->id}, {"reason", result.text}});
      return sent.again(503, sent.text("form_not_stored"));
  }
}

void post_form(App& app, const RequestPtr& http_request, const http::Reply& reply) {
  const Site& site = *app.site(http_request->args[0]);
  Result<Values> values = http::parse_form(http_request->body);
  if (!values.ok()) return reply(problem(problems::kBadRequest, values.error().text));
  const std::string lang = language_of(app, *http_request, value_of(*values, "lang"));
  Sent sent{app, site, http_request, std::move(*values), lang, site.snapshots->current()};
  request::Request fields = read_fields(sent);
  if (!request::is_uuid7(fields.id)) return reply(sent.again(422, sent.text("press_again")));
  const std::vector<request::Problem> wrong = validate_whole(fields);
  if (!wrong.empty()) return reply(sent.again(422, "", error_texts(sent, wrong, fields)));
  std::vector<request::Problem> unsettled;
  if (sent.snapshot() != nullptr) unsettled = check_settings(fields, *sent.snapshot());
  auto errors = error_texts(sent, unsettled, fields);

  Submission submission{fields, {}, {}, !unsettled.empty(), {}};
  fields.consent.at.clear();  // the same form pressed twice is the same request
  submission.payload_hash = publish::sha256_hex(site.name + "\n" + request::to_json(fields));
  if (unsettled.empty()) submission.verdict = judge_form(sent);
  submit(app, site, http_request, std::move(submission),
         [sent, reply, errors = std::move(errors)](const store::AddResult& result,
                                                   const Verdict& verdict) {
           reply(answer_of(sent, result, verdict, errors));
         });
}

std::optional<http::Response> admit_form(const App& app, const http::Request& request) {
  if (app.forms == nullptr) return problem(problems::kNotFound, "no form is installed");
  std::string_view type = request.headers.get("Content-Type");
  if (!http::same_name(type.substr(0, type.find(';')), kType))
    return problem(problems::kUnsupportedMediaType, "send " + std::string(kType));
  if (const limit::Decision counted = app.limiter->attempt(request.client); !counted.allowed)
    return rate_limited(counted);
  return std::nullopt;
}

}  // namespace

bool asks_for_form(const http::Request& request) {
  return http::query_value(request.query, "form") == "1";
}

http::Response show_form(App& app, const http::Request& request) {
  if (app.forms == nullptr) return problem(problems::kNotFound, "no form is installed");
  const Site& site = *app.site(request.args.at(0));
  const std::string lang = language_of(app, request, http::query_value(request.query, "lang"));
  const std::string sent = http::query_value(request.query, "sent");
  const std::string number = sent.substr(0, sent.find('.'));
  if (!sent.empty() && same_secret(sent, number + "." + sign_number(app, site, number)))
    return page(
        200,
        app.forms->sent(lang, number,
                        told_promise(app, site, http::query_value(request.query, "category"), lang),
                        form_address(site, lang)));
  const Sent empty{app, site, std::make_shared<http::Request>(request),
                   {},  lang, site.snapshots->current()};
  return empty.again(200, "");
}

void add_form_routes(App& app, http::Router& router) {
  router.add({"POST", "/sites/{site}/ask", http::kRequestBody,
              for_site(app, [&app](const http::Request& r) { return admit_form(app, r); }),
              [&app](const RequestPtr& request, const http::Reply& reply) {
                post_form(app, request, reply);
              }});
}

}  // namespace askus::api
