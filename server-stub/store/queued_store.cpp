#include "server-stub/store/queued_store.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <variant>
#include <vector>

#include "server-stub/store/counter_writer.h"
#include "server-stub/store/job_queue.h"
#include "server-stub/store/request_writer.h"
#include "server-stub/store/sums.h"

namespace askus::store {
namespace {

constexpr std::string_view kFindRequest =
    "SELECT site, number, status, created_at, title, details, category FROM requests WHERE id = $1";
constexpr std::string_view kReadChanges =
    "SELECT seq, kind, id, at FROM changes WHERE site = $1 AND seq > $2 ORDER BY seq LIMIT $3";
constexpr std::string_view kAlive = "SELECT count(*) FROM marks WHERE mark = ''";

using WriteJob = std::variant<AddJob, MarkJob, CountJob>;

struct ReadJob {
  std::vector<Query> queries;
  std::function<void(const Result<std::vector<Rows>>&)> done;
};

// What the writer has done, for whoever watches the server. Thread-safe.
class Tally {
 public:
  void add(Outcome outcome) { ++outcomes_.at(static_cast<std::size_t>(outcome)); }
  void add_group(std::size_t rows) {
    const auto bucket = std::lower_bound(kGroupBuckets.begin(), kGroupBuckets.end(), rows);
    ++groups_.at(static_cast<std::size_t>(bucket - kGroupBuckets.begin()));
    rows_ += rows;
  }
  void read(Activity& activity) const {
    std::copy(outcomes_.begin(), outcomes_.end(), activity.outcomes.begin());
    std::copy(groups_.begin(), groups_.end(), activity.groups.begin());
    activity.grouped_rows = rows_;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kOutcomes> outcomes_{};
  std::array<std::atomic<std::uint64_t>, kGroupBuckets.size() + 1> groups_{};
  std::atomic<std::uint64_t> rows_{0};
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
      : spare_for_requests_(limits.write_queue / 2),
        writes_(limits.write_queue),
        reads_(limits.read_queue),
        writer_([this, rows = limits.rows_per_commit, session = std::move(writer)]() mutable {
          write(std::move(session), rows);
        }),
        reader_([this, session = std::move(reader)] { read(*session); }) {}
  ~QueuedStore() override { QueuedStore::close(); }

  void add_request(NewRequest request, std::function<void(AddResult)> done) override {
    const std::string id = request.fields.id;
    if (!in_flight_.enter(id)) {
      tally_.add(Outcome::kInFlight);
      return done({Outcome::kInFlight, {}, {}});
    }
    WriteJob job = AddJob{std::move(request), [this, id, done](AddResult result) {
                            in_flight_.leave(id);
                            tally_.add(result.outcome);
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

  void count(NewCounts counts, std::function<void(AddResult)> done) override {
    WriteJob job = CountJob{std::move(counts), std::move(done)};
    if (!writes_.push(job, spare_for_requests_))
      std::get_if<CountJob>(&job)->done({Outcome::kBusy, {}, "requests go first"});
  }

  void read_sums(std::string site, Days days, std::function<void(Result<Sums>)> done) override {
    ReadJob job{sum_queries(site, days), [done = std::move(done)](const auto& rows) {
                  if (!rows.ok()) return done(rows.error());
                  done(sums_of(*rows));
                }};
    if (!reads_.push(job)) job.done(queue_full());
  }

  Activity activity() const override {
    Activity activity;
    activity.waiting_writes = writes_.size();
    activity.waiting_reads = reads_.size();
    tally_.read(activity);
    return activity;
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
    ReadJob job{{std::move(query)}, [done = std::move(done)](const auto& rows) {
                  done(rows.ok() ? Result<Rows>(rows->front()) : Result<Rows>(rows.error()));
                }};
    if (!reads_.push(job)) job.done(queue_full());
  }

  void write(std::unique_ptr<Session> session, std::size_t rows) {
    Session& shared = *session;
    RequestWriter writer(std::move(session));
    CounterWriter counter(shared);
    for (std::vector<WriteJob> jobs = writes_.take(rows); !jobs.empty();
         jobs = writes_.take(rows)) {
      std::vector<AddJob> adds;
      std::vector<CountJob> counts;
      for (WriteJob& job : jobs) {
        if (auto* add = std::get_if<AddJob>(&job))
          adds.push_back(std::move(*add));
        else if (auto* count = std::get_if<CountJob>(&job))
          counts.push_back(std::move(*count));
        else
          writer.mark(*std::get_if<MarkJob>(&job));
      }
      if (!adds.empty()) {
        tally_.add_group(adds.size());
        writer.add(adds);
      }
      if (!counts.empty()) counter.add(counts);
    }
  }

  void read(Session& session) {
    for (std::vector<ReadJob> jobs = reads_.take(kReadsPerTrip); !jobs.empty();
         jobs = reads_.take(kReadsPerTrip)) {
      std::vector<Query> queries;
      for (const ReadJob& job : jobs)
        queries.insert(queries.end(), job.queries.begin(), job.queries.end());
      Result<std::vector<Rows>> rows = session.run(queries);
      auto next = rows.ok() ? rows->begin() : std::vector<Rows>::iterator();
      for (const ReadJob& job : jobs) {
        if (!rows.ok()) {
          job.done(rows.error());
          continue;
        }
        const auto end = next + static_cast<std::ptrdiff_t>(job.queries.size());
        job.done(std::vector<Rows>(std::make_move_iterator(next), std::make_move_iterator(end)));
        next = end;
      }
    }
  }

  const std::size_t spare_for_requests_;  // places of the queue that counters leave free
  Tally tally_;
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
