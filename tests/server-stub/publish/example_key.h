// The key of RFC 6979, appendix A.2.5 (curve P-256), as PKCS#8.
#pragma once

#include "server-stub/publish/signature.h"

namespace askus::publish {

inline constexpr const char* kExamplePem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCDJr6nYRbp1FmtcIVdn\n"
    "sdaTTlDD2zbomxJ7imIrEg9nIQ==\n"
    "-----END PRIVATE KEY-----\n";

inline SigningKey example_key() {
  return SigningKey::from_pem(kExamplePem).value();
}

}  // namespace askus::publish
