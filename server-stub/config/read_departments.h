// Reads the part of a site's configuration that says who answers, when, and what it costs.
#pragma once

#include <string>

#include "server-stub/config/departments.h"
#include "server-stub/config/reader.h"

namespace askus::config {

// "hours", "holidays", "time_zone" and "answer_within_minutes", of a site or of a department: the
// rules of `hours::Rules` under their keys.
Reader::Members working_members(Reader& read, hours::Rules& rules);
// What cannot be said of a key alone: at `path`.
void check_working(Reader& read, const std::string& path, const hours::Rules& rules);

// "departments": an address, or an object; `site` is what they have when they say nothing else.
void read_departments(Reader& read, const Json& json, const std::string& path,
                      const hours::Rules& site, std::map<std::string, DepartmentConfig>& into);

// "costs"
void read_costs(Reader& read, const Json& json, const std::string& path, CostsConfig& costs);

}  // namespace askus::config
