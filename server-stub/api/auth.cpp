#include "server-stub/api/auth.h"

#include <botan/mac.h>
#include <botan/mem_ops.h>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::size_t kNameDigits = 12;

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

std::string_view bearer(const http::Request& request) {
  const std::string_view value = request.headers.get("Authorization");
  if (value.size() <= kScheme.size() || !http::same_name(value.substr(0, kScheme.size()), kScheme))
    return {};
  return value.substr(kScheme.size());
}

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

std::string request_token(const std::string& secret, std::string_view id) {
  return publish::base64url(keyed_hash(secret, "request-token", id));
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && Botan::constant_time_compare(bytes(a), bytes(b), a.size());
}

std::optional<std::string> key_holder(const http::Request& request,
                                      const std::vector<std::string>& keys) {
  const std::string_view token = bearer(request);
  if (token.empty()) return std::nullopt;
  const std::string hash = publish::sha256_hex(token);
  bool known = false;
  for (const std::string& key : keys) known |= same_secret(key, hash);
  return known ? std::optional(hash.substr(0, kNameDigits)) : std::nullopt;
}

}  // namespace askus::api
