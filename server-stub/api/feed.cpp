#include "server-stub/api/feed.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/attachments.h"
#include "server-stub/api/live.h"
#include "server-stub/api/outgoing.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_search.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/feed.h"
#include "shared/faq/dates.h"
#include "shared/request/json.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;
using RequestPtr = std::shared_ptr<const http::Request>;

constexpr std::pair<std::string_view, store::View> kViewNames[] = {
    {"all", store::View::kAll},
    {"new", store::View::kNew},
    {"mine", store::View::kMine},
    {"department", store::View::kDepartment},
    {"overdue", store::View::kOverdue}};

std::string text_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// When a request that is still open is overdue: RFC 3339.
std::string late_before(const App& app, const Site& site) {
  return store::utc_text(app.clock() - std::int64_t{site.config.answer_within_minutes} * 60);
}

bool is_late(const std::string& status, const std::string& created_at, const std::string& late) {
  const bool open = status == store::statuses::kReceived || status == store::statuses::kInWork;
  return open && created_at <= late;
}

// A day's beginning, or that of the day behind it; empty stays empty. False: not a day.
bool day(const std::string& given, std::uint32_t more, std::string& into) {
  if (given.empty()) return true;
  const auto date = parse_date(given);
  if (date) into = format_date(*date + more) + "T00:00:00Z";
  return date.has_value();
}

// Nothing: the query has what is not valid.
std::optional<store::FeedFilter> filter_of(const App& app, const Site& site, const Principal& who,
                                           const std::string& query) {
  store::FeedFilter f;
  f.site = site.name;
  f.person = who.person.id;
  f.late_before = late_before(app, site);
  const std::string view = http::query_value(query, "view");
  const auto* named =
      std::find_if(std::begin(kViewNames), std::end(kViewNames),
                   [&view](const auto& one) { return one.first == (view.empty() ? "all" : view); });
  if (named == std::end(kViewNames)) return std::nullopt;
  f.view = named->second;
  for (const auto& [name, into] :
       {std::pair("kind", &f.kind), std::pair("mood", &f.mood), std::pair("channel", &f.channel),
        std::pair("category", &f.category), std::pair("status", &f.status)}) {
    *into = http::query_value(query, name);
    if (into->size() > request::kMaxSmall) return std::nullopt;
  }
  if (!day(http::query_value(query, "from"), 0, f.from) ||
      !day(http::query_value(query, "to"), 1, f.to))
    return std::nullopt;
  if (const std::string behind = http::query_value(query, "behind"); !behind.empty()) {
    const auto [end, error] =
        std::from_chars(behind.data(), behind.data() + behind.size(), f.behind);
    if (error != std::errc() || end != behind.data() + behind.size() || f.behind < 0)
      return std::nullopt;
  }
  return f;
}

json row_json(const store::FeedRow& row, const std::string& late) {
  return {{"id", row.id},
          {"number", row.number},
          {"kind", row.kind},
          {"title", row.title},
          {"excerpt", row.excerpt},
          {"category", row.category},
          {"mood", row.mood},
          {"channel", row.channel},
          {"language", row.language},
          {"name", row.name},
          {"status", row.status},
          {"created", row.created_at},
          {"assignee", row.assignee},
          {"late", is_late(row.status, row.created_at, late)}};
}

void answer_feed(App& app, const http::Reply& reply, const store::FeedFilter& filter) {
  store::read_feed(*app.store, filter,
                   [reply, late = filter.late_before](const Result<store::Feed>& feed) {
                     if (!feed.ok())
                       return reply(problem(problems::kBusy, "the store does not answer"));
                     json rows = json::array();
                     for (const store::FeedRow& row : feed->rows)
                       rows.push_back(row_json(row, late));
                     const store::FeedCounts& n = feed->counts;
                     reply(json_response(200, text_of({{"seq", feed->seq},
                                                       {"requests", std::move(rows)},
                                                       {"more", feed->more},
                                                       {"counts",
                                                        {{"new", n.fresh},
                                                         {"mine", n.mine},
                                                         {"department", n.department},
                                                         {"overdue", n.overdue}}}})));
                   });
}

void get_feed(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  auto filter = filter_of(app, site, principal_of(*request), request->query);
  if (!filter) return reply(problem(problems::kBadQuery, "see docs/http-api.md, \"The feed\""));
  const std::string text = http::query_value(request->query, "text");
  if (text.empty()) return answer_feed(app, reply, *filter);
  app.request_search->find(
      site.name, text,
      [&app, reply, filter = std::move(*filter)](Result<std::vector<std::int64_t>> found) mutable {
        if (!found.ok()) return reply(problem(problems::kBusy, found.error().text));
        filter.numbers = std::move(*found);
        if (filter.numbers.empty()) filter.numbers.push_back(-1);  // no request has that number
        answer_feed(app, reply, filter);
      });
}

json attachments_json(const store::StoredRequest& r) {
  json list = json::array();
  for (const store::Attachment& one : r.attachments)
    list.push_back({{"sha256", one.sha256}, {"type", one.type}, {"length", one.length}});
  return list;
}

json whole_json(const App& app, const store::StoredRequest& r, const std::string& late) {
  json replies = json::array(), history = json::array();
  for (const store::Reply& one : r.replies)
    replies.push_back({{"id", one.id},
                       {"author", one.author},
                       {"role", one.role},
                       {"text", one.text},
                       {"at", one.at},
                       {"public", one.is_public}});
  for (const store::Change& one : r.history)
    history.push_back(
        {{"kind", one.kind}, {"at", one.at}, {"actor", one.actor}, {"detail", one.detail}});
  const request::Request& f = r.fields;
  return {{"id", f.id},
          {"number", r.number},
          {"kind", f.kind},
          {"title", f.title},
          {"details", f.details},
          {"category", f.category},
          {"mood", f.mood},
          {"name", f.name},
          {"contact", f.contact},
          {"language", f.language},
          {"channel", f.channel},
          {"page", f.page},
          {"query", f.query},
          {"topic", f.topic},
          {"status", r.status},
          {"created", r.created_at},
          {"assignee", r.assignee},
          {"late", is_late(r.status, r.created_at, late)},
          {"identity", r.identity.user},
          {"link", r.source.link},
          {"place", r.source.place},
          {"attachments", attachments_json(r)},
          {"replies", std::move(replies)},
          {"history", std::move(history)},
          {"way", r.way},
          {"ways", ways_json(app, r)},
          {"goes", goes_to(app, r)},
          {"deliveries", deliveries_json(r)}};
}

// The request of the route, when it is one of the site's; else answers.
void with_request(App& app, const RequestPtr& request, const http::Reply& reply,
                  std::function<void(const store::StoredRequest&)> done) {
  app.store->find_request(request->args[1], [site = request->args[0], reply,
                                             done = std::move(done)](const store::Found& found) {
    if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    if (!found->has_value() || (*found)->site != site)
      return reply(problem(problems::kNotFound, "no such request at this site"));
    if ((*found)->status == store::statuses::kErased)
      return reply(problem(problems::kErased, "nothing of it is kept but its number"));
    done(**found);
  });
}

void get_request(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply,
               [&app, reply, late = late_before(app, *app.site(request->args[0]))](
                   const store::StoredRequest& r) {
                 reply(json_response(200, text_of(whole_json(app, r, late))));
               });
}

void get_attachment(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply, [&app, request, reply](const store::StoredRequest& r) {
    app.store->find_attachment(
        r.fields.id, request->args[2],
        [reply, sha256 = request->args[2]](store::FoundAttachment found) {
          if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
          if (!found->has_value())
            return reply(problem(problems::kNotFound, "the request names no such picture"));
          reply(download(std::move(**found), sha256));
        });
  });
}

// The categories of the published snapshot: titles and who answers, by language.
void get_categories(App& app, const RequestPtr& request, const http::Reply& reply) {
  const auto published = app.site(request->args[0])->snapshots->current();
  json list = json::array();
  if (published != nullptr) {
    const snapshot::Snapshot& s = published->snapshot;
    for (const snapshot::fb::Category* one : *s.settings().categories()) {
      json title = json::object(), department = json::object();
      for (std::uint32_t i = 0; i < s.root().languages()->size(); ++i) {
        const std::string tag(snapshot::view(s.root().languages()->Get(i)));
        title[tag] = s.text(*one->title(), static_cast<std::int32_t>(i));
        department[tag] = s.text(*one->department(), static_cast<std::int32_t>(i));
      }
      list.push_back({{"id", snapshot::view(one->id())},
                      {"title", std::move(title)},
                      {"department", std::move(department)}});
    }
  }
  reply(json_response(200, text_of(list)));
}

void get_live(App& app, const RequestPtr& request, const http::Reply& reply) {
  // A browser that connects again says where it was.
  std::string from(request->headers.get("Last-Event-ID"));
  if (from.empty()) from = http::query_value(request->query, "after");
  std::int64_t after = 0;
  const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), after);
  if (error != std::errc() || end != from.data() + from.size() || after < 0)
    return reply(problem(problems::kBadQuery, "after is the seq of a list"));
  auto stream = std::make_shared<http::EventStream>();
  // A line at once, so that the page knows that it is connected.
  stream->push(": connected\n\n");
  if (!app.live->add(request->args[0], {stream, principal_of(*request).session, after, false}))
    return reply(problem(problems::kBusy, "too many windows are open"));
  http::Response response = http::text_response(200, "text/event-stream", {});
  response.with("Cache-Control", "no-store").with("X-Accel-Buffering", "no");
  response.events = std::move(stream);
  reply(std::move(response));
}

}  // namespace

void add_feed_routes(App& app, http::Router& router) {
  using Work = void (*)(App&, const RequestPtr&, const http::Reply&);
  const auto add = [&](const char* path, Work work, Right right = Right::kRead) {
    add_for_right(app, router, right,
                  {"GET",
                   std::string("/v1/sites/{site}/") + path,
                   0,
                   {},
                   [&app, work](const RequestPtr& request, const http::Reply& reply) {
                     work(app, request, reply);
                   }});
  };
  add("requests", get_feed);
  add("requests/{id}", get_request);
  add("requests/{id}/attachments/{sha256}", get_attachment);
  add("categories", get_categories);
  add("live", get_live, Right::kAnswer);
}

}  // namespace askus::api
