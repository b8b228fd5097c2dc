// A disk whose syncs take longer: an SQLite VFS over the system's, for measurements.
#pragma once

#include <chrono>

namespace askus::testing {

inline constexpr const char* kSlowDisk = "slow";  // the VFS's name

// Registers the VFS; every sync of its files waits `delay` longer. Call it once, before any
// database is opened. Thread-safe afterwards.
void register_slow_disk(std::chrono::milliseconds delay);

}  // namespace askus::testing
