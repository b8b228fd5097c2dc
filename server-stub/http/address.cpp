#include "server-stub/http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace askus::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned kMappedBits = 96;
constexpr unsigned kAllBits = 128;
constexpr std::size_t kCustomerBytes = 8;
constexpr std::size_t kLongest = 64;  // characters of an address with its port

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The address without brackets and port; empty: it is not one.
std::string_view host_of(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return {};
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && (rest[0] != ':' || !is_port(rest.substr(1)))) return {};
    return text.substr(1, close - 1);
  }
  const std::size_t colon = text.find(':');
  // One colon alone parts an IPv4 address from its port.
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
    return text;
  return is_port(text.substr(colon + 1)) ? text.substr(0, colon) : std::string_view();
}

bool bit(const Address& address, unsigned index) {
  return ((address.bytes[index / 8] >> (7 - index % 8)) & 1) != 0;
}

}  // namespace

bool Address::is_v4() const {
  return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() > kLongest || text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string host(host_of(text));
  Address address;
  if (::inet_pton(AF_INET6, host.c_str(), address.bytes.data()) == 1) return address;
  std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
  if (::inet_pton(AF_INET, host.c_str(), address.bytes.data() + kMapped.size()) == 1)
    return address;
  return std::nullopt;
}

std::string address_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = address.is_v4();
  ::inet_ntop(v4 ? AF_INET : AF_INET6, address.bytes.data() + (v4 ? kMapped.size() : 0),
              text.data(), text.size());
  return text.data();
}

Address source_of(const Address& address) {
  if (address.is_v4()) return address;
  Address source;
  std::copy_n(address.bytes.begin(), kCustomerBytes, source.bytes.begin());
  return source;
}

bool Network::contains(const Address& address) const {
  for (unsigned i = 0; i < bits; ++i)
    if (bit(base, i) != bit(address, i)) return false;
  return true;
}

Result<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<Address> base = parse_address(text.substr(0, slash));
  if (!base) return Error{Code::kMalformed, "not an address: " + std::string(text)};
  Network network{*base, kAllBits};
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  const unsigned before = base->is_v4() ? kMappedBits : 0;
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (error != std::errc() || end != digits.data() + digits.size() || prefix > kAllBits - before)
    return Error{Code::kMalformed, "not a prefix's length: " + std::string(text)};
  network.bits = before + prefix;
  for (unsigned i = network.bits; i < kAllBits; ++i)
    if (bit(*base, i))
      return Error{Code::kMalformed, "has bits set behind its prefix: " + std::string(text)};
  return network;
}

bool is_within(const Address& address, std::span<const Network> networks) {
  return std::any_of(networks.begin(), networks.end(),
                     [&address](const Network& network) { return network.contains(address); });
}

Address client_address(const Address& peer, std::string_view forwarded_for,
                       std::span<const Network> trusted) {
  Address client = peer;
  while (!forwarded_for.empty() && is_within(client, trusted)) {
    const std::size_t comma = forwarded_for.rfind(',');
    const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
    const std::optional<Address> before = parse_address(trim(forwarded_for.substr(begin)));
    if (!before) break;
    client = *before;
    forwarded_for = forwarded_for.substr(0, begin == 0 ? 0 : comma);
  }
  return client;
}

}  // namespace askus::http
