#include "tests/server-stub/store/place.h"

#include <future>

#include "tests/catch.h"
#include "tests/server-stub/postgres.h"

namespace askus::testing {
namespace {

// Calls and waits for the callback.
template <typename T, typename Call>
T awaited(Call call) {
  std::promise<T> promise;
  call([&promise](T result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

}  // namespace

Place::Place(Backend backend) {
  if (backend == Backend::kSqlite)
    options.file = folder.file("askus.db");
  else
    options.postgres = PostgresServer::instance().new_database();
}

std::unique_ptr<store::Store> Place::open(store::QueueLimits limits) const {
  store::StoreOptions with = options;
  with.queues = limits;
  auto store = store::open_store(with);
  INFO((store.ok() ? "" : store.error().text));
  REQUIRE(store.ok());
  return std::move(*store);
}

std::unique_ptr<store::Session> Place::session() const {
  auto session = store::open_session(options);
  INFO((session.ok() ? "" : session.error().text));
  REQUIRE(session.ok());
  return std::move(*session);
}

std::string Place::value(const std::string& sql) const {
  const auto own = session();
  const auto rows = own->run(store::Query{sql});
  INFO((rows.ok() ? "" : rows.error().text));
  REQUIRE(rows.ok());
  return rows->empty() ? "no row" : rows->front().front();
}

std::string id_of(int n) {
  std::string digits = std::to_string(n);
  return "01890a5d-ac96-774b-bcce-" + std::string(12 - digits.size(), '0') + digits;
}

store::NewRequest sample(int n, const std::string& payload) {
  store::NewRequest request;
  request.site = "demo";
  request.fields.id = id_of(n);
  request.fields.kind = "question";
  request.fields.title = "Немає інтернету 🙁 \"'; DROP TABLE requests;--";
  request.fields.details = "line\nline\ttab <b>&amp;</b> $1 \\ %s";
  request.fields.language = "uk";
  request.payload_hash = payload;
  request.created_at = "2026-01-01T00:00:00Z";
  request.answer = [n](std::int64_t number) {
    return "answer " + std::to_string(n) + " number " + std::to_string(number);
  };
  return request;
}

store::AddResult add(store::Store& store, store::NewRequest request) {
  return awaited<store::AddResult>([&](auto done) { store.add_request(std::move(request), done); });
}

store::Found find(store::Store& store, const std::string& id) {
  return awaited<store::Found>([&](auto done) { store.find_request(id, done); });
}

store::Changes changes(store::Store& store, const std::string& site, std::int64_t after,
                       std::size_t limit) {
  return awaited<store::Changes>([&](auto done) { store.read_changes(site, after, limit, done); });
}

Result<bool> use_once(store::Store& store, const std::string& mark, std::int64_t now,
                      std::int64_t expires_at) {
  return awaited<Result<bool>>([&](auto done) { store.use_once(mark, now, expires_at, done); });
}

store::Outcome count(store::Store& store, store::NewCounts counts) {
  return awaited<store::AddResult>([&](auto done) { store.count(std::move(counts), done); })
      .outcome;
}

Result<store::Sums> sums(store::Store& store, const std::string& site, store::Days days) {
  return awaited<Result<store::Sums>>(
      [&](auto done) { store.read_sums(site, std::move(days), done); });
}

}  // namespace askus::testing
