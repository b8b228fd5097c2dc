#include "server-stub/api/feed.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/attachments.h"
#include "server-stub/api/live.h"
#include "server-stub/api/outgoing.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/request_change.h"
#include "server-stub/api/request_search.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/consulting.h"
#include "server-stub/store/feed.h"
#include "server-stub/store/flags.h"
#include "server-stub/store/merging.h"
#include "server-stub/store/request_reader.h"
#include "shared/faq/dates.h"
#include "shared/request/json.h"
#include "shared/request/uuid.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;

constexpr std::pair<std::string_view, store::View> kViewNames[] = {
    {"all", store::View::kAll},
    {"new", store::View::kNew},
    {"mine", store::View::kMine},
    {"department", store::View::kDepartment},
    {"overdue", store::View::kOverdue},
    {"asked", store::View::kAsked},
    {"undelivered", store::View::kUndelivered}};

// RFC 3339; empty: unknown.
std::string due_text(std::int64_t due_at) {
  return due_at == 0 ? std::string() : store::utc_text(due_at);
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
  f.now = app.clock();
  const std::string view = http::query_value(query, "view");
  const auto* named =
      std::find_if(std::begin(kViewNames), std::end(kViewNames),
                   [&view](const auto& one) { return one.first == (view.empty() ? "all" : view); });
  if (named == std::end(kViewNames)) return std::nullopt;
  f.view = named->second;
  for (const auto& [name, into] :
       {std::pair("kind", &f.kind), std::pair("mood", &f.mood), std::pair("channel", &f.channel),
        std::pair("category", &f.category), std::pair("status", &f.status),
        std::pair("flag", &f.flag)}) {
    *into = http::query_value(query, name);
    if (into->size() > request::kMaxSmall || !text::is_utf8(*into)) return std::nullopt;
  }
  if (!day(http::query_value(query, "from"), 0, f.from) ||
      !day(http::query_value(query, "to"), 1, f.to))
    return std::nullopt;
  f.tag = http::query_value(query, "tag");
  f.tone = http::query_value(query, "tone");
  f.sure = http::query_value(query, "sure") == "1";
  f.watched = http::query_value(query, "watched") == "1";
  if ((!f.tag.empty() && !request::is_uuid7(f.tag)) || f.tone.size() > request::kMaxSmall ||
      !text::is_utf8(f.tone))
    return std::nullopt;
  if (const std::string behind = http::query_value(query, "behind"); !behind.empty()) {
    const auto [end, error] =
        std::from_chars(behind.data(), behind.data() + behind.size(), f.behind);
    if (error != std::errc() || end != behind.data() + behind.size() || f.behind < 0)
      return std::nullopt;
  }
  f.behind_late = http::query_value(query, "behind_late") == "1";
  return f;
}

json row_json(const store::FeedRow& row) {
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
          {"due", due_text(row.due_at)},
          {"late", row.late},
          {"tone", row.tone},
          {"tone_by", row.tone_by},
          {"tags", row.tags},
          {"watched", lines_json(row.watched)},
          {"starred", row.is_starred},
          {"done", row.is_done},
          {"consulting", row.is_consulting},
          {"advised", row.is_advised},
          {"undelivered", row.is_undelivered}};
}

void answer_feed(App& app, const http::Reply& reply, const store::FeedFilter& filter) {
  store::read_feed(*app.store, filter, [reply](const Result<store::Feed>& feed) {
    if (!feed.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    json rows = json::array();
    for (const store::FeedRow& row : feed->rows) rows.push_back(row_json(row));
    const store::FeedCounts& n = feed->counts;
    reply(json_response(200, json({{"seq", feed->seq},
                                   {"requests", std::move(rows)},
                                   {"more", feed->more},
                                   {"counts",
                                    {{"new", n.fresh},
                                     {"mine", n.mine},
                                     {"department", n.department},
                                     {"overdue", n.overdue},
                                     {"asked", n.asked},
                                     {"undelivered", n.undelivered}}}})));
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

json whole_json(const App& app, const store::StoredRequest& r, std::int64_t now) {
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
  json tags = json::array();
  for (const auto& [tag, person] : r.tags) tags.push_back({{"tag", tag}, {"person", person}});
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
          {"due", due_text(r.due_at)},
          {"late", store::is_late(r.status, r.due_at, now)},
          {"tone", r.tone},
          {"tone_by", r.tone_by},
          {"tags", std::move(tags)},
          {"watched", lines_json(r.watched)},
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

json merged_json(const store::Rows& rows) {
  json list = json::array();
  for (const store::Merged& one : store::merged_of(rows))
    list.push_back({{"id", one.id}, {"number", one.number}});
  return list;
}

json consultations_json(const store::Rows& rows) {
  json list = json::array();
  for (const store::Consultation& one : store::consultations_of(rows))
    list.push_back({{"id", one.id},
                    {"category", one.category},
                    {"asker", one.asker},
                    {"at", one.at},
                    {"advice", one.advice}});
  return list;
}

// Of the published topic that a comment is about; empty: of none, or not published any more.
std::string topic_title(const Site& site, const request::Request& fields) {
  const auto published = site.snapshots->current();
  if (published == nullptr || fields.topic.empty()) return {};
  const snapshot::Snapshot& s = published->snapshot;
  const std::int64_t index = s.find(fields.topic);
  if (index < 0) return {};
  const auto& topic = s.topic(static_cast<std::uint32_t>(index));
  return std::string(snapshot::view(s.version(topic, s.language(fields.language)).title()));
}

// The request, and what several people do with it.
void get_request(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply, [&app, request, reply](const store::StoredRequest& r) {
    const std::string& id = r.fields.id;
    app.store->ask(
        {store::read_merged_into(id), store::read_merged(id), store::read_consultations(id),
         store::read_flags(request->args[0], r.number, principal_of(*request).name),
         store::count_me_too(r.site, r.fields.topic)},
        [reply, whole = whole_json(app, r, app.clock()),
         title = topic_title(*app.site(request->args[0]), r.fields)](
            const Result<std::vector<store::Rows>>& rows) mutable {
          if (!rows.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
          const json into = merged_json(rows->at(0));
          whole["merged_into"] = into.empty() ? json() : into.front();
          whole["topic_title"] = title;
          whole["merged"] = merged_json(rows->at(1));
          whole["consultations"] = consultations_json(rows->at(2));
          whole["flags"] = json::array();
          for (const auto& row : rows->at(3)) whole["flags"].push_back(row[0]);
          const store::Rows& count = rows->at(4);
          whole["me_too"] = count.empty() ? 0 : store::number_of(count[0][0]);
          reply(json_response(200, whole));
        });
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
  reply(json_response(200, list));
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
  const auto add = [&](const char* path, Work work, Right right = Right::kRead) {
    add_site_route(app, router, right, "GET", path, 0, work);
  };
  add("requests", get_feed);
  add("requests/{id}", get_request);
  add("requests/{id}/attachments/{sha256}", get_attachment);
  add("categories", get_categories);
  add("live", get_live, Right::kAnswer);
}

}  // namespace askus::api
