#include "server-stub/api/form_token.h"

#include "server-stub/api/auth.h"
#include "tests/catch.h"

using namespace askus;

TEST_CASE("a form token says what was put into it, for one site and one secret") {
  const std::string secret(32, 's');
  const api::FormToken token{1'795'000'000'123, 20};
  const std::string text = api::issue_form_token(secret, "demo", token);
  CHECK(text.size() == 43);
  CHECK(api::read_form_token(secret, "demo", text) == token);
  CHECK_FALSE(api::read_form_token(secret, "other", text));
  CHECK_FALSE(api::read_form_token(std::string(32, 't'), "demo", text));
  CHECK(api::issue_form_token(secret, "demo", token) != text);  // each is another
}

TEST_CASE("a form token with anything changed is none") {
  const std::string secret(32, 's');
  const std::string text = api::issue_form_token(secret, "demo", {1'795'000'000'123, 20});
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(api::read_form_token(secret, "demo", changed));
  }
  for (const std::string& wrong : {std::string(), text.substr(1), text + "A", text + "=",
                                   text.substr(0, 42) + "!", std::string(100'000, 'A')})
    CHECK_FALSE(api::read_form_token(secret, "demo", wrong));
}
