#include "server-stub/http/server.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <thread>
#include <vector>

#include "server-stub/http/connection.h"
#include "server-stub/http/connections.h"

namespace askus::http {
namespace asio = boost::asio;
using asio::ip::tcp;

struct Server::State {
  State(Options o, Router r, Log& l)
      : options(std::move(o)),
        router(std::move(r)),
        log(l),
        connections(options.limits),
        context(static_cast<int>(options.threads)),
        deliveries(context),
        control(asio::make_strand(context)),
        acceptor(control),
        signals(control),
        reload_signal(control),
        timer(control) {
    if (options.metrics != nullptr) options.metrics->watch(router);
  }

  asio::awaitable<void> accept_loop();
  void admit(tcp::socket socket);
  void drain();
  void reload();
  void await_reload();

  const Options options;
  const Router router;
  Log& log;
  Connections connections;  // outlives the context, whose end closes what a drain has cut off
  asio::io_context context;
  Deliveries deliveries;
  asio::strand<asio::io_context::executor_type> control;  // of all below but the connections
  tcp::acceptor acceptor;
  asio::signal_set signals, reload_signal;
  std::shared_ptr<asio::ssl::context> tls;  // null: plain HTTP
  asio::steady_timer timer;                 // pauses the accepting, then bounds the drain
  bool draining = false;
};

asio::awaitable<void> Server::State::accept_loop() {
  while (!draining) {
    auto [error, socket] = co_await acceptor.async_accept(
        asio::any_io_executor(asio::make_strand(context)), asio::as_tuple(asio::use_awaitable));
    if (!error) {
      admit(std::move(socket));
    } else if (!draining && error != asio::error::connection_aborted) {
      // Out of file descriptors or memory: connections wait in the backlog until some are free.
      log.event("accept-failed", {{"reason", error.message()}});
      timer.expires_after(kAcceptPause);
      co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
  }
}

void Server::State::admit(tcp::socket socket) {
  boost::system::error_code error;
  const tcp::endpoint end = socket.remote_endpoint(error);
  if (error) return;
  socket.set_option(tcp::no_delay(true), error);
  const std::optional<Address> peer = parse_address(end.address().to_string());
  if (!peer) return;
  const auto& proxies = options.trusted_proxies;
  const bool is_proxy = std::any_of(proxies.begin(), proxies.end(),
                                    [&peer](const Network& n) { return n.contains(*peer); });
  auto connection = std::make_shared<Connection>(
      Stream(std::move(socket), tls), *peer,
      Environment{router, options.limits, log, connections, options.trusted_proxies, deliveries,
                  options.metrics});
  if (connections.enter(connection.get(), is_proxy ? std::nullopt : std::optional(source_of(*peer)),
                        [weak = std::weak_ptr(connection)] {
                          if (const auto open = weak.lock()) open->stop();
                        }))
    connection->start();
  else if (options.metrics != nullptr)
    options.metrics->count_turned_away();
}

void Server::State::reload() {
  if (!options.tls) return;
  const auto loaded = load_tls(*options.tls);
  if (loaded.ok()) tls = *loaded;
  log.event(loaded.ok() ? "tls-reloaded" : "tls-reload-failed",
            {{"reason", loaded.ok() ? "" : loaded.error().text}});
}

void Server::State::await_reload() {
  reload_signal.async_wait([this](boost::system::error_code error, int) {
    if (error) return;
    reload();
    await_reload();
  });
}

void Server::State::drain() {
  if (draining) return;
  draining = true;
  if (options.metrics != nullptr) options.metrics->set_draining();
  boost::system::error_code ignored;
  acceptor.close(ignored);
  signals.cancel(ignored);
  reload_signal.cancel(ignored);
  timer.expires_after(options.limits.drain);
  timer.async_wait([this](boost::system::error_code error) {
    if (error) return;
    log.event("drain-cut-short", {{"connections", std::to_string(connections.size())}});
    context.stop();
  });
  connections.drain([this] { asio::post(control, [this] { timer.cancel(); }); });
}

Server::Server(Options options, Router router, Log& log)
    : state_(std::make_unique<State>(std::move(options), std::move(router), log)) {}
Server::~Server() = default;

Result<std::uint16_t> Server::listen() {
  const Options& options = state_->options;
  if (options.tls) {
    const auto loaded = load_tls(*options.tls);
    if (!loaded.ok()) return loaded.error();
    state_->tls = *loaded;
  }
  const std::string where = options.address + ":" + std::to_string(options.port);
  boost::system::error_code error;
  const asio::ip::address address = asio::ip::make_address(options.address, error);
  if (error) return Error{Code::kMalformed, "not an IP address to listen on: " + options.address};
  const tcp::endpoint endpoint(address, options.port);
  tcp::acceptor& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) return Error{Code::kUnavailable, "cannot listen on " + where + ": " + error.message()};
  asio::co_spawn(state_->control, state_->accept_loop(), asio::detached);
  return acceptor.local_endpoint().port();
}

void Server::stop_on_signals() {
  state_->signals.add(SIGTERM);
  state_->signals.add(SIGINT);
  state_->signals.async_wait([this](boost::system::error_code error, int) {
    if (!error) state_->drain();
  });
  state_->reload_signal.add(SIGHUP);
  state_->await_reload();
}

void Server::run() {
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < state_->options.threads; ++i)
    threads.emplace_back([this] { state_->context.run(); });
  state_->context.run();
  for (std::thread& thread : threads) thread.join();
  // Whoever leaves from here on is destroyed with the context: there is nobody left to tell.
  state_->connections.drain([] {});
}

void Server::stop() {
  asio::post(state_->control, [this] { state_->drain(); });
}

void Server::reload() {
  asio::post(state_->control, [this] { state_->reload(); });
}

}  // namespace askus::http
