#include "tests/server-stub/api/desk.h"

#include "tests/catch.h"

namespace askus::testing::desk {

using nlohmann::json;

Team::Team(Harness& h)
    : staff_id(add_person(h, "s@b.example", "staff", "demo", kHostile)),
      other_id(add_person(h, "o@b.example", "staff")),
      lead_id(add_person(h, "l@b.example", "lead")),
      staff(begin_session(h, staff_id)),
      other(begin_session(h, other_id)),
      lead(begin_session(h, lead_id)) {}

void ask(Harness& h, int n, const std::string& title, const std::string& details) {
  json body{
      {"id", uuid(n)},
      {"kind", "question"},
      {"title", title},
      {"language", "uk"},
      {"details", details},
      {"name", kHostile},
      {"contact", "maria@b.example"},
      {"consent",
       {{"version", "1"}, {"text_hash", std::string(64, 'a')}, {"at", "2026-01-01T00:00:00Z"}}}};
  if (details.empty()) body.erase("details");
  const auto answer = h.post_request(uuid(n), body.dump());
  INFO(answer.body);
  REQUIRE(answer.status == 201);
}

json get(Harness& h, const std::string& ticket, const std::string& path) {
  const auto answer = send(h, ticket, "GET", path);
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("cache-control") == "no-store");
  CHECK(answer.headers.at("content-type") == "application/json");
  return json::parse(answer.body);
}

std::string of(int n, const std::string& what) {
  return kRequests + "/" + uuid(n) + "/" + what;
}

json reply_of(int n, const std::string& text, bool is_public) {
  return {{"id", uuid(n)}, {"text", text}, {"public", is_public}};
}

}  // namespace askus::testing::desk
