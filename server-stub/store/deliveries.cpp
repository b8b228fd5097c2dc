#include "server-stub/store/deliveries.h"

#include "server-stub/store/marks.h"
#include "server-stub/store/request_writer.h"
#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"
#include "shared/tone/tone.h"

namespace askus::store {
namespace {

constexpr std::string_view kKnown =
    "SELECT r.status, s.said_at FROM requests r JOIN sources s ON s.request = r.id WHERE r.id = $1";
constexpr std::string_view kIsSpent =
    "SELECT count(*) FROM marks WHERE mark = $1 AND expires_at > $2";
// Its words as they are now. Who wrote it was emptied when it was removed, which closed it too.
constexpr std::string_view kChange =
    "UPDATE requests SET title = $1, details = $2, name = $3, language = $4, status = $5,"
    " closed_at = CASE WHEN status = 'removed' THEN 0 ELSE closed_at END,"
    " tone = CASE WHEN tone_by = 'guess' THEN $6 ELSE tone END, watched = $7 WHERE id = $8";
constexpr std::string_view kNoWords = "—";
constexpr std::string_view kChangeSource =
    "UPDATE sources SET user_id = $1, topics = $2, said_at = $3 WHERE request = $4";
constexpr std::string_view kRemove =
    "UPDATE requests SET title = '', details = '', name = '', watched = '', status = 'removed',"
    " closed_at = $1"
    " WHERE id = $2";
constexpr std::string_view kRemoveSource =
    "UPDATE sources SET user_id = '', topics = '', said_at = $1 WHERE request = $2";

// One batch while its transaction lasts.
class Batch {
 public:
  Batch(Session& session, SiteRow& site) : session_(session), site_(site) {}

  Status take(const Delivery& delivery) {
    // Only the first delivery of an event gets past its mark.
    const Result<Rows> spent = session_.run(
        Query{kSpendMark, {delivery.event.name, delivery.event.expires_at, delivery.event.now}});
    if (!spent.ok()) return spent.error();
    if (spent->empty()) return pass();
    const Result<Rows> known = session_.run(Query{kKnown, {delivery.request.fields.id}});
    if (!known.ok()) return known.error();
    return known->empty() ? take_new(delivery)
                          : take_known(delivery, (*known)[0][0], number_of((*known)[0][1]));
  }

  Received result() const { return received_; }

 private:
  Status pass() {
    ++received_.known;
    return {};
  }

  Status take_new(const Delivery& delivery) {
    if (delivery.deed == Deed::kRemoved) {
      ++received_.known;
      return run({{kSpendMark, {delivery.gone.name, delivery.gone.expires_at, delivery.gone.now}}});
    }
    if (delivery.deed != Deed::kRestored) {
      const Result<Rows> gone =
          session_.run(Query{kIsSpent, {delivery.gone.name, delivery.gone.now}});
      if (!gone.ok()) return gone.error();
      if (number_of((*gone)[0][0]) > 0) return pass();
    }
    if (delivery.request.fields.title.empty()) return pass();
    ++received_.stored;
    std::vector<Query> queries;
    append_insert(queries, delivery.request, ++site_.number, {}, delivery.at);
    queries.push_back(change(delivery, "received"));
    return run(queries);
  }

  Status take_known(const Delivery& delivery, const std::string& status, std::int64_t said_at) {
    const bool removed = status == statuses::kRemoved;
    const bool late = delivery.at > 0 && delivery.at < said_at;
    const bool counts = delivery.deed == Deed::kRestored  ? removed
                        : delivery.deed == Deed::kWritten ? false
                                                          : !removed;
    if (status == statuses::kErased || late || !counts) return pass();
    ++received_.changed;
    const NewRequest& r = delivery.request;
    const std::int64_t at = std::max(delivery.at, said_at);
    if (delivery.deed == Deed::kRemoved)
      return run({{kRemove, {delivery.event.now, r.fields.id}},
                  {kRemoveSource, {at, r.fields.id}},
                  change(delivery, statuses::kRemoved)});
    const bool restored = delivery.deed == Deed::kRestored;
    return run(
        {{kChange,
          {r.fields.title.empty() ? std::string(kNoWords) : r.fields.title, r.fields.details,
           r.fields.name, r.fields.language, restored ? r.status : status,
           std::string(tone::name_of(tone::guess(tone_text(r.fields)))), r.watched, r.fields.id}},
         {kChangeSource, {r.source.user, r.source.topics, at, r.fields.id}},
         change(delivery, restored ? "restored" : "edited")});
  }

  Query change(const Delivery& delivery, std::string_view kind) {
    return next_change(site_, delivery.request.site, kind, delivery.request.fields.id,
                       delivery.request.created_at);
  }

  Status run(const std::vector<Query>& queries) {
    const Result<std::vector<Rows>> done = session_.run(queries);
    return done.ok() ? Status() : Status(done.error());
  }

  Session& session_;
  SiteRow& site_;
  Received received_;
};

}  // namespace

Received receive(Session& session, const std::vector<Delivery>& deliveries) {
  Received received;
  if (deliveries.empty()) return {Outcome::kStored, {}, 0, 0, 0};
  const std::string& site = deliveries.front().request.site;
  const Written written = transact(session, [&]() -> Result<Outcome> {
    Result<SiteRow> row = hold_site(session, site);
    if (!row.ok()) return row.error();
    Batch batch(session, *row);
    for (const Delivery& delivery : deliveries)
      if (const Status status = batch.take(delivery); !status.ok()) return status.error();
    if (row->changed)
      if (const Result<Rows> counted = session.run(count_of(*row, site)); !counted.ok())
        return counted.error();
    received = batch.result();
    return Outcome::kStored;
  });
  received.outcome = written.outcome;
  received.text = written.text;
  return received;
}

}  // namespace askus::store
