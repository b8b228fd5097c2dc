// What a person marks requests with for themselves: starred (come back to it), done (nothing more
// to do here: it leaves the person's own lists until something new happens to it).
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

namespace flags {
inline constexpr std::string_view kStarred = "starred", kDone = "done";
}  // namespace flags

// Of one person and one request; setting what is set changes nothing. kMissing: no such request at
// the site.
Written set_flag(Session& session, const std::string& site, const std::string& request,
                 const std::string& person, const std::string& flag, bool is_set);

// The flags of one person, a row each.
Query read_flags(const std::string& site, std::int64_t number, const std::string& person);

// Part of a transaction: something new has happened to the request. For everybody, or for one.
void append_undone(std::vector<Query>& queries, const std::string& site, std::int64_t number,
                   const std::string& person = {});
// Part of its erasure.
void append_unflag(std::vector<Query>& queries, const std::string& site, std::int64_t number);

}  // namespace askus::store
