// What those who answer hand to the marketers for the next snapshot: a topic made of an answer, a
// visitor's comment that was approved. No personal data of a visitor is in it but the name that a
// commenter gave to be shown.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server-stub/store/store.h"

namespace askus::store {

struct Suggestion {
  std::string id;    // UUIDv7; of a comment: the comment's request
  std::string kind;  // topic, comment
  std::string language;
  std::string topic;  // of a comment: below which; of a topic: what the marketers have made of it
  std::string category, title, phrasing;
  std::string text;    // the answer in small markup, or the comment
  std::string author;  // of a comment: the name to show, or empty; of a topic: the person
  std::string at;      // RFC 3339
  std::string state;   // open, taken, declined, told: its askers have been told
};

// Whoever is to be told when the topic is published: requests of the site.
using Askers = std::vector<std::string>;
inline constexpr std::size_t kMostAskers = 50;

// kReplayed: it was made before. kMissing: the request is not at the site, or gone. `request`:
// whose history says so.
Written suggest_topic(Session& session, const std::string& request, const Suggestion& suggestion,
                      const Askers& askers, const std::string& actor);

// A comment that waits is approved or declined. kRefused: it does not wait, or is no comment.
struct Approval {
  bool is_approved = false;
  std::string at, actor;  // as of a Change
  std::int64_t now = 0;   // Unix seconds, the same time as `at`
};
Written judge_comment(Session& session, const std::string& request, const Approval& approval);

inline constexpr std::size_t kMostSuggestions = 200;  // a call at most
// Those that are open, oldest first.
void read_suggestions(Store& store, const std::string& site,
                      std::function<void(Result<std::vector<Suggestion>>)> done);
// From open to `state` (taken with its topic, or declined) and back. kMissing: no such one that is
// not told.
Written settle_suggestion(Session& session, const std::string& site, const std::string& id,
                          const std::string& state, const std::string& topic);

// The topics that were taken and whose askers are not all told: suggestion and topic.
Query read_taken(const std::string& site);
// An asker of one of them.
struct Untold {
  std::string suggestion, topic, request, language;
};
// At most kMostAskers at once.
Query read_untold(const std::string& suggestion);
std::vector<Untold> untold_of(const Rows& rows);
Written set_told(Session& session, const Untold& untold);

// Part of a request's erasure: nobody is told any more, and a comment is not handed on.
void append_forget_asker(std::vector<Query>& queries, const std::string& request);

}  // namespace askus::store
