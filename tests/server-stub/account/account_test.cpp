// Roles, passwords, one-time codes and tickets, without a server.
#include <set>

#include "server-stub/account/one_time.h"
#include "server-stub/account/password.h"
#include "server-stub/account/roles.h"
#include "server-stub/account/ticket.h"
#include "shared/request/uuid.h"
#include "tests/catch.h"

using namespace askus::account;

TEST_CASE("what each role may do") {
  const auto rights = [](Role role) {
    std::string text;
    for (std::size_t i = 0; i < kRights; ++i)
      if (may(role, static_cast<Right>(i)))
        text += std::string(name_of(static_cast<Right>(i))) + " ";
    return text;
  };
  CHECK(rights(Role::kStaff) == "answer read reply ");
  CHECK(rights(Role::kLead) == "answer assign figures organise read reply ");
  CHECK(rights(Role::kMarketer) == "figures publish ");
  CHECK(rights(Role::kAdministrator) ==
        "answer assign figures publish manage audit organise read reply ");
  CHECK(rights(Role::kPublisherKey) == "publish ");
  CHECK(rights(Role::kStaffKey) == "figures ");
  CHECK(rights(Role::kReadKey) == "read ");
  CHECK(rights(Role::kAnswerKey) == "read reply ");
}

TEST_CASE("a person's role has a name, a key's has none") {
  for (const Role role : {Role::kStaff, Role::kLead, Role::kMarketer, Role::kAdministrator})
    CHECK(person_role(name_of(role)) == role);
  CHECK_FALSE(person_role(""));
  CHECK_FALSE(person_role("root"));
}

TEST_CASE("a password fits its own hash alone, and no two hashes are the same") {
  const std::string hash = hash_password("correct horse battery");
  CHECK(hash != hash_password("correct horse battery"));
  CHECK(check_password("correct horse battery", hash));
  CHECK_FALSE(check_password("correct horse batterz", hash));
  CHECK_FALSE(check_password("", hash));
  CHECK_FALSE(check_password("correct horse battery", "no hash of anything"));
  CHECK_FALSE(check_no_password("a password that nobody has been given"));
}

TEST_CASE("a good password is a long one") {
  CHECK(is_good_password("abcdefghijkl", "a@b.example"));
  CHECK_FALSE(is_good_password("abcdefghijk", "a@b.example"));
  CHECK(is_good_password("дванадцять літер", "a@b.example"));
  CHECK_FALSE(is_good_password("шістьшіст", "a@b.example"));  // 18 bytes, 9 letters
  CHECK_FALSE(is_good_password(std::string(12, 'a'), "a@b.example"));
  CHECK_FALSE(is_good_password("olena@b.example", "olena@b.example"));
  CHECK(is_good_password(std::string(kMaxPassword - 1, 'a') + "b", ""));
  CHECK_FALSE(is_good_password(std::string(kMaxPassword, 'a') + "b", ""));
}

TEST_CASE("one-time codes are RFC 6238's") {
  // Appendix B, SHA-1, the last six digits; "12345678901234567890" in base32.
  const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const struct {
    std::int64_t time;
    const char* code;
  } vectors[] = {{59, "287082"},
                 {1'111'111'109, "081804"},
                 {1'111'111'111, "050471"},
                 {1'234'567'890, "005924"},
                 {2'000'000'000, "279037"}};
  for (const auto& [time, code] : vectors) {
    CAPTURE(time);
    CHECK(code_step(secret, code, time, 0) == time / kCodeSeconds);
    CHECK(code_step(secret, code, time + kCodeSeconds, 0) == time / kCodeSeconds);
    CHECK_FALSE(code_step(secret, code, time + 2 * kCodeSeconds, 0));
    CHECK_FALSE(code_step(secret, code, time, time / kCodeSeconds));  // used
  }
  for (const char* bad : {"", "28708", "2870820", "28708x", " 87082", "-87082"})
    CHECK_FALSE(code_step(secret, bad, 59, 0));
}

TEST_CASE("a sealed secret opens under its server's secret and for its person alone") {
  const std::string server(32, 's'), secret = new_one_time_secret();
  CHECK(secret.size() == 32);
  std::string sealed = seal_secret(server, "p1", secret);
  CHECK(sealed != seal_secret(server, "p1", secret));
  CHECK(open_secret(server, "p1", sealed) == secret);
  CHECK_FALSE(open_secret(server, "p2", sealed));
  CHECK_FALSE(open_secret(std::string(32, 't'), "p1", sealed));
  CHECK_FALSE(open_secret(server, "p1", ""));
  CHECK_FALSE(open_secret(server, "p1", sealed.substr(0, 40)));
  sealed[50] = sealed[50] == 'A' ? 'B' : 'A';
  CHECK_FALSE(open_secret(server, "p1", sealed));
}

TEST_CASE("what an authenticator app reads is escaped") {
  CHECK(one_time_address("ABC", "a+b@c.example", "x:1") ==
        "otpauth://totp/x%3A1:a%2Bb@c.example?secret=ABC&issuer=x%3A1");
}

TEST_CASE("tickets and rows' ids are fresh") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string ticket = new_ticket();
    CHECK(ticket.size() == 43);
    CHECK(ticket_hash(ticket).size() == 64);
    CHECK(askus::request::is_uuid7(new_row_id(1'795'255'200)));
    seen.insert(ticket);
    seen.insert(new_row_id(1'795'255'200));
  }
  CHECK(seen.size() == 200);
}
