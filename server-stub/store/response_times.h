// How quickly a site's departments have answered of late: what a promise is measured by.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "server-stub/store/store.h"

namespace askus::store {

// Days that are looked at, and answers that there must have been: with fewer a single slow week
// would speak for all, with more a small department would never have a figure of its own.
inline constexpr std::int64_t kMeasuredDays = 30;
inline constexpr std::int64_t kLeastMeasured = 20;

struct ResponseTimes {
  std::int64_t answered = 0, median = 0, p75 = 0;  // requests; seconds from receipt to first answer
};

// By category, of requests received since `from` (RFC 3339); those with kLeastMeasured and more.
void read_response_times(Store& store, const std::string& site, const std::string& from,
                         std::function<void(Result<std::map<std::string, ResponseTimes>>)> done);

}  // namespace askus::store
