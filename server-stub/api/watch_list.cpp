#include "server-stub/api/watch_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/http/problem.h"
#include "server-stub/store/awaited.h"
#include "server-stub/store/watch.h"
#include "shared/request/request.h"

namespace askus::api {
namespace {

using account::Right;
using http::problem;
namespace problems = http::problems;
using nlohmann::json;

// Every feed of the configuration, polled or not yet.
json feeds_json(const Site& site, const std::vector<store::FeedState>& states) {
  json list = json::array();
  for (const std::string& url : site.config.feeds) {
    const auto state = std::find_if(states.begin(), states.end(),
                                    [&url](const auto& one) { return one.url == url; });
    const bool polled = state != states.end() && state->next_at > 0;
    list.push_back(
        {{"url", url}, {"polled", polled}, {"problem", polled ? state->problem : std::string()}});
  }
  return list;
}

void get_list(App& app, const RequestPtr& request, const http::Reply& reply) {
  const Site& site = *app.site(request->args[0]);
  store::read_watch_list(
      *app.store, site.name, [&app, &site, reply](const Result<store::StoredWatchList>& found) {
        if (!found.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
        store::read_feeds(
            *app.store, site.name,
            [&site, reply, stored = *found](const Result<std::vector<store::FeedState>>& feeds) {
              if (!feeds.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
              const json all{{"words", stored.list.words},
                             {"minus_words", stored.list.minus_words},
                             {"ignored", stored.list.ignored},
                             {"ignored_count", stored.ignored_count},
                             {"feeds", feeds_json(site, *feeds)}};
              reply(json_response(200, all));
            });
      });
}

std::vector<std::string> lines_in(Fields& fields, const char* name, bool words) {
  std::vector<std::string> lines;
  for (const std::string& line : fields.list(name, kMaxWatched, kMaxWatchedBytes)) {
    if (request::is_blank(line)) continue;
    if (words && !tags::can_be_watched(line))
      fields.fail(name, "has what is no word to look for: " + line);
    lines.push_back(line);
  }
  return lines;
}

void put_list(App& app, const RequestPtr& request, const http::Reply& reply) {
  Fields fields(*request);
  store::WatchList list{lines_in(fields, "words", true), lines_in(fields, "minus_words", true),
                        lines_in(fields, "ignored", false)};
  if (auto refusal = fields.refusal()) return reply(std::move(*refusal));
  const std::string& site = request->args[0];
  store::save_watch_list(
      *app.store, site, list,
      act_of(app, *request, principal_of(*request).name, "watch-list",
             std::to_string(list.words.size()), site),
      [&app, request, reply, site, list](const store::Written& written) {
        if (written.outcome != store::Outcome::kStored)
          return reply(failure_of(app, request->id, written.outcome, written.text));
        app.watching->renew(site, list);
        reply(no_content());
      });
}

}  // namespace

void add_watch_list_routes(App& app, http::Router& router) {
  add_site_route(app, router, Right::kOrganise, "GET", "watch-list", 0, get_list);
  add_site_route(app, router, Right::kOrganise, "PUT", "watch-list", 2 * kFieldsBody, put_list);
}

}  // namespace askus::api
