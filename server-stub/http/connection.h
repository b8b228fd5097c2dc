// One connection: reads requests, lets the router answer them, writes the answers. Runs on the
// strand of its socket.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "server-stub/http/connections.h"
#include "server-stub/http/deliveries.h"
#include "server-stub/http/limits.h"
#include "server-stub/http/log.h"
#include "server-stub/http/metrics.h"
#include "server-stub/http/router.h"
#include "server-stub/http/stream.h"

namespace askus::http {

// What connections share; all of it outlives them.
struct Environment {
  const Router& router;
  const Limits& limits;
  Log& log;
  Connections& connections;
  const std::vector<Network>& trusted_proxies;
  Deliveries& deliveries;
  Metrics* metrics;  // may be null
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `peer`: the other end of the socket.
  Connection(Stream stream, const Address& peer, Environment environment);
  ~Connection();

  // Begins to serve; the connection keeps itself alive until it is closed.
  void start();
  // From any thread: no further request; an idle connection closes now.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Exchange;  // one request and its answer
  template <typename T>
  using Task = boost::asio::awaitable<T>;

  Task<void> run();
  Task<bool> wait_for_request();
  Task<bool> start_tls();
  Task<void> end();
  Task<bool> serve();
  // Each of these sets the exchange's response when the request is to be refused. False: the peer
  // is gone.
  Task<bool> read_header(Exchange& x);
  Task<bool> read_body(Exchange& x);
  void parse_header(Exchange& x);
  template <typename Answer, typename Call>
  Task<Answer> answer_of(const Exchange& x, Call call);
  Task<void> judge(Exchange& x);
  Task<void> handle(Exchange& x);
  Task<bool> write(Exchange& x);
  Task<void> tell(EventStream& events);
  void report(const Exchange& x, std::size_t bytes);
  Task<void> linger();

  void arm(std::chrono::milliseconds time);
  void disarm();
  void set_timer(Clock::time_point at);
  void timer_fired();
  std::chrono::milliseconds write_time(std::size_t bytes) const;

  Stream stream_;
  const Address peer_;
  boost::asio::steady_timer timer_;
  Environment environment_;
  boost::beast::flat_buffer buffer_;
  Clock::time_point deadline_at_ = Clock::time_point::max();  // max: none
  Clock::time_point timer_at_ = Clock::time_point::max();     // when the timer fires; max: never
  unsigned timer_sets_ = 0;  // a firing that was on its way when the timer was set again is ignored
  boost::asio::steady_timer* events_pause_ = nullptr;  // while events are told
  bool started_ = false, timed_out_ = false, idle_ = false, stopping_ = false;
};

}  // namespace askus::http
