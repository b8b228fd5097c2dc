#include "server-stub/api/tags.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "server-stub/account/ticket.h"
#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/live.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/tag_proposals.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/tags.h"
#include "shared/request/uuid.h"
#include "shared/tags/ready_made.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;
using Need = Fields::Need;

constexpr std::size_t kIdBytes = 36;

json tags_json(const std::vector<store::CountedTag>& tags) {
  std::map<std::string, const store::Tag*> by_id;
  for (const store::CountedTag& one : tags) by_id[one.tag.id] = &one.tag;
  const auto path_of = [&by_id](const store::Tag& tag) {
    std::string path = tag.name;
    auto at = by_id.find(tag.parent);
    for (std::size_t n = 0; at != by_id.end() && n < store::kMostTagDepth;
         at = by_id.find(at->second->parent), ++n)
      path.insert(0, at->second->name + "/");
    return path;
  };
  json list = json::array();
  for (const auto& [tag, requests] : tags)
    list.push_back({{"id", tag.id},
                    {"parent", tag.parent},
                    {"name", tag.merged.empty() ? tag.name : std::string()},
                    {"path", tag.merged.empty() ? path_of(tag) : std::string()},
                    {"titles", json::parse(tag.titles, nullptr, false)},
                    {"words", lines_json(tag.words)},
                    {"joined", !tag.concepts.empty()},
                    {"retired", tag.retired},
                    {"merged", tag.merged},
                    {"requests", requests}});
  return list;
}

void get_tags(App& app, const RequestPtr& request, const http::Reply& reply) {
  store::read_tags(*app.store, request->args[0],
                   [reply](const Result<std::vector<store::CountedTag>>& tags) {
                     if (!tags.ok())
                       return reply(problem(problems::kBusy, "the store does not answer"));
                     reply(json_response(200, tags_json(*tags)));
                   });
}

bool is_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::string parent_of(Fields& fields) {
  std::string parent = fields.text("parent", kIdBytes, Need::kOptional);
  if (!parent.empty() && !request::is_uuid7(parent)) fields.fail("parent", "is no tag's id");
  return parent;
}

// What of a tag its page sends.
store::Tag tag_in(Fields& fields) {
  store::Tag tag;
  tag.parent = parent_of(fields);
  tag.name = fields.text("name", kMaxTagName);
  if (!is_name(tag.name)) fields.fail("name", "may have a-z, 0-9 and - only");
  json titles = json::object();
  for (auto& [language, title] : fields.texts("titles", kMaxTagLanguages, kMaxTagTitle)) {
    if (language.size() != 2 || !is_name(language))
      fields.fail("titles", "is by languages of two letters");
    titles[language] = std::move(title);
  }
  if (titles.empty()) fields.fail("titles", "is required in one language at least");
  tag.titles = titles.dump(-1, ' ', false, json::error_handler_t::replace);
  for (const std::string& word : fields.list("words", kMaxTagWords, kMaxTagWord))
    if (!request::is_blank(word)) tag.words += word + "\n";
  return tag;
}

// How a change of the tree ended.
store::Store::Done answer(App& app, const RequestPtr& request, const http::Reply& reply,
                          std::string id = {}) {
  return [&app, request, reply, id = std::move(id)](const store::Written& written) {
    switch (written.outcome) {
      case store::Outcome::kStored:
        app.live->poke();
        return reply(id.empty() ? no_content() : json_response(201, json{{"id", id}}.dump()));
      case store::Outcome::kReplayed:
        return reply(no_content());
      case store::Outcome::kMissing:
        return reply(problem(problems::kNotFound, "no such tag at this site"));
      case store::Outcome::kRefused:
        return reply(problem(problems::kBadTree, "a tag would stand below itself, or too deep"));
      case store::Outcome::kKeyReused:
        return reply(problem(problems::kTagExists, "there is one of that name there"));
      case store::Outcome::kFull:
        if (written.text.empty())  // and not the disk
          return reply(problem(problems::kBadTree, "there would be too many tags"));
        [[fallthrough]];
      default:
        reply(failure_of(app, request->id, written.outcome, written.text));
    }
  };
}

store::Act act(const App& app, const RequestPtr& request, std::string_view action,
               std::string subject) {
  return act_of(app, *request, principal_of(*request).name, action, std::move(subject),
                request->args[0]);
}

void post_tag(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Tag tag = tag_in(fields);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  tag.id = account::new_row_id(app.clock());
  const std::string id = tag.id, name = tag.name;
  store::add_tags(*app.store, request->args[0], {std::move(tag)}, false,
                  act(app, request, "add-tag", name), answer(app, request, reply, id));
}

void put_tag(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::Tag tag = tag_in(fields);
  tag.retired = fields.flag("retired", false);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  tag.id = request->args[1];
  const std::string what = tag.name + (tag.retired ? " retired" : "");
  store::change_tag(*app.store, request->args[0], std::move(tag),
                    act(app, request, "change-tag", what), answer(app, request, reply));
}

void post_merge(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  const std::string into = fields.text("into", kIdBytes);
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  store::merge_tag(*app.store, request->args[0], request->args[1], into,
                   act(app, request, "merge-tag", request->args[1] + " " + into),
                   answer(app, request, reply));
}

// The ready-made tree: what of it is not there yet.
void post_ready_made(App& app, const RequestPtr& request, const http::Reply& reply) {
  std::map<std::string_view, std::string> ids;
  std::vector<store::Tag> tags;
  for (const tags::ReadyMade& one : tags::ready_made()) {
    const std::size_t slash = one.path.rfind('/');
    const bool top = slash == std::string_view::npos;
    store::Tag tag;
    tag.id = ids[one.path] = account::new_row_id(app.clock());
    if (!top) tag.parent = ids.at(one.path.substr(0, slash));
    tag.name = one.path.substr(top ? 0 : slash + 1);
    tag.titles = json{{"uk", one.uk}, {"ru", one.ru}, {"en", one.en}}.dump();
    tag.concepts = one.concepts;
    tags.push_back(std::move(tag));
  }
  store::add_tags(*app.store, request->args[0], std::move(tags), true,
                  act(app, request, "add-tag", "ready-made"), answer(app, request, reply));
}

void get_proposals(App& app, const RequestPtr& request, const http::Reply& reply) {
  app.store->find_request(
      request->args[1], [&app, site = request->args[0], reply](const store::Found& found) {
        if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        if (!found->has_value() || (*found)->site != site)
          return reply(problem(problems::kNotFound, "no such request at this site"));
        const store::StoredRequest& r = **found;
        if (r.status == store::statuses::kErased)
          return reply(problem(problems::kErased, "nothing of it is kept but its number"));
        app.tag_proposals->find(site, r.fields.title, r.fields.details,
                                [reply, has = r.tags](const TagProposals::Found& proposals) {
                                  if (!proposals.ok())
                                    return reply(problem(problems::kBusy, proposals.error().text));
                                  json list = json::array();
                                  for (const ProposedTag& one : *proposals)
                                    if (std::none_of(has.begin(), has.end(), [&one](const auto& t) {
                                          return t.first == one.tag;
                                        }))
                                      list.push_back({{"tag", one.tag}, {"score", one.score}});
                                  reply(json_response(200, list.dump()));
                                });
      });
}

// How a change of a request ended; the windows are told at once.
store::Store::Done answer_one(App& app, const RequestPtr& request, const http::Reply& reply) {
  return [&app, request, reply](const store::Written& written) {
    if (written.outcome == store::Outcome::kStored) app.live->poke();
    if (written.outcome == store::Outcome::kStored || written.outcome == store::Outcome::kReplayed)
      return reply(no_content());
    if (written.outcome == store::Outcome::kMissing)
      return reply(problem(problems::kNotFound, "no such request, or no such tag to set"));
    if (written.outcome == store::Outcome::kFull && written.text.empty())
      return reply(problem(problems::kBadTree, "the request has too many tags"));
    reply(failure_of(app, request->id, written.outcome, written.text));
  };
}

void tag_it(App& app, const RequestPtr& request, const http::Reply& reply, bool on) {
  store::Tagging tagging{request->args[0],
                         request->args[1],
                         request->args[2],
                         on,
                         store::utc_text(app.clock()),
                         principal_of(*request).name};
  app.store->change([tagging = std::move(tagging)](
                        store::Session& session) { return store::tag_request(session, tagging); },
                    answer_one(app, request, reply));
}

void put_request_tag(App& app, const RequestPtr& request, const http::Reply& reply) {
  tag_it(app, request, reply, true);
}

void delete_request_tag(App& app, const RequestPtr& request, const http::Reply& reply) {
  tag_it(app, request, reply, false);
}

void put_tone(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  std::string tone = fields.one_of("tone", {"positive", "neutral", "negative"});
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  app.store->change(
      [site = request->args[0], id = request->args[1], tone = std::move(tone),
       at = store::utc_text(app.clock()), actor = principal_of(*request).name](
          store::Session& session) { return store::set_tone(session, site, id, tone, at, actor); },
      answer_one(app, request, reply));
}

}  // namespace

void add_tag_routes(App& app, http::Router& router) {
  const auto add = [&](Right right, const char* method, const char* path, std::size_t body,
                       Work work) { add_site_route(app, router, right, method, path, body, work); };
  add(Right::kAnswer, "GET", "tags", 0, get_tags);
  add(Right::kOrganise, "POST", "tags", kFieldsBody, post_tag);
  add(Right::kOrganise, "POST", "tags/ready-made", 0, post_ready_made);
  add(Right::kOrganise, "PUT", "tags/{tag}", kFieldsBody, put_tag);
  add(Right::kOrganise, "POST", "tags/{tag}/merge", kFieldsBody, post_merge);
  add(Right::kAnswer, "GET", "requests/{id}/tag-proposals", 0, get_proposals);
  add(Right::kAnswer, "PUT", "requests/{id}/tags/{tag}", 0, put_request_tag);
  add(Right::kAnswer, "DELETE", "requests/{id}/tags/{tag}", 0, delete_request_tag);
  add(Right::kAnswer, "PUT", "requests/{id}/tone", kFieldsBody, put_tone);
}

}  // namespace askus::api
