#include "server-stub/store/request_reader.h"

#include <algorithm>

#include "server-stub/store/outbox.h"

namespace askus::store {
namespace {

constexpr std::string_view kRequest =
    "SELECT site, number, status, created_at, identity_user, identity_name, identity_contact,"
    " me_too, assignee, way, due_at, tone, tone_by, watched, id, kind, title, details, category, "
    "mood, name, contact, "
    "language, "
    "channel, page,"
    " query, topic, consent_version, consent_hash, consent_at FROM requests WHERE id = $1";
// Where the texts of request::Request begin in it.
constexpr std::size_t kFirstText = 14;
constexpr std::string_view kSource =
    "SELECT channel, place, group_id, user_id, thread, item, link, topics FROM sources"
    " WHERE request = $1";
constexpr std::string_view kAttachments =
    "SELECT a.sha256, a.type, a.length FROM request_attachments n JOIN attachments a"
    " ON a.site = n.site AND a.sha256 = n.sha256 WHERE n.request = $1 ORDER BY n.position";
constexpr std::string_view kReplies =
    "SELECT id, author, role, text, at, public FROM replies WHERE request = $1 ORDER BY at, id";
constexpr std::string_view kTags =
    "SELECT tag, person FROM request_tags WHERE request = $1 ORDER BY at, tag";
constexpr std::string_view kHistory =
    "SELECT seq, kind, id, at, actor, detail FROM changes WHERE id = $1 ORDER BY seq";

constexpr std::string_view kChanges =
    "SELECT seq, kind, id, at, actor, detail FROM changes WHERE site = $1 AND seq > $2 ORDER BY seq"
    " LIMIT $3";
constexpr std::string_view kWaiting =
    "SELECT number, id, topic, name, details, language, created_at FROM requests WHERE site = $1"
    " AND status = 'waiting' AND details <> '' AND number > $2 ORDER BY number LIMIT $3";
constexpr std::string_view kMeToo =
    "SELECT me_too FROM topic_counts WHERE site = $1 AND topic = $2";

std::int64_t at_most(std::size_t limit, std::size_t most) {
  return static_cast<std::int64_t>(std::min(limit, most));
}

StoredRequest request_of(const std::vector<std::string>& columns) {
  StoredRequest r;
  r.site = columns[0];
  r.number = number_of(columns[1]);
  r.status = columns[2];
  r.created_at = columns[3];
  r.identity = {columns[4], columns[5], columns[6]};
  request::Request& f = r.fields;
  f.me_too = number_of(columns[7]) != 0;
  r.assignee = columns[8];
  r.way = columns[9];
  r.due_at = number_of(columns[10]);
  r.tone = columns[11];
  r.tone_by = columns[12];
  r.watched = columns[13];
  std::string* const texts[] = {
      &f.id,        &f.kind,  &f.title,   &f.details,         &f.category,
      &f.mood,      &f.name,  &f.contact, &f.language,        &f.channel,
      &f.page,      &f.query, &f.topic,   &f.consent.version, &f.consent.text_hash,
      &f.consent.at};
  std::size_t at = kFirstText;
  for (std::string* text : texts) *text = columns[at++];
  return r;
}

}  // namespace

std::vector<Query> find_request(const std::string& id) {
  return {{kRequest, {id}}, {kAttachments, {id}}, {kReplies, {id}}, {kHistory, {id}},
          {kSource, {id}},  read_outgoing(id),    {kTags, {id}}};
}

std::optional<StoredRequest> stored_request(std::span<const Rows> rows) {
  if (rows[0].empty()) return std::nullopt;
  StoredRequest r = request_of(rows[0][0]);
  for (const auto& c : rows[1]) r.attachments.push_back({c[0], c[1], number_of(c[2])});
  for (const auto& c : rows[2])
    r.replies.push_back({c[0], c[1], c[2], c[3], c[4], number_of(c[5]) != 0});
  r.history = changes_of(rows[3]);
  if (!rows[4].empty()) {
    const auto& c = rows[4][0];
    r.source = {c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]};
  }
  r.deliveries = outgoing_of(rows[5]);
  for (const auto& c : rows[6]) r.tags.emplace_back(c[0], c[1]);
  return r;
}

Query read_changes(const std::string& site, std::int64_t after, std::size_t limit) {
  return {kChanges, {site, after, at_most(limit, kMostChanges)}};
}

std::vector<Change> changes_of(const Rows& rows) {
  std::vector<Change> changes;
  changes.reserve(rows.size());
  for (const auto& c : rows) changes.push_back({number_of(c[0]), c[1], c[2], c[3], c[4], c[5]});
  return changes;
}

Query read_waiting(const std::string& site, std::int64_t after, std::size_t limit) {
  return {kWaiting, {site, after, at_most(limit, kMostComments)}};
}

std::vector<WaitingComment> waiting_comments(const Rows& rows) {
  std::vector<WaitingComment> comments;
  comments.reserve(rows.size());
  for (const auto& c : rows)
    comments.push_back({number_of(c[0]), c[1], c[2], c[3], c[4], c[5], c[6]});
  return comments;
}

Query count_me_too(const std::string& site, const std::string& topic) {
  return {kMeToo, {site, topic}};
}

}  // namespace askus::store
