#include "tests/server-stub/api/people.h"

#include <future>
#include <nlohmann/json.hpp>

#include "server-stub/account/ticket.h"
#include "server-stub/store/sessions.h"
#include "tests/catch.h"

namespace askus::testing {
namespace {

using nlohmann::json;

store::Act act(const Harness& h) {
  return {account::new_row_id(h.now), "", utc(h.now), "test", "test", "", "here"};
}

template <typename Call>
store::Written awaited(Call call) {
  std::promise<store::Written> promise;
  call([&promise](store::Written written) { promise.set_value(std::move(written)); });
  return promise.get_future().get();
}

std::string invite_with(Harness& h, const std::string& email, const std::string& role,
                        const std::string& site, const std::vector<std::string>& categories) {
  const std::string ticket = account::new_ticket();
  store::Invitation invitation{account::ticket_hash(ticket),
                               store::InvitationKind::kJoin,
                               site,
                               email,
                               role,
                               categories,
                               "test",
                               utc(h.now),
                               h.now + 1'000,
                               false};
  REQUIRE(awaited([&](auto done) {
            store::invite(h.store(), invitation, h.now, act(h), done);
          }).outcome == store::Outcome::kStored);
  return ticket;
}

}  // namespace

std::string invite(Harness& h, const std::string& email, const std::string& role,
                   const std::string& site) {
  return invite_with(h, email, role, site, {});
}

std::string add_person(Harness& h, const std::string& email, const std::string& role,
                       const std::string& site, const std::string& name,
                       const std::vector<std::string>& categories) {
  store::Acceptance a;
  a.hash = account::ticket_hash(invite_with(h, email, role, site, categories));
  a.person = {account::new_row_id(h.now), {}, name, "оператор", {}, "uk", false};
  a.password = "no hash of anything";
  a.now = h.now;
  REQUIRE(awaited([&](auto done) {
            store::accept_invitation(h.store(), a, act(h), done);
          }).outcome == store::Outcome::kStored);
  return a.person.id;
}

std::string begin_session(Harness& h, const std::string& person) {
  const std::string ticket = account::new_ticket();
  REQUIRE(awaited([&](auto done) {
            store::begin_session(h.store(), {account::ticket_hash(ticket), person, h.now}, "", 0,
                                 act(h), done);
          }).outcome == store::Outcome::kStored);
  return ticket;
}

Fields by(const Harness&, const std::string& ticket, Fields more) {
  more.emplace_back("Origin", "http://localhost");
  more.emplace_back("Cookie", "theme=dark; askus=" + ticket);
  return more;
}

Answer send(Harness& h, const std::string& ticket, const std::string& method,
            const std::string& path, const std::string& body) {
  Fields more;
  if (!body.empty()) more.emplace_back("Content-Type", "application/json");
  return h.ask(method, path, by(h, ticket, more), body);
}

Answer log_in(Harness& h, const std::string& email, const std::string& password,
              const std::string& code, const Fields& more) {
  json body{{"email", email}, {"password", password}};
  if (!code.empty()) body["code"] = code;
  Fields fields{{"Content-Type", "application/json"}, {"Origin", "http://localhost"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return h.ask("POST", "/v1/session", fields, body.dump());
}

std::string ticket_in(const Answer& answer) {
  const auto cookie = answer.headers.find("set-cookie");
  if (cookie == answer.headers.end()) return {};
  const std::size_t begin = cookie->second.find('=') + 1;
  return cookie->second.substr(begin, cookie->second.find(';') - begin);
}

std::string join(Harness& h, const std::string& email, const std::string& role) {
  const json body{{"ticket", invite(h, email, role)},
                  {"password", kPassword},
                  {"name", "Олена Коваль"},
                  {"language", "uk"}};
  const Answer accepted =
      h.ask("POST", "/v1/invitation/acceptance",
            {{"Content-Type", "application/json"}, {"Origin", "http://localhost"}}, body.dump());
  INFO(accepted.body);
  REQUIRE(accepted.status == 204);
  const Answer entered = log_in(h, email, kPassword);
  INFO(entered.body);
  REQUIRE(entered.status == 204);
  return ticket_in(entered);
}

}  // namespace askus::testing
