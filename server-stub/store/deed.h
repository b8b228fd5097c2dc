// What happens to a message that somebody wrote elsewhere.
#pragma once

#include <cstdint>

namespace askus::store {

enum class Deed : std::uint8_t { kWritten, kEdited, kRemoved, kRestored };

}  // namespace askus::store
