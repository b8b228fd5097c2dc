// Dates as the protocol writes them.
#pragma once

#include <cstdint>
#include <string>

namespace askus::flow {

// "2026-11-21" of days since 1970-01-01.
std::string iso_date(std::uint32_t days);

// "2026-11-21T09:05:00Z" of Unix milliseconds.
std::string iso_time(double unix_ms);

}  // namespace askus::flow
