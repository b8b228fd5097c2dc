// Any bytes as what Facebook and senders of webhooks sign: refused unsigned, whatever they are when
// they are signed.
#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/facebook.h"
#include "server-stub/social/webhook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace askus;
  constexpr std::int64_t kNow = 1'700'000'000;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (social::verify_signed_request(text, {"key"}, kNow).ok()) __builtin_trap();
  const std::string encoded = publish::base64url(text);
  const std::string whole =
      publish::base64url(publish::hmac_sha256("key", encoded)) + "." + encoded;
  const auto read = social::verify_signed_request(whole, {"key"}, kNow);
  if (read.ok() && read->issued_at < kNow - social::kSignedLifetime) __builtin_trap();
  if (social::verify_hub_signature(text, "body", {"key"}).ok()) __builtin_trap();
  if (social::verify_webhook({text, "1700000000", text}, text, {"key"}, kNow).ok())
    __builtin_trap();
  (void)social::webhook_key(text);
  return 0;
}
