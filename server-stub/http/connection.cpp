#include "server-stub/http/connection.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <optional>
#include <random>

#include "server-stub/http/head.h"
#include "server-stub/http/problem.h"
#include "server-stub/http/send.h"

namespace askus::http {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace {

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kMethodBytes = 16;  // of what is refused; known methods are shorter
constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// Unique within a log: a random start for each process, then counted.
std::string next_request_id() {
  static std::atomic<std::uint64_t> next{(std::uint64_t{std::random_device{}()} << 32) |
                                         std::random_device{}()};
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx",
                static_cast<unsigned long long>(next.fetch_add(1)));
  return text.data();
}

}  // namespace

struct Connection::Exchange {
  std::shared_ptr<Request> request = std::make_shared<Request>();
  const Route* route = nullptr;
  std::shared_ptr<void> slot;  // of the route, if it has them
  std::optional<Parser> parser;
  std::optional<Response> response;
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  std::size_t header_size = 0;
  bool keep_alive = false, unread = false;

  // `unread`: the peer may still be sending, so the connection cannot go on.
  void refuse(Response answer, bool unread_body) {
    response = std::move(answer);
    unread = unread_body;
    keep_alive = keep_alive && !unread_body;
  }
};

Connection::Connection(Stream stream, const Address& peer, Environment environment)
    : stream_(std::move(stream)),
      peer_(peer),
      timer_(stream_.get_executor()),
      environment_(environment),
      buffer_(environment.limits.header_bytes + kBodyChunk) {}

Connection::~Connection() {
  if (started_ && environment_.metrics != nullptr) environment_.metrics->connection_closed();
  environment_.connections.leave(this);
}

void Connection::start() {
  started_ = true;
  if (environment_.metrics != nullptr) environment_.metrics->connection_opened();
  asio::co_spawn(
      stream_.get_executor(), [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void Connection::stop() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    boost::system::error_code ignored;
    if (self->idle_) self->stream_.socket().cancel(ignored);
    if (self->events_pause_ != nullptr) self->events_pause_->cancel();
  });
}

// A deadline is absolute: it is armed once for reading a request and once for writing its answer,
// and fires whatever was read or written meanwhile. The timer itself is only set when it would be
// late: it is left to fire early and then set to the deadline of that moment, so that a busy
// connection sets it twice a minute and not four times a request.
void Connection::arm(std::chrono::milliseconds time) {
  timed_out_ = false;
  deadline_at_ = Clock::now() + time;
  if (deadline_at_ < timer_at_) set_timer(deadline_at_);
}

void Connection::disarm() {
  deadline_at_ = Clock::time_point::max();
}

void Connection::set_timer(Clock::time_point at) {
  timer_at_ = at;
  timer_.expires_at(at);
  timer_.async_wait(
      [weak = weak_from_this(), set = ++timer_sets_](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!error && self != nullptr && self->timer_sets_ == set) self->timer_fired();
      });
}

void Connection::timer_fired() {
  timer_at_ = Clock::time_point::max();
  if (deadline_at_ == Clock::time_point::max()) return;
  if (Clock::now() < deadline_at_) return set_timer(deadline_at_);
  timed_out_ = true;
  boost::system::error_code ignored;
  stream_.socket().cancel(ignored);
}

// How long an answer with a body of `bytes` may take to be written.
std::chrono::milliseconds Connection::write_time(std::size_t bytes) const {
  const Limits& limits = environment_.limits;
  return limits.request_deadline +
         std::chrono::milliseconds(std::uint64_t{bytes} * 1'000 / limits.write_rate);
}

Connection::Task<void> Connection::run() {
  bool open = !stream_.is_tls();
  if (!open) open = co_await start_tls();
  while (open) {
    open = co_await wait_for_request();
    if (open) open = co_await serve();
  }
  co_await end();
}

// A peer that opens no TLS is told nothing: it would not understand.
Connection::Task<bool> Connection::start_tls() {
  arm(environment_.limits.request_deadline);
  const auto [error] =
      co_await stream_.tls().async_handshake(asio::ssl::stream_base::server, kAwait);
  disarm();
  co_return !error;
}

Connection::Task<void> Connection::end() {
  boost::system::error_code ignored;
  if (stream_.is_tls() && stream_.socket().is_open()) {
    // So that the peer knows that nothing was cut off.
    arm(kLastWord);
    std::tie(ignored) = co_await stream_.tls().async_shutdown(kAwait);
  }
  disarm();
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.socket().close(ignored);
}

// An idle connection holds no buffer: it waits until the socket is readable.
Connection::Task<bool> Connection::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  boost::system::error_code error;
  if (!stopping_) {
    buffer_.shrink_to_fit();
    arm(environment_.limits.idle_timeout);
    idle_ = true;
    if (stream_.is_tls()) {
      // Its record layer may hold bytes that the socket does not show any more.
      std::size_t size = 0;
      std::tie(error, size) = co_await stream_.async_read_some(buffer_.prepare(kReadChunk), kAwait);
      buffer_.commit(size);
    } else {
      std::tie(error) = co_await stream_.socket().async_wait(asio::socket_base::wait_read, kAwait);
    }
    idle_ = false;
  }
  // What has arrived before the drain is still answered.
  if (stopping_) co_return buffer_.size() > 0 || stream_.socket().available(error) > 0;
  co_return !error;
}

Connection::Task<bool> Connection::serve() {
  Exchange x;
  arm(environment_.limits.request_deadline);
  bool here = co_await read_header(x);
  if (!here) co_return false;
  x.request->id = next_request_id();
  if (!x.response) parse_header(x);
  if (!x.response && x.route->judge) co_await judge(x);
  if (!x.response) here = co_await read_body(x);
  if (!here) co_return false;
  disarm();  // the handlers' time is not the client's
  if (!x.response) co_await handle(x);
  co_return co_await write(x);
}

Connection::Task<bool> Connection::read_header(Exchange& x) {
  const std::size_t limit = environment_.limits.header_bytes;
  for (;;) {
    const std::string_view read(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    const std::size_t end = read.find(kHeaderEnd);
    x.header_size = end == std::string_view::npos ? 0 : end + kHeaderEnd.size();
    if (x.header_size > limit || (x.header_size == 0 && read.size() >= limit)) {
      x.refuse(problem(problems::kHeaderTooLarge, "at most " + std::to_string(limit) + " bytes"),
               true);
      co_return true;
    }
    if (x.header_size > 0) co_return true;
    const std::size_t ask = std::min(kReadChunk, limit - read.size());
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(ask), kAwait);
    buffer_.commit(size);
    if (error && timed_out_) {
      x.refuse(problem(problems::kTimeout), true);
      co_return true;
    }
    if (error) co_return false;
  }
}

void Connection::parse_header(Exchange& x) {
  const std::string_view block(static_cast<const char*>(buffer_.data().data()), x.header_size);
  x.request->method = block.substr(0, std::min<std::size_t>(block.find(' '), kMethodBytes));
  Parser& parser = x.parser.emplace();
  Request& request = *x.request;
  Result<Head> head = parse_head(block, environment_.limits, parser, request);
  if (!head.ok()) return x.refuse(problem(problems::kBadRequest, head.error().text), true);
  buffer_.consume(head->size);
  request.client = client_address(peer_, head->forwarded_for, environment_.trusted_proxies);
  request.secure = stream_.is_tls() || (is_within(peer_, environment_.trusted_proxies) &&
                                        request.headers.get("X-Forwarded-Proto") == "https");
  x.keep_alive = parser.keep_alive();

  auto found = environment_.router.find(request);
  const bool has_body = !parser.is_done();
  if (Response* answer = std::get_if<Response>(&found))
    return x.refuse(std::move(*answer), has_body);
  x.route = *std::get_if<const Route*>(&found);
  if (x.route->admit)
    if (std::optional<Response> refusal = x.route->admit(request))
      return x.refuse(std::move(*refusal), has_body);
  const std::size_t limit = x.route->body_limit;
  const std::string detail = "at most " + std::to_string(limit) + " bytes";
  if (parser.content_length().value_or(0) > limit)
    return x.refuse(problem(problems::kTooLarge, detail), true);
  if (x.route->slots != nullptr && (x.slot = x.route->slots->take()) == nullptr)
    return x.refuse(problem(problems::kBusy, "too many large bodies at once"), has_body);
  parser.body_limit(limit);
}

Connection::Task<bool> Connection::read_body(Exchange& x) {
  Parser& parser = *x.parser;
  if (!parser.is_done() && buffer_.size() == 0 &&
      same_name(x.request->headers.get("Expect"), "100-continue")) {
    const auto [error, size] = co_await asio::async_write(
        stream_, asio::buffer(kContinue.data(), kContinue.size()), kAwait);
    if (error) co_return false;
  }
  const auto [error, size] = co_await beast::http::async_read(stream_, buffer_, parser, kAwait);
  if (error == beast::http::error::body_limit) {
    x.refuse(
        problem(problems::kTooLarge, "at most " + std::to_string(x.route->body_limit) + " bytes"),
        true);
  } else if (error && timed_out_) {
    x.refuse(problem(problems::kTimeout), true);
  } else if (error.category() ==
                 beast::http::make_error_code(beast::http::error::end_of_stream).category() &&
             error != beast::http::error::partial_message &&
             error != beast::http::error::end_of_stream) {
    x.refuse(problem(problems::kBadRequest, error.message()), true);
  } else if (error) {
    co_return false;
  } else {
    x.request->body = std::move(parser.get().body());
  }
  co_return true;
}

// Awaits what `call` answers later, from whatever thread.
template <typename Answer, typename Call>
Connection::Task<Answer> Connection::answer_of(const Exchange& x, Call call) {
  const auto ask = [this, &x, &call](auto done) {
    // std::function wants a copyable callable, the coroutine's continuation is not.
    auto shared = std::make_shared<decltype(done)>(std::move(done));
    const std::function<void(Answer)> reply = [shared, executor = stream_.get_executor(),
                                               &deliveries =
                                                   environment_.deliveries](Answer answer) {
      deliveries.push(executor, [shared, answer = std::move(answer)]() mutable {
        std::move (*shared)(std::move(answer));
      });
    };
    try {
      call(reply);
    } catch (const std::exception& error) {
      environment_.log.event("internal", {{"id", x.request->id}, {"reason", error.what()}});
      reply(problem(problems::kInternal));
    }
  };
  co_return co_await asio::async_initiate<decltype(asio::use_awaitable), void(Answer)>(
      ask, asio::use_awaitable);
}

Connection::Task<void> Connection::judge(Exchange& x) {
  std::optional<Response> refusal = co_await answer_of<std::optional<Response>>(
      x, [&x](const Verdict& verdict) { x.route->judge(x.request, verdict); });
  if (refusal) x.refuse(std::move(*refusal), !x.parser->is_done());
}

Connection::Task<void> Connection::handle(Exchange& x) {
  x.response = co_await answer_of<Response>(
      x, [&x](const Reply& reply) { x.route->handle(x.request, reply); });
}

Connection::Task<bool> Connection::write(Exchange& x) {
  // Past the deadline there is a moment left to say so.
  const bool head = x.request->method == "HEAD";
  x.keep_alive = x.keep_alive && !timed_out_ && !stopping_ && x.response->events == nullptr;
  arm(timed_out_ ? kLastWord : write_time(head ? 0 : x.response->body.size));
  OutMessage message = out_message(*x.response, *x.request, x.keep_alive);
  beast::http::response_serializer<OutBody> serializer(message);
  boost::system::error_code error;
  if (head || x.response->events != nullptr) {
    std::tie(error, std::ignore) =
        co_await beast::http::async_write_header(stream_, serializer, kAwait);
  } else {
    std::tie(error, std::ignore) = co_await beast::http::async_write(stream_, serializer, kAwait);
  }
  report(x, head || error ? 0 : x.response->body.size);
  if (x.response->events != nullptr) {
    if (!head && !error) co_await tell(*x.response->events);
    x.response->events->end();
  }
  if (!error && x.unread) co_await linger();
  co_return !error && x.keep_alive;
}

// Writes what is pushed, until nothing more will be, the reader is gone, or the server stops. A
// line of comment now and then keeps proxies from closing, and finds out who is gone.
Connection::Task<void> Connection::tell(EventStream& events) {
  asio::steady_timer pause(stream_.get_executor());
  events_pause_ = &pause;
  boost::system::error_code error;
  while (!error && !stopping_) {
    pause.expires_after(kHeartbeat);
    // Called from any thread: the timer is cancelled on this connection's strand, where it is
    // already waited for by then.
    std::string text = events.take([weak = weak_from_this(), executor = stream_.get_executor()] {
      asio::post(executor, [weak] {
        if (const auto self = weak.lock(); self != nullptr && self->events_pause_ != nullptr)
          self->events_pause_->cancel();
      });
    });
    if (text.empty()) {
      if (events.over()) break;
      const auto [stopped] = co_await pause.async_wait(kAwait);
      if (stopped) continue;
      text = ":\n\n";
    }
    arm(write_time(text.size()));
    std::tie(error, std::ignore) = co_await asio::async_write(stream_, asio::buffer(text), kAwait);
    disarm();
  }
  events_pause_ = nullptr;
}

// The request into the log and the numbers.
void Connection::report(const Exchange& x, std::size_t bytes) {
  const Response& response = *x.response;
  const bool is_file = x.route == nullptr && (response.status < 400 || response.status == 416);
  const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - x.begin);
  Access access{x.request->id,   x.request->method, kNoRoute, {},  {},
                response.status, response.problem,  bytes,    time};
  if (is_file) {
    access.route = kFileRoute;
    access.path = x.request->path;
  }
  if (x.route != nullptr) {
    access.route = x.route->pattern;
    if (x.route->of_site && response.problem != problems::kUnknownSite.name)
      access.site = x.request->args.front();
  }
  environment_.log.access(access);
  if (environment_.metrics != nullptr)
    environment_.metrics->count(x.route, is_file, response.status, response.problem, bytes, time);
}

// Closing with unread input would reset the connection and take the refusal with it.
Connection::Task<void> Connection::linger() {
  arm(kLastWord);
  boost::system::error_code error;
  if (!stream_.is_tls()) stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  buffer_.clear();
  while (!error)
    std::tie(error, std::ignore) =
        co_await stream_.async_read_some(buffer_.prepare(kBodyChunk), kAwait);
}

}  // namespace askus::http
