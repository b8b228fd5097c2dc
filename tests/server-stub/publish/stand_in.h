// A server for the client's tests: answers one request a connection with what the test prepared,
// and keeps what it was sent.
#pragma once

#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace askus::publish {

struct Prepared {
  unsigned status = 200;
  std::string body;
  std::string etag = {}, modified = {};
};

struct Seen {
  std::string line, token, type, body;  // line: "GET /path"
  std::string none_match = {}, modified_since = {};
};

class StandIn {
 public:
  explicit StandIn(std::deque<Prepared> answers)
      : answers_(std::move(answers)), thread_([this] { serve(); }) {}
  ~StandIn() {
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);  // wakes an accept that nobody came to
    thread_.join();
  }
  StandIn(const StandIn&) = delete;
  StandIn& operator=(const StandIn&) = delete;

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  std::vector<Seen> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  void serve() {
    for (; !answers_.empty(); answers_.pop_front()) {
      boost::system::error_code error;
      boost::asio::ip::tcp::socket socket = acceptor_.accept(error);
      if (error) return;
      answer(std::move(socket), answers_.front());
    }
  }
  void answer(boost::asio::ip::tcp::socket socket, const Prepared& prepared) {
    namespace http = boost::beast::http;
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    boost::system::error_code error;
    http::read(socket, buffer, request, error);
    if (error) return;
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back({std::string(request.method_string()) + " " + std::string(request.target()),
                       std::string(request[http::field::authorization]),
                       std::string(request[http::field::content_type]), request.body(),
                       std::string(request[http::field::if_none_match]),
                       std::string(request[http::field::if_modified_since])});
    }
    http::response<http::string_body> response(http::int_to_status(prepared.status), 11);
    response.body() = prepared.body;
    if (!prepared.etag.empty()) response.set(http::field::etag, prepared.etag);
    if (!prepared.modified.empty()) response.set(http::field::last_modified, prepared.modified);
    response.prepare_payload();
    // Who is told too much hangs up.
    http::write(socket, response, error);
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_{context_,
                                           {boost::asio::ip::make_address("127.0.0.1"), 0}};
  std::deque<Prepared> answers_;
  std::mutex mutex_;
  std::vector<Seen> seen_;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace askus::publish
