// Requests that are one question: a duplicate is merged into another one and closed, and whoever
// wrote it gets what is answered there.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// `into` is another request of the site, or empty: the request stands by itself again, and is in
// nobody's hand, so received. What was merged into the request goes with it. kRefused: `into` is
// merged itself, or gone. kReplayed: it is there already. kMissing, kErased: as of a reply.
struct Merge {
  std::string into, at, actor;  // as of a Change
  std::int64_t now = 0;         // Unix seconds, the same time as `at`
};
Written merge(Session& session, const std::string& request, const Merge& merge);

struct Merged {
  std::string id;
  std::int64_t number = 0;
};
// What a request is merged into (one or none), and what is merged into it.
Query read_merged_into(const std::string& request);
Query read_merged(const std::string& request);
std::vector<Merged> merged_of(const Rows& rows);

// The id of a reply's copy in another request: the same of the same two, so that it is there once.
std::string copy_id(const std::string& reply, const std::string& request);

// Part of a request's erasure: what was merged into it stands alone.
void append_unmerge(std::vector<Query>& queries, const std::string& request);

}  // namespace askus::store
