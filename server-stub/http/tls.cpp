#include "server-stub/http/tls.h"

#include <openssl/ssl.h>

namespace askus::http {

Result<std::shared_ptr<boost::asio::ssl::context>> load_tls(const TlsFiles& files) {
  namespace ssl = boost::asio::ssl;
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  const auto failed = [&error](const std::string& file) {
    return Error{Code::kMalformed, file + ": " + error.message()};
  };
  if (SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION) != 1)
    return Error{Code::kUnsupported, "OpenSSL has no TLS 1.2"};
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                                    SSL_OP_CIPHER_SERVER_PREFERENCE);
  // What an idle connection would keep for its next record.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  context->use_certificate_chain_file(files.certificate, error);
  if (error) return failed(files.certificate);
  context->use_private_key_file(files.key, ssl::context::pem, error);
  if (error) return failed(files.key);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1)
    return Error{Code::kMalformed, files.key + " is not the key of " + files.certificate};
  return context;
}

}  // namespace askus::http
