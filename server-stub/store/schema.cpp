#include "server-stub/store/schema.h"

#include <array>
#include <string>

namespace askus::store {
namespace {

using Step = std::vector<std::string_view>;

// {integer}, {bytes}, {options} and {seconds( ... )seconds} are the dialect's. Each statement by
// itself: PostgreSQL takes one at a time.
const std::array<Step, 13>& steps() {
  static const std::array<Step, 13> kSteps{
      // 1: requests, numbered within their site.
      Step{R"sql(
CREATE TABLE sites (
  site TEXT PRIMARY KEY,
  last_number {integer} NOT NULL
){options})sql",
           R"sql(
CREATE TABLE requests (
  id TEXT PRIMARY KEY,            -- UUIDv7, the idempotency key
  site TEXT NOT NULL,
  number {integer} NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  details TEXT NOT NULL,
  category TEXT NOT NULL,
  mood TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL,
  page TEXT NOT NULL,
  query TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  consent_hash TEXT NOT NULL,
  consent_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  status TEXT NOT NULL,
  payload_hash TEXT NOT NULL,
  answer TEXT NOT NULL,           -- the first answer's bytes, replayed for the same key
  UNIQUE (site, number)
){options})sql"},
      // 2: what changed, for live feeds, numbered within the site while its row is held, so that a
      // reader who has seen a number has seen all below it; and marks that count once.
      Step{"ALTER TABLE sites ADD COLUMN last_change {integer} NOT NULL DEFAULT 0",
           R"sql(
CREATE TABLE changes (
  site TEXT NOT NULL,
  seq {integer} NOT NULL,
  kind TEXT NOT NULL,             -- received
  id TEXT NOT NULL,               -- the request's
  at TEXT NOT NULL,
  PRIMARY KEY (site, seq)
){options})sql",
           R"sql(
INSERT INTO changes (site, seq, kind, id, at)
SELECT site, number, 'received', id, created_at FROM requests)sql",
           "UPDATE sites SET last_change = last_number",
           R"sql(
CREATE TABLE marks (
  mark TEXT PRIMARY KEY,          -- a spent token, a seen signature, a webhook's id
  expires_at {integer} NOT NULL   -- Unix seconds; worth nothing afterwards
){options})sql",
           "CREATE INDEX marks_by_expiry ON marks (expires_at)"},
      // 3: pictures, once a site however many requests name them. Their bytes are in pieces, so
      // that neither a statement nor a page of a backup is large.
      Step{R"sql(
CREATE TABLE attachments (
  site TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,             -- image/png, by its content
  length {integer} NOT NULL,
  created_at TEXT NOT NULL,
  expires_at {integer} NOT NULL,  -- Unix seconds; 0: a request names it
  PRIMARY KEY (site, sha256)
){options})sql",
           "CREATE INDEX attachments_by_expiry ON attachments (expires_at) WHERE expires_at > 0",
           "CREATE INDEX attachments_unnamed ON attachments (site) WHERE expires_at > 0",
           R"sql(
CREATE TABLE attachment_pieces (
  site TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  position {integer} NOT NULL,
  bytes {bytes} NOT NULL,
  PRIMARY KEY (site, sha256, position)
){options})sql",
           R"sql(
CREATE TABLE request_attachments (
  request TEXT NOT NULL,
  position {integer} NOT NULL,
  site TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (request, position)
){options})sql",
           "CREATE INDEX request_attachments_by_hash ON request_attachments (site, sha256)"},
      // 4: comments and me-too, replies, whom the site knows, who asks again, what is closed.
      Step{"ALTER TABLE requests ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
           "ALTER TABLE requests ADD COLUMN me_too {integer} NOT NULL DEFAULT 0",
           "ALTER TABLE requests ADD COLUMN identity_user TEXT NOT NULL DEFAULT ''",
           "ALTER TABLE requests ADD COLUMN identity_name TEXT NOT NULL DEFAULT ''",
           "ALTER TABLE requests ADD COLUMN identity_contact TEXT NOT NULL DEFAULT ''",
           // Of the contact and the question, both normalised; '' when there is no contact.
           "ALTER TABLE requests ADD COLUMN again_key TEXT NOT NULL DEFAULT ''",
           // Unix seconds; 0: not closed.
           "ALTER TABLE requests ADD COLUMN closed_at {integer} NOT NULL DEFAULT 0",
           "CREATE INDEX requests_again ON requests (site, again_key) WHERE again_key <> ''",
           "CREATE INDEX requests_waiting ON requests (site, number) WHERE status = 'waiting'",
           "CREATE INDEX requests_closed ON requests (site, closed_at) WHERE closed_at > 0",
           "CREATE INDEX changes_by_request ON changes (id)",
           R"sql(
CREATE TABLE replies (
  id TEXT PRIMARY KEY,            -- UUIDv7, the key under which it is written once
  request TEXT NOT NULL,
  author TEXT NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  public {integer} NOT NULL       -- 1: the visitor reads it; 0: a note among staff
){options})sql",
           "CREATE INDEX replies_by_request ON replies (request, at, id)",
           R"sql(
CREATE TABLE topic_counts (
  site TEXT NOT NULL,
  topic TEXT NOT NULL,
  me_too {integer} NOT NULL,      -- how many have said that they have this too
  PRIMARY KEY (site, topic)
){options})sql"},
      // 5: anonymous counters, one row a counter and day.
      Step{R"sql(
CREATE TABLE counters (
  site TEXT NOT NULL,
  day TEXT NOT NULL,              -- YYYY-MM-DD, UTC
  counter TEXT NOT NULL,          -- search, zero, topic, ...: docs/http-api.md
  channel TEXT NOT NULL,
  language TEXT NOT NULL,         -- empty, and below: does not apply, or is not known
  category TEXT NOT NULL,
  topic TEXT NOT NULL,
  query TEXT NOT NULL,            -- that found nothing, folded
  n {integer} NOT NULL,
  PRIMARY KEY (site, day, counter, channel, language, category, topic, query)
){options})sql"},
      // 6: where requests come from that were not written on a page of the site.
      Step{R"sql(
CREATE TABLE sources (
  request TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  channel TEXT NOT NULL,          -- vk, facebook, webhook
  place TEXT NOT NULL,            -- panel, message, wall, ...
  group_id TEXT NOT NULL,         -- the community's or the page's
  user_id TEXT NOT NULL,          -- who wrote, verified by the platform
  thread TEXT NOT NULL,
  item TEXT NOT NULL,
  link TEXT NOT NULL,
  topics TEXT NOT NULL,           -- proposed answers, parted by spaces
  said_at {integer} NOT NULL      -- of the last event that counts, Unix milliseconds; 0: unknown
){options})sql",
           "CREATE INDEX sources_by_user ON sources (site, channel, user_id) WHERE user_id <> ''"},
      // 7: people who log in, what they may do where, and what they have done; who has a request in
      // hand, and who changed what of it.
      Step{
          R"sql(
CREATE TABLE people (
  id TEXT PRIMARY KEY,            -- UUIDv7
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE, -- the same, folded
  name TEXT NOT NULL,             -- the real one, which visitors read
  position TEXT NOT NULL,         -- what they are at the company, which visitors read too
  picture TEXT NOT NULL,          -- SHA-256, or empty
  language TEXT NOT NULL,
  password TEXT NOT NULL,         -- Argon2id with its salt and parameters
  one_time_secret TEXT NOT NULL,  -- sealed under the server's secret; empty: no codes
  one_time_step {integer} NOT NULL, -- of the last code that was used
  created_at TEXT NOT NULL
){options})sql",
          R"sql(
CREATE TABLE memberships (
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,             -- staff, lead, marketer, administrator
  active {integer} NOT NULL,      -- 0: no access to the site any more
  since TEXT NOT NULL,
  PRIMARY KEY (site, person)
){options})sql",
          "CREATE INDEX memberships_by_person ON memberships (person)",
          R"sql(
CREATE TABLE person_categories (  -- whose questions a person answers: their department's
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  category TEXT NOT NULL,
  PRIMARY KEY (site, person, category)
){options})sql",
          R"sql(
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,          -- SHA-256 of the cookie's ticket
  person TEXT NOT NULL,
  created_at {integer} NOT NULL,  -- these three in Unix seconds
  seen_at {integer} NOT NULL,
  expires_at {integer} NOT NULL
){options})sql",
          "CREATE INDEX sessions_by_person ON sessions (person)",
          "CREATE INDEX sessions_by_expiry ON sessions (expires_at)",
          R"sql(
CREATE TABLE invitations (
  hash TEXT PRIMARY KEY,          -- SHA-256 of the link's ticket
  kind TEXT NOT NULL,             -- join; password: to set a new one
  site TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  categories TEXT NOT NULL,       -- parted by spaces
  inviter TEXT NOT NULL,          -- a person, or operator
  created_at TEXT NOT NULL,
  expires_at {integer} NOT NULL   -- Unix seconds
){options})sql",
          "CREATE INDEX invitations_by_site ON invitations (site)",
          "CREATE INDEX invitations_by_expiry ON invitations (expires_at)",
          R"sql(
CREATE TABLE audit (
  id TEXT PRIMARY KEY,            -- UUIDv7, so in the order of time
  site TEXT NOT NULL,             -- empty: of an account, whatever the site
  at TEXT NOT NULL,
  actor TEXT NOT NULL,            -- a person's id, a key's name, operator
  action TEXT NOT NULL,
  subject TEXT NOT NULL,          -- a person's id, an address invited, a version
  address TEXT NOT NULL           -- where from
){options})sql",
          "CREATE INDEX audit_by_site ON audit (site, id)",
          "CREATE INDEX audit_by_actor ON audit (actor, id)",
          R"sql(
CREATE TABLE person_pictures (
  sha256 TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  bytes {bytes} NOT NULL
){options})sql",
          "ALTER TABLE requests ADD COLUMN assignee TEXT NOT NULL DEFAULT ''",  // a person
          // All that the feed filters by, in its order: for all requests, for those that are open,
          // and for those in somebody's hand. The narrower ones must hold it too, or SQLite takes
          // the first for everything, since it need not look at the rows.
          R"sql(
CREATE INDEX requests_filtered ON requests
  (site, number, kind, mood, channel, category, status, created_at, assignee))sql",
          R"sql(
CREATE INDEX requests_open ON requests
  (site, number, kind, mood, channel, category, status, created_at, assignee)
  WHERE status IN ('received', 'in-work'))sql",
          R"sql(
CREATE INDEX requests_assigned ON requests
  (site, assignee, number, kind, mood, channel, category, status, created_at)
  WHERE assignee <> '')sql",
          // A person, a key's name, or empty: the visitor, or the server itself.
          "ALTER TABLE changes ADD COLUMN actor TEXT NOT NULL DEFAULT ''",
          // What it was set to: a person, a category.
          "ALTER TABLE changes ADD COLUMN detail TEXT NOT NULL DEFAULT ''",
          R"sql(
CREATE TABLE openings (           -- who has a request before them just now
  site TEXT NOT NULL,
  request TEXT NOT NULL,
  person TEXT NOT NULL,
  until {integer} NOT NULL,       -- Unix seconds; worth nothing afterwards
  PRIMARY KEY (site, request, person)
){options})sql"},
      // 8: the marketers' draft of a site's FAQ, the newest version only.
      Step{R"sql(
CREATE TABLE drafts (
  site TEXT PRIMARY KEY,
  version {integer} NOT NULL,     -- counts the times it was saved
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,         -- a short name of the publisher
  bytes {bytes} NOT NULL          -- the page's JSON
){options})sql"},
      // 9: working together: what a person marks for themselves, who is asked for advice, what is
      // one question, what the marketers are handed, and who is told when it is published.
      Step{R"sql(
CREATE TABLE flags (
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  flag TEXT NOT NULL,             -- starred, done
  number {integer} NOT NULL,      -- the request's
  PRIMARY KEY (site, person, flag, number)
){options})sql",
           "CREATE INDEX flags_by_number ON flags (site, number)",
           R"sql(
CREATE TABLE consultations (
  id TEXT PRIMARY KEY,            -- of the note that asks
  site TEXT NOT NULL,
  request TEXT NOT NULL,
  number {integer} NOT NULL,      -- the request's
  category TEXT NOT NULL,         -- whose department is asked
  asker TEXT NOT NULL,            -- a person
  at TEXT NOT NULL,
  advice TEXT NOT NULL            -- of the note that answers, or empty
){options})sql",
           "CREATE INDEX consultations_by_request ON consultations (request)",
           R"sql(
CREATE INDEX consultations_open ON consultations (site, category, number) WHERE advice = '')sql",
           // The request that this one is a duplicate of, or empty.
           "ALTER TABLE requests ADD COLUMN merged_into TEXT NOT NULL DEFAULT ''",
           "CREATE INDEX requests_merged ON requests (merged_into) WHERE merged_into <> ''",
           R"sql(
CREATE TABLE suggestions (
  id TEXT PRIMARY KEY,            -- UUIDv7; of a comment: its request
  site TEXT NOT NULL,
  kind TEXT NOT NULL,             -- topic, comment
  language TEXT NOT NULL,
  topic TEXT NOT NULL,            -- below which a comment is; what was made of a topic
  category TEXT NOT NULL,
  title TEXT NOT NULL,
  phrasing TEXT NOT NULL,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL             -- open, taken, declined, told
){options})sql",
           "CREATE INDEX suggestions_open ON suggestions (site, at) WHERE state = 'open'",
           "CREATE INDEX suggestions_taken ON suggestions (site) WHERE state = 'taken'",
           R"sql(
CREATE TABLE askers (
  suggestion TEXT NOT NULL,
  request TEXT NOT NULL,
  told {integer} NOT NULL DEFAULT 0,  -- 1: that it is published
  PRIMARY KEY (suggestion, request)
){options})sql",
           "CREATE INDEX askers_by_request ON askers (request)"},
      // 10: what leaves the server (store/outbox.h), who does not want it, and keys of other
      // systems.
      Step{"ALTER TABLE requests ADD COLUMN way TEXT NOT NULL DEFAULT ''",  // private
           R"sql(
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,            -- what makes it the same thing
  site TEXT NOT NULL,
  channel TEXT NOT NULL,          -- email, vk, facebook, webhook
  place TEXT NOT NULL,            -- where in the channel; a webhook's name
  request TEXT NOT NULL,          -- of a reply; else empty
  reply TEXT NOT NULL,
  payload TEXT NOT NULL,          -- of what is no reply; empty when it is over
  state TEXT NOT NULL,            -- waiting, sending, sent, failed
  part {integer} NOT NULL,        -- parts that have gone
  tries {integer} NOT NULL,
  due_at {integer} NOT NULL,      -- Unix milliseconds; of one that is being sent, the lease's end
  lease TEXT NOT NULL,            -- of who is sending it
  created_at {integer} NOT NULL,  -- Unix milliseconds
  changed_at {integer} NOT NULL,  -- Unix milliseconds
  reason TEXT NOT NULL            -- why the last try failed
){options})sql",
           R"sql(
CREATE INDEX outbox_due ON outbox (channel, due_at) WHERE state IN ('waiting', 'sending'))sql",
           "CREATE INDEX outbox_by_request ON outbox (request) WHERE request <> ''",
           R"sql(
CREATE INDEX outbox_over ON outbox (changed_at)
  WHERE request = '' AND state IN ('sent', 'failed'))sql",
           R"sql(
CREATE TABLE unsubscribed (
  site TEXT NOT NULL,
  address TEXT NOT NULL,          -- its keyed hash
  list TEXT NOT NULL,             -- replies, reports
  at TEXT NOT NULL,
  PRIMARY KEY (site, address, list)
){options})sql",
           R"sql(
CREATE TABLE webhook_cursors (
  site TEXT NOT NULL,
  webhook TEXT NOT NULL,          -- its name
  seq {integer} NOT NULL,         -- the last change that is in the outbox for it
  PRIMARY KEY (site, webhook)
){options})sql",
           R"sql(
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,            -- UUIDv7
  site TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,      -- SHA-256 of the key
  name TEXT NOT NULL,             -- what it is for
  scope TEXT NOT NULL,            -- read; answer
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL        -- a person
){options})sql",
           "CREATE INDEX api_keys_by_site ON api_keys (site)"},
      // 11: by when a request is to be answered, and what the reports count (docs/reports.md).
      Step{// Unix seconds; 0: not known.
           "ALTER TABLE requests ADD COLUMN due_at {integer} NOT NULL DEFAULT 0",
           "DROP INDEX requests_open", "DROP INDEX requests_assigned",
           // As in step 7, with what says whether a request is overdue.
           R"sql(
CREATE INDEX requests_open ON requests
  (site, number, kind, mood, channel, category, status, created_at, assignee, due_at)
  WHERE status IN ('received', 'in-work'))sql",
           R"sql(
CREATE INDEX requests_assigned ON requests
  (site, assignee, number, kind, mood, channel, category, status, created_at, due_at)
  WHERE assignee <> '')sql",
           // By which rules due_at was written: when they are others, it is written anew.
           R"sql(
CREATE TABLE promises (
  site TEXT PRIMARY KEY,
  rules TEXT NOT NULL
){options})sql",
           R"sql(
CREATE TABLE report_subscriptions (
  site TEXT NOT NULL,
  person TEXT NOT NULL,
  period TEXT NOT NULL,           -- day, week, month
  sent_for TEXT NOT NULL,         -- the first day of the last one that was sent
  PRIMARY KEY (site, person, period)
){options})sql",
           // Who took part in a request when, out of what happened to it: that outlives erasure.
           // `responded`: first answered, here or elsewhere; `closed`: for good. In Unix seconds;
           // `response` and `resolution` in seconds since it was received.
           R"sql(
CREATE VIEW request_times AS
SELECT site, id, kind, mood, channel, category, language, status, created_at, due_at,
       responder, responded, responded - received AS response,
       closer, closed, closed - received AS resolution
FROM (
  SELECT r.site, r.id, r.kind, r.mood, r.channel, r.category, r.language, r.status, r.created_at,
         r.due_at, {seconds(r.created_at)seconds} AS received,
         first.actor AS responder, {seconds(first.at)seconds} AS responded,
         last.actor AS closer, {seconds(last.at)seconds} AS closed
  FROM requests r
  LEFT JOIN changes first ON first.site = r.site AND first.seq =
    (SELECT min(seq) FROM changes WHERE id = r.id AND kind IN ('replied', 'answered'))
  LEFT JOIN changes last ON last.kind = 'closed' AND last.site = r.site AND last.seq =
    (SELECT max(seq) FROM changes
     WHERE id = r.id AND kind IN ('replied', 'answered', 'in-work', 'closed'))
) AS times)sql"},
      // 12: tags and which requests have them; the tone of requests; the watch list and what is
      // polled for it.
      Step{
          R"sql(
CREATE TABLE tags (
  site TEXT NOT NULL,
  id TEXT NOT NULL,               -- UUIDv7
  parent TEXT NOT NULL,           -- an id; empty: at the top
  name TEXT NOT NULL,             -- a part of the path
  titles TEXT NOT NULL,           -- a JSON object by language
  words TEXT NOT NULL,            -- by which it is proposed, one a line
  concepts TEXT NOT NULL,         -- of the lexicon, parted by spaces
  retired {integer} NOT NULL,
  merged TEXT NOT NULL,           -- the tag that it has become, or empty
  PRIMARY KEY (site, id),
  UNIQUE (site, parent, name)
){options})sql",
          R"sql(
CREATE TABLE request_tags (
  request TEXT NOT NULL,
  tag TEXT NOT NULL,
  site TEXT NOT NULL,
  number {integer} NOT NULL,      -- the request's
  person TEXT NOT NULL,           -- who set it
  at TEXT NOT NULL,
  PRIMARY KEY (request, tag)
){options})sql",
          "CREATE INDEX request_tags_by_tag ON request_tags (site, tag, number)",
          "CREATE INDEX request_tags_by_number ON request_tags (site, number)",
          // positive, neutral, negative; empty: nobody has said, and nothing was guessed
          "ALTER TABLE requests ADD COLUMN tone TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE requests ADD COLUMN tone_by TEXT NOT NULL DEFAULT ''",  // visitor, guess,
                                                                               // staff
          "ALTER TABLE requests ADD COLUMN watched TEXT NOT NULL DEFAULT ''",  // words, one a line
          R"sql(
UPDATE requests SET tone_by = 'visitor', tone = CASE mood WHEN 'happy' THEN 'positive'
  WHEN 'upset' THEN 'negative' ELSE 'neutral' END WHERE mood <> '')sql",
          // The feed's three once more, with what it filters by now.
          "DROP INDEX requests_filtered", "DROP INDEX requests_open",
          "DROP INDEX requests_assigned",
          R"sql(
CREATE INDEX requests_filtered ON requests
  (site, number, kind, mood, channel, category, status, created_at, assignee, tone, tone_by,
   watched))sql",
          R"sql(
CREATE INDEX requests_open ON requests
  (site, number, kind, mood, channel, category, status, created_at, assignee, due_at, tone,
   tone_by, watched)
  WHERE status IN ('received', 'in-work'))sql",
          R"sql(
CREATE INDEX requests_assigned ON requests
  (site, assignee, number, kind, mood, channel, category, status, created_at, due_at, tone,
   tone_by, watched)
  WHERE assignee <> '')sql",
          R"sql(
CREATE TABLE watch_lists (
  site TEXT PRIMARY KEY,
  words TEXT NOT NULL,            -- words and phrases, one a line; so are the next two
  minus_words TEXT NOT NULL,
  ignored TEXT NOT NULL,          -- authors
  ignored_count {integer} NOT NULL -- messages of ignored authors that were not stored
){options})sql",
          R"sql(
CREATE TABLE feeds (              -- RSS and Atom feeds that are polled
  site TEXT NOT NULL,
  url TEXT NOT NULL,
  etag TEXT NOT NULL,
  modified TEXT NOT NULL,         -- Last-Modified, as it came
  next_at {integer} NOT NULL,     -- Unix seconds
  held_until {integer} NOT NULL,  -- one server at a time polls it until then
  failures {integer} NOT NULL,    -- in a row
  problem TEXT NOT NULL,          -- of the last poll, or empty
  PRIMARY KEY (site, url)
){options})sql"},
      // 13: what could not be delivered is found by itself.
      Step{R"sql(
CREATE INDEX outbox_failed ON outbox (site, request) WHERE state = 'failed')sql"},
  };
  return kSteps;
}

std::string in_dialect(std::string_view sql, const Dialect& dialect) {
  std::string text(sql);
  const auto replace = [&text](std::string_view name, std::string_view value) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), value);
  };
  replace("{integer}", dialect.integer);
  replace("{bytes}", dialect.bytes);
  replace("{options}", dialect.table_options);
  replace("{seconds(", dialect.seconds);
  replace(")seconds}", dialect.seconds_end);
  return text;
}

bool is_sqlite(const Session& session) {
  return session.dialect().name == "SQLite";
}

// SQLite has a place for the version in its file. In PostgreSQL it is a row of its own, whose lock
// is the lock of the migration.
Status prepare(Session& session) {
  if (is_sqlite(session)) return {};
  constexpr std::string_view kTable =
      "CREATE TABLE IF NOT EXISTS schema_version"
      " (one INTEGER PRIMARY KEY, version BIGINT NOT NULL)";
  // Two that create it at once: one may fail, and finds it made the next time.
  Result<Rows> made = session.run(Query{kTable});
  if (!made.ok()) made = session.run(Query{kTable});
  if (!made.ok()) return made.error();
  const Result<Rows> row = session.run(Query{
      "INSERT INTO schema_version (one, version) VALUES (1, 0) ON CONFLICT (one) DO NOTHING"});
  return row.ok() ? Status() : Status(row.error());
}

Result<std::int64_t> begin_and_read_version(Session& session) {
  const std::array<Query, 2> queries{
      Query{session.dialect().begin},
      Query{is_sqlite(session) ? "PRAGMA user_version"
                               : "SELECT version FROM schema_version WHERE one = 1 FOR UPDATE"}};
  const Result<std::vector<Rows>> rows = session.run(queries);
  if (!rows.ok()) return rows.error();
  if (rows->back().empty()) return Error{Code::kMalformed, "the table schema_version is empty"};
  return number_of(rows->back()[0][0]);
}

Status apply(Session& session, std::int64_t from, std::int64_t to) {
  std::vector<std::string> statements;
  for (std::int64_t step = from; step < to; ++step)
    for (const std::string_view sql : steps()[static_cast<std::size_t>(step)])
      statements.push_back(in_dialect(sql, session.dialect()));
  if (from < to)
    statements.push_back(
        (is_sqlite(session) ? "PRAGMA user_version = " : "UPDATE schema_version SET version = ") +
        std::to_string(to));
  statements.emplace_back(kCommit);
  // One at a time: a statement is planned when the tables before it are there.
  for (const std::string& sql : statements)
    if (const Result<Rows> done = session.run(Query{sql}); !done.ok()) return done.error();
  return {};
}

}  // namespace

std::int64_t schema_version() {
  return static_cast<std::int64_t>(steps().size());
}

Status migrate(Session& session) {
  return migrate(session, schema_version());
}

Status migrate(Session& session, std::int64_t up_to) {
  if (Status status = prepare(session); !status.ok()) return status;
  // The version is read under the lock: a second server waits here and finds it done.
  const Result<std::int64_t> version = begin_and_read_version(session);
  Status status = version.ok() ? Status() : Status(version.error());
  if (status.ok() && *version > schema_version())
    status = Error{Code::kUnsupported, "the database has version " + std::to_string(*version) +
                                           ", this askus-server knows up to " +
                                           std::to_string(schema_version()) + ": run a newer one"};
  if (status.ok()) status = apply(session, *version, up_to);
  if (!status.ok()) session.rollback();
  return status;
}

std::span<const Table> tables() {
  static const std::array<Table, 34> kTables{
      Table{"sites", {"site", "last_number", "last_change"}, {"last_number", "last_change"}, 1},
      Table{"requests",
            {"id",
             "site",
             "number",
             "kind",
             "title",
             "details",
             "category",
             "mood",
             "name",
             "contact",
             "language",
             "channel",
             "page",
             "query",
             "consent_version",
             "consent_hash",
             "consent_at",
             "created_at",
             "status",
             "payload_hash",
             "answer",
             "topic",
             "me_too",
             "identity_user",
             "identity_name",
             "identity_contact",
             "again_key",
             "closed_at",
             "assignee",
             "merged_into",
             "way",
             "due_at",
             "tone",
             "tone_by",
             "watched"},
            {"number", "me_too", "closed_at", "due_at"},
            1},
      Table{"changes", {"site", "seq", "kind", "id", "at", "actor", "detail"}, {"seq"}, 2},
      Table{"marks", {"mark", "expires_at"}, {"expires_at"}, 1},
      Table{"attachments",
            {"site", "sha256", "type", "length", "created_at", "expires_at"},
            {"length", "expires_at"},
            2},
      Table{
          "attachment_pieces", {"site", "sha256", "position", "bytes"}, {"position"}, 3, {"bytes"}},
      Table{"request_attachments", {"request", "position", "site", "sha256"}, {"position"}, 2},
      Table{"replies", {"id", "request", "author", "role", "text", "at", "public"}, {"public"}, 1},
      Table{"topic_counts", {"site", "topic", "me_too"}, {"me_too"}, 2},
      Table{"counters",
            {"site", "day", "counter", "channel", "language", "category", "topic", "query", "n"},
            {"n"},
            8},
      Table{"sources",
            {"request", "site", "channel", "place", "group_id", "user_id", "thread", "item", "link",
             "topics", "said_at"},
            {"said_at"},
            1},
      Table{"people",
            {"id", "email", "email_key", "name", "position", "picture", "language", "password",
             "one_time_secret", "one_time_step", "created_at"},
            {"one_time_step"},
            1},
      Table{"memberships", {"site", "person", "role", "active", "since"}, {"active"}, 2},
      Table{"person_categories", {"site", "person", "category"}, {}, 3},
      Table{"sessions",
            {"hash", "person", "created_at", "seen_at", "expires_at"},
            {"created_at", "seen_at", "expires_at"},
            1},
      Table{"invitations",
            {"hash", "kind", "site", "email", "role", "categories", "inviter", "created_at",
             "expires_at"},
            {"expires_at"},
            1},
      Table{"audit", {"id", "site", "at", "actor", "action", "subject", "address"}, {}, 1},
      Table{"person_pictures", {"sha256", "type", "bytes"}, {}, 1, {"bytes"}},
      Table{"openings", {"site", "request", "person", "until"}, {"until"}, 3},
      Table{"drafts",
            {"site", "version", "saved_at", "saved_by", "bytes"},
            {"version"},
            1,
            {"bytes"}},
      Table{"flags", {"site", "person", "flag", "number"}, {"number"}, 4},
      Table{"consultations",
            {"id", "site", "request", "number", "category", "asker", "at", "advice"},
            {"number"},
            1},
      Table{"suggestions",
            {"id", "site", "kind", "language", "topic", "category", "title", "phrasing", "text",
             "author", "at", "state"},
            {},
            1},
      Table{"askers", {"suggestion", "request", "told"}, {"told"}, 2},
      Table{"outbox",
            {"id", "site", "channel", "place", "request", "reply", "payload", "state", "part",
             "tries", "due_at", "lease", "created_at", "changed_at", "reason"},
            {"part", "tries", "due_at", "created_at", "changed_at"},
            1},
      Table{"unsubscribed", {"site", "address", "list", "at"}, {}, 3},
      Table{"webhook_cursors", {"site", "webhook", "seq"}, {"seq"}, 2},
      Table{"api_keys", {"id", "site", "hash", "name", "scope", "created_at", "created_by"}, {}, 1},
      Table{"promises", {"site", "rules"}, {}, 1},
      Table{"report_subscriptions", {"site", "person", "period", "sent_for"}, {}, 3},
      Table{"tags",
            {"site", "id", "parent", "name", "titles", "words", "concepts", "retired", "merged"},
            {"retired"},
            2},
      Table{"request_tags", {"request", "tag", "site", "number", "person", "at"}, {"number"}, 2},
      Table{"watch_lists",
            {"site", "words", "minus_words", "ignored", "ignored_count"},
            {"ignored_count"},
            1},
      Table{"feeds",
            {"site", "url", "etag", "modified", "next_at", "held_until", "failures", "problem"},
            {"next_at", "held_until", "failures"},
            2},
  };
  return kTables;
}

}  // namespace askus::store
