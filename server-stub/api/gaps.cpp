#include "server-stub/api/gaps.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "server-stub/api/answers.h"
#include "server-stub/api/days.h"
#include "server-stub/api/principal.h"
#include "server-stub/api/told_question.h"
#include "server-stub/http/problem.h"

namespace askus::api {
namespace {

using http::problem;
namespace problems = http::problems;
using nlohmann::ordered_json;

struct Question {
  std::string text, language;
  std::int64_t searched = 0, written = 0;
  std::int64_t n() const { return searched + written; }
};

// Those asked most first; what is beyond kMostQuestions is left out.
std::vector<Question> questions_of(const store::Gaps& gaps) {
  std::map<std::pair<std::string, std::string>, Question> by_text;
  const auto question = [&by_text](const std::string& text, const std::string& language) -> auto& {
    Question& one = by_text[{text, language}];
    if (one.text.empty()) one = {text, language};
    return one;
  };
  for (const auto& one : gaps.searched) question(one.query, one.language).searched += one.n;
  for (const auto& one : gaps.written)
    if (const std::string told = told_question(one); !told.empty())
      ++question(told, one.language).written;
  std::vector<Question> questions;
  questions.reserve(by_text.size());
  for (auto& [key, one] : by_text) questions.push_back(std::move(one));
  std::stable_sort(questions.begin(), questions.end(),
                   [](const Question& a, const Question& b) { return a.n() > b.n(); });
  if (questions.size() > kMostQuestions) questions.resize(kMostQuestions);
  return questions;
}

void get_gaps(App& app, const std::shared_ptr<const http::Request>& request,
              const http::Reply& reply) {
  const std::string& site = request->args[0];
  const std::optional<store::Days> days = days_of(request->query);
  if (!days) return reply(bad_days());
  app.log.event("gaps",
                {{"id", request->id}, {"site", site}, {"publisher", principal_of(*request).name}});
  store::read_gaps(*app.store, site, *days, [&app, site, days, reply](Result<store::Gaps> gaps) {
    if (!gaps.ok()) return reply(problem(problems::kBusy, "the store does not answer"));
    // A large month takes a tenth of a second, for which the store's thread is not there.
    const bool taken = app.reading.push(
        [site, days, reply, gaps = std::make_shared<const store::Gaps>(std::move(*gaps))] {
          reply(json_response(200, gaps_json(site, *days, *gaps).dump()));
        });
    if (!taken) reply(problem(problems::kBusy, "too many readers wait"));
  });
}

}  // namespace

ordered_json gaps_json(const std::string& site, const store::Days& days, const store::Gaps& gaps) {
  ordered_json json{{"site", site}, {"from", days.from}, {"to", days.to}};
  std::int64_t searched = 0, written = 0;
  ordered_json questions = ordered_json::array();
  for (const Question& one : questions_of(gaps)) {
    searched += one.searched;
    written += one.written;
    questions.push_back({{"text", one.text},
                         {"language", one.language},
                         {"searched", one.searched},
                         {"written", one.written}});
  }
  // The queries read them one after the other: what was counted meanwhile may be in the list only.
  json["searched"] = std::max(searched, gaps.searched_in_vain);
  json["written"] = std::max(written, gaps.written_anyway);
  json["untold"] = json["searched"].get<std::int64_t>() + json["written"].get<std::int64_t>() -
                   searched - written;
  json["questions"] = std::move(questions);
  json["opened"] = ordered_json::array();
  for (const auto& one : gaps.opened)
    json["opened"].push_back({{"topic", one.topic}, {"n", one.n}});
  return json;
}

void add_gap_routes(App& app, http::Router& router) {
  add_for_right(
      app, router, account::Right::kPublish,
      {"GET",
       "/v1/sites/{site}/gaps",
       0,
       {},
       [&app](const auto& request, const http::Reply& reply) { get_gaps(app, request, reply); },
       http::Slots::make(kGapsAtOnce)});
}

}  // namespace askus::api
