#include "server-stub/store/request_writer.h"

#include <vector>

#include "server-stub/store/marks.h"

namespace askus::store {
namespace {

// The site's row is held from the first of these until the end: numbers and changes are given in
// the order of the commits, and two servers cannot store one key at once.
constexpr std::string_view kEnsureSite =
    "INSERT INTO sites (site, last_number, last_change) VALUES ($1, 0, 0) "
    "ON CONFLICT (site) DO NOTHING";
constexpr std::string_view kReadSite = "SELECT last_number, last_change FROM sites WHERE site = $1";
constexpr std::string_view kLockSite =
    "SELECT last_number, last_change FROM sites WHERE site = $1 FOR UPDATE";
constexpr std::string_view kFind = "SELECT payload_hash, answer FROM requests WHERE id = $1";
constexpr std::string_view kInsert =
    "INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,"
    " language, channel, page, query, consent_version, consent_hash, consent_at, created_at,"
    " status, payload_hash, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
    " $13, $14, $15, $16, $17, $18, 'received', $19, $20)";
constexpr std::size_t kInsertParams = 20;
constexpr std::string_view kChange =
    "INSERT INTO changes (site, seq, kind, id, at) VALUES ($1, $2, 'received', $3, $4)";
constexpr std::string_view kCount =
    "UPDATE sites SET last_number = $1, last_change = $2 WHERE site = $3";

Query insert_of(const NewRequest& r, std::int64_t number, const std::string& answer) {
  const request::Request& f = r.fields;
  Query query{kInsert};
  query.params.reserve(kInsertParams);
  query.params.emplace_back(f.id);
  query.params.emplace_back(r.site);
  query.params.emplace_back(number);
  for (const std::string* text :
       {&f.kind, &f.title, &f.details, &f.category, &f.mood, &f.name, &f.contact, &f.language,
        &f.channel, &f.page, &f.query, &f.consent.version, &f.consent.text_hash, &f.consent.at,
        &r.created_at, &r.payload_hash, &answer})
    query.params.emplace_back(*text);
  return query;
}

}  // namespace

// Takes the sites' rows, then looks which keys are known. Sites in their order, so that two
// servers never wait for each other.
Status RequestWriter::begin(std::span<AddJob> jobs, Sites& sites, std::vector<AddResult>& results) {
  for (const AddJob& job : jobs) sites[job.request.site];
  const bool locks = !session_->dialect().for_update.empty();
  std::vector<Query> queries{{session_->dialect().begin}};
  for (const auto& [site, row] : sites) {
    queries.push_back({kEnsureSite, {site}});
    queries.push_back({locks ? kLockSite : kReadSite, {site}});
  }
  for (const AddJob& job : jobs) queries.push_back({kFind, {job.request.fields.id}});
  const Result<std::vector<Rows>> rows = session_->run(queries);
  if (!rows.ok()) return rows.error();

  std::size_t at = 0;
  for (auto& [site, row] : sites) {
    at += 2;
    if ((*rows)[at].empty()) return Error{Code::kInternal, "the site's row is missing"};
    row.number = number_of((*rows)[at][0][0]);
    row.seq = number_of((*rows)[at][0][1]);
  }
  for (const AddJob& job : jobs) {
    const Rows& known = (*rows)[++at];
    if (known.empty())
      results.push_back({job.request.replay_only ? Outcome::kRefused : Outcome::kStored, {}, {}});
    else if (known[0][0] == job.request.payload_hash)
      results.push_back({Outcome::kReplayed, known[0][1], {}});
    else
      results.push_back({Outcome::kKeyReused, {}, {}});
  }
  return {};
}

Status RequestWriter::finish(std::span<AddJob> jobs, Sites& sites,
                             std::vector<AddResult>& results) {
  std::vector<Query> queries;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (results[i].outcome != Outcome::kStored) continue;
    const NewRequest& request = jobs[i].request;
    SiteRow& site = sites[request.site];
    site.changed = true;
    results[i].answer = request.answer(++site.number);
    queries.push_back(insert_of(request, site.number, results[i].answer));
    queries.push_back({kChange, {request.site, ++site.seq, request.fields.id, request.created_at}});
  }
  for (const auto& [name, row] : sites)
    if (row.changed) queries.push_back({kCount, {row.number, row.seq, name}});
  queries.push_back({kCommit});
  const Result<std::vector<Rows>> rows = session_->run(queries);
  return rows.ok() ? Status() : Status(rows.error());
}

Status RequestWriter::transact(std::span<AddJob> jobs, std::vector<AddResult>& results) {
  for (int attempt = 1;; ++attempt) {
    Sites sites;
    results.clear();
    Status status = begin(jobs, sites, results);
    if (status.ok()) status = finish(jobs, sites, results);
    if (status.ok()) return status;
    const Fault fault = session_->fault();
    session_->rollback();
    if (fault != Fault::kRetry || attempt == kAttempts) return status;
  }
}

AddResult failed(Fault fault, const Error& error) {
  switch (fault) {
    case Fault::kFull:
      return {Outcome::kFull, {}, error.text};
    case Fault::kBusy:
    case Fault::kRetry:
      return {Outcome::kBusy, {}, error.text};
    case Fault::kUnknown:
      return {Outcome::kUnknown, {}, error.text};
    case Fault::kConstraint:
    case Fault::kOther:
      break;
  }
  return {Outcome::kFailed, {}, error.text};
}

void RequestWriter::add(std::span<AddJob> jobs) {
  std::vector<AddResult> results;
  results.reserve(jobs.size());
  if (const Status status = transact(jobs, results); !status.ok()) {
    const AddResult failure = failed(session_->fault(), status.error());
    if (failure.outcome == Outcome::kFailed && jobs.size() > 1) {
      for (AddJob& job : jobs) add({&job, 1});
      return;
    }
    results.assign(jobs.size(), failure);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(results[i]));
}

void RequestWriter::mark(MarkJob& job) {
  std::vector<Query> queries{{session_->dialect().begin}};
  if (job.now >= purged_at_ + kPurgeEvery) queries.push_back({kPurgeMarks, {job.now}});
  const std::size_t at = queries.size();
  queries.push_back({kSpendMark, {job.mark, job.expires_at, job.now}});
  queries.push_back({kCommit});
  for (int attempt = 1;; ++attempt) {
    const Result<std::vector<Rows>> rows = session_->run(queries);
    if (rows.ok()) {
      purged_at_ = at > 1 ? job.now : purged_at_;
      return job.done(!(*rows)[at].empty());
    }
    const Fault fault = session_->fault();
    session_->rollback();
    if (fault != Fault::kRetry || attempt == kAttempts) return job.done(rows.error());
  }
}

}  // namespace askus::store
