// The days of a query: ?from=2026-05-01&to=2026-05-31.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server-stub/http/message.h"
#include "server-stub/store/counters.h"

namespace askus::api {

// Days that one call may span.
inline constexpr std::uint32_t kStatsDays = 400;

// Both ends as given, in their one spelling; nothing when they are not days in order, or too many.
std::optional<store::Days> days_of(const std::string& query);

// 400 for a query that days_of() gives nothing for.
http::Response bad_days();

}  // namespace askus::api
