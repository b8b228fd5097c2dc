#include "server-stub/store/merging.h"

#include "server-stub/publish/signature.h"
#include "server-stub/store/change_request.h"

namespace askus::store {
namespace {

constexpr std::string_view kTarget =
    "SELECT number, status, merged_into FROM requests WHERE id = $1 AND site = $2";
constexpr std::string_view kMerge =
    "UPDATE requests SET merged_into = $1, status = $2, closed_at = $3, assignee = ''"
    " WHERE id = $4";
constexpr std::string_view kMoveOn = "UPDATE requests SET merged_into = $1 WHERE merged_into = $2";
constexpr std::string_view kInto =
    "SELECT t.id, t.number FROM requests r JOIN requests t ON t.id = r.merged_into WHERE r.id = $1";
constexpr std::string_view kOf =
    "SELECT id, number FROM requests WHERE merged_into = $1 ORDER BY number";

// "№ 12", as people write to each other; the history keeps no more of another request.
std::string numbered(std::int64_t number) {
  return std::to_string(number);
}

}  // namespace

Written merge(Session& session, const std::string& request, const Merge& m) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.is_gone()) return Outcome::kErased;
        if (held.merged_into == m.into) return Outcome::kReplayed;
        if (m.into.empty()) {
          queries.push_back(
              {kMerge,
               {std::string(), std::string(statuses::kReceived), std::int64_t{0}, request}});
          queries.push_back(next_change(held.row, held.site, "parted", request, m.at, m.actor, {}));
          return Outcome::kStored;
        }
        const Result<Rows> target = session.run(Query{kTarget, {m.into, held.site}});
        if (!target.ok()) return target.error();
        if (target->empty()) return Outcome::kMissing;
        const std::vector<std::string>& c = (*target)[0];
        const bool gone = c[1] == statuses::kErased || c[1] == statuses::kRemoved;
        if (gone || !c[2].empty() || m.into == request) return Outcome::kRefused;
        queries.push_back({kMoveOn, {m.into, request}});
        queries.push_back({kMerge, {m.into, std::string(statuses::kClosed), m.now, request}});
        queries.push_back(next_change(held.row, held.site, "merged", request, m.at, m.actor,
                                      numbered(number_of(c[0]))));
        queries.push_back(next_change(held.row, held.site, "joined", m.into, m.at, m.actor,
                                      numbered(held.number)));
        return Outcome::kStored;
      });
}

Query read_merged_into(const std::string& request) {
  return {kInto, {request}};
}

Query read_merged(const std::string& request) {
  return {kOf, {request}};
}

std::vector<Merged> merged_of(const Rows& rows) {
  std::vector<Merged> all;
  all.reserve(rows.size());
  for (const auto& c : rows) all.push_back({c[0], number_of(c[1])});
  return all;
}

std::string copy_id(const std::string& reply, const std::string& request) {
  return reply + "-" + publish::sha256_hex(reply + " " + request).substr(0, 12);
}

void append_unmerge(std::vector<Query>& queries, const std::string& request) {
  queries.push_back({kMoveOn, {std::string(), request}});
}

}  // namespace askus::store
