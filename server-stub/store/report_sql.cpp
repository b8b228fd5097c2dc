// The statements of the reports. They are written as docs/reports.md shows them, for both
// databases: only whole numbers, and CAST where PostgreSQL would sum to a decimal.
#include <algorithm>
#include <initializer_list>
#include <utility>

#include "server-stub/store/reports.h"

namespace askus::store {
namespace {

using Parts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// The text with each {name} replaced.
std::string with(std::string_view text, Parts parts) {
  std::string sql(text);
  for (const auto& [name, value] : parts) {
    const std::string mark = "{" + std::string(name) + "}";
    for (std::size_t at = sql.find(mark); at != std::string::npos; at = sql.find(mark, at)) {
      sql.replace(at, mark.size(), value);
      at += value.size();
    }
  }
  // The layout's first line end.
  return sql.substr(sql.find_first_not_of('\n'));
}

// part / whole in thousandths, to the nearest.
std::string share(std::string_view part, std::string_view whole) {
  return with("CASE WHEN {w} > 0 THEN (2000 * {p} + {w}) / (2 * ({w})) END",
              {{"p", part}, {"w", whole}});
}

// What is counted by `counter`, and what is stored by `asked`: of everything where both are ''. The
// counters are summed in the order of their table's key first, which takes no sorting.
std::string found(std::string_view counter, std::string_view asked) {
  const std::string alone = share("helped", "helped + requests"),
                    anyway = share("requests", "requests + offered"),
                    nothing = share("zero", "searches"),
                    yes = share("helped", "helped + partly + not_helped");
  return with(R"sql(
WITH counted AS (
  SELECT day, counter, channel, language, category, CAST(sum(n) AS BIGINT) AS n FROM counters
  WHERE site = :site AND day >= :from AND day <= :to
  GROUP BY day, counter, channel, language, category
), one AS (
  SELECT {counter} AS k, counter, n FROM counted
  UNION ALL
  SELECT {asked}, 'request', 1 FROM requests
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks')
), total AS (
  SELECT k,
    CAST(sum(CASE WHEN counter = 'search' THEN n ELSE 0 END) AS BIGINT) AS searches,
    CAST(sum(CASE WHEN counter = 'zero' THEN n ELSE 0 END) AS BIGINT) AS zero,
    CAST(sum(CASE WHEN counter = 'topic' THEN n ELSE 0 END) AS BIGINT) AS opened,
    CAST(sum(CASE WHEN counter = 'helpful-yes' THEN n ELSE 0 END) AS BIGINT) AS helped,
    CAST(sum(CASE WHEN counter = 'helpful-partly' THEN n ELSE 0 END) AS BIGINT) AS partly,
    CAST(sum(CASE WHEN counter = 'helpful-no' THEN n ELSE 0 END) AS BIGINT) AS not_helped,
    CAST(sum(CASE WHEN counter = 'offered' THEN n ELSE 0 END) AS BIGINT) AS offered,
    CAST(sum(CASE WHEN counter = 'request' THEN n ELSE 0 END) AS BIGINT) AS requests
  FROM one GROUP BY k
)
SELECT k, searches, zero, opened, helped, partly, not_helped, offered, requests,
  {alone} AS found_alone,
  {anyway} AS wrote_anyway,
  {nothing} AS found_nothing,
  {yes} AS helped_share
FROM total ORDER BY k)sql",
              {{"counter", counter},
               {"asked", asked},
               {"alone", alone},
               {"anyway", anyway},
               {"nothing", nothing},
               {"yes", yes}});
}

const std::vector<ReportFigure> kFound{{"searches"},
                                       {"zero"},
                                       {"opened"},
                                       {"helped"},
                                       {"partly"},
                                       {"not_helped"},
                                       {"offered"},
                                       {"requests"},
                                       {"found_alone", Unit::kShare},
                                       {"wrote_anyway", Unit::kShare},
                                       {"found_nothing", Unit::kShare},
                                       {"helped_share", Unit::kShare}};

std::string topics() {
  return with(R"sql(
WITH total AS (
  SELECT topic,
    CAST(sum(CASE WHEN counter = 'topic' THEN n ELSE 0 END) AS BIGINT) AS opened,
    CAST(sum(CASE WHEN counter = 'helpful-yes' THEN n ELSE 0 END) AS BIGINT) AS helped,
    CAST(sum(CASE WHEN counter = 'helpful-partly' THEN n ELSE 0 END) AS BIGINT) AS partly,
    CAST(sum(CASE WHEN counter = 'helpful-no' THEN n ELSE 0 END) AS BIGINT) AS not_helped,
    CAST(sum(CASE WHEN counter = 'offered' THEN n ELSE 0 END) AS BIGINT) AS offered,
    CAST(sum(CASE WHEN counter = 'me-too' THEN n ELSE 0 END) AS BIGINT) AS me_too
  FROM counters WHERE site = :site AND day >= :from AND day <= :to AND topic <> ''
  GROUP BY topic
)
SELECT topic, opened, helped, partly, not_helped, offered, me_too,
  {yes} AS helped_share
FROM total
ORDER BY opened + helped + partly + not_helped + offered + me_too DESC, topic LIMIT 200)sql",
              {{"yes", share("helped", "helped + partly + not_helped")}});
}

// How many requests there are of each value of a column.
std::string requests_by(std::string_view column) {
  return with(R"sql(
WITH one AS (
  SELECT {column} AS k, count(*) AS n FROM requests
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks')
  GROUP BY {column}
), total AS (
  SELECT CAST(sum(n) AS BIGINT) AS of_all FROM one
)
SELECT k, n AS requests, {share} AS share
FROM one CROSS JOIN total ORDER BY k)sql",
              {{"column", column}, {"share", share("n", "of_all")}});
}

// The moods of the requests of each category; the share is within the category.
constexpr std::string_view kThemes = R"sql(
WITH one AS (
  SELECT category, mood, count(*) AS n FROM requests
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks')
  GROUP BY category, mood
)
SELECT category, mood, n AS requests, (2000 * n + of_all) / (2 * of_all) AS share
FROM (SELECT category, mood, n,
        CAST(sum(n) OVER (PARTITION BY category) AS BIGINT) AS of_all
      FROM one) AS shared
ORDER BY category, mood)sql";

// A request counts for each of its tags; one that was erased has none any more.
constexpr std::string_view kTagThemes = R"sql(
WITH one AS (
  SELECT t.tag, r.tone, count(*) AS n FROM requests r JOIN request_tags t ON t.request = r.id
  WHERE r.site = :site AND r.created_at >= :from AND r.created_at < :behind
    AND r.kind IN ('question', 'problem', 'idea', 'thanks')
  GROUP BY t.tag, r.tone
)
SELECT tag, tone, n AS requests, (2000 * n + of_all) / (2 * of_all) AS share
FROM (SELECT tag, tone, n,
        CAST(sum(n) OVER (PARTITION BY tag) AS BIGINT) AS of_all
      FROM one) AS shared
ORDER BY tag, tone)sql";

// Response and resolution of what `one` gives: k, response, resolution, kept, broken.
std::string times(std::string_view one, bool with_requests) {
  return with(R"sql(
WITH one AS ({one}
), total AS (
  SELECT k, count(*) AS requests, count(response) AS answered, count(resolution) AS closed,
    CAST(sum(kept) AS BIGINT) AS kept, CAST(sum(broken) AS BIGINT) AS broken
  FROM one GROUP BY k
), response AS (
  SELECT k, min(CASE WHEN 2 * place >= n THEN s END) AS median,
    min(CASE WHEN 10 * place >= 9 * n THEN s END) AS p90
  FROM (SELECT k, response AS s, row_number() OVER (PARTITION BY k ORDER BY response) AS place,
          count(*) OVER (PARTITION BY k) AS n
        FROM one WHERE response IS NOT NULL) AS ranked GROUP BY k
), resolution AS (
  SELECT k, min(CASE WHEN 2 * place >= n THEN s END) AS median,
    min(CASE WHEN 10 * place >= 9 * n THEN s END) AS p90
  FROM (SELECT k, resolution AS s, row_number() OVER (PARTITION BY k ORDER BY resolution) AS place,
          count(*) OVER (PARTITION BY k) AS n
        FROM one WHERE resolution IS NOT NULL) AS ranked GROUP BY k
)
SELECT total.k, {requests}answered, response.median AS response_median,
  response.p90 AS response_p90, closed, resolution.median AS resolution_median,
  resolution.p90 AS resolution_p90, kept AS in_time, broken AS late,
  {share} AS in_time_share
FROM total LEFT JOIN response ON response.k = total.k
  LEFT JOIN resolution ON resolution.k = total.k
ORDER BY total.k)sql",
              {{"one", one},
               {"requests", with_requests ? "requests, " : ""},
               {"share", share("kept", "kept + broken")}});
}

// Of what came in. A promise is kept or broken once that is certain: what is open and not yet due
// is in neither, nor what was taken back or erased before it was due.
constexpr std::string_view kReceived = R"sql(
  SELECT {key} AS k, response, resolution,
    CASE WHEN due_at > 0 AND coalesce(responded, closed) <= due_at THEN 1 ELSE 0 END AS kept,
    CASE WHEN due_at > 0 AND (coalesce(responded, closed) > due_at
        OR (coalesce(responded, closed) IS NULL AND due_at <= :now
          AND status IN ('received', 'in-work'))) THEN 1 ELSE 0 END AS broken
  FROM request_times
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks'))sql";

std::string times_by(std::string_view key) {
  std::string one(kReceived);
  one.replace(one.find("{key}"), 5, key);
  return times(one, true);
}

// Of the same requests, by who answered first and by who closed.
constexpr std::string_view kByPerson = R"sql(
  SELECT responder AS k, response, NULL AS resolution,
    CASE WHEN due_at > 0 AND responded <= due_at THEN 1 ELSE 0 END AS kept,
    CASE WHEN due_at > 0 AND responded > due_at THEN 1 ELSE 0 END AS broken
  FROM request_times
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks') AND responder IS NOT NULL
  UNION ALL
  SELECT closer, NULL, resolution, 0, 0
  FROM request_times
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem', 'idea', 'thanks') AND closer IS NOT NULL)sql";

std::vector<ReportFigure> times_figures(bool with_requests) {
  std::vector<ReportFigure> figures{{"answered"},
                                    {"response_median", Unit::kSeconds},
                                    {"response_p90", Unit::kSeconds},
                                    {"closed"},
                                    {"resolution_median", Unit::kSeconds},
                                    {"resolution_p90", Unit::kSeconds},
                                    {"in_time"},
                                    {"late"},
                                    {"in_time_share", Unit::kShare}};
  if (with_requests) figures.insert(figures.begin(), {"requests"});
  return figures;
}

// What was asked in vain: searched, or written.
std::string gaps(std::string_view key) {
  return with(R"sql(
WITH counted AS (
  SELECT day, counter, channel, language, CAST(sum(n) AS BIGINT) AS n FROM counters
  WHERE site = :site AND day >= :from AND day <= :to AND counter IN ('search', 'zero')
  GROUP BY day, counter, channel, language
), one AS (
  SELECT {key} AS k, counter, n FROM counted
  UNION ALL
  SELECT {key}, 'request', 1 FROM requests
  WHERE site = :site AND created_at >= :from AND created_at < :behind
    AND kind IN ('question', 'problem')
), total AS (
  SELECT k, CAST(sum(CASE WHEN counter = 'search' THEN n ELSE 0 END) AS BIGINT) AS searches,
    CAST(sum(CASE WHEN counter = 'zero' THEN n ELSE 0 END) AS BIGINT) AS zero,
    CAST(sum(CASE WHEN counter = 'request' THEN n ELSE 0 END) AS BIGINT) AS requests
  FROM one GROUP BY k
)
SELECT k, searches, zero, {share} AS found_nothing, requests
FROM total ORDER BY k)sql",
              {{"key", key}, {"share", share("zero", "searches")}});
}

// Replies that visitors read, and answers that they found alone, with what they cost and saved.
std::string cost(std::string_view key) {
  return with(R"sql(
WITH one AS (
  SELECT {key} AS k, 1 AS answers, 0 AS alone
  FROM changes JOIN requests ON requests.id = changes.id
  WHERE changes.site = :site AND changes.at >= :from AND changes.at < :behind
    AND changes.kind = 'replied' AND requests.kind IN ('question', 'problem', 'idea', 'thanks')
  UNION ALL
  SELECT {key}, 0, n FROM counters
  WHERE site = :site AND day >= :from AND day <= :to AND counter = 'helpful-yes'
), total AS (
  SELECT k, CAST(sum(answers) AS BIGINT) AS answers, CAST(sum(alone) AS BIGINT) AS alone
  FROM one GROUP BY k
)
SELECT k, answers, alone, answers * :writing AS cost,
  CASE WHEN answers + alone > 0
    THEN (2 * answers * :writing + answers + alone) / (2 * (answers + alone)) END AS cost_each,
  answers * (:call - :writing) AS saved_writing, alone * :call AS saved_alone,
  answers * (:call - :writing) + alone * :call AS saved
FROM total ORDER BY k)sql",
              {{"key", key}});
}

const std::vector<ReportFigure> kRequests{{"requests"}, {"share", Unit::kShare}};
const std::vector<ReportFigure> kGaps{
    {"searches"}, {"zero"}, {"found_nothing", Unit::kShare}, {"requests"}};
const std::vector<ReportFigure> kCost{{"answers"},
                                      {"alone"},
                                      {"cost", Unit::kMoney},
                                      {"cost_each", Unit::kMoney},
                                      {"saved_writing", Unit::kMoney},
                                      {"saved_alone", Unit::kMoney},
                                      {"saved", Unit::kMoney}};

std::vector<ReportTable> made() {
  const auto of_requests = times_figures(true);
  return {
      {"found", "totals", {}, kFound, found("''", "''")},
      {"found", "channels", {"channel"}, kFound, found("channel", "channel")},
      {"found", "departments", {"category"}, kFound, found("category", "category")},
      {"found", "languages", {"language"}, kFound, found("language", "language")},
      {"found", "days", {"day"}, kFound, found("day", "substr(created_at, 1, 10)")},
      {"found",
       "topics",
       {"topic"},
       {{"opened"},
        {"helped"},
        {"partly"},
        {"not_helped"},
        {"offered"},
        {"me_too"},
        {"helped_share", Unit::kShare}},
       topics()},
      {"requests", "kinds", {"kind"}, kRequests, requests_by("kind")},
      {"requests", "moods", {"mood"}, kRequests, requests_by("mood")},
      {"requests", "channels", {"channel"}, kRequests, requests_by("channel")},
      {"requests", "departments", {"category"}, kRequests, requests_by("category")},
      {"requests", "languages", {"language"}, kRequests, requests_by("language")},
      {"requests", "days", {"day"}, kRequests, requests_by("substr(created_at, 1, 10)")},
      {"times", "totals", {}, of_requests, times_by("''")},
      {"times", "departments", {"category"}, of_requests, times_by("category")},
      {"times", "people", {"person"}, times_figures(false), times(kByPerson, false)},
      {"times", "channels", {"channel"}, of_requests, times_by("channel")},
      {"themes",
       "departments",
       {"category", "mood"},
       {{"requests"}, {"share", Unit::kShare}},
       std::string(kThemes.substr(1))},
      {"themes",
       "tags",
       {"tag", "tone"},
       {{"requests"}, {"share", Unit::kShare}},
       std::string(kTagThemes.substr(1))},
      {"gaps", "totals", {}, kGaps, gaps("''")},
      {"gaps", "languages", {"language"}, kGaps, gaps("language")},
      {"gaps", "channels", {"channel"}, kGaps, gaps("channel")},
      {"cost", "totals", {}, kCost, cost("''")},
      {"cost", "channels", {"channel"}, kCost, cost("channel")},
  };
}

}  // namespace

std::span<const ReportTable> report_tables() {
  static const std::vector<ReportTable> kTables = made();
  return kTables;
}

std::span<const ReportTable> tables_of(std::string_view report) {
  const std::span<const ReportTable> all = report_tables();
  const auto is = [report](const ReportTable& table) { return table.report == report; };
  const auto first = std::find_if(all.begin(), all.end(), is);
  return {first, std::find_if_not(first, all.end(), is)};
}

}  // namespace askus::store
