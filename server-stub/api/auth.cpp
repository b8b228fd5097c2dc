#include "server-stub/api/auth.h"

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/signature.h"

namespace askus::api {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr std::size_t kNameDigits = 12;

}  // namespace

std::string_view bearer(const http::Request& request) {
  const std::string_view value = request.headers.get("Authorization");
  if (value.size() <= kScheme.size() || !http::same_name(value.substr(0, kScheme.size()), kScheme))
    return {};
  return value.substr(kScheme.size());
}

std::string request_token(const std::string& secret, std::string_view id) {
  return publish::base64url(keyed_hash(secret, "request-token", id));
}

std::string private_path(std::string_view site, std::string_view id, std::string_view token) {
  std::string path = "/sites/";
  path.append(site).append("/ask#request=").append(id).append(".").append(token);
  return path;
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
