// A site's tags, which of them requests have, and the tone of requests as people set it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server-stub/store/audit.h"
#include "server-stub/store/store.h"

namespace askus::store {

// A tag stands below another one or at the top, and has a name among its neighbours; its path is
// the names from the top, parted by '/'. It is never deleted: histories name it.
struct Tag {
  std::string id;        // UUIDv7
  std::string parent;    // an id; empty: at the top
  std::string name;      // a-z, 0-9 and '-'
  std::string titles;    // a JSON object by language
  std::string words;     // by which it is proposed, one a line
  std::string concepts;  // of shared/lexicon, parted by spaces
  bool retired = false;  // not proposed and not set any more
  std::string merged;    // the tag that it has become, or empty
  bool operator==(const Tag&) const = default;
};
struct CountedTag {
  Tag tag;
  std::int64_t requests = 0;  // that have it itself
};

// More than a site can need; a tree is read whole.
inline constexpr std::size_t kMostTags = 500;
inline constexpr std::size_t kMostTagDepth = 5;
inline constexpr std::size_t kMostRequestTags = 20;

void read_tags(Store& store, const std::string& site,
               std::function<void(Result<std::vector<CountedTag>>)> done);
// Without the counts: what proposals are made of.
void read_plain_tags(Store& store, const std::string& site,
                     std::function<void(Result<std::vector<Tag>>)> done);

// Adds tags, or those of them whose path the site has not yet; a parent is an id of the site's or
// one of an earlier one. kStored; kFull: over kMostTags; kMissing: no such parent; kRefused: too
// deep; kKeyReused: there is one of that name (with `skip_known` it stands for the new one).
void add_tags(Store& store, const std::string& site, std::vector<Tag> tags, bool skip_known,
              Act act, Store::Done done);
// Changes everything of a tag but its id, its concepts and what it has been merged into. kMissing;
// kRefused: too deep, or below itself; kKeyReused: there is one of that name.
void change_tag(Store& store, const std::string& site, Tag tag, Act act, Store::Done done);
// Requests with `from` have `into` instead, and what is below it stands below that one. kMissing;
// kRefused: into itself, below itself, or too deep; kKeyReused: both have one of a name below.
void merge_tag(Store& store, const std::string& site, const std::string& from,
               const std::string& into, Act act, Store::Done done);

// A tag of a request, set or taken away; in its history as tagged, untagged. kReplayed: it is so
// already. kMissing: no such request of the site, or no such tag to set. kFull: it has
// kMostRequestTags. kErased.
struct Tagging {
  std::string site, request, tag;
  bool on = true;
  std::string at, actor;  // as of a Change
};
Written tag_request(Session& session, const Tagging& tagging);

// The tone that a person gives a request: positive, neutral, negative; in its history as tone.
// kReplayed, kMissing, kErased.
Written set_tone(Session& session, const std::string& site, const std::string& request,
                 const std::string& tone, const std::string& at, const std::string& actor);

// Who says so, in the column tone_by.
namespace tone_by {
inline constexpr std::string_view kVisitor = "visitor", kGuess = "guess", kStaff = "staff";
}  // namespace tone_by

// What an erased request had.
void append_untag(std::vector<Query>& queries, const std::string& request);

}  // namespace askus::store
