#include "server-stub/store/request_writer.h"

#include <vector>

namespace askus::store {
namespace {

constexpr std::string_view kFind = "SELECT payload_hash, answer FROM requests WHERE id = ?1";
constexpr std::string_view kCount =
    "INSERT INTO sites (site, last_number) VALUES (?1, 1) "
    "ON CONFLICT (site) DO UPDATE SET last_number = last_number + 1 RETURNING last_number";
constexpr std::string_view kInsert =
    "INSERT INTO requests (id, site, number, kind, title, details, category, mood, name, contact,"
    " language, channel, page, query, consent_version, consent_hash, consent_at, created_at,"
    " status, payload_hash, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
    " ?13, ?14, ?15, ?16, ?17, ?18, 'received', ?19, ?20)";

}  // namespace

RequestWriter::RequestWriter(Database database, Statement find, Statement count, Statement insert)
    : database_(std::move(database)),
      find_(std::move(find)),
      count_(std::move(count)),
      insert_(std::move(insert)) {}

Result<RequestWriter> RequestWriter::open(Database database) {
  Result<Statement> find = Statement::prepare(database, kFind);
  if (!find.ok()) return find.error();
  Result<Statement> count = Statement::prepare(database, kCount);
  if (!count.ok()) return count.error();
  Result<Statement> insert = Statement::prepare(database, kInsert);
  if (!insert.ok()) return insert.error();
  return RequestWriter(std::move(database), std::move(*find), std::move(*count),
                       std::move(*insert));
}

Result<AddResult> RequestWriter::add(const NewRequest& r) {
  find_.bind(1, r.fields.id);
  Result<bool> known = find_.step();
  if (!known.ok()) return known.error();
  if (*known) {
    const bool same = find_.text(0) == r.payload_hash;
    AddResult result{
        same ? Outcome::kReplayed : Outcome::kKeyReused, same ? find_.text(1) : std::string(), {}};
    find_.reset();
    return result;
  }
  find_.reset();
  if (r.replay_only) return AddResult{Outcome::kRefused, {}, {}};

  count_.bind(1, r.site);
  Result<bool> counted = count_.step();
  if (!counted.ok()) return counted.error();
  const std::int64_t number = count_.number(0);
  count_.reset();

  const request::Request& f = r.fields;
  std::string answer = r.answer(number);
  insert_.bind(1, f.id).bind(2, r.site).bind(3, number).bind(4, f.kind).bind(5, f.title);
  insert_.bind(6, f.details).bind(7, f.category).bind(8, f.mood).bind(9, f.name);
  insert_.bind(10, f.contact).bind(11, f.language).bind(12, f.channel).bind(13, f.page);
  insert_.bind(14, f.query).bind(15, f.consent.version).bind(16, f.consent.text_hash);
  insert_.bind(17, f.consent.at).bind(18, r.created_at).bind(19, r.payload_hash).bind(20, answer);
  Result<bool> inserted = insert_.step();
  if (!inserted.ok()) return inserted.error();
  insert_.reset();
  return AddResult{Outcome::kStored, std::move(answer), {}};
}

Status RequestWriter::add_all(std::span<AddJob> jobs, std::vector<AddResult>& results) {
  if (Status status = database_.run("BEGIN IMMEDIATE"); !status.ok()) return status;
  for (const AddJob& job : jobs) {
    Result<AddResult> result = add(job.request);
    if (!result.ok()) return result.error();
    results.push_back(std::move(*result));
  }
  return database_.run("COMMIT");
}

AddResult RequestWriter::failure(const Error& error) const {
  const int code = database_.last_code() & 0xFF;
  if (code == SQLITE_FULL) return {Outcome::kFull, {}, error.text};
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return {Outcome::kBusy, {}, error.text};
  return {Outcome::kFailed, {}, error.text};
}

void RequestWriter::write(std::span<AddJob> jobs) {
  std::vector<AddResult> results;
  results.reserve(jobs.size());
  if (const Status status = add_all(jobs, results); !status.ok()) {
    AddResult failed = failure(status.error());
    // SQLite may have rolled back by itself (disk full); else it is done here.
    if (sqlite3_get_autocommit(database_.handle()) == 0)
      if (const Status undone = database_.run("ROLLBACK"); !undone.ok())
        failed.text += "; and the rollback failed: " + undone.error().text;
    if (failed.outcome == Outcome::kFailed && jobs.size() > 1) {
      for (AddJob& job : jobs) write({&job, 1});
      return;
    }
    results.assign(jobs.size(), failed);
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].done(std::move(results[i]));
}

}  // namespace askus::store
