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

// A view's own condition comes first and chooses the index; filters only look at what it gives.
void add_view(Building& query, const FeedFilter& f) {
  switch (f.view) {
    case View::kAll:
      break;
    case View::kNew:
      query.add(kOpen).add(" AND status = 'received' AND assignee = ''");
      break;
    case View::kMine:
      query.add(" AND assignee = ", f.person, " AND assignee <> '' AND status <> 'closed'");
      break;
    case View::kDepartment:
      query.add(kOpen)
          .add(" AND category IN (SELECT category FROM person_categories WHERE site = ", f.site)
          .add(" AND person = ", f.person, ")");
      break;
    case View::kOverdue:
      query.add(kOpen).add(" AND created_at <= ", f.late_before);
      break;
  }
  query.add(" AND status <> 'erased'");
}

std::string listed(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) text += " " + std::to_string(number);
  return text.empty() ? text : text + " ";
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

std::string_view order_of(const FeedFilter& f) {
  return f.view == View::kOverdue ? " ORDER BY number ASC" : " ORDER BY number DESC";
}

// Which requests a page has is found in a narrow index that holds all the filters ask for
// (requests_filtered); only their rows are read then. A filter that fits one in 100,000 reads 6 MB
// of it instead of all that visitors wrote.
void add_page(Building& query, const FeedFilter& f) {
  query.add(" AND number IN (SELECT number FROM requests WHERE site = ", f.site);
  add_view(query, f);
  const bool up = f.view == View::kOverdue;
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
  query.add(" AND (", listed(f.numbers), " = '' OR ");
  query.sql +=
      "$" + std::to_string(query.params.size()) + " LIKE '% ' || CAST(number AS TEXT) || ' %')";
  query.add(order_of(f))
      .add(" LIMIT ", static_cast<std::int64_t>(std::min(f.limit, kMostFeedRows) + 1), ")");
}

Query page_of(const FeedFilter& f) {
  Building query;
  query.add("SELECT number, id, kind, title, substr(details, 1, ")
      .add(std::to_string(kExcerpt))
      .add(
          "), category, mood, channel, language, name, status, created_at, assignee, tone, tone_by,"
          " watched FROM requests");
  query.add(" WHERE site = ", f.site);
  add_page(query, f);
  query.add(order_of(f));
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

FeedRow row_of(const std::vector<std::string>& c) {
  return {number_of(c[0]), c[1],  c[2],  c[3],  c[4],  c[5], c[6], c[7], c[8], c[9],
          c[10],           c[11], c[12], c[13], c[14], c[15]};
}

constexpr std::string_view kSeq = "SELECT last_change FROM sites WHERE site = $1";
constexpr std::string_view kOpenings =
    "SELECT request, person FROM openings WHERE site = $1 AND until > $2 ORDER BY request, person";
constexpr std::string_view kPutOpening =
    "INSERT INTO openings (site, request, person, until) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (site, request, person) DO UPDATE SET until = excluded.until";
constexpr std::string_view kDropOpening =
    "DELETE FROM openings WHERE site = $1 AND request = $2 AND person = $3";
constexpr std::string_view kWords =
    "SELECT number, title, details, name, category FROM requests WHERE site = $1"
    " AND status <> 'erased' ORDER BY number DESC LIMIT $2";

std::int64_t first_number(const Rows& rows) {
  return rows.empty() ? 0 : number_of(rows[0][0]);
}

void change(Store& store, Query query, Store::Done done) {
  store.change(
      [query = std::move(query)](Session& session) {
        return transact(session, [&]() -> Result<Outcome> {
          const Result<Rows> rows = session.run(query);
          return rows.ok() ? Result<Outcome>(Outcome::kStored) : Result<Outcome>(rows.error());
        });
      },
      std::move(done));
}

}  // namespace

void read_feed(Store& store, const FeedFilter& f, std::function<void(Result<Feed>)> done) {
  // The change's number is read first: a row that is newer than it is told about once more.
  store.ask({{kSeq, {f.site}},
             page_of(f),
             count_of(f, View::kNew),
             count_of(f, View::kMine),
             count_of(f, View::kDepartment),
             count_of(f, View::kOverdue)},
            [&store, site = f.site, limit = std::min(f.limit, kMostFeedRows),
             done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              Feed feed;
              feed.seq = first_number(rows->at(0));
              for (const auto& c : rows->at(1)) feed.rows.push_back(row_of(c));
              feed.more = feed.rows.size() > limit;
              if (feed.more) feed.rows.pop_back();
              feed.counts = {first_number(rows->at(2)), first_number(rows->at(3)),
                             first_number(rows->at(4)), first_number(rows->at(5))};
              if (feed.rows.empty()) return done(std::move(feed));
              Query tags = tags_of(site, feed.rows);
              store.ask({std::move(tags)}, [feed = std::move(feed),
                                            done](const Result<std::vector<Rows>>& tagged) mutable {
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
  change(store, {kPutOpening, {site, request, person, now + kOpeningLife}}, std::move(done));
}

void leave_request(Store& store, const std::string& site, const std::string& request,
                   const std::string& person, Store::Done done) {
  change(store, {kDropOpening, {site, request, person}}, std::move(done));
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

}  // namespace askus::store
