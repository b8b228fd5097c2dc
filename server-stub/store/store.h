// Where requests are kept. Every call answers by a callback, later and from a thread of the store,
// so that rows may be gathered into one commit and a database be waited for across a network.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/deed.h"
#include "server-stub/store/session.h"
#include "shared/base/result.h"
#include "shared/request/request.h"

namespace askus::store {

// The states of a request. A comment waits until it is approved.
namespace statuses {
inline constexpr std::string_view kReceived = "received", kWaiting = "waiting", kInWork = "in-work",
                                  kAnswered = "answered", kClosed = "closed", kErased = "erased",
                                  kRemoved = "removed";  // where it was written
}  // namespace statuses

// A customer as the site's own backend has named them; `user` is empty for everybody else.
struct Identity {
  std::string user, name, contact;
  bool operator==(const Identity&) const = default;
};

// Where a request comes from when it is not a page of the site: the verified user of the panel in a
// social network, or a message that somebody wrote there. What is unknown is empty.
struct Source {
  std::string channel;  // vk, facebook, webhook, feed; empty: there is no source
  std::string place;    // panel, message, wall, topic, photo, comment; of a webhook: its name first
  std::string group;    // id of the community or the page
  std::string user;     // id of who wrote, verified by the platform's signature
  std::string thread, item;  // ids in the place: what was commented on, and the message itself
  std::string link;          // where people read it
  std::string topics;        // ids of the topics that answer it best, parted by spaces: a proposal
  bool operator==(const Source&) const = default;
};

// What the store finds out about a new request.
struct Given {
  std::int64_t number = 0;  // counted within its site
  std::int64_t earlier =
      0;  // of an earlier one with the same again_key that is not closed; 0: none
};

// Something that counts once within its site: its row is what keeps two servers apart. Times in
// Unix seconds.
struct Mark {
  std::string name;
  std::int64_t now = 0, expires_at = 0;  // free again after that
};

struct NewRequest {
  std::string site;
  request::Request fields;   // validated; kept byte for byte
  std::string payload_hash;  // of everything the client sent, to tell a retry from another request
  std::string created_at;    // RFC 3339, UTC
  std::string status{statuses::kReceived};
  std::int64_t closed_at = 0;  // Unix seconds, when it comes closed
  Identity identity;
  std::int64_t due_at = 0;  // by when it is to be answered, Unix seconds; 0: unknown
  std::string again_key;  // the same for the same contact with the same question; empty: no contact
  // The bytes of the answer to the client. Stored in the same transaction as the row and replayed
  // for the same key as long as the row is there. Must not throw. May be called again when a
  // transaction has to be.
  std::function<std::string(const Given& given)> answer;
  // It may not be stored any more: only what was stored before may be replayed.
  bool replay_only = false;
  // Spent in the same transaction when the row is new.
  std::optional<Mark> mark = {};
  Source source = {};
  std::string watched = {};  // the words of the watch list that it has, one a line
};

// One event of a message that was written elsewhere.
struct Delivery {
  Deed deed = Deed::kWritten;
  // As it is to be stored, but for kRemoved, of which only `fields.id`, `site` and `created_at`
  // count. The id is made of the message's own, so that its row is there once.
  NewRequest request;
  Mark event;           // spent by the first delivery of it
  Mark gone;            // kRemoved before it was ever written: it is not to come after all
  std::int64_t at = 0;  // when it happened, Unix milliseconds; 0: unknown, as it arrives
};

enum class Outcome : std::uint8_t {
  kStored,     // durable: committed and synced before the callback is called
  kReplayed,   // was stored (or done) before, the same; a request's `answer` is the first one's
  kKeyReused,  // was stored before with another payload; nothing changed
  kInFlight,   // the same key is being stored now; ask again for its answer
  kRefused,    // replay_only, and it was not stored before
  kErased,     // was stored before and is erased; nothing changed
  kMissing,    // what it names is not there: a request's picture, a reply's request
  kMarkSpent,  // its mark was spent by another request; nothing stored
  kBusy,       // the queue is full or the database not to be had: nothing stored, try again
  kFull,       // no space left: nothing stored
  kUnknown,    // the commit's answer is lost: stored or not, the same again will tell
  kFailed,     // nothing stored; `text` says why
};

inline constexpr std::size_t kOutcomes = 12;

// How a write ended.
struct Written {
  Outcome outcome = Outcome::kFailed;
  std::string text;  // for the log
};

struct AddResult {
  Outcome outcome = Outcome::kFailed;
  std::string answer;
  std::string text;  // for the log
};

// How a batch of deliveries ended: all of it or nothing.
struct Received {
  Outcome outcome = Outcome::kFailed;              // kStored: committed, whatever the counts say
  std::string text;                                // for the log
  std::size_t stored = 0, changed = 0, known = 0;  // new requests; changes of some; nothing new
};

// A picture: stored once a site, named by requests, gone when nobody names it until it expires.
struct NewAttachment {
  std::string site;
  std::string sha256;                        // of the bytes, lower-case hex
  std::string type;                          // image/png and so on, by its content
  std::shared_ptr<const std::string> bytes;  // at most request::kMaxAttachmentBytes
  std::string created_at;                    // RFC 3339, UTC
  std::int64_t expires_at = 0;               // Unix seconds; putting it again moves it on
  std::int64_t most_unnamed = kMostUnnamed, most_unnamed_bytes = kMostUnnamedBytes;

  // What a site may hold of pictures that no request names yet; over it kFull. With less a busy
  // day's visitors could not send pictures, with more a stranger could fill the disk.
  static constexpr std::int64_t kMostUnnamed = 10'000, kMostUnnamedBytes = 1'000'000'000;
};

struct Attachment {
  std::string sha256, type;
  std::int64_t length = 0;
};

struct AttachmentBytes {
  std::string type, bytes;
};

struct Reply {
  std::string id;  // UUIDv7: the same again changes nothing
  std::string author, role, text;
  std::string at;          // RFC 3339, UTC
  bool is_public = false;  // the visitor reads it; else a note among staff
  // Who has logged in and writes it, or empty. A public one of theirs needs the request in their
  // own hand, or takes it from nobody's.
  std::string actor = {};
  bool claims = true;  // takes it from nobody's hand
  // Where else it is to go, of a public one: see below.
  struct Going {
    bool email = false, vk = false, facebook = false;  // what the site can send by
    // `here`: in public, where it was asked; `private`: to whoever asked, from now on; empty: as
    // the talk has been so far.
    std::string way = {};
    std::int64_t now = 0;  // Unix milliseconds
  } going = {};
  bool reopens = true;  // a public one makes a closed request answered, and so open to be closed
};

// A reply on its way out, or there. Times in Unix milliseconds.
struct Outgoing {
  std::string id, reply;
  std::string channel;  // email, vk, facebook
  std::string place;    // as of Source
  std::string state;    // waiting, sending, sent, failed
  std::string reason;   // of the last try that did not succeed
  std::int64_t tries = 0, due_at = 0, changed_at = 0;
};

// One thing that happened on a site. `seq` counts from 1 without a gap, in the order of the
// commits: who has read up to a seq has missed nothing below it.
struct Change {
  std::int64_t seq = 0;
  std::string kind;  // received, replied, noted, in-work, answered, closed, erased,
                     // edited, removed, restored, assigned, category, consulted, advised, merged,
                     // joined, parted, suggested, approved, declined, moved, delivered,
                     // undelivered, retried, tagged, untagged, tone
  std::string id;    // the request's
  std::string at;
  // A person, a key's name, or empty: the visitor, or the server itself.
  std::string actor = {};
  // Of assigned: the person, or empty; of category, consulted, tone,
  // tagged and untagged: that; of merged and joined: the
  // other one's number; of moved: here or private; of delivered, undelivered, retried: the channel,
  // with the reason behind it.
  std::string detail = {};
};

// All that is stored of one request.
struct StoredRequest {
  std::string site;
  std::int64_t number = 0;
  std::string status, created_at;
  std::string assignee;       // in whose hand it is, or empty
  std::string way;            // private: a talk that began in public and has been moved; else empty
  std::int64_t due_at = 0;    // as in NewRequest
  std::string tone, tone_by;  // store/tags.h
  std::string watched;        // words of the watch list, one a line
  request::Request fields;    // without `attachments`: see below
  Identity identity;
  Source source;
  std::vector<Attachment> attachments;  // in the order they were named
  std::vector<Reply> replies;           // oldest first
  std::vector<Change> history;          // oldest first
  std::vector<Outgoing> deliveries;     // of the replies, oldest first
  // Ids, as they were set, each with who set it.
  std::vector<std::pair<std::string, std::string>> tags;
};

using Found = Result<std::optional<StoredRequest>>;
using FoundAttachment = Result<std::optional<AttachmentBytes>>;
using Changes = Result<std::vector<Change>>;
inline constexpr std::size_t kMostChanges = 1'000;  // a call at most

// A comment that waits to be approved.
struct WaitingComment {
  std::int64_t number = 0;
  std::string id, topic, name, details, language, created_at;
};

using WaitingComments = Result<std::vector<WaitingComment>>;
inline constexpr std::size_t kMostComments = 200;  // a call at most

// What goes by itself when its time has come.
struct SweepRules {
  std::int64_t now = 0;  // Unix seconds
  std::string at;        // the same as RFC 3339, for the changes
  // By site: how long requests are kept after they were closed, in seconds. Not named: for ever.
  std::map<std::string, std::int64_t> keep_closed;
};

struct Swept {
  std::int64_t attachments = 0, requests = 0;
  bool more = false;  // a call does not do all at once, so that requests need not wait for it
};

// What a store does, for whoever watches it.
inline constexpr std::array<std::size_t, 9> kGroupBuckets{1, 2, 4, 8, 16, 32, 64, 128, 256};
struct Activity {
  std::size_t waiting_writes = 0, waiting_reads = 0;  // jobs in the queues now
  // Since the start: requests by their Outcome; transactions by how many requests shared each, at
  // most kGroupBuckets[i] or more than any; the requests in all of them.
  std::array<std::uint64_t, kOutcomes> outcomes{};
  std::array<std::uint64_t, kGroupBuckets.size() + 1> groups{};
  std::uint64_t grouped_rows = 0;
};

// Thread-safe. Every callback is called exactly once, at the latest by close().
class Store {
 public:
  using Done = std::function<void(Written)>;
  virtual ~Store() = default;

  virtual void add_request(NewRequest request, std::function<void(AddResult)> done) = 0;
  virtual void find_request(std::string id, std::function<void(Found)> done) = 0;
  // Empties the request's row, of which the number stays taken, and removes its replies and the
  // pictures that no other request names. kReplayed: it is erased already. kMissing: never stored.
  virtual void erase_request(std::string id, std::string at, Done done) = 0;
  // Everything of one user of a channel, as erase_request does it. `done`: how many, or why not all
  // of them; the same again goes on.
  virtual void erase_user(std::string site, std::string channel, std::string user, std::string at,
                          std::function<void(Result<std::int64_t>)> done) = 0;
  // Stores and changes what was written elsewhere, in one transaction, all of one site. An event
  // that was received before changes nothing. A removed message keeps its row without its words;
  // what happened earlier than what is known of a message changes nothing either.
  virtual void receive(std::vector<Delivery> deliveries, std::function<void(Received)> done) = 0;
  // Writes a reply; a public one sets the status to answered, but for a comment that waits, and is
  // put into the outbox where it has somewhere to go (store/outgoing_way.h).
  // kMissing or kErased: there is nothing to reply to. kRefused: it is in somebody else's hand.
  virtual void add_reply(std::string request, Reply reply, Done done) = 0;
  // In work, answered or closed; kErased for a removed one too, which only restoring brings back.
  // `now` in Unix seconds and `at` are one time.
  virtual void set_status(std::string request, std::string status, std::int64_t now, std::string at,
                          Done done) = 0;

  // kReplayed: it was there.
  virtual void put_attachment(NewAttachment attachment, Done done) = 0;
  // The picture, if that request names it.
  virtual void find_attachment(std::string request, std::string sha256,
                               std::function<void(FoundAttachment)> done) = 0;

  // The site's comments that wait and have a text, by number, behind `after`.
  virtual void read_waiting(std::string site, std::int64_t after, std::size_t limit,
                            std::function<void(WaitingComments)> done) = 0;
  // How many have said that they have a topic's question too.
  virtual void count_me_too(std::string site, std::string topic,
                            std::function<void(Result<std::int64_t>)> done) = 0;

  // The site's changes behind `after`, oldest first, at most `limit` of them.
  virtual void read_changes(std::string site, std::int64_t after, std::size_t limit,
                            std::function<void(Changes)> done) = 0;
  // Spends a mark (a token, a signature, a webhook's id): true for exactly one of all who try it
  // before it expires, on whatever server. Times in Unix seconds. An error: it may be spent.
  virtual void use_once(std::string mark, std::int64_t now, std::int64_t expires_at,
                        std::function<void(Result<bool>)> done) = 0;
  // Removes some of what has expired: call again while there is more.
  virtual void sweep(SweepRules rules, std::function<void(Result<Swept>)> done) = 0;
  // Counts a batch: kStored, kReplayed when its mark was spent before, or why it was not counted.
  // Requests go first: kBusy already when half of the queue is taken.
  virtual void count(NewCounts counts, std::function<void(AddResult)> done) = 0;
  // A site's sums over some days. Counts that are committed meanwhile may be in some of them.
  virtual void read_sums(std::string site, Days days, std::function<void(Result<Sums>)> done) = 0;
  // What the modules beside this one ask and change (accounts, the staff's feed), on the same
  // connections. `ask`: the queries' answers, read in one go. `change`: `work` does transactions of
  // its own (transact()) on the writer's connection when its turn has come; it must not throw.
  virtual void ask(std::vector<Query> queries,
                   std::function<void(Result<std::vector<Rows>>)> done) = 0;
  // The same for what looks at all of a month: one after the other on a connection of their own, so
  // that whoever answers visitors does not wait for a report.
  virtual void ask_long(std::vector<Query> queries,
                        std::function<void(Result<std::vector<Rows>>)> done) = 0;
  virtual void change(std::function<Written(Session&)> work, Done done) = 0;
  // Whether the store can answer.
  virtual void check(std::function<void(Status)> done) = 0;
  virtual Activity activity() const = 0;
  // Finishes what is queued, then refuses everything as kBusy. May be called more than once.
  virtual void close() = 0;
};

}  // namespace askus::store
