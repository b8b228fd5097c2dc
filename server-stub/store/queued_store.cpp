#include "server-stub/store/queued_store.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <variant>
#include <vector>

#include "server-stub/store/attachments.h"
#include "server-stub/store/counter_writer.h"
#include "server-stub/store/deliveries.h"
#include "server-stub/store/job_queue.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/request_reader.h"
#include "server-stub/store/request_writer.h"
#include "server-stub/store/sums.h"
#include "server-stub/store/sweep.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kAlive = "SELECT count(*) FROM marks WHERE mark = ''";

// Anything else that is written: transactions of its own. Null: the queue is full.
struct SessionJob {
  std::function<void(Session*)> work;
};

using WriteJob = std::variant<AddJob, MarkJob, CountJob, SessionJob>;

using Answers = Result<std::vector<Rows>>;
struct ReadJob {
  std::vector<Query> queries;
  std::function<void(const Answers&)> done;
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
  QueuedStore(Sessions sessions, const QueueLimits& limits)
      : spare_for_requests_(limits.write_queue / 2),
        writes_(limits.write_queue),
        reads_(limits.read_queue),
        long_reads_(limits.read_queue),
        writer_(
            [this, rows = limits.rows_per_commit, session = std::move(sessions.writer)]() mutable {
              write(RequestWriter(std::move(session)), rows);
            }),
        reader_([this, session = std::move(sessions.reader)] {
          read(*session, reads_, kReadsPerTrip);
        }),
        long_reader_([this, session = std::move(sessions.long_reader)] {
          read(*session, long_reads_, 1);
        }) {}
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

  void erase_request(std::string id, std::string at, Done done) override {
    write_alone(std::move(done), [id = std::move(id), at = std::move(at)](Session& session) {
      return store::erase_request(session, id, at);
    });
  }

  void erase_user(std::string site, std::string channel, std::string user, std::string at,
                  std::function<void(Result<std::int64_t>)> done) override {
    use_session<Result<std::int64_t>>(
        std::move(done), queue_full(),
        [site = std::move(site), channel = std::move(channel), user = std::move(user),
         at = std::move(at)](Session& session) {
          return store::erase_user(session, site, channel, user, at);
        });
  }

  void receive(std::vector<Delivery> deliveries, std::function<void(Received)> done) override {
    use_session<Received>(std::move(done), Received{Outcome::kBusy, queue_full().text},
                          [deliveries = std::move(deliveries)](Session& session) {
                            return store::receive(session, deliveries);
                          });
  }

  void add_reply(std::string request, Reply reply, Done done) override {
    write_alone(std::move(done),
                [request = std::move(request), reply = std::move(reply)](Session& session) {
                  return store::add_reply(session, request, reply);
                });
  }

  void set_status(std::string request, std::string status, std::int64_t now, std::string at,
                  Done done) override {
    write_alone(std::move(done), [request = std::move(request), status = std::move(status), now,
                                  at = std::move(at)](Session& session) {
      return store::set_status(session, request, status, now, at);
    });
  }

  void put_attachment(NewAttachment attachment, Done done) override {
    write_alone(std::move(done), [attachment = std::move(attachment)](Session& session) {
      return store::put_attachment(session, attachment);
    });
  }

  void sweep(SweepRules rules, std::function<void(Result<Swept>)> done) override {
    use_session<Result<Swept>>(
        std::move(done), queue_full(),
        [rules = std::move(rules)](Session& session) { return store::sweep(session, rules); });
  }

  void count(NewCounts counts, std::function<void(AddResult)> done) override {
    WriteJob job = CountJob{std::move(counts), std::move(done)};
    if (!writes_.push(job, spare_for_requests_))
      std::get_if<CountJob>(&job)->done({Outcome::kBusy, {}, "requests go first"});
  }

  void read_sums(std::string site, Days days, std::function<void(Result<Sums>)> done) override {
    ask_long(sum_queries(site, days), [done = std::move(done)](const Answers& rows) {
      done(rows.ok() ? Result<Sums>(sums_of(*rows)) : Result<Sums>(rows.error()));
    });
  }

  Activity activity() const override {
    Activity activity;
    activity.waiting_writes = writes_.size();
    activity.waiting_reads = reads_.size() + long_reads_.size();
    tally_.read(activity);
    return activity;
  }

  void find_request(std::string id, std::function<void(Found)> done) override {
    ask_for(store::find_request(id), std::move(done),
            [](std::span<const Rows> rows) { return stored_request(rows); });
  }

  void find_attachment(std::string request, std::string sha256,
                       std::function<void(FoundAttachment)> done) override {
    ask_for({store::find_attachment(request, sha256)}, std::move(done),
            [](std::span<const Rows> rows) { return attachment_bytes(rows[0]); });
  }

  void read_waiting(std::string site, std::int64_t after, std::size_t limit,
                    std::function<void(WaitingComments)> done) override {
    ask_for({store::read_waiting(site, after, limit)}, std::move(done),
            [](std::span<const Rows> rows) { return waiting_comments(rows[0]); });
  }

  void count_me_too(std::string site, std::string topic,
                    std::function<void(Result<std::int64_t>)> done) override {
    ask_for({store::count_me_too(site, topic)}, std::move(done), [](std::span<const Rows> rows) {
      return rows[0].empty() ? std::int64_t{0} : number_of(rows[0][0][0]);
    });
  }

  void read_changes(std::string site, std::int64_t after, std::size_t limit,
                    std::function<void(Changes)> done) override {
    ask_for({store::read_changes(site, after, limit)}, std::move(done),
            [](std::span<const Rows> rows) { return changes_of(rows[0]); });
  }

  void ask(std::vector<Query> queries,
           std::function<void(Result<std::vector<Rows>>)> done) override {
    ReadJob job{std::move(queries), std::move(done)};
    if (!reads_.push(job)) job.done(queue_full());
  }

  void ask_long(std::vector<Query> queries,
                std::function<void(Result<std::vector<Rows>>)> done) override {
    ReadJob job{std::move(queries), std::move(done)};
    if (!long_reads_.push(job)) job.done(queue_full());
  }

  void change(std::function<Written(Session&)> work, Done done) override {
    write_alone(std::move(done), std::move(work));
  }

  void check(std::function<void(Status)> done) override {
    ReadJob job{{{kAlive}}, [done = std::move(done)](const Answers& rows) {
                  done(rows.ok() ? Status() : Status(rows.error()));
                }};
    if (!reads_.push(job)) job.done(queue_full());
  }

  void close() override {
    // One after the other: SQLite's connection that closes last puts the log's rows into the file.
    writes_.close();
    if (writer_.joinable()) writer_.join();
    reads_.close();
    if (reader_.joinable()) reader_.join();
    long_reads_.close();
    if (long_reader_.joinable()) long_reader_.join();
  }

 private:
  static Error queue_full() { return {Code::kUnavailable, "the store's queue is full"}; }

  // Asks the queries in one round trip; `result` makes it of what they answer.
  template <typename T, typename Read>
  void ask_for(std::vector<Query> queries, std::function<void(Result<T>)> done, Read result) {
    ReadJob job{std::move(queries), [done = std::move(done), result](const Answers& rows) {
                  done(rows.ok() ? Result<T>(result(*rows)) : Result<T>(rows.error()));
                }};
    if (!reads_.push(job)) job.done(queue_full());
  }

  // Lets the writer do it when its turn has come; `full` is the answer when there is no place.
  template <typename T>
  void use_session(std::function<void(T)> done, T full, std::function<T(Session&)> work) {
    WriteJob job =
        SessionJob{[done = std::move(done), full = std::move(full), work = std::move(work)](
                       Session* session) { done(session == nullptr ? full : work(*session)); }};
    if (!writes_.push(job)) std::get_if<SessionJob>(&job)->work(nullptr);
  }

  void write_alone(Done done, std::function<Written(Session&)> work) {
    use_session<Written>(std::move(done), {Outcome::kBusy, queue_full().text}, std::move(work));
  }

  void write(RequestWriter writer, std::size_t rows) {
    CounterWriter counter(writer.session());
    for (std::vector<WriteJob> jobs = writes_.take(rows); !jobs.empty();
         jobs = writes_.take(rows)) {
      std::vector<AddJob> adds;
      std::vector<CountJob> counts;
      for (WriteJob& job : jobs) {
        if (auto* add = std::get_if<AddJob>(&job))
          adds.push_back(std::move(*add));
        else if (auto* mark = std::get_if<MarkJob>(&job))
          writer.mark(*mark);
        else if (auto* count = std::get_if<CountJob>(&job))
          counts.push_back(std::move(*count));
        else
          std::get_if<SessionJob>(&job)->work(&writer.session());
      }
      if (!adds.empty()) {
        tally_.add_group(adds.size());
        writer.add(adds);
      }
      if (!counts.empty()) counter.add(counts);
    }
  }

  static void read(Session& session, JobQueue<ReadJob>& queue, std::size_t per_trip) {
    for (std::vector<ReadJob> jobs = queue.take(per_trip); !jobs.empty();
         jobs = queue.take(per_trip))
      answer(session, jobs);
  }

  static void answer(Session& session, std::span<const ReadJob> jobs) {
    Answers all = asked(session, jobs);
    // One that cannot be answered is not the others' failure; a database that is away is.
    if (all.ok() || jobs.size() == 1 || outcome_of(session.fault()) != Outcome::kFailed)
      return tell(jobs, std::move(all));
    for (const ReadJob& job : jobs) tell({&job, 1}, asked(session, {&job, 1}));
  }

  static Answers asked(Session& session, std::span<const ReadJob> jobs) {
    std::vector<Query> queries;
    for (const ReadJob& job : jobs)
      queries.insert(queries.end(), job.queries.begin(), job.queries.end());
    return session.run(queries);
  }

  static void tell(std::span<const ReadJob> jobs, Answers all) {
    std::size_t at = 0;
    for (const ReadJob& job : jobs) {
      if (!all.ok()) {
        job.done(all.error());
        continue;
      }
      const auto first = std::make_move_iterator(all->begin() + static_cast<std::ptrdiff_t>(at));
      at += job.queries.size();
      job.done(std::vector<Rows>(first, first + static_cast<std::ptrdiff_t>(job.queries.size())));
    }
  }

  const std::size_t spare_for_requests_;  // places of the queue that counters leave free
  Tally tally_;
  InFlight in_flight_;
  JobQueue<WriteJob> writes_;
  JobQueue<ReadJob> reads_, long_reads_;
  std::thread writer_, reader_, long_reader_;
};

}  // namespace

std::unique_ptr<Store> make_queued_store(Sessions sessions, const QueueLimits& limits) {
  return std::make_unique<QueuedStore>(std::move(sessions), limits);
}

}  // namespace askus::store
