#include "server-stub/api/figures.h"

#include <algorithm>
#include <map>

namespace askus::api {
namespace {

using nlohmann::ordered_json;

std::size_t index_of(std::string_view counter) {
  return static_cast<std::size_t>(std::find(kCounters.begin(), kCounters.end(), counter) -
                                  kCounters.begin());
}

// part / whole in thousandths, to the nearest.
std::int64_t share(std::int64_t part, std::int64_t whole) {
  return whole <= 0 ? Figures::kNone : (part * 2'000 + whole) / (whole * 2);
}

ordered_json share_json(std::int64_t share) {
  if (share == Figures::kNone) return nullptr;
  return static_cast<double>(share) / 1'000;
}

ordered_json counters_json(const Totals& totals) {
  ordered_json json;
  for (std::size_t i = 0; i < kCounters.size(); ++i)
    json[std::string(kCounters[i])] = totals.counters[i];
  json["requests"] = totals.requests;
  return json;
}

void put_totals(ordered_json& json, const Totals& totals) {
  json["totals"] = counters_json(totals);
  const Figures figures = figures_of(totals);
  json["figures"] = {{"found_alone", share_json(figures.found_alone)},
                     {"wrote_anyway", share_json(figures.wrote_anyway)},
                     {"found_nothing", share_json(figures.found_nothing)},
                     {"helped", share_json(figures.helped)}};
  ordered_json& moods = json["moods"];
  for (std::size_t i = 0; i < request::kMoods.size(); ++i)
    moods[std::string(request::kMoods[i])] = totals.moods[i];
}

void add(Totals& totals, const store::Sums::Counted& counted) {
  // A counter of a newer server is not ours to show.
  if (index_of(counted.counter) < kCounters.size()) totals.counter(counted.counter) += counted.n;
}

void add(Totals& totals, const store::Sums::Requests& requests) {
  totals.requests += requests.n;
  const auto mood = std::find(request::kMoods.begin(), request::kMoods.end(), requests.mood);
  if (mood != request::kMoods.end())
    totals.moods[static_cast<std::size_t>(mood - request::kMoods.begin())] += requests.n;
}

using Groups = std::map<std::string, Totals>;

// The totals by one column of both kinds of sums.
Groups grouped(const store::Sums& sums, std::string store::Sums::Counted::*counted,
               std::string store::Sums::Requests::*requests) {
  Groups groups;
  for (const store::Sums::Counted& one : sums.counted) add(groups[one.*counted], one);
  for (const store::Sums::Requests& one : sums.requests) add(groups[one.*requests], one);
  return groups;
}

std::string department_of(const snapshot::Snapshot* snapshot, const std::string& category) {
  if (snapshot == nullptr) return {};
  for (const snapshot::fb::Category* one : *snapshot->settings().categories())
    if (snapshot::view(one->id()) == category)
      return std::string(snapshot->text(*one->department(), 0));
  return {};
}

ordered_json topics_json(const store::Sums& sums) {
  std::map<std::string, Totals> topics;
  for (const store::Sums::Topic& one : sums.topics)
    add(topics[one.topic], store::Sums::Counted{{}, one.counter, {}, {}, one.n});
  ordered_json list = ordered_json::array();
  for (const auto& [topic, totals] : topics) {
    ordered_json& json = list.emplace_back();
    json["topic"] = topic;
    ordered_json& counters = json["totals"];
    for (const std::string_view name :
         {"topic", "helpful-yes", "helpful-partly", "helpful-no", "offered", "me-too"})
      counters[std::string(name)] = totals.counter(name);
    json["helped"] = share_json(figures_of(totals).helped);
  }
  return list;
}

}  // namespace

std::int64_t& Totals::counter(std::string_view name) {
  return counters.at(index_of(name));
}

std::int64_t Totals::counter(std::string_view name) const {
  return counters.at(index_of(name));
}

Figures figures_of(const Totals& totals) {
  const std::int64_t yes = totals.counter("helpful-yes");
  const std::int64_t answered =
      yes + totals.counter("helpful-partly") + totals.counter("helpful-no");
  return {share(yes, yes + totals.requests),
          share(totals.requests, totals.requests + totals.counter("offered")),
          share(totals.counter("zero"), totals.counter("search")), share(yes, answered)};
}

ordered_json stats_json(const std::string& site, const store::Days& days, const store::Sums& sums,
                        const snapshot::Snapshot* snapshot) {
  ordered_json json{{"site", site}, {"from", days.from}, {"to", days.to}};
  Totals all;
  for (const store::Sums::Counted& one : sums.counted) add(all, one);
  for (const store::Sums::Requests& one : sums.requests) add(all, one);
  put_totals(json, all);

  json["channels"] = ordered_json::array();
  for (const auto& [channel, totals] :
       grouped(sums, &store::Sums::Counted::channel, &store::Sums::Requests::channel))
    put_totals(json["channels"].emplace_back(ordered_json{{"channel", channel}}), totals);
  json["departments"] = ordered_json::array();
  for (const auto& [category, totals] :
       grouped(sums, &store::Sums::Counted::category, &store::Sums::Requests::category))
    put_totals(json["departments"].emplace_back(ordered_json{
                   {"category", category}, {"department", department_of(snapshot, category)}}),
               totals);
  json["days"] = ordered_json::array();
  for (const auto& [day, totals] :
       grouped(sums, &store::Sums::Counted::day, &store::Sums::Requests::day))
    json["days"].push_back({{"day", day}, {"totals", counters_json(totals)}});
  json["topics"] = topics_json(sums);
  json["unanswered"] = ordered_json::array();
  for (const store::Sums::Unanswered& one : sums.unanswered)
    json["unanswered"].push_back({{"query", one.query}, {"language", one.language}, {"n", one.n}});
  return json;
}

}  // namespace askus::api
