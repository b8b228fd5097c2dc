// Those who answer at the site "demo", and what they answer.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/server-stub/api/people.h"

namespace askus::testing::desk {

inline const std::string kRequests = "/v1/sites/demo/requests";
// Would be markup, script or SQL if anything took it for more than a text.
inline const std::string kHostile = "<img src=x onerror=alert(1)>\"'&{{7*7}} ;--";

// Two operators, of whom the first has a hostile name, and a lead: ids, and tickets of sessions.
struct Team {
  explicit Team(Harness& h);
  std::string staff_id, other_id, lead_id, staff, other, lead;
};

// A visitor with a hostile name asks, as the request uuid(n).
void ask(Harness& h, int n, const std::string& title, const std::string& details = "");
// A good answer's JSON.
nlohmann::json get(Harness& h, const std::string& ticket, const std::string& path);
// The path of something of the request uuid(n).
std::string of(int n, const std::string& what);
nlohmann::json reply_of(int n, const std::string& text, bool is_public);

}  // namespace askus::testing::desk
