#include "server-stub/api/snapshots.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/told_askers.h"
#include "server-stub/http/problem.h"
#include "server-stub/publish/manifest_json.h"
#include "server-stub/publish/publication.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/people.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;
using store::PublishOutcome;

constexpr std::size_t kTagDigits = 32;
constexpr std::size_t kHashDigits = 64;

http::ProblemType problem_of(PublishOutcome outcome) {
  switch (outcome) {
    case PublishOutcome::kBadManifest:
      return problems::kBadManifest;
    case PublishOutcome::kWrongSite:
      return problems::kWrongSite;
    case PublishOutcome::kBadSignature:
      return problems::kBadSignature;
    case PublishOutcome::kVersionNotHigher:
      return problems::kVersionNotHigher;
    case PublishOutcome::kWrongLength:
      return problems::kWrongLength;
    case PublishOutcome::kWrongHash:
      return problems::kWrongHash;
    case PublishOutcome::kBadSnapshot:
      return problems::kBadSnapshot;
    case PublishOutcome::kUnknownSnapshot:
      return problems::kUnknownSnapshot;
    case PublishOutcome::kFull:
      return problems::kStorageFull;
    case PublishOutcome::kPublished:
    case PublishOutcome::kAlready:
    case PublishOutcome::kFailed:
      break;
  }
  return problems::kInternal;
}

http::Response answer_of(const store::PublishResult& result) {
  const bool published = result.outcome == PublishOutcome::kPublished;
  if (!published && result.outcome != PublishOutcome::kAlready)
    return problem(problem_of(result.outcome), result.text);
  return std::move(http::text_response(published ? 201 : 200, "application/json",
                                       ordered_json{{"version", result.manifest.version},
                                                    {"sha256", result.manifest.sha256}}
                                           .dump())
                       .with("Cache-Control", "no-store"));
}

// Who published what, and what was refused.
void log_publication(http::Log& log, std::string_view what, const http::Request& request,
                     const std::string& publisher, const store::PublishResult& result) {
  const bool accepted =
      result.outcome == PublishOutcome::kPublished || result.outcome == PublishOutcome::kAlready;
  log.event(what, {{"id", request.id},
                   {"site", request.args[0]},
                   {"publisher", publisher},
                   {"result", accepted ? "accepted" : std::string(problem_of(result.outcome).name)},
                   {"version", std::to_string(result.manifest.version)},
                   {"sha256", result.manifest.sha256}});
}

using Publish = store::PublishResult (*)(const Site&, const http::Request&, const std::string&);

store::PublishResult publish_body(const Site& site, const http::Request& request,
                                  const std::string& publisher) {
  const Result<publish::Publication> parts = publish::split_publication(request.body);
  if (!parts.ok()) return {PublishOutcome::kBadManifest, parts.error().text, {}};
  return site.snapshots->publish(parts->manifest, parts->snapshot, publisher);
}

store::PublishResult roll_back(const Site& site, const http::Request& request,
                               const std::string& publisher) {
  return site.snapshots->rollback(request.body, publisher);
}

http::Handler on_worker(App& app, std::string_view what, Publish publish) {
  return [&app, what, publish](const std::shared_ptr<const http::Request>& request,
                               const http::Reply& reply) {
    const bool taken = app.publishing.push([&app, what, publish, request, reply] {
      const Site& site = *app.site(request->args[0]);
      const std::string& publisher = principal_of(*request).name;
      const store::PublishResult result = publish(site, *request, publisher);
      if (result.outcome == PublishOutcome::kPublished) {
        app.same_question->renew(site.name, site.snapshots->current());
        tell_askers(app, site.name);
        store::record(*app.store, act_of(app, *request, publisher, what,
                                         std::to_string(result.manifest.version), site.name));
      }
      log_publication(app.log, what, *request, publisher, result);
      reply(answer_of(result));
    });
    if (!taken) reply(problem(problems::kBusy, "another publication is in work"));
  };
}

http::Response manifest(const Site& site, const http::Request& request) {
  const auto published = site.snapshots->current();
  if (published == nullptr) return problem(problems::kNoSnapshot, "publish one first");
  http::File file;
  file.identity = std::make_shared<const std::string>(published->manifest_json);
  file.etag = publish::sha256_hex(published->manifest_json).substr(0, kTagDigits);
  file.type = "application/json";
  file.cache = "no-cache";
  file.any_origin = true;
  return http::answer(file, request);
}

http::Response file_answer(std::optional<store::Variants> found, const http::Request& request) {
  if (!found) return problem(problems::kUnknownSnapshot, "no snapshot of that hash is kept");
  const std::string& sha256 = request.args[1];
  http::File file{std::move(found->identity),
                  std::move(found->br),
                  std::move(found->gz),
                  sha256.substr(0, kTagDigits),
                  "application/octet-stream",
                  "public, max-age=31536000, immutable",
                  true};
  return http::answer(file, request);
}

// The current snapshot, which nearly everybody asks for, is in memory; an older one may have to be
// read from the disk.
void snapshot_file(App& app, const std::shared_ptr<const http::Request>& request,
                   const http::Reply& reply) {
  const store::SnapshotStore& snapshots = *app.site(request->args[0])->snapshots;
  const std::string& sha256 = request->args[1];
  std::optional<store::Variants> found = snapshots.at_hand(sha256);
  if (found || !snapshots.keeps(sha256)) return reply(file_answer(std::move(found), *request));
  const bool taken = app.reading.push([&snapshots, request, reply] {
    reply(file_answer(snapshots.find(request->args[1]), *request));
  });
  if (!taken) reply(problem(problems::kBusy, "too many read older snapshots"));
}

// Whoever published, as people know each other: by name. A key has none but its short one.
std::string shown(const std::vector<store::Colleague>& people, const std::string& publisher) {
  for (const store::Colleague& one : people)
    if (one.person.id == publisher) return one.person.name;
  return publisher;
}

void list(App& app, const std::shared_ptr<const http::Request>& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  store::read_people(*app.store, site.name, [&site, reply](const store::Colleagues& people) {
    if (!people.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    ordered_json kept = ordered_json::array();
    for (const store::Kept& one : site.snapshots->kept())
      kept.push_back({{"version", one.manifest.version},
                      {"issued_at", one.manifest.issued_at},
                      {"sha256", one.manifest.sha256},
                      {"length", one.manifest.length},
                      {"current", kept.empty()},
                      {"published_at", one.at},
                      {"publisher", shown(*people, one.publisher)}});
    reply(json_response(200, kept.dump()));
  });
}

// The public half of the key that the server signs with.
void signing_key(const App& app, const http::Request& request, const http::Reply& reply) {
  const auto& key = app.site(request.args[0])->signing_key;
  if (!key) return reply(no_content());
  const publish::PublicKey half = key->public_key();
  reply(json_response(200, ordered_json{{"x", half.x}, {"y", half.y}}.dump()));
}

// Signs what the caller is about to publish, or to go back to, as the version behind the current
// one. Nothing is stored: publishing judges the manifest as any other.
void sign(const App& app, const http::Request& request, const http::Reply& reply) {
  const Site& site = *app.site(request.args[0]);
  if (!site.signing_key)
    return reply(problem(problems::kNotFound, "the site's key is not on the server"));
  Fields fields(request);
  const std::string sha256 = fields.text("sha256", kHashDigits);
  if (!sha256.empty() && !request::is_sha256(sha256))
    fields.fail("sha256", "is not 64 lower-case hex digits");
  const std::uint64_t length = fields.number("length", 1, snapshot::kMaxSnapshotBytes);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::vector<store::Kept> kept = site.snapshots->kept();
  const std::uint64_t version = kept.empty() ? 1 : kept.front().manifest.version + 1;
  reply(json_response(
      200, publish::manifest_to_json(publish::make_manifest(
               *site.signing_key, site.name, version, static_cast<std::uint64_t>(app.clock()),
               publish::kDefaultFreshDays, length, sha256))));
}

using Answer = http::Response (*)(const Site&, const http::Request&);
http::Handler at_once(App& app, Answer answer) {
  return [&app, answer](const std::shared_ptr<const http::Request>& request,
                        const http::Reply& reply) {
    reply(answer(*app.site(request->args[0]), *request));
  };
}

}  // namespace

void add_snapshot_routes(App& app, http::Router& router) {
  const std::string snapshots = "/v1/sites/{site}/snapshots";
  router.add({"GET", "/v1/sites/{site}/manifest.json", 0, for_site(app), at_once(app, manifest)});
  router.add({"GET", snapshots + "/{sha256}.faq", 0, for_site(app),
              [&app](const auto& request, const http::Reply& reply) {
                snapshot_file(app, request, reply);
              }});
  constexpr account::Right kPublish = account::Right::kPublish;
  add_for_right(app, router, kPublish,
                {"GET", snapshots, 0, {}, [&app](const auto& request, const http::Reply& reply) {
                   list(app, request, reply);
                 }});
  add_for_right(app, router, kPublish,
                {"GET",
                 "/v1/sites/{site}/signing-key",
                 0,
                 {},
                 [&app](const auto& request, const http::Reply& reply) {
                   signing_key(app, *request, reply);
                 }});
  add_for_right(
      app, router, kPublish,
      {"POST",
       "/v1/sites/{site}/manifests",
       publish::kMaxManifestBytes,
       {},
       [&app](const auto& request, const http::Reply& reply) { sign(app, *request, reply); }});
  add_for_right(app, router, kPublish,
                {"POST", snapshots, kPublicationBody, {}, on_worker(app, "publish", publish_body)});
  add_for_right(app, router, kPublish,
                {"POST",
                 "/v1/sites/{site}/rollback",
                 publish::kMaxManifestBytes,
                 {},
                 on_worker(app, "rollback", roll_back)});
}

}  // namespace askus::api
