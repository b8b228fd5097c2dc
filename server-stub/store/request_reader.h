// Reads all that is stored of a request, and the lists that staff see.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// The queries of a whole request, and what their answers say: none, there is no such request.
std::vector<Query> find_request(const std::string& id);
std::optional<StoredRequest> stored_request(std::span<const Rows> rows);

Query read_changes(const std::string& site, std::int64_t after, std::size_t limit);
std::vector<Change> changes_of(const Rows& rows);

Query read_waiting(const std::string& site, std::int64_t after, std::size_t limit);
std::vector<WaitingComment> waiting_comments(const Rows& rows);

Query count_me_too(const std::string& site, const std::string& topic);

}  // namespace askus::store
