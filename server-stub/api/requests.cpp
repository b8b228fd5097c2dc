#include "server-stub/api/requests.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server-stub/api/again.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/auth.h"
#include "server-stub/api/guard.h"
#include "server-stub/api/identity.h"
#include "server-stub/api/social_token.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/clock.h"
#include "shared/request/json.h"
#include "shared/request/uuid.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

// Everything that the header alone can tell, before any of the body is read.
std::optional<http::Response> admit_request(const http::Request& request) {
  if (!is_json(request)) return problem(problems::kUnsupportedMediaType, "send application/json");
  const std::string* key = request.headers.find("Idempotency-Key");
  if (key == nullptr) return problem(problems::kMissingKey, "send the request's id as the key");
  if (!request::is_uuid7(*key))
    return problem(problems::kBadKey, "not a version 7 UUID in lower case");
  return std::nullopt;
}

// The topics are sorted by their ids, bytewise.
bool has_topic(const snapshot::Snapshot& snapshot, std::string_view id) {
  const auto& topics = *snapshot.root().topics();
  std::uint32_t low = 0, high = topics.size();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (snapshot::view(topics[middle]->id()) < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low < topics.size() && snapshot::view(topics[low]->id()) == id;
}

// What of the answer is known before the request is stored.
struct Receipt {
  std::string site, id, token, status;
  std::string answers = "[]";  // JSON
  std::string promise = {};    // JSON
};

// Site, id, token and status hold nothing that JSON would escape. Made by hand: the writer's one
// thread makes it for every request.
std::string receipt_json(const Receipt& receipt, const store::Given& given) {
  std::string json = R"({"answers":)" + receipt.answers;
  // Its number alone: who asks has not shown that the contact is theirs.
  if (given.earlier > 0) json += R"(,"earlier":{"number":)" + std::to_string(given.earlier) + "}";
  return json + R"(,"id":")" + receipt.id + R"(","link":")" +
         private_path(receipt.site, receipt.id, receipt.token) + R"(","number":)" +
         std::to_string(given.number) +
         (receipt.promise.empty() ? "" : R"(,"promise":)" + receipt.promise) + R"(,"status":")" +
         receipt.status + R"(","token":")" + receipt.token + R"("})";
}

http::Response answer_of(App& app, const std::string& log_id, store::AddResult result) {
  switch (result.outcome) {
    case store::Outcome::kStored:
      return json_response(201, std::move(result.answer));
    case store::Outcome::kReplayed:
      return std::move(
          json_response(201, std::move(result.answer)).with("Idempotent-Replayed", "true"));
    case store::Outcome::kMissing:
      return invalid_request({{"attachments", Code::kNotFound,
                               result.text + " is not at the server, or no longer: put it again"}});
    default:
      return failure_of(app, log_id, result.outcome, result.text);
  }
}

// A comment waits for its approval. A bare "me too" has nothing to approve: it is done with.
std::string_view first_status(const request::Request& fields) {
  if (fields.kind != request::kComment) return store::statuses::kReceived;
  return request::is_blank(fields.details) ? store::statuses::kClosed : store::statuses::kWaiting;
}

// Why a request may not be stored now, though it is well-formed: whom the site vouches for, what
// it asks for. What was stored before is replayed all the same.
std::optional<http::Response> refusal_of(App& app, const Site& site, const std::string& identity,
                                         Submission& submission) {
  if (!identity.empty()) {
    Result<store::Identity> verified =
        verify_identity(identity, site.identity_secrets, site.name, app.clock());
    if (!verified.ok())
      return problem(problems::kBadIdentity,
                     verified.error().text + "; the same without it will be accepted");
    submission.identity = std::move(*verified);
  }
  const auto published = site.snapshots->current();
  if (published == nullptr) return std::nullopt;
  const std::vector<request::Problem> wrong =
      check_settings(submission.fields, published->snapshot);
  return wrong.empty() ? std::nullopt : std::optional(invalid_request(wrong));
}

// Who writes from within a social network. What is not verified, or no more, is as good as not
// there: the request is worth more than its account.
std::optional<store::Source> source_of(const App& app, const Site& site,
                                       const http::Request& request) {
  const auto user = read_social_token(app.secret, SocialUse::kPanel, site.name,
                                      request.headers.get(kSocialHeader), app.clock());
  if (!user) return std::nullopt;
  return store::Source{user->channel, "panel", user->group, user->user, {}, {}, {}, {}};
}

store::NewRequest make_row(App& app, const Site& site, Submission submission) {
  request::Request& fields = submission.fields;
  store::NewRequest row;
  row.site = site.name;
  row.payload_hash = std::move(submission.payload_hash);
  const std::int64_t now = app.clock();
  row.created_at = store::utc_text(now);
  row.status = first_status(fields);
  if (row.status == store::statuses::kClosed) row.closed_at = now;
  row.identity = std::move(submission.identity);
  row.source = std::move(submission.source);
  row.replay_only = submission.replay_only || submission.verdict.refusal.has_value();
  row.mark = submission.verdict.mark;
  Receipt receipt{site.name, fields.id, request_token(app.secret, fields.id), row.status};
  // What is only replayed has its answers: nothing is looked for on behalf of a flood.
  if (fields.kind != request::kComment && !row.replay_only) {
    row.again_key = again_key(fields.contact, fields.title);
    std::vector<std::string> topics =
        app.same_question->find(site.name, fields.title, fields.details);
    if (topics.size() > kMostAnswers) topics.resize(kMostAnswers);
    receipt.answers =
        nlohmann::json(topics).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    receipt.promise =
        nlohmann::json(told_promise(app, site, fields.category, fields.language)).dump();
  }
  row.due_at = site.promises->of(fields.category).due(now);
  row.answer = [receipt = std::move(receipt)](const store::Given& given) {
    return receipt_json(receipt, given);
  };
  row.fields = std::move(fields);
  return row;
}

void post_request(App& app, const std::shared_ptr<const http::Request>& http_request,
                  const http::Reply& reply) {
  const Site& site = *app.site(http_request->args[0]);
  Result<request::Request> parsed = request::from_json(http_request->body);
  if (!parsed.ok()) return reply(problem(problems::kBadJson, parsed.error().text));
  request::Request& fields = *parsed;
  if (fields.id != http_request->headers.get("Idempotency-Key"))
    return reply(problem(problems::kBadKey, "the key differs from the body's \"id\""));
  if (const auto wrong = validate_whole(fields); !wrong.empty())
    return reply(invalid_request(wrong));
  // Who vouches for the visitor is no part of what they wrote: a retry may carry a fresh identity,
  // or none after a refusal, under the same key.
  const std::string identity = std::exchange(fields.identity, {});
  Submission submission;
  submission.payload_hash = publish::sha256_hex(site.name + "\n" + request::to_json(fields));
  submission.fields = std::move(fields);
  if (auto source = source_of(app, site, *http_request)) {
    submission.fields.channel = source->channel;
    submission.source = std::move(*source);
  }
  std::optional<http::Response> refusal = refusal_of(app, site, identity, submission);
  submission.replay_only = refusal.has_value();
  if (!refusal) submission.verdict = judge(app, site, *http_request);
  submit(app, site, http_request, std::move(submission),
         [&app, &site, http_request, reply, refusal = std::move(refusal)](store::AddResult result,
                                                                          Verdict verdict) {
           if (result.outcome == store::Outcome::kMarkSpent)
             return reply(stale_token(app, site, verdict.price, "the form token is used up"));
           if (result.outcome != store::Outcome::kRefused)
             return reply(answer_of(app, http_request->id, std::move(result)));
           reply(verdict.refusal ? std::move(*verdict.refusal)
                                 : refusal.value_or(problem(problems::kInternal)));
         });
}

}  // namespace

std::vector<request::Problem> validate_whole(const request::Request& request) {
  std::vector<request::Problem> wrong = request::validate(request);
  for (request::Problem& one : request::validate_named(request)) wrong.push_back(std::move(one));
  return wrong;
}

void submit(App& app, const Site& site, const std::shared_ptr<const http::Request>& http_request,
            Submission submission, std::function<void(store::AddResult, Verdict)> done) {
  Verdict verdict = submission.verdict;
  app.store->add_request(make_row(app, site, std::move(submission)),
                         [&app, &site, http_request, done = std::move(done),
                          verdict = std::move(verdict)](store::AddResult result) {
                           const bool counts = result.outcome == store::Outcome::kStored ||
                                               result.outcome == store::Outcome::kUnknown ||
                                               verdict.refusal.has_value();
                           if (!counts) forget(app, site, *http_request, verdict);
                           done(std::move(result), verdict);
                         });
}

std::vector<request::Problem> check_settings(const request::Request& request,
                                             const snapshot::Snapshot& snapshot) {
  const snapshot::fb::Settings& settings = snapshot.settings();
  std::vector<request::Problem> wrong;
  const auto require = [&wrong](std::string_view field, bool holds, const char* text) {
    if (!holds) wrong.push_back({field, Code::kMalformed, text});
  };
  const auto given = [](std::string_view text) { return !request::is_blank(text); };
  bool known = request.category.empty();
  for (const snapshot::fb::Category* category : *settings.categories())
    known |= snapshot::view(category->id()) == request.category;
  require("category", known, "is not a category of this site");
  const bool comment = request.kind == request::kComment;
  require("topic", !comment || has_topic(snapshot, request.topic), "is not a topic of this site");
  // Nobody answers a comment, so nobody needs to know whom.
  require("name",
          comment || settings.name_field() != snapshot::fb::Need::Required || given(request.name),
          "is required by this site");
  require(
      "contact",
      comment || settings.contact_field() != snapshot::fb::Need::Required || given(request.contact),
      "is required by this site");
  // A bare "me too" says nothing of anybody.
  const bool personal =
      !comment || given(request.details) || given(request.name) || given(request.contact);
  require("consent",
          !personal || snapshot::view(settings.consent_version()).empty() ||
              !request.consent.version.empty(),
          "is required by this site");
  return wrong;
}

void add_request_routes(App& app, http::Router& router) {
  add_guarded(app, router,
              {"POST", "/v1/sites/{site}/requests", http::kRequestBody, admit_request,
               [&app](const auto& request, const http::Reply& reply) {
                 post_request(app, request, reply);
               }});
}

}  // namespace askus::api
