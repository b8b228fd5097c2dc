#include "server-stub/publish/signature.h"

#include <botan/auto_rng.h>
#include <botan/data_src.h>
#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/hash.h>
#include <botan/hex.h>
#include <botan/pkcs8.h>
#include <botan/pubkey.h>

#include "server-stub/publish/base64url.h"

namespace askus::publish {
namespace {

constexpr const char* kCurve = "secp256r1";
constexpr const char* kScheme = "EMSA1(SHA-256)";  // r and s, deterministic by RFC 6979
constexpr std::size_t kCoordinate = 32;

// The bytes, or none when the text is not the one base64url form of `size` bytes.
std::string from_base64url(std::string_view text, std::size_t size) {
  std::optional<std::string> bytes = base64url_decode(text);
  return bytes && bytes->size() == size ? std::move(*bytes) : std::string();
}

const std::uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string coordinate(const Botan::BigInt& value) {
  const auto bytes = Botan::BigInt::encode_1363(value, kCoordinate);
  return base64url(text_of(bytes.data(), bytes.size()));
}

}  // namespace

struct SigningKey::State {
  std::unique_ptr<Botan::ECDSA_PrivateKey> key;
};

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

Result<SigningKey> SigningKey::generate() {
  try {
    Botan::AutoSeeded_RNG rng;
    auto state = std::make_unique<State>();
    state->key = std::make_unique<Botan::ECDSA_PrivateKey>(rng, Botan::EC_Group(kCurve));
    return SigningKey(std::move(state));
  } catch (const std::exception& error) {
    return Error{Code::kUnavailable, std::string("no key could be made: ") + error.what()};
  }
}

Result<SigningKey> SigningKey::from_pem(std::string_view pem) {
  const Error bad{Code::kMalformed,
                  "the signing key is not an unencrypted P-256 key in PKCS#8 PEM (\"BEGIN PRIVATE "
                  "KEY\"); make one with askus-faq keygen"};
  try {
    Botan::DataSource_Memory source(bytes_of(pem), pem.size());
    const std::unique_ptr<Botan::Private_Key> key(Botan::PKCS8::load_key(source));
    const auto* ecdsa = dynamic_cast<const Botan::ECDSA_PrivateKey*>(key.get());
    if (ecdsa == nullptr || ecdsa->domain() != Botan::EC_Group(kCurve)) return bad;
    auto state = std::make_unique<State>();
    state->key = std::make_unique<Botan::ECDSA_PrivateKey>(*ecdsa);
    return SigningKey(std::move(state));
  } catch (const std::exception&) {
    return bad;
  }
}

std::string SigningKey::to_pem() const {
  return Botan::PKCS8::PEM_encode(*state_->key);
}

PublicKey SigningKey::public_key() const {
  const Botan::PointGFp& point = state_->key->public_point();
  return {coordinate(point.get_affine_x()), coordinate(point.get_affine_y())};
}

std::string SigningKey::sign(std::string_view text) const {
  // The generator only blinds the computation: r and s do not depend on it.
  Botan::AutoSeeded_RNG rng;
  Botan::PK_Signer signer(*state_->key, rng, kScheme);
  const auto bytes = signer.sign_message(bytes_of(text), text.size(), rng);
  return base64url(text_of(bytes.data(), bytes.size()));
}

bool verify(const PublicKey& key, std::string_view text, std::string_view signature) {
  try {
    const std::string x = from_base64url(key.x, kCoordinate);
    const std::string y = from_base64url(key.y, kCoordinate);
    const std::string raw = from_base64url(signature, 2 * kCoordinate);
    if (x.empty() || y.empty() || raw.empty()) return false;
    const Botan::EC_Group group(kCurve);
    const Botan::PointGFp point =
        group.point(Botan::BigInt(bytes_of(x), x.size()), Botan::BigInt(bytes_of(y), y.size()));
    if (!point.on_the_curve()) return false;
    const Botan::ECDSA_PublicKey public_key(group, point);
    Botan::PK_Verifier verifier(public_key, kScheme);
    return verifier.verify_message(bytes_of(text), text.size(), bytes_of(raw), raw.size());
  } catch (const std::exception&) {
    return false;
  }
}

std::string sha256_hex(std::string_view bytes) {
  const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
  hash->update(bytes_of(bytes), bytes.size());
  return Botan::hex_encode(hash->final(), false);
}

}  // namespace askus::publish
