// The HTTP front over real sockets: limits, deadlines, drains.
#include <sys/resource.h>
#include <unistd.h>

#include "tests/server-stub/api/harness.h"

using namespace askus;
using namespace std::chrono_literals;
using testing::Client;
using testing::Harness;
using testing::request_json;
using testing::request_text;
using testing::uuid;

namespace {

std::string get(const std::string& fields, const std::string& target = "/healthz") {
  return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

std::string post_text(const std::string& body) {
  return request_text("POST", "/v1/sites/demo/requests",
                      {{"Content-Type", "application/json"}, {"Idempotency-Key", uuid(1)}}, body);
}

}  // namespace

TEST_CASE("what is not plain HTTP is refused and the connection closed") {
  Harness h;
  const std::string host = "Host: a\r\n";
  for (const std::string& text : {get(""), get(host + host), get(host + "X: a\r\n b\r\n"),
                                  get(host + "Transfer-Encoding: gzip\r\n"),
                                  get(host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
                                  get(host, "http://a/"), get(host, "/%00"), get(host, "/%zz"),
                                  std::string("GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n"),
                                  std::string("\x16\x03\x01 hello\r\n\r\n")}) {
    CAPTURE(text);
    Client client(h.port);
    client.send(text);
    const auto answer = client.receive();
    CHECK(answer.status == 400);
    CHECK(answer.problem() == "bad-request");
    CHECK(client.closed());
  }
}

TEST_CASE("the header block at its limit") {
  Harness h;
  const std::string start = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", end = "\r\n\r\n";
  for (const std::size_t size :
       {http::kHeaderBytes - 1, http::kHeaderBytes, http::kHeaderBytes + 1}) {
    CAPTURE(size);
    Client client(h.port);
    client.send(start + std::string(size - start.size() - end.size(), 'x') + end);
    const auto answer = client.receive();
    CHECK(answer.status == (size > http::kHeaderBytes ? 431u : 200u));
    if (answer.status == 431) CHECK(answer.problem() == "header-too-large");
  }
}

TEST_CASE("a connection serves one request after the other, also sent at once") {
  Harness h;
  Client client(h.port);
  client.send(get("Host: a\r\n") + post_text(request_json(uuid(1))) + get("Host: a\r\n", "/none"));
  CHECK(client.receive().body == "ok\n");
  CHECK(client.receive().status == 201);
  CHECK(client.receive().status == 404);
  client.send(get("Host: a\r\nConnection: close\r\n"));
  CHECK(client.receive().headers.at("connection") == "close");
  CHECK(client.closed());
}

TEST_CASE("a chunked body is read, and limited like another") {
  Harness h;
  const std::string head =
      "POST /v1/sites/demo/requests HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
      "Content-Type: application/json\r\nIdempotency-Key: " +
      uuid(1) + "\r\n\r\n";
  const std::string body = request_json(uuid(1));
  char size[20];
  std::snprintf(size, sizeof size, "%zx\r\n", body.size());
  {
    Client client(h.port);
    client.send(head + size + body + "\r\n0\r\nIdempotency-Key: x\r\n\r\n");
    CHECK(client.receive().status == 201);
  }
  Client client(h.port);
  client.send(head);
  const std::string chunk = "8000\r\n" + std::string(0x8000, ' ') + "\r\n";
  for (std::size_t sent = 0; sent <= http::kRequestBody; sent += 0x8000) client.send(chunk);
  CHECK(client.receive().problem() == "too-large");
  CHECK(h.rows() == "1");
}

TEST_CASE("a refused body is refused before it is sent, an accepted one asked for") {
  Harness h;
  Client refused(h.port);
  refused.send(
      "POST /v1/sites/demo/snapshots HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
      "Content-Length: 60000000\r\n\r\n");
  CHECK(refused.receive().problem() == "unauthorized");

  const std::string body = request_json(uuid(1));
  Client accepted(h.port);
  accepted.send(
      "POST /v1/sites/demo/requests HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
      "Content-Type: application/json\r\nIdempotency-Key: " +
      uuid(1) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  CHECK(accepted.receive().status == 100);
  accepted.send(body);
  CHECK(accepted.receive().status == 201);
}

TEST_CASE("the deadline is absolute: a client that drips is cut off") {
  http::Limits limits;
  limits.request_deadline = 300ms;
  Harness h(limits);
  const auto begin = std::chrono::steady_clock::now();
  {
    // The header never ends.
    Client client(h.port);
    client.send("GET /healthz HTTP/1.1\r\n");
    const auto answer = client.receive();
    CHECK(answer.problem() == "timeout");
  }
  {
    // The body never ends.
    Client client(h.port);
    std::string text = post_text(request_json(uuid(1)));
    text.pop_back();
    client.send(text);
    CHECK(client.receive().problem() == "timeout");
    CHECK(client.closed());
  }
  CHECK(std::chrono::steady_clock::now() - begin >= 600ms);
  CHECK(h.rows() == "0");
}

namespace {

// More than the system's buffers hold between a server and a client with a small window.
constexpr std::size_t kLargeFile = 16u << 20;
constexpr int kSmallWindow = 65'536;

}  // namespace

TEST_CASE("a large answer has time by its size, whatever the deadline of its request") {
  http::Limits limits;
  limits.request_deadline = 500ms;
  limits.write_rate = 1u << 20;  // 16 s more for the whole file
  Harness h(limits, {}, kLargeFile);
  Client client(h.port, kSmallWindow);
  client.send(get("Host: a\r\n", "/assets/large.1.bin"));
  std::this_thread::sleep_for(2 * limits.request_deadline);  // as a slow reader does
  const auto answer = client.receive();
  CHECK(answer.status == 200);
  CHECK(answer.body.size() == kLargeFile);
}

TEST_CASE("the time of a large answer is absolute: a client that sips is cut off") {
  http::Limits limits;
  limits.request_deadline = 300ms;
  limits.write_rate = kLargeFile * 10;  // 100 ms more for the whole file
  Harness h(limits, {}, kLargeFile);
  Client client(h.port, kSmallWindow);
  client.send(get("Host: a\r\n", "/assets/large.1.bin"));
  // Never silent for as long as the deadline, and far slower than the rate asks for.
  std::size_t taken = 0;
  while (client.sip()) {
    ++taken;
    std::this_thread::sleep_for(5ms);
  }
  CHECK(taken > 0);
  CHECK(taken * Client::kSip < kLargeFile);
}

TEST_CASE("an idle connection is closed without a word") {
  http::Limits limits;
  limits.idle_timeout = 100ms;
  Harness h(limits);
  Client client(h.port);
  CHECK(client.closed());
}

TEST_CASE("connections over the cap are closed, and room is found again") {
  http::Limits limits;
  limits.connections = 1;
  Harness h(limits);
  {
    Client first(h.port);
    first.send(get("Host: a\r\n"));
    CHECK(first.receive().status == 200);
    Client second(h.port);
    second.send(get("Host: a\r\n"));
    CHECK(second.receive().status == 0);
    first.send(get("Host: a\r\nConnection: close\r\n"));
    CHECK(first.receive().status == 200);
    CHECK(first.closed());
  }
  // The server forgets the first a moment after the client has seen it closed.
  unsigned status = 0;
  for (int i = 0; i < 1'000 && status != 200; ++i) {
    Client third(h.port);
    third.send(get("Host: a\r\n"));
    status = third.receive().status;
  }
  CHECK(status == 200);
}

TEST_CASE("connections of one address are capped, those of a trusted proxy are not") {
  http::Limits limits;
  limits.connections_per_address = 1;
  testing::Setup setup;
  setup.trusted_proxies = {*http::parse_network("127.0.0.9")};
  Harness h(limits, {}, 0, setup);
  const auto status = [](Client& client) {
    client.send(get("Host: a\r\n"));
    return client.receive().status;
  };
  Client first(h.port, 0, "127.0.0.2");
  CHECK(status(first) == 200);
  Client second(h.port, 0, "127.0.0.2"), other(h.port, 0, "127.0.0.3");
  CHECK(status(second) == 0);
  CHECK(status(other) == 200);
  Client proxied(h.port, 0, "127.0.0.9"), too(h.port, 0, "127.0.0.9");
  CHECK(status(proxied) == 200);
  CHECK(status(too) == 200);
}

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

// Leaves this process, and so the server in it, without a free file descriptor while it lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);  // the lowest that is free
    ::close(next);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next);
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("out of file descriptors the server waits, without a busy loop, and then goes on") {
  Harness h;
  Client open(h.port);
  open.send(get("Host: a\r\n"));
  CHECK(open.receive().status == 200);
  // Its descriptor is taken before there is none left; the system completes its connection.
  Client waiting;
  const auto begin = std::chrono::steady_clock::now();
  {
    const NoDescriptors none;
    waiting.connect(h.port);
    waiting.send(get("Host: a\r\n"));
    while (count(h.log(), "accept-failed") < 4) std::this_thread::yield();
    // Each but the first came after a pause.
    CHECK(std::chrono::steady_clock::now() - begin >= 3 * http::kAcceptPause);
    open.send(get("Host: a\r\n"));
    CHECK(open.receive().status == 200);
  }
  CHECK(waiting.receive().status == 200);
}

TEST_CASE("a drain that takes too long is cut short") {
  http::Limits limits;
  limits.drain = 100ms;
  Harness h(limits);
  Client open(h.port);
  const std::string text = post_text(request_json(uuid(1)));
  open.send(get("Host: a\r\n") + text.substr(0, text.size() - 1));
  CHECK(open.receive().status == 200);  // the server is reading the second one now
  h.stop();
  CHECK(h.log().find("drain-cut-short") != std::string::npos);
  CHECK(h.rows() == "0");
}

TEST_CASE("a drain answers the open request, closes idle connections and accepts no more") {
  Harness h;
  Client idle(h.port), open(h.port);
  idle.send(get("Host: a\r\n"));
  CHECK(idle.receive().status == 200);
  const std::string text = post_text(request_json(uuid(1)));
  open.send(get("Host: a\r\n") + text.substr(0, text.size() - 1));
  CHECK(open.receive().status == 200);  // the server is reading the second one now

  std::thread stopping([&] { h.stop(); });
  CHECK(idle.closed());
  open.send(text.substr(text.size() - 1));
  const auto answer = open.receive();
  CHECK(answer.status == 201);
  CHECK(answer.headers.at("connection") == "close");
  stopping.join();
  CHECK(h.rows() == "1");
}
