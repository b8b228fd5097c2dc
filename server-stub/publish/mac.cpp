#include "server-stub/publish/mac.h"

#include <botan/mac.h>
#include <botan/mem_ops.h>

namespace askus::publish {
namespace {

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string hmac_sha256(std::string_view secret, std::string_view text) {
  const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
  mac->set_key(bytes(secret), secret.size());
  mac->update(bytes(text), text.size());
  const auto code = mac->final();
  return {code.begin(), code.end()};
}

std::string keyed_hash(std::string_view secret, std::string_view context, std::string_view text) {
  std::string whole(context);
  whole += '\n';
  whole += text;
  return hmac_sha256(secret, whole);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && Botan::constant_time_compare(bytes(a), bytes(b), a.size());
}

}  // namespace askus::publish
