// Any bytes as the launch parameters of a VK app: refused, or, signed by us, read as they are.
#include <cstdint>
#include <string>
#include <string_view>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"
#include "server-stub/social/text.h"
#include "server-stub/social/vk_launch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace askus;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Nobody finds a signature by trying.
  if (social::verify_launch(text, {"key"}, "1", 1'700'000'000).ok()) __builtin_trap();
  // The text as a value survives its encoding, and the signature is over all of it.
  const std::string value = social::percent_encode(text);
  const std::string query = "vk_ref=" + value;
  const std::string signed_query =
      query + "&sign=" + publish::base64url(publish::hmac_sha256("key", query));
  const auto read = social::signed_parameters(signed_query, {"key"});
  if (read.ok() && read->at("vk_ref") != text) __builtin_trap();
  return 0;
}
