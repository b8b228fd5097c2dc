#include "server-stub/api/attachments.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/guard.h"
#include "server-stub/api/own_request.h"
#include "server-stub/http/problem.h"
#include "server-stub/picture/picture.h"
#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;

std::optional<http::Response> admit_attachment(const http::Request& request) {
  if (!request::is_sha256(request.args.at(1)))
    return problem(problems::kWrongHash, "a picture's name is its SHA-256 in lower-case hex");
  return std::nullopt;
}

std::string pixels(std::uint64_t width, std::uint64_t height) {
  return std::to_string(width) + " x " + std::to_string(height);
}

Result<picture::Picture> check_picture(const http::Request& request,
                                       std::optional<http::Response>& refusal) {
  Result<picture::Picture> picture = picture::read_header(request.body);
  if (!picture.ok()) {
    refusal = problem(problems::kUnsupportedMediaType, "the body " + picture.error().text);
  } else if (const std::uint64_t area = std::uint64_t{picture->width} * picture->height;
             picture->width > request::kMaxPictureSide ||
             picture->height > request::kMaxPictureSide || area > request::kMaxPicturePixels) {
    refusal = problem(problems::kTooManyPixels,
                      pixels(picture->width, picture->height) + "; at most " +
                          std::to_string(request::kMaxPictureSide) + " a side and " +
                          std::to_string(request::kMaxPicturePixels) + " in all");
  } else if (publish::sha256_hex(request.body) != request.args[1]) {
    refusal = problem(problems::kWrongHash, "the body's SHA-256 is not the name it was sent to");
  }
  return picture;
}

void put_attachment(App& app, const std::shared_ptr<const http::Request>& http_request,
                    const http::Reply& reply) {
  std::optional<http::Response> refusal;
  const Result<picture::Picture> picture = check_picture(*http_request, refusal);
  if (refusal) return reply(std::move(*refusal));
  const std::int64_t now = app.clock();
  store::NewAttachment row;
  row.site = http_request->args[0];
  row.sha256 = http_request->args[1];
  row.type = picture->type;
  row.bytes = {http_request, &http_request->body};  // the one copy that is in memory
  row.created_at = store::utc_text(now);
  row.expires_at = now + kUnnamedFor;
  const std::string body = nlohmann::json{
      {"sha256", row.sha256},
      {"type", row.type},
      {"length", row.bytes->size()},
      {"width", picture->width},
      {"height",
       picture->height}}.dump();
  app.store->put_attachment(std::move(row), [&app, reply, body, log_id = http_request->id](
                                                const store::Written& written) {
    const bool stored = written.outcome == store::Outcome::kStored;
    if (stored || written.outcome == store::Outcome::kReplayed)
      return reply(json_response(stored ? 201 : 200, body));
    reply(failure_of(app, log_id, written.outcome, written.text));
  });
}

void get_attachment(App& app, const std::shared_ptr<const http::Request>& http_request,
                    const http::Reply& reply) {
  app.store->find_attachment(
      http_request->args[0], http_request->args[1],
      [reply, sha256 = http_request->args[1]](store::FoundAttachment found) {
        if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        if (!found->has_value())
          return reply(problem(problems::kNotFound, "the request names no such picture"));
        reply(download(std::move(**found), sha256));
      });
}

}  // namespace

nlohmann::json attachments_json(const store::StoredRequest& request) {
  nlohmann::json list = nlohmann::json::array();
  for (const store::Attachment& one : request.attachments)
    list.push_back({{"sha256", one.sha256}, {"type", one.type}, {"length", one.length}});
  return list;
}

http::Response download(store::AttachmentBytes picture, const std::string& sha256) {
  http::Response response{200, {}, http::Body(std::move(picture.bytes))};
  const std::string ending = picture.type.substr(picture.type.find('/') + 1);
  response.with("Content-Type", picture.type)
      .with("Content-Disposition", "attachment; filename=\"" + sha256 + "." + ending + "\"")
      .with("Content-Security-Policy", "default-src 'none'; sandbox")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Cache-Control", "private, no-store");
  return response;
}

void add_attachment_routes(App& app, http::Router& router) {
  add_guarded(app, router,
              {"PUT", "/v1/sites/{site}/attachments/{sha256}", request::kMaxAttachmentBytes,
               admit_attachment,
               [&app](const auto& request, const http::Reply& reply) {
                 put_attachment(app, request, reply);
               },
               http::Slots::make(kUploadsAtOnce)});
  router.add({"GET", "/v1/requests/{id}/attachments/{sha256}", 0, for_token(app),
              [&app](const auto& request, const http::Reply& reply) {
                get_attachment(app, request, reply);
              },
              http::Slots::make(kDownloadsAtOnce)});
}

}  // namespace askus::api
