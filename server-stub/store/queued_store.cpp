#include "server-stub/store/queued_store.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <thread>
#include <variant>
#include <vector>

#include "server-stub/store/job_queue.h"
#include "server-stub/store/request_writer.h"

namespace askus::store {
namespace {

constexpr std::string_view kFindRequest =
    "SELECT site, number, status, created_at, title, details, category FROM requests WHERE id = $1";
constexpr std::string_view kReadChanges =
    "SELECT seq, kind, id, at FROM changes WHERE site = $1 AND seq > $2 ORDER BY seq LIMIT $3";
constexpr std::string_view kAlive = "SELECT count(*) FROM marks WHERE mark = ''";

using WriteJob = std::variant<AddJob, MarkJob>;

struct ReadJob {
  Query query;
  std::function<void(const Result<Rows>&)> done;
};

// The keys that are queued or in a transaction.
class InFlight {
 public:
  bool enter(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return ids_.insert(id).second;
  }
  void leave(const std::string& id) {
    const std::lock_guard lock(mutex_);
    ids_.erase(id);
  }

 private:
  std::mutex mutex_;
  std::set<std::string> ids_;
};

class QueuedStore final : public Store {
 public:
  QueuedStore(std::unique_ptr<Session> writer, std::unique_ptr<Session> reader,
              const QueueLimits& limits)
      : writes_(limits.write_queue),
        reads_(limits.read_queue),
        writer_([this, rows = limits.rows_per_commit, session = std::move(writer)]() mutable {
          write(RequestWriter(std::move(session)), rows);
        }),
        reader_([this, session = std::move(reader)] { read(*session); }) {}
  ~QueuedStore() override { QueuedStore::close(); }

  void add_request(NewRequest request, std::function<void(AddResult)> done) override {
    const std::string id = request.fields.id;
    if (!in_flight_.enter(id)) return done({Outcome::kInFlight, {}, {}});
    WriteJob job = AddJob{std::move(request), [this, id, done](AddResult result) {
                            in_flight_.leave(id);
                            done(std::move(result));
                          }};
    if (!writes_.push(job))
      std::get_if<AddJob>(&job)->done({Outcome::kBusy, {}, "the queue of the writer is full"});
  }

  void use_once(std::string mark, std::int64_t now, std::int64_t expires_at,
                std::function<void(Result<bool>)> done) override {
    WriteJob job = MarkJob{std::move(mark), now, expires_at, std::move(done)};
    if (!writes_.push(job)) std::get_if<MarkJob>(&job)->done(queue_full());
  }

  void find_request(std::string id, std::function<void(Found)> done) override {
    ask({kFindRequest, {std::move(id)}}, [done = std::move(done)](const Result<Rows>& rows) {
      if (!rows.ok()) return done(rows.error());
      if (rows->empty()) return done(std::optional<StoredRequest>());
      const auto& c = rows->front();
      done(std::optional(StoredRequest{c[0], number_of(c[1]), c[2], c[3], c[4], c[5], c[6]}));
    });
  }

  void read_changes(std::string site, std::int64_t after, std::size_t limit,
                    std::function<void(Changes)> done) override {
    const auto most = static_cast<std::int64_t>(std::min(limit, kMostChanges));
    ask({kReadChanges, {std::move(site), after, most}},
        [done = std::move(done)](const Result<Rows>& rows) {
          if (!rows.ok()) return done(rows.error());
          std::vector<Change> changes;
          changes.reserve(rows->size());
          for (const auto& c : *rows) changes.push_back({number_of(c[0]), c[1], c[2], c[3]});
          done(std::move(changes));
        });
  }

  void check(std::function<void(Status)> done) override {
    ask({kAlive}, [done = std::move(done)](const Result<Rows>& rows) {
      done(rows.ok() ? Status() : Status(rows.error()));
    });
  }

  void close() override {
    // One after the other: SQLite's connection that closes last puts the log's rows into the file.
    writes_.close();
    if (writer_.joinable()) writer_.join();
    reads_.close();
    if (reader_.joinable()) reader_.join();
  }

 private:
  static Error queue_full() { return {Code::kUnavailable, "the store's queue is full"}; }

  void ask(Query query, std::function<void(const Result<Rows>&)> done) {
    ReadJob job{std::move(query), std::move(done)};
    if (!reads_.push(job)) job.done(queue_full());
  }

  void write(RequestWriter writer, std::size_t rows) {
    for (std::vector<WriteJob> jobs = writes_.take(rows); !jobs.empty();
         jobs = writes_.take(rows)) {
      std::vector<AddJob> adds;
      for (WriteJob& job : jobs) {
        if (auto* add = std::get_if<AddJob>(&job))
          adds.push_back(std::move(*add));
        else
          writer.mark(*std::get_if<MarkJob>(&job));
      }
      if (!adds.empty()) writer.add(adds);
    }
  }

  void read(Session& session) {
    for (std::vector<ReadJob> jobs = reads_.take(kReadsPerTrip); !jobs.empty();
         jobs = reads_.take(kReadsPerTrip)) {
      std::vector<Query> queries;
      queries.reserve(jobs.size());
      for (const ReadJob& job : jobs) queries.push_back(job.query);
      const Result<std::vector<Rows>> rows = session.run(queries);
      for (std::size_t i = 0; i < jobs.size(); ++i)
        jobs[i].done(rows.ok() ? Result<Rows>((*rows)[i]) : Result<Rows>(rows.error()));
    }
  }

  InFlight in_flight_;
  JobQueue<WriteJob> writes_;
  JobQueue<ReadJob> reads_;
  std::thread writer_, reader_;
};

}  // namespace

std::unique_ptr<Store> make_queued_store(std::unique_ptr<Session> writer,
                                         std::unique_ptr<Session> reader,
                                         const QueueLimits& limits) {
  return std::make_unique<QueuedStore>(std::move(writer), std::move(reader), limits);
}

}  // namespace askus::store
