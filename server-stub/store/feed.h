// The staff's feed: a site's requests as a list with views and filters, page by page.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server-stub/store/store.h"

namespace askus::store {

enum class View : std::uint8_t {
  kAll,
  // These three have what is overdue at their top, the oldest first.
  kNew,          // received, and in nobody's hand
  kMine,         // in the person's hand, not closed
  kDepartment,   // open, of a category whose questions the person answers
  kOverdue,      // open, and due before now; the oldest first
  kAsked,        // advice is asked of a department whose questions the person answers
  kUndelivered,  // the newest reply that was to be sent somewhere could not be, and not because the
                 // visitor wants no mail
};

struct FeedFilter {
  std::string site;
  View view = View::kAll;
  // Whose views and marks. What they have marked as done is not in kNew, kMine, kDepartment and
  // kUndelivered.
  std::string person;
  std::int64_t now = 0;  // Unix seconds: what is due until then, and open, is overdue
  // Empty: any. Comments are shown only where `kind` asks for them.
  std::string kind, mood, channel, category, status;
  std::string flag;      // starred, done: marked so by the person
  std::string tag;       // an id: it, or one below it
  std::string tone;      // positive, neutral, negative
  bool sure = false;     // only a tone that the visitor or a person has said
  bool watched = false;  // only what the watch list has found
  std::string from, to;  // RFC 3339, received in [from, to); empty: any
  // Of the last row of the page before; 0: the first page. Newest first but for what is overdue.
  std::int64_t behind = 0;
  bool behind_late = false;  // that row was among the overdue ones at the top
  std::size_t limit = 50;
  // Only these, when not empty: what a search for a text has found, at most kMostNumbers.
  std::vector<std::int64_t> numbers;
};
inline constexpr std::size_t kMostNumbers = 64, kMostFeedRows = 100;
// Characters of a row's excerpt of the details.
inline constexpr std::size_t kExcerpt = 240;

struct FeedRow {
  std::int64_t number = 0;
  std::string id, kind, title, excerpt, category, mood, channel, language, name, status, created_at,
      assignee;
  std::string tone = {}, tone_by = {}, watched = {};
  std::vector<std::string> tags = {};              // ids
  bool is_starred = false, is_done = false;        // by the person
  bool is_consulting = false, is_advised = false;  // advice is asked; was given, and no reply since
  std::int64_t due_at = 0;                         // Unix seconds; 0: unknown
  bool late = false;                               // open and overdue
  bool is_undelivered = false;                     // as in the view of that name
};

// Whether what is due then is overdue.
bool is_late(const std::string& status, std::int64_t due_at, std::int64_t now);

// How many there are in each view, counted up to kMostCounted.
inline constexpr std::int64_t kMostCounted = 100;
struct FeedCounts {
  std::int64_t fresh = 0, mine = 0, department = 0, overdue = 0, asked = 0, undelivered = 0;
};

struct Feed {
  std::int64_t seq = 0;  // of the site's last change: live updates go on from here
  std::vector<FeedRow> rows;
  bool more = false;
  FeedCounts counts;
};
void read_feed(Store& store, const FeedFilter& filter, std::function<void(Result<Feed>)> done);

// Who has which request before them just now. It is forgotten by itself. kMissing: no such request
// at the site.
inline constexpr std::int64_t kOpeningLife = 45;  // seconds
struct Opening {
  std::string request, person;
  bool operator==(const Opening&) const = default;
};
void open_request(Store& store, const std::string& site, const std::string& request,
                  const std::string& person, std::int64_t now, Store::Done done);
void leave_request(Store& store, const std::string& site, const std::string& request,
                   const std::string& person, Store::Done done);

// What live windows of a site are told: its changes behind `after`, and who has what open.
struct News {
  std::int64_t seq = 0;  // of the site's last change
  std::vector<Change> changes;
  std::vector<Opening> openings;
};
void read_news(Store& store, const std::string& site, std::int64_t after, std::int64_t now,
               std::function<void(Result<News>)> done);

// The newest requests' words, for a search in them.
struct Words {
  std::int64_t number = 0;
  std::string title, details, name, category;
};
void read_words(Store& store, const std::string& site, std::size_t limit,
                std::function<void(Result<std::vector<Words>>)> done);

// The newest open requests of a site, for whoever looks for those that ask the same.
struct OpenRequest {
  std::int64_t number = 0;
  std::string id, title, language, name, status, assignee, created_at, channel;
};
void read_open(Store& store, const std::string& site, std::size_t limit,
               std::function<void(Result<std::vector<OpenRequest>>)> done);

}  // namespace askus::store
