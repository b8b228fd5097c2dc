#include "server-stub/publish/base64url.h"

#include <botan/base64.h>

#include <algorithm>

namespace askus::publish {

std::string base64url(std::string_view bytes) {
  std::string text =
      Botan::base64_encode(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // One letter over a multiple of four holds less than a byte.
  if (text.find_first_not_of(kAlphabet) != std::string_view::npos || text.size() % 4 == 1)
    return std::nullopt;
  std::string padded(text);
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  const auto decoded = Botan::base64_decode(padded, false);
  std::string bytes(decoded.begin(), decoded.end());
  // The bits that no byte needs must be 0.
  if (base64url(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace askus::publish
