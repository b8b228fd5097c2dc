// The part of a site's configuration that says who answers, when, and what it costs.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "server-stub/hours/working_time.h"

namespace askus::config {

// Who answers the questions of a category.
struct DepartmentConfig {
  std::string address;
  hours::Rules working;  // the site's, where the department has none of its own
};

// What one answer costs, in hundredths of the currency. With other prices what was saved is another
// sum; these are one of the modelled companies' own.
struct CostsConfig {
  std::int64_t call = 400, writing = 20;
  std::string currency = "USD";  // ISO 4217
};

inline constexpr std::int64_t kMaxCost = 100'000'000;

}  // namespace askus::config
