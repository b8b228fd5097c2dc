#include "server-stub/backup/check.h"

#include <array>

#include "server-stub/config/database.h"
#include "server-stub/files/files.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/published_json.h"
#include "shared/snapshot/limits.h"

namespace askus::backup {
namespace {

using store::Query;
using store::Rows;

struct Rule {
  std::string_view sql;  // what breaks the rule: one row each, its name first
  std::string_view text;
};

constexpr std::array<Rule, 11> kRules{{
    {"SELECT s.site FROM sites s WHERE s.last_number <> (SELECT count(*) FROM requests r"
     " WHERE r.site = s.site) OR s.last_number <> (SELECT coalesce(max(r.number), 0) FROM requests"
     " r WHERE r.site = s.site)",
     "the numbers of the requests have a gap"},
    {"SELECT s.site FROM sites s WHERE s.last_change <> (SELECT count(*) FROM changes c"
     " WHERE c.site = s.site) OR s.last_change <> (SELECT coalesce(max(c.seq), 0) FROM changes c"
     " WHERE c.site = s.site)",
     "the numbers of the changes have a gap"},
    {"SELECT id FROM requests WHERE site NOT IN (SELECT site FROM sites)",
     "a request's site is not counted"},
    {"SELECT id FROM requests WHERE id NOT IN (SELECT id FROM changes)",
     "a request is missing in the changes"},
    {"SELECT id FROM requests WHERE status = 'erased' AND (title || details || name || contact ||"
     " page || query || identity_user || identity_name || identity_contact || again_key || answer)"
     " <> ''",
     "an erased request still holds texts"},
    {"SELECT s.request FROM sources s JOIN requests r ON r.id = s.request WHERE r.status = 'erased'"
     " AND (s.group_id || s.user_id || s.thread || s.item || s.link || s.topics) <> ''",
     "an erased request still tells where it was written"},
    {"SELECT request FROM sources WHERE request NOT IN (SELECT id FROM requests)",
     "a source has no request"},
    {"SELECT id FROM replies WHERE request NOT IN (SELECT id FROM requests WHERE status <>"
     " 'erased')",
     "a reply has no request"},
    {"SELECT request FROM (SELECT request FROM outbox WHERE request <> '' UNION"
     " SELECT request FROM consultations UNION SELECT request FROM request_tags UNION"
     " SELECT request FROM askers) AS beside WHERE request NOT IN (SELECT id FROM requests WHERE"
     " status <> 'erased')",
     "something is kept of a request that is not there"},
    {"SELECT request FROM request_attachments n WHERE NOT EXISTS (SELECT 1 FROM attachments a"
     " WHERE a.site = n.site AND a.sha256 = n.sha256 AND a.expires_at = 0)",
     "a request names a picture that is not kept"},
    {"SELECT sha256 FROM attachments a WHERE a.expires_at = 0 AND NOT EXISTS (SELECT 1 FROM"
     " request_attachments n WHERE n.site = a.site AND n.sha256 = a.sha256)",
     "a picture is kept that no request names"},
}};
constexpr std::size_t kMostLines = 20;  // of one rule

Status check_file(store::Session& session, Report& report) {
  if (session.dialect().name != "SQLite") return {};
  const Result<Rows> lines = session.run(Query{"PRAGMA integrity_check"});
  if (!lines.ok()) return lines.error();
  for (const auto& line : *lines)
    if (line[0] != "ok") report.problems.push_back("the database's file: " + line[0]);
  return {};
}

// Whether each picture's bytes are those of its name. One at a time in memory.
Status check_pictures(store::Session& session, Report& report) {
  constexpr std::string_view kNext =
      "SELECT site, sha256 FROM attachments WHERE (site, sha256) > ($1, $2)"
      " ORDER BY site, sha256 LIMIT 250";
  constexpr std::string_view kBytes =
      "SELECT bytes FROM attachment_pieces WHERE site = $1 AND sha256 = $2 ORDER BY position";
  std::vector<std::string> last{"", ""};
  std::size_t damaged = 0;
  for (;;) {
    const Result<Rows> some = session.run(Query{kNext, {last[0], last[1]}});
    if (!some.ok()) return some.error();
    if (some->empty()) return {};
    for (const auto& name : *some) {
      const Result<Rows> pieces = session.run(Query{kBytes, {name[0], name[1]}});
      if (!pieces.ok()) return pieces.error();
      std::string bytes;
      for (const auto& piece : *pieces) bytes += piece[0];
      if (publish::sha256_hex(bytes) != name[1] && ++damaged <= kMostLines)
        report.problems.push_back("a picture is damaged: " + name[1]);
    }
    last = some->back();
  }
}

}  // namespace

Status check_database(store::Session& session, Report& report) {
  if (Status status = check_file(session, report); !status.ok()) return status;
  // One state for all rules: a server may be writing.
  if (const auto begun = session.run(Query{session.dialect().begin_reading}); !begun.ok())
    return begun.error();
  Status status;
  for (const Rule& rule : kRules) {
    const Result<Rows> broken = session.run(Query{rule.sql});
    if (!broken.ok()) {
      status = broken.error();
      break;
    }
    for (std::size_t i = 0; i < broken->size() && i < kMostLines; ++i)
      report.problems.push_back(std::string(rule.text) + ": " + (*broken)[i][0]);
  }
  if (status.ok()) status = check_pictures(session, report);
  if (status.ok()) {
    const Result<Rows> count = session.run(Query{"SELECT count(*) FROM requests"});
    if (count.ok())
      report.requests = store::number_of((*count)[0][0]);
    else
      status = count.error();
  }
  session.rollback();
  return status;
}

void check_snapshots(const std::string& folder, Report& report) {
  const std::string list = folder + "/published.json";
  const Result<std::string> json = files::read_file(list, config::kMaxConfigBytes);
  if (!json.ok()) {
    // Nothing has been published yet.
    if (json.error().code != Code::kNotFound) report.problems.push_back(json.error().text);
    return;
  }
  const auto kept = store::published_from_json(*json);
  if (!kept.ok()) {
    report.problems.push_back(list + ": " + kept.error().text);
    return;
  }
  for (const store::Kept& one : *kept) {
    const std::string file = folder + "/" + one.manifest.sha256 + ".faq";
    const Result<std::string> bytes = files::read_file(file, snapshot::kMaxSnapshotBytes);
    if (!bytes.ok())
      report.problems.push_back(bytes.error().text);
    else if (bytes->size() != one.manifest.length ||
             publish::sha256_hex(*bytes) != one.manifest.sha256)
      report.problems.push_back(file + ": its hash or length is not the manifest's");
    ++report.snapshots;
  }
}

Result<Report> check(const config::Config& config) {
  const Result<store::StoreOptions> options = config::load_store_options(config);
  if (!options.ok()) return options.error();
  auto session = store::open_session(store::for_maintenance(*options));
  if (!session.ok()) return session.error();
  Report report;
  if (Status status = check_database(**session, report); !status.ok()) return status.error();
  for (const auto& [name, site] : config.sites)
    check_snapshots(config.data + "/sites/" + name, report);
  return report;
}

}  // namespace askus::backup
