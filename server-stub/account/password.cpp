#include "server-stub/account/password.h"

#include <botan/argon2.h>
#include <botan/system_rng.h>

#include <algorithm>

namespace askus::account {
namespace {

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

}  // namespace

bool is_good_password(std::string_view text, std::string_view email) {
  const bool varied = text.find_first_not_of(text.substr(0, 1)) != std::string_view::npos;
  return code_points(text) >= kMinPassword && text.size() <= kMaxPassword && varied &&
         text != email;
}

std::string hash_password(std::string_view password) {
  return Botan::argon2_generate_pwhash(password.data(), password.size(), Botan::system_rng(),
                                       kArgonLanes, kArgonMemory, kArgonPasses);
}

bool check_password(std::string_view password, const std::string& hash) {
  return Botan::argon2_check_pwhash(password.data(), password.size(), hash);
}

bool check_no_password(std::string_view password) {
  static const std::string kNobodys = hash_password("a password that nobody has been given");
  check_password(password, kNobodys);
  return false;
}

}  // namespace askus::account
