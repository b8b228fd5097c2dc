// A TCP connection, bare or within TLS: what Beast reads from and writes to. Bare it costs no more
// than its socket.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <utility>

namespace askus::http {

class Stream {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  using Tls = boost::asio::ssl::stream<Socket&>;
  using executor_type = Socket::executor_type;

  // `context`: null for a bare one. Kept by the connections that were opened with it.
  Stream(Socket socket, const std::shared_ptr<boost::asio::ssl::context>& context)
      : socket_(std::make_unique<Socket>(std::move(socket))) {
    if (context != nullptr) tls_ = std::make_unique<Tls>(*socket_, *context);
  }

  bool is_tls() const { return tls_ != nullptr; }
  Tls& tls() { return *tls_; }  // requires is_tls()
  Socket& socket() { return *socket_; }
  executor_type get_executor() { return socket_->get_executor(); }

  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return tls_ ? tls_->async_read_some(buffers, std::forward<Token>(token))
                : socket_->async_read_some(buffers, std::forward<Token>(token));
  }
  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return tls_ ? tls_->async_write_some(buffers, std::forward<Token>(token))
                : socket_->async_write_some(buffers, std::forward<Token>(token));
  }

 private:
  std::unique_ptr<Socket> socket_;  // where it is when the stream moves, TLS still knows it
  std::unique_ptr<Tls> tls_;
};

}  // namespace askus::http
