// Tickets: random texts that are given out once and stored as their hash only. A session's cookie
// and an invitation's link each hold one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace askus::account {

// 256 random bits, base64url: 43 characters.
std::string new_ticket();

// What is stored of a ticket. A plain hash is enough: 256 bits cannot be guessed.
std::string ticket_hash(std::string_view ticket);

// A new UUID version 7, for rows. `now`: Unix seconds. Those of one process are in the order in
// which they were asked for.
std::string new_row_id(std::int64_t now);

}  // namespace askus::account
