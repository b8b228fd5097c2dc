#include "server-stub/account/one_time.h"

#include <botan/aead.h>
#include <botan/base32.h>
#include <botan/system_rng.h>
#include <botan/totp.h>

#include <charconv>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/mac.h"

namespace askus::account {
namespace {

constexpr std::size_t kSecretBytes = 20, kNonceBytes = 24;
constexpr std::size_t kDigits = 6;

std::string escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0x0F];
    }
  }
  return out;
}

std::unique_ptr<Botan::AEAD_Mode> cipher(std::string_view server_secret, std::string_view person,
                                         Botan::Cipher_Dir direction) {
  auto mode = Botan::AEAD_Mode::create_or_throw("ChaCha20Poly1305", direction);
  const std::string key = publish::hmac_sha256(server_secret, "one-time-secret\n");
  mode->set_key(reinterpret_cast<const std::uint8_t*>(key.data()), key.size());
  mode->set_associated_data(reinterpret_cast<const std::uint8_t*>(person.data()), person.size());
  return mode;
}

}  // namespace

std::string new_one_time_secret() {
  return Botan::base32_encode(Botan::system_rng().random_vec(kSecretBytes));
}

std::string one_time_address(std::string_view secret, std::string_view email,
                             std::string_view host) {
  return "otpauth://totp/" + escaped(host) + ":" + escaped(email) +
         "?secret=" + std::string(secret) + "&issuer=" + escaped(host);
}

std::optional<std::int64_t> code_step(const std::string& secret, std::string_view code,
                                      std::int64_t now, std::int64_t after) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
  if (code.size() != kDigits || error != std::errc() || end != code.data() + code.size())
    return std::nullopt;
  const auto bytes = Botan::base32_decode(secret);
  Botan::TOTP totp(bytes.data(), bytes.size(), "SHA-1", kDigits, kCodeSeconds);
  std::optional<std::int64_t> found;
  for (std::int64_t step = now / kCodeSeconds - kCodeSlack; step <= now / kCodeSeconds + kCodeSlack;
       ++step)
    if (step > after &&
        totp.generate_totp(static_cast<std::uint64_t>(step * kCodeSeconds)) == number)
      found = step;
  return found;
}

std::string seal_secret(std::string_view server_secret, std::string_view person,
                        std::string_view secret) {
  const auto nonce = Botan::system_rng().random_vec(kNonceBytes);
  const auto mode = cipher(server_secret, person, Botan::ENCRYPTION);
  mode->start(nonce);
  Botan::secure_vector<std::uint8_t> text(secret.begin(), secret.end());
  mode->finish(text);
  std::string whole(nonce.begin(), nonce.end());
  whole.append(text.begin(), text.end());
  return publish::base64url(whole);
}

std::optional<std::string> open_secret(std::string_view server_secret, std::string_view person,
                                       std::string_view sealed) {
  const auto whole = publish::base64url_decode(sealed);
  if (!whole || whole->size() <= kNonceBytes) return std::nullopt;
  const auto mode = cipher(server_secret, person, Botan::DECRYPTION);
  mode->start(reinterpret_cast<const std::uint8_t*>(whole->data()), kNonceBytes);
  Botan::secure_vector<std::uint8_t> text(whole->begin() + kNonceBytes, whole->end());
  try {
    mode->finish(text);
  } catch (const Botan::Exception&) {
    return std::nullopt;
  }
  return std::string(text.begin(), text.end());
}

}  // namespace askus::account
