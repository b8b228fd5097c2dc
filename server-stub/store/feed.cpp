#include "server-stub/store/feed.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "server-stub/store/request_reader.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kOpen = " AND status IN ('received', 'in-work')";

// The text of a query and its parameters, which must be in one order.
struct Building {
  std::string sql;
  std::vector<Value> params;

  Building& add(std::string_view text) {
    sql += text;
    return *this;
  }
  // `before` $n `behind`
  Building& add(std::string_view before, Value value, std::string_view behind = {}) {
    params.push_back(std::move(value));
    sql.append(before).append("$").append(std::to_string(params.size())).append(behind);
    return *this;
  }
  // A column that is `value`, or anything when that is empty.
  Building& filter(std::string_view condition, const std::string& value) {
    add(" AND (", value, " = '' OR ");
    sql.append(condition).append("$").append(std::to_string(params.size())).append(")");
    return *this;
  }
};

// Sessions keep statements by their text, which must live on. There is one for each view and use.
std::string_view kept(std::string sql) {
  static std::mutex mutex;
  static std::set<std::string> texts;
  const std::lock_guard lock(mutex);
  return *texts.insert(std::move(sql)).first;
}

// Not what the person has marked as done.
void add_undone(Building& query, const FeedFilter& f) {
  query.add(" AND number NOT IN (SELECT number FROM flags WHERE flag = 'done' AND site = ", f.site);
  query.add(" AND person = ", f.person, ")");
}

// Failed rows of the outbox behind which nothing of the same talk was sent.
constexpr std::string_view kUndelivered =
    " outbox o WHERE o.state = 'failed' AND o.request <> '' AND o.reason <> 'unsubscribed' AND NOT"
    " EXISTS (SELECT 1 FROM outbox s WHERE s.request = o.request AND s.state = 'sent' AND"
    " s.created_at > o.created_at)";

// A view's own condition comes first and chooses the index; filters only look at what it gives.
void add_view(Building& query, const FeedFilter& f) {
  switch (f.view) {
    case View::kAll:
      break;
    case View::kNew:
      query.add(kOpen).add(" AND status = 'received' AND assignee = ''");
      add_undone(query, f);
      break;
    case View::kMine:
      query.add(" AND assignee = ", f.person, " AND assignee <> '' AND status <> 'closed'");
      add_undone(query, f);
      break;
    case View::kDepartment:
      query.add(kOpen)
          .add(" AND category IN (SELECT category FROM person_categories WHERE site = ", f.site)
          .add(" AND person = ", f.person, ")");
      add_undone(query, f);
      break;
    case View::kOverdue:
      query.add(kOpen).add(" AND due_at > 0 AND due_at <= ", f.now);
      break;
    case View::kAsked:
      query.add(" AND number IN (SELECT number FROM consultations WHERE advice = '' AND site = ",
                f.site);
      query.add(" AND category IN (SELECT category FROM person_categories WHERE site = ", f.site);
      query.add(" AND person = ", f.person, "))");
      break;
    case View::kUndelivered:
      query.add(" AND number IN (SELECT r.number FROM requests r, ").add(kUndelivered);
      query.add(" AND o.site = ", f.site, " AND r.id = o.request)");
      add_undone(query, f);
      break;
  }
  query.add(" AND status <> 'erased'");
}

std::string listed(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += " " + std::to_string(number);
  return text.empty() ? text : text + " ";
}

// Whether a view has what is overdue at its top.
bool lifts_late(View view) {
  return view == View::kNew || view == View::kMine || view == View::kDepartment;
}

// Of such a view: what is overdue, and what follows it.
enum class Part : std::uint8_t { kWhole, kLate, kRest };

void add_part(Building& query, Part part, std::int64_t now) {
  if (part == Part::kLate) query.add(kOpen).add(" AND due_at > 0 AND due_at <= ", now);
  if (part == Part::kRest)
    query.add(" AND (due_at = 0 OR due_at > ", now, " OR status NOT IN ('received', 'in-work'))");
}

// Only with the tag or one below it: found by the tag's own index.
void add_tag(Building& query, const FeedFilter& f) {
  if (f.tag.empty()) return;
  query.add(" AND number IN (WITH RECURSIVE below(id) AS (SELECT id FROM tags WHERE site = ",
            f.site);
  query.add(" AND id = ", f.tag,
            " UNION SELECT t.id FROM tags t JOIN below ON t.parent = below.id");
  query.add(" WHERE t.site = ", f.site, ") SELECT number FROM request_tags WHERE site = ");
  query.params.emplace_back(f.site);
  query.sql += "$" + std::to_string(query.params.size()) + " AND tag IN (SELECT id FROM below))";
}

// Which requests a page has is found in a narrow index that holds all the filters ask for
// (requests_filtered); only their rows are read then. A filter that fits one in 100,000 reads 6 MB
// of it instead of all that visitors wrote.
Query page_of(const FeedFilter& f, Part part) {
  Building query;
  query.add("SELECT number, id, kind, title, substr(details, 1, ")
      .add(std::to_string(kExcerpt))
      .add("), category, mood, channel, language, name, status, created_at, assignee,")
      .add(
          " (SELECT count(*) FROM flags f WHERE f.site = requests.site AND f.number ="
          " requests.number AND f.flag = 'starred' AND f.person = ",
          f.person, "),")
      .add(
          " (SELECT count(*) FROM flags f WHERE f.site = requests.site AND f.number ="
          " requests.number AND f.flag = 'done' AND f.person = ",
          f.person, "),")
      .add(
          " (SELECT count(*) FROM consultations c WHERE c.request = requests.id AND c.advice = "
          "''),")
      .add(
          " (SELECT count(*) FROM consultations c WHERE c.request = requests.id AND c.advice <> "
          "''),")
      .add(" (SELECT count(*) FROM")
      .add(kUndelivered)
      .add(" AND o.request = requests.id),")
      .add(" due_at, tone, tone_by, watched FROM requests");
  query.add(" WHERE site = ", f.site);
  query.add(" AND number IN (SELECT number FROM requests WHERE site = ", f.site);
  add_view(query, f);
  add_part(query, part, f.now);
  const bool up = f.view == View::kOverdue || part == Part::kLate;
  // Where a tag is asked for, its own index names the numbers: SQLite must not walk all of them in
  // their order instead, and a "+" keeps a condition from choosing the index.
  query.add(f.tag.empty() ? " AND " : " AND +");
  if (up)
    query.add("number > ", f.behind);
  else
    query.add("number < ", f.behind == 0 ? INT64_MAX : f.behind);
  query.filter("kind = ", f.kind);
  query.add(" AND (kind <> 'comment' OR ", f.kind, " = 'comment')");
  query.filter("mood = ", f.mood)
      .filter("channel = ", f.channel)
      .filter("category = ", f.category)
      .filter("status = ", f.status)
      .filter("created_at >= ", f.from)
      .filter("created_at < ", f.to)
      .filter("tone = ", f.tone);
  if (f.sure) query.add(" AND tone_by <> 'guess'");
  if (f.watched) query.add(" AND watched <> ''");
  add_tag(query, f);
  query.add(" AND (", f.flag, " = '' OR number IN (SELECT number FROM flags WHERE site = ");
  query.add("", f.site, " AND person = ").add("", f.person, " AND flag = ").add("", f.flag, "))");
  query.add(" AND (", listed(f.numbers), " = '' OR ");
  query.sql +=
      "$" + std::to_string(query.params.size()) + " LIKE '% ' || CAST(number AS TEXT) || ' %')";
  const std::string order = up ? " ORDER BY number ASC" : " ORDER BY number DESC";
  query.add(order).add(" LIMIT ", static_cast<std::int64_t>(std::min(f.limit, kMostFeedRows) + 1),
                       ")");
  query.add(order);
  return {kept(std::move(query.sql)), std::move(query.params)};
}

// The tags of a page's requests. Its text is the same for all pages: numbers that are none fill up.
Query tags_of(const std::string& site, const std::vector<FeedRow>& rows) {
  Building query;
  query.add("SELECT request, tag FROM request_tags WHERE site = ", site, " AND number IN (");
  for (std::size_t i = 0; i < kMostFeedRows; ++i)
    query.add(i == 0 ? "" : ", ", i < rows.size() ? rows[i].number : std::int64_t{-1});
  query.add(") ORDER BY number, at, tag");
  return {kept(std::move(query.sql)), std::move(query.params)};
}

Query count_of(FeedFilter f, View view) {
  f.view = view;
  Building query;
  query.add("SELECT count(*) FROM (SELECT 1 FROM requests WHERE site = ", f.site);
  add_view(query, f);
  query.add(" AND kind <> 'comment' LIMIT ", kMostCounted, ") AS counted");
  return {kept(std::move(query.sql)), std::move(query.params)};
}

FeedRow row_of(const std::vector<std::string>& c, std::int64_t now) {
  FeedRow row{number_of(c[0]), c[1],  c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9],
              c[10],           c[11], c[12]};
  row.is_starred = c[13] != "0";
  row.is_done = c[14] != "0";
  row.is_consulting = c[15] != "0";
  const bool is_open = row.status == statuses::kReceived || row.status == statuses::kInWork;
  row.is_advised = is_open && !row.is_consulting && c[16] != "0";
  row.is_undelivered = c[17] != "0";
  row.due_at = number_of(c[18]);
  row.tone = c[19];
  row.tone_by = c[20];
  row.watched = c[21];
  row.late = is_late(row.status, row.due_at, now);
  return row;
}

// The page's queries: of both parts where a view has them, the one of the second from its top when
// the page begins in the first.
std::vector<Query> pages_of(const FeedFilter& f) {
  if (!lifts_late(f.view)) return {page_of(f, Part::kWhole)};
  FeedFilter rest = f;
  if (f.behind_late) rest.behind = 0;
  if (f.behind > 0 && !f.behind_late) return {page_of(rest, Part::kRest)};
  return {page_of(f, Part::kLate), page_of(rest, Part::kRest)};
}

constexpr std::string_view kSeq = "SELECT last_change FROM sites WHERE site = $1";
constexpr std::string_view kOpenings =
    "SELECT request, person FROM openings WHERE site = $1 AND until > $2 ORDER BY request, person";
constexpr std::string_view kPutOpening =
    "INSERT INTO openings (site, request, person, until) SELECT site, id, $1, $2 FROM requests"
    " WHERE id = $3 AND site = $4 AND status <> 'erased'"
    " ON CONFLICT (site, request, person) DO UPDATE SET until = excluded.until RETURNING request";
constexpr std::string_view kDropOpening =
    "DELETE FROM openings WHERE site = $1 AND request = $2 AND person = $3";
constexpr std::string_view kWords =
    "SELECT number, title, details, name, category FROM requests WHERE site = $1"
    " AND status <> 'erased' ORDER BY number DESC LIMIT $2";

constexpr std::string_view kOpenRequests =
    "SELECT number, id, title, language, name, status, assignee, created_at, channel FROM requests"
    " WHERE site = $1 AND status IN ('received', 'in-work') AND kind <> 'comment'"
    " ORDER BY number DESC LIMIT $2";

std::int64_t first_number(const Rows& rows) {
  return rows.empty() ? 0 : number_of(rows[0][0]);
}

// `otherwise`: how it ended when the query gives no row.
void change(Store& store, Query query, Outcome otherwise, Store::Done done) {
  transact(
      store,
      [query = std::move(query), otherwise](Session& session) -> Result<Outcome> {
        const Result<Rows> rows = session.run(query);
        if (!rows.ok()) return rows.error();
        return rows->empty() ? otherwise : Outcome::kStored;
      },
      std::move(done));
}

}  // namespace

bool is_late(const std::string& status, std::int64_t due_at, std::int64_t now) {
  const bool open = status == statuses::kReceived || status == statuses::kInWork;
  return open && due_at > 0 && due_at <= now;
}

void read_feed(Store& store, const FeedFilter& f, std::function<void(Result<Feed>)> done) {
  // The change's number is read first: a row that is newer than it is told about once more.
  std::vector<Query> queries{{kSeq, {f.site}}};
  for (const View view : {View::kNew, View::kMine, View::kDepartment, View::kOverdue, View::kAsked,
                          View::kUndelivered})
    queries.push_back(count_of(f, view));
  constexpr std::size_t kPages = 7;  // behind the change's number and the counts
  for (Query& page : pages_of(f)) queries.push_back(std::move(page));
  store.ask(std::move(queries), [&store, site = f.site, limit = std::min(f.limit, kMostFeedRows),
                                 now = f.now,
                                 done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    Feed feed;
    feed.seq = first_number(rows->at(0));
    feed.counts = {first_number(rows->at(1)), first_number(rows->at(2)), first_number(rows->at(3)),
                   first_number(rows->at(4)), first_number(rows->at(5)), first_number(rows->at(6))};
    for (std::size_t page = kPages; page < rows->size(); ++page)
      for (const auto& c : rows->at(page)) feed.rows.push_back(row_of(c, now));
    feed.more = feed.rows.size() > limit;
    if (feed.more) feed.rows.resize(limit);
    if (feed.rows.empty()) return done(std::move(feed));
    Query tags = tags_of(site, feed.rows);
    store.ask({std::move(tags)},
              [feed = std::move(feed), done](const Result<std::vector<Rows>>& tagged) mutable {
                if (!tagged.ok()) return done(tagged.error());
                for (const auto& c : tagged->front())
                  for (FeedRow& row : feed.rows)
                    if (row.id == c[0]) row.tags.push_back(c[1]);
                done(std::move(feed));
              });
  });
}

void open_request(Store& store, const std::string& site, const std::string& request,
                  const std::string& person, std::int64_t now, Store::Done done) {
  change(store, {kPutOpening, {person, now + kOpeningLife, request, site}}, Outcome::kMissing,
         std::move(done));
}

void leave_request(Store& store, const std::string& site, const std::string& request,
                   const std::string& person, Store::Done done) {
  change(store, {kDropOpening, {site, request, person}}, Outcome::kStored, std::move(done));
}

void read_news(Store& store, const std::string& site, std::int64_t after, std::int64_t now,
               std::function<void(Result<News>)> done) {
  store.ask({{kSeq, {site}}, read_changes(site, after, kMostChanges), {kOpenings, {site, now}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              News news;
              news.seq = first_number(rows->at(0));
              news.changes = changes_of(rows->at(1));
              for (const auto& c : rows->at(2)) news.openings.push_back({c[0], c[1]});
              done(std::move(news));
            });
}

void read_words(Store& store, const std::string& site, std::size_t limit,
                std::function<void(Result<std::vector<Words>>)> done) {
  store.ask({{kWords, {site, static_cast<std::int64_t>(limit)}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<Words> words;
              for (const auto& c : rows->front())
                words.push_back({number_of(c[0]), c[1], c[2], c[3], c[4]});
              done(std::move(words));
            });
}

void read_open(Store& store, const std::string& site, std::size_t limit,
               std::function<void(Result<std::vector<OpenRequest>>)> done) {
  store.ask({{kOpenRequests, {site, static_cast<std::int64_t>(limit)}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::vector<OpenRequest> all;
              for (const auto& c : rows->front())
                all.push_back({number_of(c[0]), c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]});
              done(std::move(all));
            });
}

}  // namespace askus::store
