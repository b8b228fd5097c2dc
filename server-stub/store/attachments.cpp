#include "server-stub/store/attachments.h"

#include <map>

#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kLookFor =
    "SELECT expires_at FROM attachments WHERE site = $1 AND sha256 = $2";
// What a request names has no expiry, and gets none by being put again.
constexpr std::string_view kRenew =
    "UPDATE attachments SET expires_at = $1 WHERE site = $2 AND sha256 = $3 AND expires_at > 0";
constexpr std::string_view kUnnamed =
    "SELECT count(*), coalesce(sum(length), 0) FROM attachments WHERE site = $1 AND expires_at > 0";
constexpr std::string_view kInsert =
    "INSERT INTO attachments (site, sha256, type, length, created_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view kInsertPiece =
    "INSERT INTO attachment_pieces (site, sha256, position, bytes) VALUES ($1, $2, $3, $4)";

constexpr std::string_view kKeep =
    "UPDATE attachments SET expires_at = 0 WHERE site = $1 AND sha256 = $2";
constexpr std::string_view kName =
    "INSERT INTO request_attachments (request, position, site, sha256) VALUES ($1, $2, $3, $4)";
// Pictures that this request names and no other one.
#define ASKUS_OWN_PICTURES                                                          \
  " WHERE site = $1 AND sha256 IN (SELECT n.sha256 FROM request_attachments n"      \
  " WHERE n.request = $2 AND NOT EXISTS (SELECT 1 FROM request_attachments o WHERE" \
  " o.site = n.site AND o.sha256 = n.sha256 AND o.request <> n.request))"
constexpr std::string_view kDeleteOwn = "DELETE FROM attachments" ASKUS_OWN_PICTURES;
constexpr std::string_view kDeleteOwnPieces = "DELETE FROM attachment_pieces" ASKUS_OWN_PICTURES;
#undef ASKUS_OWN_PICTURES
constexpr std::string_view kUnname = "DELETE FROM request_attachments WHERE request = $1";

constexpr std::string_view kExpired =
    "SELECT site, sha256 FROM attachments WHERE expires_at > 0 AND expires_at <= $1"
    " ORDER BY site, sha256 LIMIT $2";
// Looked at again with the site held: it may have been renewed or named since.
constexpr std::string_view kDeleteExpired =
    "DELETE FROM attachments WHERE site = $1 AND sha256 = $2 AND expires_at > 0 AND"
    " expires_at <= $3 RETURNING sha256";
constexpr std::string_view kDeleteOrphans =
    "DELETE FROM attachment_pieces WHERE site = $1 AND sha256 = $2 AND NOT EXISTS"
    " (SELECT 1 FROM attachments a WHERE a.site = attachment_pieces.site AND"
    " a.sha256 = attachment_pieces.sha256)";

constexpr std::string_view kFind =
    "SELECT a.type, p.bytes FROM request_attachments n"
    " JOIN attachments a ON a.site = n.site AND a.sha256 = n.sha256"
    " JOIN attachment_pieces p ON p.site = n.site AND p.sha256 = n.sha256"
    " WHERE n.request = $1 AND n.sha256 = $2 ORDER BY p.position";

std::vector<Query> insert_of(const NewAttachment& a) {
  std::vector<Query> queries{{kInsert,
                              {a.site, a.sha256, a.type, static_cast<std::int64_t>(a.bytes->size()),
                               a.created_at, a.expires_at}}};
  std::int64_t position = 0;
  for (std::size_t at = 0; at < a.bytes->size(); at += kPieceBytes)
    queries.push_back(
        {kInsertPiece, {a.site, a.sha256, position++, Blob{a.bytes->substr(at, kPieceBytes)}}});
  return queries;
}

Result<Outcome> put(Session& session, const NewAttachment& a) {
  if (const Result<SiteRow> held = hold_site(session, a.site); !held.ok()) return held.error();
  const std::vector<Query> questions{{kLookFor, {a.site, a.sha256}}, {kUnnamed, {a.site}}};
  const Result<std::vector<Rows>> known = session.run(questions);
  if (!known.ok()) return known.error();
  if (!(*known)[0].empty()) {
    const Result<Rows> renewed = session.run(Query{kRenew, {a.expires_at, a.site, a.sha256}});
    return renewed.ok() ? Result<Outcome>(Outcome::kReplayed) : Result<Outcome>(renewed.error());
  }
  const std::vector<std::string>& unnamed = (*known)[1].at(0);
  if (number_of(unnamed[0]) >= a.most_unnamed ||
      number_of(unnamed[1]) + static_cast<std::int64_t>(a.bytes->size()) > a.most_unnamed_bytes)
    return Outcome::kFull;
  return run_all(session, insert_of(a));
}

// Of one site, in one transaction.
Written sweep_site(Session& session, const std::string& site,
                   const std::vector<std::string>& hashes, std::int64_t now,
                   std::int64_t& removed) {
  return transact(session, [&]() -> Result<Outcome> {
    removed = 0;
    std::vector<Query> queries;
    append_hold(queries, session.dialect(), site);
    for (const std::string& sha256 : hashes) {
      queries.push_back({kDeleteExpired, {site, sha256, now}});
      queries.push_back({kDeleteOrphans, {site, sha256}});
    }
    const Result<std::vector<Rows>> rows = session.run(queries);
    if (!rows.ok()) return rows.error();
    for (std::size_t i = 2; i < rows->size(); i += 2)
      removed += static_cast<std::int64_t>((*rows)[i].size());
    return Outcome::kStored;
  });
}

}  // namespace

Written put_attachment(Session& session, const NewAttachment& attachment) {
  Written written = transact(session, [&] { return put(session, attachment); });
  if (written.outcome == Outcome::kFull && written.text.empty())
    written.text = "the site has too many pictures that no request names";
  return written;
}

void append_look_for(std::vector<Query>& queries, const std::string& site,
                     const std::vector<std::string>& hashes) {
  for (const std::string& sha256 : hashes) queries.push_back({kLookFor, {site, sha256}});
}

void append_name(std::vector<Query>& queries, const std::string& site, const std::string& request,
                 const std::vector<std::string>& hashes) {
  std::int64_t position = 0;
  for (const std::string& sha256 : hashes) {
    queries.push_back({kKeep, {site, sha256}});
    queries.push_back({kName, {request, position++, site, sha256}});
  }
}

void append_unname(std::vector<Query>& queries, const std::string& site,
                   const std::string& request) {
  queries.push_back({kDeleteOwnPieces, {site, request}});
  queries.push_back({kDeleteOwn, {site, request}});
  queries.push_back({kUnname, {request}});
}

Result<std::int64_t> sweep_attachments(Session& session, std::int64_t now, std::size_t most) {
  const Result<Rows> expired = session.run(Query{kExpired, {now, static_cast<std::int64_t>(most)}});
  if (!expired.ok()) return expired.error();
  std::map<std::string, std::vector<std::string>> by_site;
  for (const auto& row : *expired) by_site[row[0]].push_back(row[1]);
  std::int64_t total = 0;
  for (const auto& [site, hashes] : by_site) {
    std::int64_t removed = 0;
    if (const Written done = sweep_site(session, site, hashes, now, removed);
        done.outcome != Outcome::kStored)
      return Error{Code::kUnavailable, done.text};
    total += removed;
  }
  return total;
}

Query find_attachment(const std::string& request, const std::string& sha256) {
  return {kFind, {request, sha256}};
}

std::optional<AttachmentBytes> attachment_bytes(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  AttachmentBytes found{rows[0][0], {}};
  for (const auto& row : rows) found.bytes += row[1];
  return found;
}

}  // namespace askus::store
