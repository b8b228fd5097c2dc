// The server's own end of TLS, for who runs it without a proxy.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "shared/base/result.h"

namespace askus::http {

struct TlsFiles {
  std::string certificate;  // PEM: the server's certificate, then those between it and the root
  std::string key;          // PEM: its private key, without a passphrase
  bool operator==(const TlsFiles&) const = default;
};

// TLS 1.2 and 1.3, no renegotiation, no compression. kMalformed names the file that is wrong.
Result<std::shared_ptr<boost::asio::ssl::context>> load_tls(const TlsFiles& files);

}  // namespace askus::http
