#include "tests/server-stub/store/place.h"

#include "server-stub/store/awaited.h"
#include "tests/catch.h"
#include "tests/server-stub/postgres.h"

namespace askus::testing {
namespace {

const std::string kThen = "2026-01-01T00:00:00Z";

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
  request.created_at = kThen;
  request.answer = [n](const store::Given& given) {
    return "answer " + std::to_string(n) + " number " + std::to_string(given.number) +
           (given.earlier > 0 ? " earlier " + std::to_string(given.earlier) : "");
  };
  return request;
}

store::AddResult add(store::Store& store, store::NewRequest request) {
  return store::awaited<store::AddResult>(
      [&](auto done) { store.add_request(std::move(request), done); });
}

store::Found find(store::Store& store, const std::string& id) {
  return store::awaited<store::Found>([&](auto done) { store.find_request(id, done); });
}

store::Changes changes(store::Store& store, const std::string& site, std::int64_t after,
                       std::size_t limit) {
  return store::awaited<store::Changes>(
      [&](auto done) { store.read_changes(site, after, limit, done); });
}

Result<bool> use_once(store::Store& store, const std::string& mark, std::int64_t now,
                      std::int64_t expires_at) {
  return store::awaited<Result<bool>>(
      [&](auto done) { store.use_once(mark, now, expires_at, done); });
}

store::NewAttachment picture(int n, std::size_t size, std::int64_t expires_at) {
  const std::string digits = std::to_string(n);
  store::NewAttachment attachment;
  attachment.site = "demo";
  attachment.sha256 = std::string(64 - digits.size(), 'a') + digits;
  attachment.type = "image/png";
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>((i + static_cast<std::size_t>(n)) % 256);
  attachment.bytes = std::make_shared<const std::string>(std::move(bytes));
  attachment.created_at = kThen;
  attachment.expires_at = expires_at;
  return attachment;
}

store::Written put(store::Store& store, store::NewAttachment attachment) {
  return store::awaited<store::Written>(
      [&](auto done) { store.put_attachment(std::move(attachment), done); });
}

store::FoundAttachment find_picture(store::Store& store, const std::string& request,
                                    const std::string& sha256) {
  return store::awaited<store::FoundAttachment>(
      [&](auto done) { store.find_attachment(request, sha256, done); });
}

store::Written reply(store::Store& store, const std::string& request, store::Reply reply) {
  return store::awaited<store::Written>(
      [&](auto done) { store.add_reply(request, std::move(reply), done); });
}

store::Written set_status(store::Store& store, const std::string& request,
                          const std::string& status, std::int64_t now) {
  return store::awaited<store::Written>(
      [&](auto done) { store.set_status(request, status, now, kThen, done); });
}

store::Written erase(store::Store& store, const std::string& request) {
  return store::awaited<store::Written>(
      [&](auto done) { store.erase_request(request, kThen, done); });
}

Result<std::int64_t> erase_user(store::Store& store, const std::string& site,
                                const std::string& channel, const std::string& user) {
  return store::awaited<Result<std::int64_t>>(
      [&](auto done) { store.erase_user(site, channel, user, kThen, done); });
}

store::Received receive(store::Store& store, std::vector<store::Delivery> deliveries) {
  return store::awaited<store::Received>(
      [&](auto done) { store.receive(std::move(deliveries), done); });
}

Result<store::Swept> sweep(store::Store& store, std::int64_t now,
                           std::map<std::string, std::int64_t> keep_closed) {
  return store::awaited<Result<store::Swept>>([&](auto done) {
    store.sweep({now, kThen, std::move(keep_closed)}, done);
  });
}

store::WaitingComments waiting(store::Store& store, const std::string& site, std::int64_t after,
                               std::size_t limit) {
  return store::awaited<store::WaitingComments>(
      [&](auto done) { store.read_waiting(site, after, limit, done); });
}

store::Outcome save(store::Store& store, const std::string& site, store::Draft draft) {
  return store::awaited<store::Written>(
             [&](auto done) { store::save_draft(store, site, std::move(draft), done); })
      .outcome;
}

Result<store::Draft> draft(store::Store& store, const std::string& site) {
  return store::awaited<Result<store::Draft>>(
      [&](auto done) { store::read_draft(store, site, done); });
}

std::int64_t me_too(store::Store& store, const std::string& site, const std::string& topic) {
  const auto count = store::awaited<Result<std::int64_t>>(
      [&](auto done) { store.count_me_too(site, topic, done); });
  REQUIRE(count.ok());
  return *count;
}

store::Outcome count(store::Store& store, store::NewCounts counts) {
  return store::awaited<store::AddResult>([&](auto done) { store.count(std::move(counts), done); })
      .outcome;
}

Result<store::Sums> sums(store::Store& store, const std::string& site, store::Days days) {
  return store::awaited<Result<store::Sums>>(
      [&](auto done) { store.read_sums(site, std::move(days), done); });
}

Result<store::Gaps> gaps(store::Store& store, const std::string& site, store::Days days) {
  return store::awaited<Result<store::Gaps>>(
      [&](auto done) { store::read_gaps(store, site, days, done); });
}

}  // namespace askus::testing
