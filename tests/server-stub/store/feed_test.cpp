// The feed's views, filters and pages; claims; who has what open. On both backends.
#include "server-stub/store/feed.h"

#include <atomic>
#include <thread>

#include "server-stub/store/awaited.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/sessions.h"
#include "shared/faq/dates.h"
#include "tests/catch.h"
#include "tests/server-stub/store/place.h"

namespace {

using namespace askus;
using namespace askus::store;
using testing::add;
using testing::Backend;
using testing::id_of;
using testing::Place;
using testing::sample;

const std::string kAt = "2026-01-02T00:00:00Z";

Backend each_backend() {
  return GENERATE(Backend::kSqlite, Backend::kPostgres);
}

// A request of that day of January; number n where they are added in order.
void ask(Store& store, int n, int day = 1, const std::string& category = "net",
         const std::function<void(NewRequest&)>& more = {}) {
  NewRequest request = sample(n);
  const std::string digits = std::to_string(day);
  request.created_at = "2026-01-" + std::string(2 - digits.size(), '0') + digits + "T10:00:00Z";
  request.due_at = static_cast<std::int64_t>(parse_time(request.created_at).value_or(0));
  request.fields.category = category;
  request.fields.mood = n % 2 == 0 ? "upset" : "happy";
  request.fields.channel = "site";
  if (more) more(request);
  REQUIRE(add(store, std::move(request)).outcome == Outcome::kStored);
}

Feed feed(Store& store, FeedFilter filter) {
  filter.site = "demo";
  const auto found = awaited<Result<Feed>>([&](auto done) { read_feed(store, filter, done); });
  INFO((found.ok() ? "" : found.error().text));
  REQUIRE(found.ok());
  return *found;
}

// The numbers of a page, parted by spaces.
std::string numbers(Store& store, const FeedFilter& filter) {
  std::string text;
  for (const FeedRow& row : feed(store, filter).rows)
    text += (text.empty() ? "" : " ") + std::to_string(row.number);
  return text;
}

FeedFilter view(View one, const std::string& person = "p1") {
  FeedFilter filter;
  filter.view = one;
  filter.person = person;
  filter.now = 1'767'348'000;  // 2026-01-02T10:00:00Z
  return filter;
}

Outcome claim(Store& store, int n, const std::string& to, const std::string& from = "") {
  return awaited<Written>([&](auto done) {
           store.change(
               [n, &to, &from](Session& session) {
                 return assign(session, id_of(n), {from, to, kAt, to.empty() ? from : to});
               },
               done);
         })
      .outcome;
}

// Somebody who answers questions of "net" at the site.
void member(const Place& place, const std::string& id, const std::string& role = "staff") {
  const auto session = place.session();
  for (const std::string& sql :
       {"INSERT INTO people (id, email, email_key, name, position, picture, language, password,"
        " one_time_secret, one_time_step, created_at) VALUES ('" +
            id + "', '" + id + "', '" + id + "', 'n', '', '', 'uk', '', '', 0, '')",
        "INSERT INTO memberships (site, person, role, active, since) VALUES ('demo', '" + id +
            "', '" + role + "', 1, '')",
        "INSERT INTO person_categories (site, person, category) VALUES ('demo', '" + id +
            "', 'net')"})
    REQUIRE(session->run(Query{sql}).ok());
}

}  // namespace

TEST_CASE("each view has what belongs to it") {
  const Place place(each_backend());
  auto store = place.open();
  member(place, "p1");
  ask(*store, 1, 1);
  ask(*store, 2, 2, "pay");
  ask(*store, 3, 3);
  ask(*store, 4, 3, "pay");
  ask(*store, 5, 4);
  CHECK(claim(*store, 3, "p1") == Outcome::kStored);
  CHECK(testing::set_status(*store, id_of(4), "closed", 1).outcome == Outcome::kStored);
  CHECK(testing::erase(*store, id_of(5)).outcome == Outcome::kStored);

  CHECK(numbers(*store, view(View::kAll)) == "4 3 2 1");
  CHECK(numbers(*store, view(View::kNew)) == "1 2");  // both are overdue
  CHECK(numbers(*store, view(View::kMine)) == "3");
  CHECK(numbers(*store, view(View::kMine, "p2")).empty());
  CHECK(numbers(*store, view(View::kMine, "")).empty());
  CHECK(numbers(*store, view(View::kDepartment)) == "1 3");  // the overdue one first
  CHECK(numbers(*store, view(View::kDepartment, "p2")).empty());
  CHECK(numbers(*store, view(View::kOverdue)) == "1 2");
  const FeedCounts n = feed(*store, view(View::kAll)).counts;
  CHECK(n.fresh == 2);
  CHECK(n.mine == 1);
  CHECK(n.department == 2);
  CHECK(n.overdue == 2);
  CHECK(feed(*store, view(View::kAll)).seq ==
        number_of(place.value("SELECT count(*) FROM changes")));
}

TEST_CASE("filters keep what fits all of them") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1, 1, "net");
  ask(*store, 2, 2, "pay");
  ask(*store, 3, 3, "net", [](NewRequest& r) { r.fields.kind = "idea"; });
  ask(*store, 4, 4, "", [](NewRequest& r) { r.fields.channel = "vk"; });
  ask(*store, 5, 5, "net", [](NewRequest& r) {
    r.fields.kind = request::kComment;
    r.status = statuses::kWaiting;
  });
  const auto with = [&](auto set) {
    FeedFilter filter;
    set(filter);
    return numbers(*store, filter);
  };
  CHECK(with([](FeedFilter&) {}) == "4 3 2 1");
  CHECK(with([](FeedFilter& f) { f.kind = "idea"; }) == "3");
  CHECK(with([](FeedFilter& f) { f.kind = "comment"; }) == "5");
  CHECK(with([](FeedFilter& f) { f.mood = "upset"; }) == "4 2");
  CHECK(with([](FeedFilter& f) { f.channel = "vk"; }) == "4");
  CHECK(with([](FeedFilter& f) { f.category = "net"; }) == "3 1");
  CHECK(with([](FeedFilter& f) { f.status = "received"; }) == "4 3 2 1");
  CHECK(with([](FeedFilter& f) { f.status = "closed"; }).empty());
  CHECK(with([](FeedFilter& f) { f.from = "2026-01-02T00:00:00Z"; }) == "4 3 2");
  CHECK(with([](FeedFilter& f) { f.to = "2026-01-03T00:00:00Z"; }) == "2 1");
  CHECK(with([](FeedFilter& f) { f.category = "net", f.kind = "question"; }) == "1");
  CHECK(with([](FeedFilter& f) { f.numbers = {1, 4, 11, 99}; }) == "4 1");
  CHECK(with([](FeedFilter& f) { f.numbers = {-1}; }).empty());
  CHECK(with([](FeedFilter& f) { f.category = "' OR '1'='1"; }).empty());
}

TEST_CASE("pages follow each other without a gap and without repeating, whatever comes meanwhile") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 7; ++n) ask(*store, n);
  FeedFilter filter;
  filter.limit = 3;
  Feed page = feed(*store, filter);
  CHECK(page.more);
  CHECK(page.rows.size() == 3);
  ask(*store, 8);
  std::string seen;
  for (filter.behind = page.rows.back().number;; filter.behind = page.rows.back().number) {
    page = feed(*store, filter);
    for (const FeedRow& row : page.rows) seen += std::to_string(row.number) + " ";
    if (!page.more) break;
  }
  CHECK(seen == "4 3 2 1 ");
  FeedFilter late = view(View::kOverdue);
  late.limit = 3;
  CHECK(numbers(*store, late) == "1 2 3");
  late.behind = 3;
  CHECK(numbers(*store, late) == "4 5 6");
}

TEST_CASE("what is overdue is at the top, page by page, and the rest follows newest first") {
  const Place place(each_backend());
  auto store = place.open();
  for (int n = 1; n <= 8; ++n) ask(*store, n, n % 2 == 0 ? 1 : 5);  // the even ones are due
  FeedFilter filter = view(View::kNew);
  filter.limit = 3;
  std::string seen;
  for (;;) {
    const Feed page = feed(*store, filter);
    for (const FeedRow& row : page.rows)
      seen += std::to_string(row.number) + (row.late ? "! " : " ");
    if (!page.more) break;
    filter.behind = page.rows.back().number;
    filter.behind_late = page.rows.back().late;
  }
  CHECK(seen == "2! 4! 6! 8! 7 5 3 1 ");
}

TEST_CASE("by when something is due is written anew when the rules are others, once") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1);
  ask(*store, 2);
  REQUIRE(testing::set_status(*store, id_of(2), "closed", 1).outcome == Outcome::kStored);
  const auto renew = [&](const std::string& rules, std::int64_t minutes) {
    return awaited<Written>([&](auto done) {
             store->change(
                 [&](Session& session) {
                   return renew_due(session, "demo", rules,
                                    [minutes](const std::string& category, std::int64_t received) {
                                      return category == "net" ? received + minutes * 60 : 0;
                                    });
                 },
                 done);
           })
        .outcome;
  };
  const std::string due = "SELECT due_at FROM requests WHERE number = ";
  CHECK(renew("a", 1) == Outcome::kStored);
  CHECK(place.value(due + "1") == "1767261660");  // 2026-01-01T10:01:00Z
  CHECK(place.value(due + "2") == "1767261600");  // it is closed: as it was
  CHECK(renew("a", 9) == Outcome::kReplayed);
  CHECK(place.value(due + "1") == "1767261660");
  CHECK(renew("b", 2) == Outcome::kStored);
  CHECK(place.value(due + "1") == "1767261720");
}

TEST_CASE("a row has the beginning of the details, not within a character") {
  const Place place(each_backend());
  auto store = place.open();
  std::string details;
  for (int i = 0; i < 400; ++i) details += "ї";
  ask(*store, 1, 1, "net", [&](NewRequest& r) { r.fields.details = details; });
  CHECK(feed(*store, {}).rows[0].excerpt == details.substr(0, 2 * kExcerpt));
}

TEST_CASE("of 200 who claim 50 requests at once each request has exactly one") {
  const Place place(each_backend());
  auto store = place.open();
  std::vector<std::unique_ptr<Store>> stores;
  for (int i = 0; i < 4; ++i) stores.push_back(place.open());
  for (int n = 1; n <= 50; ++n) ask(*store, n);
  for (int person = 0; person < 8; ++person) member(place, "p" + std::to_string(person));
  std::vector<std::promise<Written>> results(200);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < results.size(); i += 4) {
        const std::string person = "p" + std::to_string(i % 8);
        const int n = static_cast<int>(i % 50) + 1;
        stores[t]->change(
            [n, person](Session& session) {
              return assign(session, id_of(n), {"", person, kAt, person});
            },
            [&results, i](Written written) { results[i].set_value(std::move(written)); });
      }
    });
  for (std::thread& thread : threads) thread.join();
  int stored = 0, refused = 0, same = 0;
  for (auto& result : results) {
    const Outcome outcome = result.get_future().get().outcome;
    stored += outcome == Outcome::kStored ? 1 : 0;
    refused += outcome == Outcome::kRefused ? 1 : 0;
    same += outcome == Outcome::kReplayed ? 1 : 0;
  }
  CHECK(stored == 50);
  CHECK(stored + refused + same == 200);
  CHECK(place.value("SELECT count(*) FROM changes WHERE kind = 'assigned'") == "50");
  CHECK(place.value("SELECT count(*) FROM requests WHERE status = 'in-work' AND assignee <> ''") ==
        "50");
}

TEST_CASE("a request goes from hand to hand, and each change says who and to whom") {
  const Place place(each_backend());
  auto store = place.open();
  member(place, "p1");
  member(place, "p2");
  member(place, "m", "marketer");
  ask(*store, 1);
  CHECK(claim(*store, 1, "m") == Outcome::kMissing);
  CHECK(claim(*store, 1, "stranger") == Outcome::kMissing);
  CHECK(claim(*store, 9, "p1") == Outcome::kMissing);
  CHECK(claim(*store, 1, "p1") == Outcome::kStored);
  CHECK(claim(*store, 1, "p1") == Outcome::kReplayed);
  CHECK(claim(*store, 1, "p2") == Outcome::kRefused);
  CHECK(claim(*store, 1, "p2", "p1") == Outcome::kStored);
  CHECK(claim(*store, 1, "", "p2") == Outcome::kStored);
  CHECK(place.value("SELECT status FROM requests") == "received");
  const auto due = [](const std::string& category, std::int64_t received) {
    return category == "pay" ? received + 60 : 0;
  };
  CHECK(awaited<Written>([&](auto done) {
          store->change(
              [&due](Session& s) { return set_category(s, id_of(1), "pay", kAt, "p1", due); },
              done);
        }).outcome == Outcome::kStored);
  const Found found = testing::find(*store, id_of(1));
  std::string history;
  for (const Change& one : (*found)->history)
    history += one.kind + " " + one.actor + " " + one.detail + "; ";
  CHECK(history == "received  ; assigned p1 p1; assigned p2 p2; assigned p2 ; category p1 pay; ");
  // Of an erased request nothing of it is left.
  REQUIRE(testing::erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(place.value("SELECT count(*) FROM changes WHERE detail <> ''") == "0");
  CHECK(claim(*store, 1, "p1") == Outcome::kErased);
}

TEST_CASE("only who has a request in hand replies in public; from nobody's hand it is taken") {
  const Place place(each_backend());
  auto store = place.open();
  member(place, "p1");
  member(place, "p2");
  ask(*store, 1);
  const auto say = [&](int n, const std::string& actor, bool is_public) {
    return testing::reply(*store, id_of(1),
                          {id_of(100 + n), "Name", "role", "text", kAt, is_public, actor})
        .outcome;
  };
  CHECK(say(1, "p2", false) == Outcome::kStored);
  CHECK(place.value("SELECT assignee FROM requests").empty());
  CHECK(say(2, "p1", true) == Outcome::kStored);
  CHECK(place.value("SELECT assignee || ' ' || status FROM requests") == "p1 answered");
  CHECK(say(3, "p2", true) == Outcome::kRefused);
  CHECK(say(4, "p2", false) == Outcome::kStored);
  CHECK(say(5, "", true) == Outcome::kStored);  // a program with a key of the operator's
  CHECK(place.value("SELECT count(*) FROM replies") == "4");
}

TEST_CASE("who loses access lets go of what they had in hand") {
  const Place place(each_backend());
  auto store = place.open();
  member(place, "p1");
  ask(*store, 1);
  ask(*store, 2);
  REQUIRE(claim(*store, 1, "p1") == Outcome::kStored);
  REQUIRE(claim(*store, 2, "p1") == Outcome::kStored);
  REQUIRE(testing::set_status(*store, id_of(2), "closed", 1).outcome == Outcome::kStored);
  ask(*store, 3);
  REQUIRE(claim(*store, 3, "p1") == Outcome::kStored);
  REQUIRE(testing::set_status(*store, id_of(3), "answered", 1).outcome == Outcome::kStored);
  // Access taken away, or a role that does not answer.
  const bool stays = GENERATE(false, true);
  REQUIRE(awaited<Written>([&](auto done) {
            set_membership(*store, {"demo", "p1", stays ? "marketer" : "staff", stays, {}},
                           {id_of(900), "demo", kAt, "a", "set-person", "", ""}, done);
          }).outcome == Outcome::kStored);
  CHECK(numbers(*store, view(View::kNew)) == "1");
  CHECK(place.value("SELECT assignee FROM requests WHERE number = 2") == "p1");  // history
  // Somebody else may go on with what was answered.
  CHECK(place.value("SELECT status || assignee FROM requests WHERE number = 3") == "answered");
  for (const int n : {1, 3}) {
    const Found found = testing::find(*store, id_of(n));
    REQUIRE((found.ok() && found->has_value()));
    const Change& last = (*found)->history.back();
    CHECK(last.kind + "/" + last.detail + "/" + last.actor == "assigned//a");
  }
}

TEST_CASE("only a site's own requests can be had open") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1);
  const auto open = [&](const std::string& site, int n) {
    return awaited<Written>([&](auto done) { open_request(*store, site, id_of(n), "p1", 1, done); })
        .outcome;
  };
  CHECK(open("other", 1) == Outcome::kMissing);
  CHECK(open("demo", 2) == Outcome::kMissing);
  CHECK(open("demo", 1) == Outcome::kStored);
  CHECK(testing::erase(*store, id_of(1)).outcome == Outcome::kStored);
  CHECK(open("demo", 1) == Outcome::kMissing);
  CHECK(place.value("SELECT count(*) FROM openings") == "0");
}

TEST_CASE("due times that are written anew leave alone what changes its department meanwhile") {
  const Place place(Backend::kPostgres);  // SQLite has one writer at a time
  auto store = place.open();
  ask(*store, 1, 1, "net");
  const auto own = place.session(), other = place.session();
  const DueOf due = [&](const std::string& category, std::int64_t) {
    CHECK(
        other
            ->run(Query{"UPDATE requests SET category = 'tv', due_at = 777 WHERE category = 'net'"})
            .ok());
    return category == "net" ? std::int64_t{5} : std::int64_t{777};
  };
  CHECK(renew_due(*own, "demo", "rules", due).outcome == Outcome::kStored);
  CHECK(place.value("SELECT due_at FROM requests") == "777");
}

TEST_CASE("news are the changes behind a number, and who has what open until it is forgotten") {
  const Place place(each_backend());
  auto store = place.open();
  ask(*store, 1);
  ask(*store, 2);
  const auto news = [&](std::int64_t after, std::int64_t now) {
    const auto found =
        awaited<Result<News>>([&](auto done) { read_news(*store, "demo", after, now, done); });
    REQUIRE(found.ok());
    return *found;
  };
  const auto open = [&](int n, const std::string& person, std::int64_t now) {
    CHECK(awaited<Written>([&](auto done) {
            open_request(*store, "demo", id_of(n), person, now, done);
          }).outcome == Outcome::kStored);
  };
  CHECK(news(0, 10).seq == 2);
  CHECK(news(1, 10).changes.size() == 1);
  CHECK(news(1, 10).openings.empty());
  open(1, "p1", 10);
  open(1, "p2", 20);
  open(1, "p1", 30);
  CHECK(news(2, 30).openings == std::vector<Opening>{{id_of(1), "p1"}, {id_of(1), "p2"}});
  CHECK(news(2, 20 + kOpeningLife).openings == std::vector<Opening>{{id_of(1), "p1"}});
  CHECK(awaited<Written>([&](auto done) {
          leave_request(*store, "demo", id_of(1), "p1", done);
        }).outcome == Outcome::kStored);
  CHECK(news(2, 30).openings == std::vector<Opening>{{id_of(1), "p2"}});
  CHECK(testing::sweep(*store, 20 + kOpeningLife).ok());
  CHECK(place.value("SELECT count(*) FROM openings") == "0");
}
