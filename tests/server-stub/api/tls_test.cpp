// TLS in process: a handshake with a client of OpenSSL's, old versions, a reload.
#include "server-stub/http/tls.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <memory>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using testing::Harness;
using testing::Setup;

template <typename T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* object) const { kFree(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;

// A fresh key and a certificate of its own signature, in the folder as NAME.crt and NAME.key.
http::TlsFiles make_certificate(const testing::TempFolder& folder, const std::string& name) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key.get());
  REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  const http::TlsFiles files{folder.write(name + ".crt", ""), folder.write(name + ".key", "")};
  FILE* file = std::fopen(files.certificate.c_str(), "w");
  PEM_write_X509(file, certificate.get());
  std::fclose(file);
  file = std::fopen(files.key.c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  return files;
}

// One connection of a client that trusts nobody in particular.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int most_version = TLS1_3_VERSION)
      : context_(asio::ssl::context::tls_client) {
    SSL_CTX_set_security_level(context_.native_handle(), 0);  // or it would not offer old versions
    SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.native_handle(), most_version);
    stream_ = std::make_unique<asio::ssl::stream<asio::ip::tcp::socket>>(io_, context_);
    stream_->next_layer().connect({asio::ip::make_address("127.0.0.1"), port}, error_);
    stream_->handshake(asio::ssl::stream_base::client, error_);
  }

  bool ok() const { return !error_; }
  std::string version() { return SSL_get_version(stream_->native_handle()); }
  std::string issued_to() {
    const Certificate certificate(SSL_get1_peer_certificate(stream_->native_handle()));
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                              sizeof name);
    return name;
  }
  // The answer as it arrives until it holds `until`.
  std::string ask(const std::string& text, const std::string& until) {
    asio::write(*stream_, asio::buffer(text), error_);
    std::string answer;
    while (!error_ && answer.find(until) == std::string::npos) {
      char chunk[4'096];
      answer.append(chunk, stream_->read_some(asio::buffer(chunk), error_));
    }
    return answer;
  }
  // What ends the connection.
  boost::system::error_code end() {
    char byte = 0;
    stream_->read_some(asio::buffer(&byte, 1), error_);
    return error_;
  }

 private:
  asio::io_context io_;
  asio::ssl::context context_;
  std::unique_ptr<asio::ssl::stream<asio::ip::tcp::socket>> stream_;
  boost::system::error_code error_;
};

const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

Setup over(const http::TlsFiles& files) {
  Setup setup;
  setup.tls = files;
  return setup;
}

}  // namespace

TEST_CASE("over TLS one request follows the other, also sent at once") {
  const testing::TempFolder folder;
  Harness h(over(make_certificate(folder, "one")));
  TlsClient client(h.port);
  REQUIRE(client.ok());
  CHECK(client.issued_to() == "one");
  CHECK(client.ask(kGet, "ok\n").starts_with("HTTP/1.1 200"));
  const std::string both = client.ask(kGet + "GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "not-found");
  CHECK(both.find("ok\n") != std::string::npos);
  // A body larger than a TLS record.
  const std::string id = testing::uuid(1);
  const std::string body =
      testing::request_json(id, R"(,"details":")" + std::string(30'000, 'x') + "\"");
  CHECK(client
            .ask(testing::request_text(
                     "POST", "/v1/sites/demo/requests",
                     {{"Content-Type", "application/json"}, {"Idempotency-Key", id}}, body),
                 "\"token\"")
            .starts_with("HTTP/1.1 201"));
  client.ask("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "ok\n");
  CHECK(client.end() == asio::error::eof);  // not "truncated": the server has said good-bye
}

TEST_CASE("TLS before 1.2 is refused, 1.2 and 1.3 are not") {
  const testing::TempFolder folder;
  Harness h(over(make_certificate(folder, "one")));
  CHECK_FALSE(TlsClient(h.port, TLS1_1_VERSION).ok());
  CHECK(TlsClient(h.port, TLS1_2_VERSION).version() == "TLSv1.2");
  CHECK(TlsClient(h.port).version() == "TLSv1.3");
}

TEST_CASE("who speaks no TLS is cut off, and so is who says nothing") {
  const testing::TempFolder folder;
  http::Limits limits;
  limits.request_deadline = 200ms;
  Harness h(limits, {}, 0, over(make_certificate(folder, "one")));
  testing::Client plain(h.port), silent(h.port);
  plain.send(kGet);
  CHECK(plain.receive().status == 0);
  CHECK(silent.closed());
  CHECK(TlsClient(h.port).ok());
}

TEST_CASE("a drain ends idle TLS connections") {
  const testing::TempFolder folder;
  Harness h(over(make_certificate(folder, "one")));
  TlsClient idle(h.port);
  CHECK_FALSE(idle.ask(kGet, "ok\n").empty());
  h.stop();
  CHECK(idle.end() == asio::error::eof);
  CHECK(h.log().find("drain-cut-short") == std::string::npos);
}

TEST_CASE("a reload takes new files for new connections and keeps the old ones when they are bad") {
  const testing::TempFolder folder;
  const http::TlsFiles files = make_certificate(folder, "one");
  Harness h(over(files));
  TlsClient before(h.port);
  h.server().stop_on_signals();
  const auto reload = [&](const std::string& event) {
    ::raise(SIGHUP);
    // Its event is the sign; a connection that is accepted after it has the new files.
    while (h.log().find(event) == std::string::npos) std::this_thread::yield();
  };
  make_certificate(folder, "two");
  folder.write("one.crt", folder.read("two.crt"));
  reload("tls-reload-failed");  // the certificate is not of that key
  CHECK(TlsClient(h.port).issued_to() == "one");
  folder.write("one.key", folder.read("two.key"));
  reload("tls-reloaded");
  CHECK(TlsClient(h.port).issued_to() == "two");
  CHECK(before.ask(kGet, "ok\n").starts_with("HTTP/1.1 200"));
}

TEST_CASE("files that are not right are named") {
  const testing::TempFolder folder;
  const http::TlsFiles one = make_certificate(folder, "one"), two = make_certificate(folder, "two");
  struct Case {
    http::TlsFiles files;
    std::string error;
  };
  for (const Case& c :
       {Case{{"/nowhere.crt", one.key}, "/nowhere.crt"},
        Case{{one.certificate, "/nowhere.key"}, "/nowhere.key"},
        Case{{one.key, one.key}, "one.key"}, Case{{one.certificate, two.key}, "two.key"}}) {
    const auto loaded = http::load_tls(c.files);
    REQUIRE_FALSE(loaded.ok());
    CAPTURE(loaded.error().text);
    CHECK(loaded.error().text.find(c.error) != std::string::npos);
  }
}
