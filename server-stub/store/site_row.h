// A site's row: its counters, and the lock of all that is written for the site. Who holds it sees
// what others have committed before, and gives numbers and changes in the order of the commits.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/session.h"

namespace askus::store {

struct SiteRow {
  std::int64_t number = 0;  // the last request's
  std::int64_t seq = 0;     // the last change's
  bool changed = false;
};

// Makes the row where it is missing and holds it until the transaction ends: two queries; the
// second's answer is for site_row(). Several sites must be held in the order of their names, so
// that two servers never wait for each other.
void append_hold(std::vector<Query>& queries, const Dialect& dialect, const std::string& site);
Result<SiteRow> site_row(const Rows& rows);
// Both, on their own.
Result<SiteRow> hold_site(Session& session, const std::string& site);

// A change with the next number. `actor`, `detail`: as in Change.
Query next_change(SiteRow& row, const std::string& site, std::string_view kind,
                  const std::string& request, const std::string& at, const std::string& actor = {},
                  const std::string& detail = {});
// Writes the counters back, the last query of a site.
Query count_of(const SiteRow& row, const std::string& site);

}  // namespace askus::store
