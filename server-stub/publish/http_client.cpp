#include "server-stub/publish/http_client.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace askus::publish {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kWait = asio::as_tuple(asio::use_awaitable);

struct Address {
  bool secure = false;
  std::string host, port, path;
};

Result<Address> address_of(const Exchange& exchange) {
  const auto parsed = boost::urls::parse_uri(exchange.url);
  if (!parsed || (parsed->scheme() != "http" && parsed->scheme() != "https") ||
      parsed->host().empty() || parsed->has_userinfo())
    return Error{Code::kMalformed,
                 "\"" + exchange.url + "\" is not an address such as https://ask.example.com"};
  Address address;
  address.secure = parsed->scheme() == "https";
  address.host = parsed->host();
  address.port =
      parsed->has_port() ? std::string(parsed->port()) : std::string(address.secure ? "443" : "80");
  address.path = parsed->encoded_target().empty() ? "/" : std::string(parsed->encoded_target());
  if (!address.secure && !is_this_machine(address.host))
    return Error{Code::kRefused,
                 "\"" + exchange.url + "\" would carry a key in the clear; use https"};
  return address;
}

http::request<http::string_body> request_of(const Exchange& exchange, const Address& address) {
  http::request<http::string_body> request;
  request.version(11);
  request.method_string(exchange.method);
  request.target(address.path);
  request.set(http::field::host, address.host + ":" + address.port);
  request.set(http::field::user_agent, "askus");
  request.set(http::field::accept, exchange.accept);
  request.set(http::field::connection, "close");
  if (!exchange.token.empty()) request.set(http::field::authorization, "Bearer " + exchange.token);
  if (!exchange.content_type.empty()) request.set(http::field::content_type, exchange.content_type);
  for (const auto& [name, value] : exchange.headers) request.set(name, value);
  request.body() = exchange.body;
  request.prepare_payload();
  return request;
}

// What may be sent back in a header: printable, and not too long.
std::string validator(std::string_view text) {
  const bool good =
      text.size() <= kMaxValidator &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return good ? std::string(text) : std::string();
}

// Runs one exchange in its own context; `outcome_` stays empty when the deadline passes first.
class Run {
 public:
  Run(const Exchange& exchange, Address address)
      : address_(std::move(address)),
        request_(request_of(exchange, address_)),
        most_bytes_(exchange.most_bytes) {}

  Result<Answer> until(std::chrono::milliseconds deadline) {
    asio::co_spawn(context_, talk(), asio::detached);
    context_.run_for(deadline);
    if (outcome_) return std::move(*outcome_);
    return failed("gave no answer in " + std::to_string(deadline.count() / 1000) + " s");
  }

 private:
  Error failed(const std::string& what) const {
    return {Code::kUnavailable, address_.host + ":" + address_.port + " " + what};
  }
  Error failed(const char* what, const error_code& error) const {
    return failed(std::string(what) + ": " + error.message());
  }
  asio::awaitable<void> talk();
  template <typename Stream>
  asio::awaitable<void> send_and_receive(Stream& stream);
  asio::awaitable<void> talk_securely(tcp::socket socket);

  asio::io_context context_{1};
  Address address_;
  http::request<http::string_body> request_;
  std::size_t most_bytes_;
  std::optional<Result<Answer>> outcome_;
};

template <typename Stream>
asio::awaitable<void> Run::send_and_receive(Stream& stream) {
  // A server may answer and close before it has read all of a refused body: the answer counts.
  const auto [sent, sent_bytes] = co_await http::async_write(stream, request_, kWait);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(most_bytes_);
  const auto [received, bytes] = co_await http::async_read(stream, buffer, parser, kWait);
  if (received)
    outcome_ = sent ? failed("could not be written to", sent)
                    : failed("gave no readable answer", received);
  else
    outcome_ = Answer{parser.get().result_int(), parser.get().body(),
                      std::string(parser.get()[http::field::retry_after]),
                      validator(parser.get()[http::field::etag]),
                      validator(parser.get()[http::field::last_modified])};
}

asio::awaitable<void> Run::talk_securely(tcp::socket socket) {
  ssl::context authorities(ssl::context::tls_client);
  error_code error;
  authorities.set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  authorities.set_default_verify_paths(error);
  beast::ssl_stream<tcp::socket> stream(std::move(socket), authorities);
  stream.set_verify_mode(ssl::verify_peer);
  stream.set_verify_callback(ssl::host_name_verification(address_.host));
  SSL_set_tlsext_host_name(stream.native_handle(), address_.host.c_str());
  const auto [shaken] = co_await stream.async_handshake(ssl::stream_base::client, kWait);
  if (shaken)
    outcome_ = failed("could not prove who it is", shaken);
  else
    co_await send_and_receive(stream);
}

asio::awaitable<void> Run::talk() {
  tcp::resolver resolver(context_);
  std::string host = address_.host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const auto [resolved, found] = co_await resolver.async_resolve(host, address_.port, kWait);
  if (resolved) {
    outcome_ = failed("was not found", resolved);
    co_return;
  }
  tcp::socket socket(context_);
  const auto [connected, endpoint] = co_await asio::async_connect(socket, found, kWait);
  if (connected)
    outcome_ = failed("is not reachable", connected);
  else if (address_.secure)
    co_await talk_securely(std::move(socket));
  else
    co_await send_and_receive(socket);
}

}  // namespace

Result<Answer> exchange(const Exchange& exchange, std::chrono::milliseconds deadline) {
  auto address = address_of(exchange);
  if (!address) return address.error();
  return Run(exchange, std::move(*address)).until(deadline);
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace askus::publish
