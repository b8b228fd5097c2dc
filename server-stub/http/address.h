// Internet addresses as the caps and the limiter count them, and whose request it is behind a
// proxy.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::http {

// IPv6 in network order; IPv4 as IPv4-mapped (::ffff:a.b.c.d), so that one host has one value
// whichever way its socket came.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  bool is_v4() const;
  bool operator==(const Address&) const = default;
  bool operator<(const Address& other) const { return bytes < other.bytes; }
};

// "192.0.2.1", "2001:db8::1", "[2001:db8::1]", and each with ":port". Nothing for anything else.
std::optional<Address> parse_address(std::string_view text);

// "192.0.2.1" or "2001:db8::1".
std::string address_text(const Address& address);

// What one customer has: an IPv4 address whole, of IPv6 the first 64 bits (RFC 6177).
Address source_of(const Address& address);

struct Network {
  Address base;
  unsigned bits = 128;  // that count, of all 128
  bool contains(const Address& address) const;
};

// "10.0.0.0/8", "fd00::/8", or one address. kMalformed when bits are set behind the prefix.
Result<Network> parse_network(std::string_view text);

// Whether the address is in one of the networks.
bool is_within(const Address& address, std::span<const Network> networks);

// The address that a request came from. Only a trusted peer's X-Forwarded-For is read, from its
// right end, and only as far as those who wrote it are trusted: the first address that is not a
// trusted proxy is the client. What is not an address ends the reading.
Address client_address(const Address& peer, std::string_view forwarded_for,
                       std::span<const Network> trusted);

}  // namespace askus::http
