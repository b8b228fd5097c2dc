#include "server-stub/http/address.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace {

using namespace askus::http;

std::vector<Network> networks(const std::vector<std::string>& texts) {
  std::vector<Network> parsed;
  for (const std::string& text : texts) {
    const auto network = parse_network(text);
    REQUIRE(network.ok());
    parsed.push_back(*network);
  }
  return parsed;
}

}  // namespace

TEST_CASE("addresses are read with and without a port") {
  const std::string same[] = {"192.0.2.1", "192.0.2.1:80", "::ffff:192.0.2.1",
                              "[::ffff:192.0.2.1]:65535", "::ffff:c000:201"};
  for (const std::string& text : same) {
    CAPTURE(text);
    const auto address = parse_address(text);
    REQUIRE(address);
    CHECK(*address == *parse_address("192.0.2.1"));
    CHECK(address->is_v4());
  }
  CHECK(parse_address("[2001:db8::1]:443") == parse_address("2001:DB8:0::1"));
  CHECK_FALSE(parse_address("2001:db8::1")->is_v4());
  for (const char* text :
       {"", "unknown", "192.0.2", "192.0.2.256", "192.0.2.1:", "192.0.2.1:x", "192.0.2.1:123456",
        "[2001:db8::1", "[2001:db8::1]x", "2001:db8::1%eth0", " 192.0.2.1", "_hidden",
        "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22.23.24.25.26"})
    CHECK_FALSE(parse_address(text));
  CHECK_FALSE(parse_address(std::string_view("1.2.3.4\0", 8)));
}

TEST_CASE("networks hold what they name") {
  struct Case {
    std::string network, address;
    bool holds;
  };
  for (const Case& c :
       {Case{"10.0.0.0/8", "10.255.0.1", true}, Case{"10.0.0.0/8", "11.0.0.0", false},
        Case{"0.0.0.0/0", "203.0.113.9", true}, Case{"0.0.0.0/0", "2001:db8::1", false},
        Case{"::/0", "203.0.113.9", true}, Case{"192.0.2.1", "192.0.2.1", true},
        Case{"192.0.2.1", "192.0.2.2", false}, Case{"192.0.2.0/31", "192.0.2.1", true},
        Case{"fd00::/8", "fdff::1", true}, Case{"fd00::/8", "fe00::1", false}}) {
    CAPTURE(c.network, c.address);
    CHECK(networks({c.network})[0].contains(*parse_address(c.address)) == c.holds);
  }
  for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x",
                           "fd00::/129", "10.0.0.1/8", "host/8"})
    CHECK_FALSE(parse_network(text).ok());
}

TEST_CASE("the client is the first from the right that is no trusted proxy") {
  const std::vector<std::string> proxies{"10.0.0.0/8", "2001:db8:1::/48"};
  struct Case {
    std::string peer, forwarded, client;
  };
  const Case cases[] = {
      // Nobody is trusted who is not listed.
      {"203.0.113.1", "192.0.2.1", "203.0.113.1"},
      {"203.0.113.1", "", "203.0.113.1"},
      {"10.0.0.1", "", "10.0.0.1"},
      {"10.0.0.1", "192.0.2.1", "192.0.2.1"},
      {"::ffff:10.0.0.1", "192.0.2.1", "192.0.2.1"},
      // What the client wrote itself stands left of what the proxy has seen.
      {"10.0.0.1", "192.0.2.66, 192.0.2.1", "192.0.2.1"},
      {"10.0.0.1", "10.0.0.66, 192.0.2.1", "192.0.2.1"},
      {"10.0.0.1", "192.0.2.66, 192.0.2.1, 10.0.0.2", "192.0.2.1"},
      {"10.0.0.1", "192.0.2.1,2001:db8:1::7", "192.0.2.1"},
      // All of them are ours: the first one is as far as it is known.
      {"10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
      // What is no address is nobody's.
      {"10.0.0.1", "192.0.2.1, unknown", "10.0.0.1"},
      {"10.0.0.1", "192.0.2.1, , 10.0.0.2", "10.0.0.2"},
      {"10.0.0.1", ",", "10.0.0.1"},
      {"10.0.0.1", "\"192.0.2.1\"", "10.0.0.1"},
      {"10.0.0.1", "192.0.2.1:1234", "192.0.2.1"},
      {"10.0.0.1", "[2001:db8::9]:1", "2001:db8::9"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.peer, c.forwarded);
    CHECK(client_address(*parse_address(c.peer), c.forwarded, networks(proxies)) ==
          *parse_address(c.client));
  }
  CHECK(client_address(*parse_address("10.0.0.1"), "192.0.2.1", {}) == *parse_address("10.0.0.1"));
}
