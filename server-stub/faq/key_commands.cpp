#include <cstdio>

#include "server-stub/faq/commands.h"
#include "server-stub/faq/files.h"
#include "server-stub/publish/signature.h"

namespace askus::faq {
namespace {

// As the server's configuration wants it; both coordinates are base64url.
void print_public(const publish::SigningKey& key) {
  const publish::PublicKey point = key.public_key();
  std::printf("{\"x\":\"%s\",\"y\":\"%s\"}\n", point.x.c_str(), point.y.c_str());
}

}  // namespace

int run_keygen(const std::string& file) {
  const auto key = publish::SigningKey::generate();
  if (!key) return fail(key.error());
  if (const auto written = write_new_secret(file, key->to_pem()); !written)
    return fail(written.error());
  print_public(*key);
  return kDone;
}

int run_public(const std::string& file) {
  const auto pem = read_secret(file);
  if (!pem) return fail(pem.error());
  const auto key = publish::SigningKey::from_pem(*pem);
  if (!key) return fail(key.error());
  print_public(*key);
  return kDone;
}

}  // namespace askus::faq
