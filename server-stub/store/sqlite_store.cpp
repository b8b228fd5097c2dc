#include "server-stub/store/sqlite_store.h"

#include <thread>
#include <vector>

#include "server-stub/store/job_queue.h"
#include "server-stub/store/migrations.h"
#include "server-stub/store/request_writer.h"
#include "server-stub/store/sqlite.h"

namespace askus::store {
namespace {

constexpr std::string_view kFindRequest =
    "SELECT site, number, status, created_at, title, details, category FROM requests WHERE id = ?1";

using ReadJob = std::function<void(Statement& find_request)>;

class SqliteStore final : public Store {
 public:
  SqliteStore(RequestWriter writer, Database reader, Statement find, const SqliteOptions& options)
      : writes_(options.write_queue),
        reads_(options.read_queue),
        writer_([this, rows = options.rows_per_commit, w = std::move(writer)]() mutable {
          for (std::vector<AddJob> jobs = writes_.take(rows); !jobs.empty();
               jobs = writes_.take(rows))
            w.write(jobs);
        }),
        reader_([this, database = std::move(reader), find = std::move(find)]() mutable {
          for (std::vector<ReadJob> jobs = reads_.take(1); !jobs.empty(); jobs = reads_.take(1))
            jobs.front()(find);
        }) {}
  ~SqliteStore() override { SqliteStore::close(); }

  void add_request(NewRequest request, std::function<void(AddResult)> done) override {
    AddJob job{std::move(request), std::move(done)};
    if (!writes_.push(job)) job.done({Outcome::kBusy, {}, "the queue of the writer is full"});
  }

  void find_request(std::string id, std::function<void(Found)> done) override {
    ReadJob job = [id = std::move(id), done](Statement& find) { done(read(find, id)); };
    if (!reads_.push(job)) done(queue_full());
  }

  void check(std::function<void(Status)> done) override {
    ReadJob job = [done](Statement& find) {
      const Found found = read(find, "");
      done(found.ok() ? Status() : Status(found.error()));
    };
    if (!reads_.push(job)) done(queue_full());
  }

  void close() override {
    // One after the other: the connection that closes last puts the log's rows into the file.
    writes_.close();
    if (writer_.joinable()) writer_.join();
    reads_.close();
    if (reader_.joinable()) reader_.join();
  }

 private:
  static Error queue_full() { return {Code::kUnavailable, "the queue of the reader is full"}; }

  static Found read(Statement& find, const std::string& id) {
    find.bind(1, id);
    Result<bool> row = find.step();
    if (!row.ok()) return row.error();
    std::optional<StoredRequest> found;
    if (*row)
      found = StoredRequest{find.text(0), find.number(1), find.text(2), find.text(3),
                            find.text(4), find.text(5),   find.text(6)};
    find.reset();
    return found;
  }

  JobQueue<AddJob> writes_;
  JobQueue<ReadJob> reads_;
  std::thread writer_, reader_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& file, SqliteOptions options) {
  Result<Database> database = Database::open(file);
  if (!database.ok()) return database.error();
  if (Status status = migrate(*database); !status.ok())
    return Error{status.error().code, file + ": " + status.error().text};
  if (options.max_pages > 0)
    if (Status status = database->run("PRAGMA max_page_count=" + std::to_string(options.max_pages));
        !status.ok())
      return status.error();
  Result<RequestWriter> writer = RequestWriter::open(std::move(*database));
  if (!writer.ok()) return writer.error();
  Result<Database> reader = Database::open(file);
  if (!reader.ok()) return reader.error();
  Result<Statement> find = Statement::prepare(*reader, kFindRequest);
  if (!find.ok()) return find.error();
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(
      std::move(*writer), std::move(*reader), std::move(*find), options));
}

}  // namespace askus::store
