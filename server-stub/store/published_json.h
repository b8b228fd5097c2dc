// published.json: the list of kept snapshots of a site, newest first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server-stub/store/snapshot_store.h"

namespace askus::store {

std::string published_to_json(const std::vector<Kept>& kept);
Result<std::vector<Kept>> published_from_json(std::string_view json);

}  // namespace askus::store
