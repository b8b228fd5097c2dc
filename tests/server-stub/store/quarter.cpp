#include "tests/server-stub/store/quarter.h"

#include <algorithm>
#include <functional>
#include <future>
#include <random>

#include "server-stub/hours/working_time.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/replies.h"
#include "shared/faq/dates.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace askus::testing {
namespace {

using store::Figure;
using store::Outcome;
using store::Session;
using store::Written;

constexpr std::int64_t kDay = 86'400;
constexpr int kRequests = 900;
const std::vector<std::string> kVisitorKinds{"question", "problem", "idea", "thanks"};

// The same on every system: the standard's distributions are not.
class Dice {
 public:
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n));
  }
  bool one_in(std::int64_t n) { return below(n) == 0; }
  std::string of(const std::vector<std::string>& names) {
    return names[static_cast<std::size_t>(below(static_cast<std::int64_t>(names.size())))];
  }

 private:
  std::mt19937_64 engine_{20'261'001};
};

hours::WorkingTime working_time(const std::string& category) {
  hours::Rules rules;
  if (category == "billing") {
    for (std::size_t day = 0; day < 5; ++day) rules.week.at(day) = {{9 * 60, 18 * 60}};
    rules.week[5] = {{10 * 60, 14 * 60}};
    rules.holidays = {"2026-12-25"};
    rules.zone = "Europe/Kyiv";
    rules.answer_within_minutes = 120;
  } else if (category == "line") {
    for (auto& day : rules.week) day = {{22 * 60, 30 * 60}};
    rules.zone = "Europe/Kyiv";
    rules.answer_within_minutes = 480;
  }
  return hours::WorkingTime(rules);
}

void change(store::Store& store, const std::function<Written(Session&)>& work) {
  std::promise<Written> promise;
  store.change(work, [&promise](Written written) { promise.set_value(std::move(written)); });
  const Written written = promise.get_future().get();
  INFO(written.text);
  REQUIRE(written.outcome == Outcome::kStored);
}

// Each third request has a tag, each seventh another one.
void tag(store::Store& store, QuarterRequest& r, int n) {
  if (n % 3 == 0) r.tags.emplace_back("t1");
  if (n % 7 == 0) r.tags.emplace_back("t2");
  for (const std::string& one : r.tags)
    change(store, [&](Session& session) -> Written {
      const auto done = session.run(
          store::Query{"INSERT INTO request_tags (request, tag, site, number, person, at)"
                       " VALUES ($1, $2, 'demo', $3, 'p1', '')",
                       {r.id, one, std::int64_t{n}}});
      return {done.ok() ? Outcome::kStored : Outcome::kFailed, {}};
    });
}

// What was done with one request, as it was and as it is told.
void handle(store::Store& store, QuarterRequest& r, Dice& dice, int n) {
  const std::vector<std::string> people{"p1", "p2", "p3", "p4"};
  std::int64_t at = r.created;
  const auto respond = [&](const std::string& person) {
    if (r.responded) return;
    r.responded = at;
    r.responder = person;
  };
  const auto reply = [&](bool is_public, int part) {
    at += 30 + dice.below(dice.one_in(5) ? 6 * kDay : 4 * 3'600);
    const std::string person = dice.one_in(20) ? "" : dice.of(people);
    const store::Reply row{
        id_of(100'000 + n * 10 + part), "N", "r", "text", store::utc_text(at), is_public, ""};
    // A program's reply needs nobody's hand, a person's does.
    change(store, [&](Session& session) {
      REQUIRE(session.run(store::Query{"UPDATE requests SET assignee = '' WHERE id = $1", {r.id}})
                  .ok());
      store::Reply with_actor = row;
      with_actor.actor = person;
      return store::add_reply(session, r.id, with_actor);
    });
    if (!is_public) return;
    r.replies.push_back(at);
    r.status = "answered";
    r.closed.reset();
    respond(person);
  };
  const auto set = [&](const std::string& status) {
    at += 10 + dice.below(2 * kDay);
    const std::string person = dice.of(people);
    change(store, [&](Session& session) {
      return store::set_status(session, r.id, status, at, store::utc_text(at), person);
    });
    r.status = status;
    r.closed.reset();
    if (status == "answered") respond(person);
    if (status == "closed") {
      r.closed = at;
      r.closer = person;
    }
  };
  tag(store, r, n);
  if (dice.one_in(3)) reply(false, 0);
  if (dice.one_in(8)) set("in-work");
  if (!dice.one_in(6)) reply(true, 1);
  if (!r.responded && dice.one_in(3)) set("answered");  // by telephone
  if (dice.one_in(4)) reply(true, 2);
  if (r.status != "received" && dice.one_in(2)) set("closed");
  if (r.closed && dice.one_in(6)) set("in-work");
  if (r.status == "in-work" && dice.one_in(2)) set("closed");
  if (r.closed && dice.one_in(10)) reply(true, 3);  // which opens it again
  if (dice.one_in(15)) {
    change(store, [&](Session& session) {
      return store::erase_request(session, r.id, store::utc_text(at));
    });
    r.status = "erased";
    r.category = r.mood = r.language = "";
    r.tags.clear();
  }
}

QuarterRequest made_up(Dice& dice, int n) {
  QuarterRequest r;
  r.id = id_of(n);
  r.kind = dice.one_in(12) ? "comment" : dice.of(kVisitorKinds);
  r.channel = dice.of({"site", "site", "form", "vk", "facebook"});
  r.language = dice.of({"uk", "uk", "ru", "en"});
  r.category = dice.of({"billing", "line", ""});
  r.mood = dice.of({"happy", "indifferent", "upset", ""});
  const auto first = std::int64_t{*parse_date("2026-06-20")} * kDay;
  const auto quarter = std::int64_t{*parse_date("2026-10-01")} * kDay;
  r.created = first + dice.below(kQuarterNow - first);
  // Its very first and last seconds, and their neighbours.
  if (n <= 4) r.created = quarter - 2 + n;
  if (n > 4 && n <= 8) r.created = quarter + 92 * kDay - 6 + n;
  r.due = working_time(r.category).due(r.created);
  return r;
}

void add_all(store::Store& store, const std::vector<QuarterRequest>& requests) {
  std::vector<std::promise<store::AddResult>> added(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const QuarterRequest& r = requests[i];
    store::NewRequest row = sample(static_cast<int>(i) + 1);
    row.fields.kind = r.kind;
    row.fields.channel = r.channel;
    row.fields.language = r.language;
    row.fields.category = r.category;
    row.fields.mood = r.mood;
    row.created_at = store::utc_text(r.created);
    row.due_at = r.due;
    store.add_request(std::move(row), [&added, i](store::AddResult result) {
      added[i].set_value(std::move(result));
    });
  }
  for (auto& one : added) REQUIRE(one.get_future().get().outcome == Outcome::kStored);
}

std::vector<QuarterCount> count_all(store::Store& store, Dice& dice) {
  const std::vector<std::string> names{"search",      "search",         "zero",       "topic",
                                       "helpful-yes", "helpful-partly", "helpful-no", "offered",
                                       "write",       "me-too"};
  std::vector<QuarterCount> counts;
  const std::uint32_t first = *parse_date("2026-06-25"), last = *parse_date("2027-01-01");
  for (std::uint32_t date = first; date <= last; ++date) {
    store::NewCounts batch{"demo", format_date(date), "m" + std::to_string(date), 1, 100, {}};
    for (int i = 0; i < 15; ++i) {
      QuarterCount one{batch.day, {}, 1 + dice.below(9)};
      one.key.counter = dice.of(names);
      one.key.channel = dice.of({"site", "vk"});
      one.key.language = dice.of({"uk", "ru"});
      if (one.key.counter != "search" && one.key.counter != "zero") {
        one.key.topic = dice.of({"pay", "router", "tariff", ""});
        one.key.category = one.key.topic == "pay" ? "billing" : one.key.topic.empty() ? "" : "line";
      }
      if (one.key.counter == "zero" && dice.one_in(2)) one.key.query = "світло";
      batch.counts.push_back({one.key, one.n});
      counts.push_back(one);
    }
    REQUIRE(count(store, batch) == Outcome::kStored);
    batch.site = "other";  // whose counts are nobody's here
    batch.mark += "o";
    REQUIRE(count(store, batch) == Outcome::kStored);
  }
  return counts;
}

// What the figures are made of, again and without a database.

Figure share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  const std::int64_t thousandths = part * 1'000 / whole;
  return thousandths + (2 * (part * 1'000 % whole) >= whole ? 1 : 0);
}

// The smallest of them that at least that many per cent do not exceed.
Figure percentile(std::vector<std::int64_t> values, std::int64_t percent) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  for (std::size_t i = 0;; ++i)
    if (static_cast<std::int64_t>(i + 1) * 100 >=
        static_cast<std::int64_t>(values.size()) * percent)
      return values[i];
}

template <typename Entry>
std::map<std::string, std::vector<const Entry*>> grouped(
    const std::vector<const Entry*>& entries, const std::function<std::string(const Entry&)>& key) {
  std::map<std::string, std::vector<const Entry*>> groups;
  for (const Entry* one : entries) groups[key(*one)].push_back(one);
  return groups;
}

std::string day_of(std::int64_t time) {
  return format_date(static_cast<std::uint32_t>(time / kDay));
}

std::string column(const QuarterRequest& r, const std::string& name) {
  if (name == "channel") return r.channel;
  if (name == "category") return r.category;
  if (name == "language") return r.language;
  if (name == "kind") return r.kind;
  if (name == "mood") return r.mood;
  return name == "day" ? day_of(r.created) : "";
}

std::string column(const QuarterCount& c, const std::string& name) {
  if (name == "channel") return c.key.channel;
  if (name == "category") return c.key.category;
  if (name == "language") return c.key.language;
  if (name == "topic") return c.key.topic;
  return name == "day" ? c.day : "";
}

struct Part {
  std::vector<const QuarterRequest*> requests;
  std::vector<const QuarterCount*> counts;
  std::int64_t n(const std::string& counter) const {
    std::int64_t sum = 0;
    for (const QuarterCount* one : counts) sum += one->key.counter == counter ? one->n : 0;
    return sum;
  }
};

std::map<std::string, Part> parts_by(const Part& all, const std::string& by) {
  std::map<std::string, Part> parts;
  for (const QuarterRequest* one : all.requests) parts[column(*one, by)].requests.push_back(one);
  for (const QuarterCount* one : all.counts) parts[column(*one, by)].counts.push_back(one);
  return parts;
}

std::vector<Figure> found_row(const Part& p) {
  const auto requests = static_cast<std::int64_t>(p.requests.size());
  const std::int64_t yes = p.n("helpful-yes"), partly = p.n("helpful-partly"),
                     no = p.n("helpful-no"), zero = p.n("zero"), searches = p.n("search"),
                     offered = p.n("offered");
  return {searches,
          zero,
          p.n("topic"),
          yes,
          partly,
          no,
          offered,
          requests,
          share(yes, yes + requests),
          share(requests, requests + offered),
          share(zero, searches),
          share(yes, yes + partly + no)};
}

std::vector<Figure> topic_row(const Part& p) {
  const std::int64_t yes = p.n("helpful-yes"), partly = p.n("helpful-partly"),
                     no = p.n("helpful-no");
  return {
      p.n("topic"), yes, partly, no, p.n("offered"), p.n("me-too"), share(yes, yes + partly + no)};
}

// `person`: of whoever answered first and closed; else of the requests as they came in.
std::vector<Figure> times_row(const std::vector<const QuarterRequest*>& requests,
                              const std::optional<std::string>& person) {
  std::vector<std::int64_t> responses, resolutions;
  std::int64_t kept = 0, broken = 0;
  for (const QuarterRequest* r : requests) {
    const bool answered = r->responded && (!person || r->responder == *person);
    if (answered) responses.push_back(*r->responded - r->created);
    if (r->closed && (!person || r->closer == *person))
      resolutions.push_back(*r->closed - r->created);
    if (person && !answered) continue;
    const std::optional<std::int64_t> settled = r->responded ? r->responded : r->closed;
    const bool open = r->status == "received" || r->status == "in-work";
    if (settled)
      ++(*settled <= r->due ? kept : broken);
    else if (open && r->due <= kQuarterNow)
      ++broken;
  }
  std::vector<Figure> row{static_cast<std::int64_t>(responses.size()),
                          percentile(responses, 50),
                          percentile(responses, 90),
                          static_cast<std::int64_t>(resolutions.size()),
                          percentile(resolutions, 50),
                          percentile(resolutions, 90),
                          kept,
                          broken,
                          share(kept, kept + broken)};
  if (!person) row.insert(row.begin(), static_cast<std::int64_t>(requests.size()));
  return row;
}

std::vector<Figure> cost_row(std::int64_t answers, std::int64_t alone) {
  const std::int64_t all = answers + alone, cost = answers * kQuarterWriting;
  Figure each;
  if (all > 0) each = cost / all + (2 * (cost % all) >= all ? 1 : 0);
  const std::int64_t by_writing = answers * (kQuarterCall - kQuarterWriting),
                     by_alone = alone * kQuarterCall;
  return {answers, alone, cost, each, by_writing, by_alone, by_writing + by_alone};
}

std::string column_of(const std::string& table) {
  const std::map<std::string, std::string> columns{
      {"channels", "channel"},   {"departments", "category"},
      {"languages", "language"}, {"days", "day"},
      {"topics", "topic"},       {"kinds", "kind"},
      {"moods", "mood"},         {"totals", ""},
      {"people", "person"}};
  return columns.at(table);
}

std::vector<std::string> key_of(const std::string& by, const std::string& value) {
  return by.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
}

Quarter::Rows people_rows(const Part& all) {
  Quarter::Rows rows;
  for (const QuarterRequest* r : all.requests) {
    if (r->responded) rows[{r->responder}];
    if (r->closed) rows[{r->closer}];
  }
  for (auto& [key, row] : rows) row = times_row(all.requests, key[0]);
  return rows;
}

Quarter::Rows theme_rows(const Part& all) {
  Quarter::Rows rows;
  for (const auto& [category, of_category] : parts_by(all, "category"))
    for (const auto& [mood, part] : parts_by({of_category.requests, {}}, "mood")) {
      const auto n = static_cast<std::int64_t>(part.requests.size());
      rows[{category, mood}] = {n,
                                share(n, static_cast<std::int64_t>(of_category.requests.size()))};
    }
  return rows;
}

// The mood that was chosen; what says nothing of it is neutral by its words here.
std::string tone_of(const QuarterRequest& r) {
  if (r.mood == "happy") return "positive";
  return r.mood == "upset" ? "negative" : "neutral";
}

Quarter::Rows tag_rows(const Part& all) {
  std::map<std::string, std::map<std::string, std::int64_t>> counts;
  for (const QuarterRequest* r : all.requests)
    for (const std::string& one : r->tags) ++counts[one][tone_of(*r)];
  Quarter::Rows rows;
  for (const auto& [tag, tones] : counts) {
    std::int64_t whole = 0;
    for (const auto& [tone, n] : tones) whole += n;
    for (const auto& [tone, n] : tones) rows[{tag, tone}] = {n, share(n, whole)};
  }
  return rows;
}

}  // namespace

Quarter Quarter::fill(store::Store& store) {
  Dice dice;
  Quarter quarter;
  for (int n = 1; n <= kRequests; ++n) quarter.requests.push_back(made_up(dice, n));
  add_all(store, quarter.requests);
  int n = 0;
  for (QuarterRequest& r : quarter.requests) handle(store, r, dice, ++n);
  quarter.counts = count_all(store, dice);
  return quarter;
}

Quarter::Rows Quarter::rows(const std::string& report, const std::string& table,
                            const store::Days& days) const {
  const auto within = [&days](const std::string& day) {
    return day >= days.from && day <= days.to;
  };
  const bool in_vain = report == "gaps";
  Part all;
  for (const QuarterRequest& r : requests) {
    const bool counts_here =
        in_vain ? r.kind == "question" || r.kind == "problem" : r.kind != "comment";
    if (counts_here && within(day_of(r.created))) all.requests.push_back(&r);
  }
  for (const QuarterCount& c : counts) {
    const std::string& name = c.key.counter;
    if (within(c.day) && (!in_vain || name == "search" || name == "zero")) all.counts.push_back(&c);
  }
  if (table == "people") return people_rows(all);
  if (report == "themes") return table == "tags" ? tag_rows(all) : theme_rows(all);
  const std::string by = column_of(table);
  Rows rows;
  if (report == "cost") {
    // Answers count on the day on which they were given.
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums;
    for (const QuarterRequest& r : requests)
      for (const std::int64_t at : r.replies)
        if (r.kind != "comment" && within(day_of(at))) ++sums[column(r, by)].first;
    for (const QuarterCount* c : all.counts)
      if (c->key.counter == "helpful-yes") sums[column(*c, by)].second += c->n;
    for (const auto& [key, sum] : sums) rows[key_of(by, key)] = cost_row(sum.first, sum.second);
    return rows;
  }
  if (report == "requests" || report == "times") all.counts.clear();
  if (table == "topics") {
    all.requests.clear();
    std::erase_if(all.counts, [](const QuarterCount* one) { return one->key.topic.empty(); });
  }
  const auto whole = static_cast<std::int64_t>(all.requests.size());
  for (const auto& [key, part] : parts_by(all, by)) {
    const auto n = static_cast<std::int64_t>(part.requests.size());
    std::vector<Figure>& row = rows[key_of(by, key)];
    if (table == "topics")
      row = topic_row(part);
    else if (report == "found")
      row = found_row(part);
    else if (report == "requests")
      row = {n, share(n, whole)};
    else if (report == "times")
      row = times_row(part.requests, {});
    else
      row = {part.n("search"), part.n("zero"), share(part.n("zero"), part.n("search")), n};
  }
  return rows;
}

}  // namespace askus::testing
