#include "server-stub/api/studio.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/principal.h"
#include "server-stub/files/files.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/drafts.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;

constexpr std::size_t kMaxPage = std::size_t{1} << 20;

// The page compiles wasm, runs a worker, and shows the panel in a frame of its own making, whose
// policy is this one: hence the pictures.
std::string page_policy(const config::SiteConfig& site) {
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
         "worker-src 'self'; frame-src blob:; img-src 'self' data: blob:" +
         source_list(site.picture_origins) +
         "; connect-src 'self' blob:; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'";
}

void page(App& app, const std::shared_ptr<const http::Request>& request, const http::Reply& reply) {
  if (app.studio == nullptr) return reply(problem(problems::kNotFound, "there is no studio here"));
  const config::SiteConfig& site = app.site(request->args[0])->config;
  reply(std::move(http::text_response(200, "text/html; charset=utf-8", *app.studio)
                      .with("Cache-Control", "no-cache")
                      .with("Content-Security-Policy", page_policy(site))));
}

std::string version_tag(std::int64_t version) {
  return '"' + std::to_string(version) + '"';
}

// Of If-Match: "7", the version that the page has changed; "0" when there was none.
std::optional<std::int64_t> version_of(std::string_view tag) {
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return {};
  tag = tag.substr(1, tag.size() - 2);
  std::int64_t version = -1;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
  if (error != std::errc() || end != tag.data() + tag.size() || version < 0) return {};
  return version;
}

http::Response draft_answer(const store::Draft& draft) {
  ordered_json json{
      {"version", draft.version}, {"saved_at", draft.saved_at}, {"saved_by", draft.saved_by}};
  std::string text = json.dump();
  if (draft.version > 0) {  // which was checked when it came: no need to parse it again
    text.pop_back();
    text += ",\"draft\":" + draft.bytes + "}";
  }
  return std::move(http::text_response(200, "application/json", std::move(text))
                       .with("Cache-Control", "no-store")
                       .with("ETag", version_tag(draft.version)));
}

void get_draft(App& app, const std::shared_ptr<const http::Request>& request,
               const http::Reply& reply) {
  store::read_draft(*app.store, request->args[0],
                    [request, reply](const Result<store::Draft>& draft) {
                      if (!draft.ok())
                        return reply(problem(problems::kBusy, "the store does not answer"));
                      const std::string tag = version_tag(draft->version);
                      if (request->headers.get("If-None-Match") != tag)
                        return reply(draft_answer(*draft));
                      http::Response same{304, {}, {}};
                      reply(std::move(same.with("ETag", tag).with("Cache-Control", "no-store")));
                    });
}

// {"records": "...", "settings": "..."}: what the page saves. What is in them is the compiler's to
// judge, in the page; mistakes are part of a draft.
bool is_draft(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  const auto text = [&json](const char* name) {
    return json.contains(name) && json[name].is_string();
  };
  return json.is_object() && json.size() == 2 && text("records") && text("settings");
}

void put_draft(App& app, const std::shared_ptr<const http::Request>& request,
               const http::Reply& reply) {
  const auto version = version_of(request->headers.get("If-Match"));
  if (!version)
    return reply(problem(problems::kDraftChanged, "If-Match names the version that was changed"));
  if (!is_draft(request->body))
    return reply(problem(problems::kBadJson, "a draft has \"records\" and \"settings\", texts"));
  store::Draft draft{*version, store::utc_text(app.clock()), principal_of(*request).name,
                     request->body};
  store::save_draft(
      *app.store, request->args[0], std::move(draft),
      [&app, reply, id = request->id, version = *version + 1](const store::Written& written) {
        if (written.outcome == store::Outcome::kStored)
          return reply(std::move(http::text_response(200, "application/json",
                                                     ordered_json{{"version", version}}.dump())
                                     .with("Cache-Control", "no-store")
                                     .with("ETag", version_tag(version))));
        if (written.outcome == store::Outcome::kKeyReused)
          return reply(problem(problems::kDraftChanged, "read it again and join the changes"));
        reply(failure_of(app, id, written.outcome, written.text));
      });
}

}  // namespace

Result<std::shared_ptr<const std::string>> load_studio_page(const std::string& web) {
  Result<std::string> html = files::read_file(web + "/studio.html", kMaxPage);
  if (html.ok()) return std::make_shared<const std::string>(std::move(*html));
  if (html.error().code == Code::kNotFound) return std::shared_ptr<const std::string>();
  return html.error();
}

void add_studio_routes(App& app, http::Router& router) {
  const auto slots = http::Slots::make(kDraftsAtOnce);
  const std::string draft = "/v1/sites/{site}/draft";
  router.add(
      {"GET", "/studio/{site}", 0, for_site(app),
       [&app](const auto& request, const http::Reply& reply) { page(app, request, reply); }});
  const auto add = [&](const char* method, std::size_t body, auto handle) {
    add_for_right(app, router, account::Right::kPublish,
                  {method,
                   draft,
                   body,
                   {},
                   [&app, handle](const auto& request, const http::Reply& reply) {
                     handle(app, request, reply);
                   },
                   slots});
  };
  add("GET", 0, get_draft);
  add("PUT", kDraftBody, put_draft);
}

}  // namespace askus::api
