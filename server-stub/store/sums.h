// The queries behind Store::read_sums and what their rows mean.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/counters.h"
#include "server-stub/store/session.h"

namespace askus::store {

std::vector<Query> sum_queries(const std::string& site, const Days& days);
// Of the rows that sum_queries gave, in its order.
Sums sums_of(const std::vector<Rows>& rows);

}  // namespace askus::store
