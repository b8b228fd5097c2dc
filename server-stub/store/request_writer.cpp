#include "server-stub/store/request_writer.h"

#include <set>
#include <utility>
#include <vector>

#include "server-stub/store/attachments.h"
#include "server-stub/store/marks.h"
#include "server-stub/store/tags.h"
#include "server-stub/store/transaction.h"
#include "shared/tone/tone.h"

namespace askus::store {
namespace {

constexpr std::string_view kFind =
    "SELECT payload_hash, answer, status FROM requests WHERE id = $1";
// The newest of those that are not closed.
constexpr std::string_view kEarlier =
    "SELECT number FROM requests WHERE site = $1 AND again_key = $2 AND again_key <> '' AND"
    " status IN ('received', 'in-work', 'answered') ORDER BY number DESC LIMIT 1";
constexpr std::string_view kInsert =
    "INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,"
    " language, channel, page, query, consent_version, consent_hash, consent_at, created_at,"
    " status, payload_hash, answer, topic, me_too, identity_user, identity_name, identity_contact,"
    " again_key, closed_at, due_at, tone, tone_by, watched) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
    " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,"
    " $28, $29, $30, $31, $32)";
constexpr std::size_t kInsertParams = 32;
constexpr std::string_view kInsertSource =
    "INSERT INTO sources (request, site, channel, place, group_id, user_id, thread, item, link,"
    " topics, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
constexpr std::string_view kCountMeToo =
    "INSERT INTO topic_counts (site, topic, me_too) VALUES ($1, $2, 1) ON CONFLICT (site, topic)"
    " DO UPDATE SET me_too = topic_counts.me_too + 1";

constexpr std::string_view kSpent =
    "SELECT count(*) FROM marks WHERE mark = $1 AND expires_at > $2";

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
        &r.created_at, &r.status, &r.payload_hash, &answer, &f.topic})
    query.params.emplace_back(*text);
  query.params.emplace_back(std::int64_t{f.me_too});
  for (const std::string* text :
       {&r.identity.user, &r.identity.name, &r.identity.contact, &r.again_key})
    query.params.emplace_back(*text);
  query.params.emplace_back(r.closed_at);
  query.params.emplace_back(r.due_at);
  const bool said = !f.mood.empty();
  query.params.emplace_back(
      std::string(tone::name_of(said ? tone::of_mood(f.mood) : tone::guess(tone_text(f)))));
  query.params.emplace_back(std::string(said ? tone_by::kVisitor : tone_by::kGuess));
  query.params.emplace_back(r.watched);
  return query;
}

// What is known of a job's key; kStored: nothing, it is to be stored.
AddResult known_as(const NewRequest& request, const Rows& known) {
  if (known.empty()) return {request.replay_only ? Outcome::kRefused : Outcome::kStored, {}, {}};
  const std::vector<std::string>& row = known[0];
  if (row[2] == statuses::kErased) return {Outcome::kErased, {}, {}};
  if (row[0] != request.payload_hash) return {Outcome::kKeyReused, {}, {}};
  return {Outcome::kReplayed, row[1], {}};
}

}  // namespace

std::string tone_text(const request::Request& fields) {
  return fields.title + "\n" + fields.details;
}

void append_insert(std::vector<Query>& queries, const NewRequest& request, std::int64_t number,
                   const std::string& answer, std::int64_t said_at) {
  queries.push_back(insert_of(request, number, answer));
  const Source& s = request.source;
  if (s.channel.empty()) return;
  queries.push_back({kInsertSource,
                     {request.fields.id, request.site, s.channel, s.place, s.group, s.user,
                      s.thread, s.item, s.link, s.topics, said_at}});
}

// Spends a mark; now and then what has expired is cleared away with it.
void RequestWriter::append_mark(std::vector<Query>& queries, const Mark& mark) {
  if (mark.now >= purged_at_ + kPurgeEvery) {
    queries.push_back({kPurgeMarks, {mark.now}});
    purged_at_ = mark.now;
  }
  queries.push_back({kSpendMark, {mark.name, mark.expires_at, mark.now}});
}

// Takes the sites' rows, then looks which keys, pictures and marks are known. Sites in their order,
// so that two servers never wait for each other.
Status RequestWriter::begin(Batch& batch) {
  for (const AddJob& job : batch.jobs) batch.sites[job.request.site];
  std::vector<Query> queries{{session_->dialect().begin}};
  for (const auto& [site, row] : batch.sites) append_hold(queries, session_->dialect(), site);
  for (const AddJob& job : batch.jobs) {
    const NewRequest& request = job.request;
    queries.push_back({kFind, {request.fields.id}});
    if (!request.again_key.empty())
      queries.push_back({kEarlier, {request.site, request.again_key}});
    append_look_for(queries, request.site, request.fields.attachments);
    if (request.mark) queries.push_back({kSpent, {request.mark->name, request.mark->now}});
  }
  const Result<std::vector<Rows>> rows = session_->run(queries);
  if (!rows.ok()) return rows.error();

  std::size_t at = 0;
  for (auto& [site, row] : batch.sites) {
    at += 2;
    const Result<SiteRow> held = site_row((*rows)[at]);
    if (!held.ok()) return held.error();
    row = *held;
  }
  std::set<std::string_view> spent;  // by an earlier one of these
  for (const AddJob& job : batch.jobs) {
    AddResult result = known_as(job.request, (*rows)[++at]);
    std::int64_t& earlier = batch.earlier.emplace_back(0);
    if (!job.request.again_key.empty())
      if (const Rows& found = (*rows)[++at]; !found.empty()) earlier = number_of(found[0][0]);
    for (const std::string& sha256 : job.request.fields.attachments)
      if ((*rows)[++at].empty() && result.outcome == Outcome::kStored)
        result = {Outcome::kMissing, {}, sha256};
    if (const auto& mark = job.request.mark) {
      const bool is_spent = number_of((*rows)[++at][0][0]) > 0;
      if (result.outcome == Outcome::kStored && (is_spent || !spent.insert(mark->name).second))
        result = {Outcome::kMarkSpent, {}, {}};
    }
    batch.results.push_back(std::move(result));
  }
  return {};
}

Status RequestWriter::finish(Batch& batch) {
  std::vector<Query> queries;
  // What asks again within this very transaction.
  std::map<std::pair<std::string, std::string>, std::int64_t> asked;
  for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
    if (batch.results[i].outcome != Outcome::kStored) continue;
    const NewRequest& request = batch.jobs[i].request;
    const request::Request& fields = request.fields;
    SiteRow& site = batch.sites[request.site];
    Given given{++site.number, batch.earlier[i]};
    if (!request.again_key.empty()) {
      std::int64_t& last = asked[{request.site, request.again_key}];
      if (last > 0) given.earlier = last;
      if (request.status == statuses::kReceived) last = given.number;
    }
    if (request.mark) append_mark(queries, *request.mark);
    batch.results[i].answer = request.answer(given);
    append_insert(queries, request, given.number, batch.results[i].answer);
    append_name(queries, request.site, fields.id, fields.attachments);
    if (fields.me_too) queries.push_back({kCountMeToo, {request.site, fields.topic}});
    queries.push_back(next_change(site, request.site, "received", fields.id, request.created_at));
  }
  for (const auto& [name, row] : batch.sites)
    if (row.changed) queries.push_back(count_of(row, name));
  queries.push_back({kCommit});
  const Result<std::vector<Rows>> rows = session_->run(queries);
  return rows.ok() ? Status() : Status(rows.error());
}

Status RequestWriter::transact(Batch& batch) {
  for (int attempt = 1;; ++attempt) {
    batch = Batch{batch.jobs, {}, {}, {}};
    Status status = begin(batch);
    if (status.ok()) status = finish(batch);
    if (status.ok()) return status;
    const Fault fault = session_->fault();
    session_->rollback();
    if (fault != Fault::kRetry || attempt == kAttempts) return status;
  }
}

void RequestWriter::add(std::span<AddJob> jobs) {
  Batch batch{jobs, {}, {}, {}};
  if (const Status status = transact(batch); !status.ok()) {
    const AddResult failed{outcome_of(session_->fault()), {}, status.error().text};
    if (failed.outcome == Outcome::kFailed && jobs.size() > 1) {
      for (AddJob& job : jobs) add({&job, 1});
      return;
    }
    batch.results.assign(jobs.size(), failed);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(batch.results[i]));
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
