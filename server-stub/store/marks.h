// Marks: what counts once, as unique rows with an expiry.
#pragma once

#include <cstdint>
#include <string_view>

namespace askus::store {

// Parameters: the mark, its expiry, now; Unix seconds. A row: it was not spent, and is now.
inline constexpr std::string_view kSpendMark =
    "INSERT INTO marks (mark, expires_at) VALUES ($1, $2) ON CONFLICT (mark) DO UPDATE"
    " SET expires_at = excluded.expires_at WHERE marks.expires_at <= $3 RETURNING mark";

// Clears away what has expired; parameter: now.
inline constexpr std::string_view kPurgeMarks = "DELETE FROM marks WHERE expires_at <= $1";
inline constexpr std::int64_t kPurgeEvery = 60;  // seconds

}  // namespace askus::store
