// ECDSA P-256 with SHA-256, deterministic (RFC 6979), raw r and s; by Botan.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::publish {

// A public key as the panel's page carries it.
struct PublicKey {
  std::string x, y;  // coordinates, 32 bytes each, base64url without padding
  bool operator==(const PublicKey&) const = default;
};

// A signing key. Movable; wiped when destroyed.
class SigningKey {
 public:
  static Result<SigningKey> generate();
  // PKCS#8 PEM, unencrypted.
  static Result<SigningKey> from_pem(std::string_view pem);
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  std::string to_pem() const;
  PublicKey public_key() const;
  // 64 bytes r and s, base64url without padding. The same text gives the same signature.
  std::string sign(std::string_view text) const;

 private:
  struct State;
  explicit SigningKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Whether `signature` (as sign() returns it) over `text` is by that key. A malformed key or
// signature is not valid.
bool verify(const PublicKey& key, std::string_view text, std::string_view signature);

// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace askus::publish
