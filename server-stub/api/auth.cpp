#include "server-stub/api/auth.h"

#include <botan/base64.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::size_t kNameDigits = 12;

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string base64url(const Botan::secure_vector<std::uint8_t>& data) {
  std::string text = Botan::base64_encode(data);
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

}  // namespace

std::string_view bearer(const http::Request& request) {
  const std::string_view value = request.headers.get("Authorization");
  if (value.size() <= kScheme.size() || !http::same_name(value.substr(0, kScheme.size()), kScheme))
    return {};
  return value.substr(kScheme.size());
}

std::string request_token(const std::string& secret, std::string_view id) {
  const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
  mac->set_key(bytes(secret), secret.size());
  mac->update("request-token\n");
  mac->update(bytes(id), id.size());
  return base64url(mac->final());
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
