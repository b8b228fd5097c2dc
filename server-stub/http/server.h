// The HTTP server: listens, accepts, drains. Everything of Boost.Asio stays behind it.
//
// One io_context is run by all threads and each connection lives on a strand of its own: handlers
// never block (files are in memory, the store answers by callback), so any thread may take any
// connection's next step, and one slow connection holds up no other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server-stub/http/limits.h"
#include "server-stub/http/log.h"
#include "server-stub/http/metrics.h"
#include "server-stub/http/router.h"
#include "server-stub/http/tls.h"
#include "shared/base/result.h"

namespace askus::http {

class Server {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    unsigned threads = 1;
    Limits limits;
    // Whose X-Forwarded-For is believed. Their connections are not capped by address.
    std::vector<Network> trusted_proxies = {};
    std::optional<TlsFiles> tls = {};  // none: plain HTTP
    Metrics* metrics = nullptr;        // counts what is served; must outlive the server
  };

  // `log` must outlive the server. The server must outlive whatever still holds a Reply.
  Server(Options options, Router router, Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens; the port. kUnavailable when the address cannot be had, kMalformed when the
  // files for TLS are not right.
  Result<std::uint16_t> listen();
  // SIGTERM and SIGINT call stop(), SIGHUP reload().
  void stop_on_signals();
  // Serves until stop() and the drain after it: open requests are answered, idle connections
  // closed. Requires listen().
  void run();
  // From any thread; may be called before run() and more than once.
  void stop();
  // From any thread: reads the files for TLS again; what is wrong with them is logged, and the ones
  // before stay. Open connections keep theirs.
  void reload();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace askus::http
