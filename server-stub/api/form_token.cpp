#include "server-stub/api/form_token.h"

#include <botan/system_rng.h>

#include <chrono>

#include "server-stub/api/auth.h"
#include "server-stub/publish/base64url.h"

namespace askus::api {
namespace {

constexpr std::size_t kTimeBytes = 6, kRandomBytes = 9, kSaidBytes = 16, kTagBytes = 16;

std::string tag(const std::string& secret, std::string_view site, std::string_view said) {
  std::string text(site);
  text += '\n';
  text += said;
  return keyed_hash(secret, "form-token", text).substr(0, kTagBytes);
}

}  // namespace

std::string issue_form_token(const std::string& secret, std::string_view site,
                             const FormToken& token) {
  std::string said;
  for (std::size_t i = kTimeBytes; i-- > 0;)
    said += static_cast<char>(token.issued_at >> (8 * i) & 0xff);
  said += static_cast<char>(token.work);
  for (const std::uint8_t byte : Botan::system_rng().random_vec(kRandomBytes))
    said += static_cast<char>(byte);
  return publish::base64url(said + tag(secret, site, said));
}

std::optional<FormToken> read_form_token(const std::string& secret, std::string_view site,
                                         std::string_view text) {
  const std::optional<std::string> bytes = publish::base64url_decode(text);
  if (!bytes || bytes->size() != kSaidBytes + kTagBytes) return std::nullopt;
  const std::string_view said = std::string_view(*bytes).substr(0, kSaidBytes);
  if (!same_secret(std::string_view(*bytes).substr(kSaidBytes), tag(secret, site, said)))
    return std::nullopt;
  FormToken token;
  for (std::size_t i = 0; i < kTimeBytes; ++i)
    token.issued_at = token.issued_at << 8 | static_cast<std::uint8_t>(said[i]);
  token.work = static_cast<std::uint8_t>(said[kTimeBytes]);
  return token;
}

std::int64_t unix_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace askus::api
