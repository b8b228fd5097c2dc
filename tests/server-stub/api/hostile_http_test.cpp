// Malformed HTTP and request smuggling over a real socket. What two servers could read differently
// is refused and its connection closed, so that nothing behind it is ever read as a request.
#include <string>
#include <vector>

#include "tests/server-stub/api/harness.h"

namespace {

using namespace askus;
using testing::Client;
using testing::Harness;
using testing::request_json;
using testing::uuid;

enum class Then { kClosed, kOpen };

struct Case {
  const char* what;
  std::string bytes;
  std::vector<std::string> answers;  // status, and the problem's name where there is one
  Then then = Then::kClosed;
};

const std::string kHost = "Host: a\r\n";
const std::string kHealth = "GET /healthz HTTP/1.1\r\n" + kHost + "\r\n";
// What an attacker would like to be read as the next visitor's request.
const std::string kHidden = "GET /none HTTP/1.1\r\n" + kHost + "\r\n";
const std::vector<std::string> kBad{"400 bad-request"};

std::string get(const std::string& fields) {
  return "GET /healthz HTTP/1.1\r\n" + fields + "\r\n";
}

std::string line(const std::string& request_line) {
  return request_line + "\r\n" + kHost + "\r\n";
}

// The head of a request that is stored when its body is `body()`.
std::string post(const std::string& framing, const std::string& rest) {
  return "POST /v1/sites/demo/requests HTTP/1.1\r\n" + kHost +
         "Content-Type: application/json\r\nIdempotency-Key: " + uuid(1) + "\r\n" + framing +
         "\r\n" + rest;
}

std::string body() {
  return request_json(uuid(1));
}

std::string hex(std::size_t number) {
  char text[20];
  std::snprintf(text, sizeof text, "%zx", number);
  return text;
}

const std::string kChunked = "Transfer-Encoding: chunked\r\n";

std::string chunked(const std::string& size, const std::string& after = "\r\n0\r\n\r\n") {
  return post(kChunked, size + "\r\n" + body() + after);
}

std::string length(std::size_t size) {
  return "Content-Length: " + std::to_string(size) + "\r\n";
}

std::vector<Case> request_lines() {
  return {
      {"one word", line("GET"), kBad},
      {"no version", line("GET /healthz"), kBad},
      {"HTTP/0.9", "GET /healthz\r\n\r\n", kBad},
      {"HTTP/2.0", line("GET /healthz HTTP/2.0"), kBad},
      {"HTTP/1.2", line("GET /healthz HTTP/1.2"), kBad},
      {"HTTP/1.10", line("GET /healthz HTTP/1.10"), kBad},
      {"a version in lower case", line("GET /healthz http/1.1"), kBad},
      {"two spaces", line("GET  /healthz HTTP/1.1"), kBad},
      {"a tab for a space", line("GET\t/healthz HTTP/1.1"), kBad},
      {"a space behind the version", line("GET /healthz HTTP/1.1 "), kBad},
      {"an absolute target", line("GET http://a/healthz HTTP/1.1"), kBad},
      {"an authority", line("CONNECT a:80 HTTP/1.1"), kBad},
      {"an asterisk", line("OPTIONS * HTTP/1.1"), kBad},
      {"a method that is no token", line("G(T /healthz HTTP/1.1"), kBad},
      {"a NUL in the target", line(std::string("GET /\0 HTTP/1.1", 15)), kBad},
      {"bytes above ASCII in the target", line("GET /\xd1\x97 HTTP/1.1"), kBad},
      {"an escaped NUL", line("GET /%00 HTTP/1.1"), kBad},
      {"a broken escape", line("GET /%4 HTTP/1.1"), kBad},
      {"an escaped line end", line("GET /%0d%0aX:%20y HTTP/1.1"), kBad},
      {"line feeds alone", "GET /healthz HTTP/1.1\nHost: a\n\n", {}},
      {"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), kBad},
      {"an unknown method",
       line("BREW /healthz HTTP/1.1"),
       {"405 method-not-allowed"},
       Then::kOpen},
      {"a method in lower case",
       line("get /healthz HTTP/1.1"),
       {"405 method-not-allowed"},
       Then::kOpen},
      {"folders up", line("GET /../../etc/passwd HTTP/1.1"), {"404 not-found"}, Then::kOpen},
      {"folders up, escaped",
       line("GET /assets/%2e%2e/%2e%2e/outside.txt HTTP/1.1"),
       {"404 not-found"},
       Then::kOpen},
      {"two slashes", line("GET //healthz HTTP/1.1"), {"404 not-found"}, Then::kOpen},
      {"an empty line first", "\r\n" + kHealth, kBad},
  };
}

std::vector<Case> header_fields() {
  std::string many = kHost;
  for (std::size_t i = 1; i < http::kHeaderFields + 1; ++i)
    many += "X" + std::to_string(i) + ": y\r\n";
  return {
      {"no Host", get(""), kBad},
      {"an empty Host", get("Host: \r\n"), kBad},
      {"two Hosts", get(kHost + "Host: b\r\n"), kBad},
      {"the same Host twice", get(kHost + kHost), kBad},
      {"a folded field", get(kHost + "X: a\r\n b\r\n"), kBad},
      {"a folded Host", get("Host:\r\n a\r\n"), kBad},
      {"a space before the colon", get("Host : a\r\n"), kBad},
      {"a space before the first field", get(" Host: a\r\n"), kBad},
      {"no name", get(kHost + ": x\r\n"), kBad},
      {"no colon", get(kHost + "X\r\n"), kBad},
      {"a name that is no token", get(kHost + "X(y): z\r\n"), kBad},
      {"a NUL", get(kHost + std::string("X: \0\r\n", 6)), kBad},
      {"a bare carriage return", get(kHost + "X: a\rY: b\r\n"), kBad},
      {"a bare line feed", get(kHost + "X: a\nTransfer-Encoding: chunked\r\n"), kBad},
      {"a bell", get(kHost + "X: \a\r\n"), kBad},
      {"one field too many", get(many), kBad},
      {"8 KiB and one byte",
       get(kHost + "X: " + std::string(http::kHeaderBytes, 'x') + "\r\n"),
       {"431 header-too-large"}},
      {"8 KiB without an end",
       "GET /" + std::string(http::kHeaderBytes, 'x'),
       {"431 header-too-large"}},
  };
}

std::vector<Case> framing() {
  const std::string size = hex(body().size());
  return {
      // A length and a coding, in each order, and twice.
      {"CL.TE", post(length(4) + kChunked, "0\r\n\r\n" + kHidden), kBad},
      {"TE.CL", post(kChunked + length(4), "5c\r\n" + kHidden + "0\r\n\r\n"), kBad},
      {"two lengths", post(length(body().size()) + length(0), body()), kBad},
      {"the same length twice", post(length(body().size()) + length(body().size()), body()), kBad},
      {"a list of lengths", post("Content-Length: 5, 5\r\n", body()), kBad},
      {"a length with a sign", post("Content-Length: +5\r\n", body()), kBad},
      {"a negative length", post("Content-Length: -1\r\n", body()), kBad},
      {"a length in hexadecimal", post("Content-Length: 0x5\r\n", body()), kBad},
      {"a length with a space in it", post("Content-Length: 1 0\r\n", body()), kBad},
      {"an empty length", post("Content-Length: \r\n", body()), kBad},
      {"a length that overflows", post("Content-Length: 18446744073709551617\r\n", body()), kBad},
      {"a length over the limit", post(length(http::kRequestBody + 1), ""), {"413 too-large"}},
      // Codings that one server knows and another does not.
      {"an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), kBad},
      {"chunked and another", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), kBad},
      {"chunked twice in one", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), kBad},
      {"chunked in two fields", post(kChunked + kChunked, "0\r\n\r\n"), kBad},
      {"chunked and gzip in two", post(kChunked + "Transfer-Encoding: gzip\r\n", "0\r\n\r\n"),
       kBad},
      {"a quoted coding", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), kBad},
      {"a vertical tab in it", post("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n"), kBad},
      {"a space before its colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), kBad},
      {"folded", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), kBad},
      {"hidden behind a line feed", post("X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
       kBad},
      // Chunks.
      {"a size with 0x", chunked("0x" + size), kBad},
      {"a size with a sign", chunked("+" + size), kBad},
      {"a negative size", chunked("-1"), kBad},
      {"no size", chunked(""), kBad},
      {"a size that overflows", chunked("fffffffffffffffff"), kBad},
      {"a size of all bits", chunked("ffffffffffffffff"), {"413 too-large"}},
      {"a size too small", chunked(hex(body().size() - 1)), kBad},
      {"no line end behind a chunk", chunked(size, "0\r\n\r\n"), kBad},
      {"a line feed alone behind the size", post(kChunked, size + "\n" + body() + "\r\n0\r\n\r\n"),
       kBad},
      {"an extension with a line feed",
       post(kChunked, size + ";a\nb\r\n" + body() + "\r\n0\r\n\r\n"), kBad},
      // What is allowed stores one row, and what lies in its body is body.
      {"chunked, with an extension", chunked(size + ";a=b"), {"201"}, Then::kOpen},
      {"the same in upper case",
       post("Transfer-Encoding: CHUNKED\r\n", size + "\r\n" + body() + "\r\n0\r\n\r\n"),
       {"201"},
       Then::kOpen},
      {"a request within a body",
       post(length(kHidden.size()), kHidden),
       {"400 bad-json"},
       Then::kOpen},
      {"a body that GET should not have",
       get(kHost + length(kHidden.size())) + kHidden,
       {"413 too-large"}},
      {"trailers change nothing",
       chunked(size, "\r\n0\r\nIdempotency-Key: " + uuid(2) + "\r\nHost: b\r\n\r\n"),
       {"201"},
       Then::kOpen},
      {"two requests at once", kHealth + kHidden, {"200", "404 not-found"}, Then::kOpen},
      {"HTTP/1.0 is answered and closed", "GET /healthz HTTP/1.0\r\n" + kHost + "\r\n", {"200"}},
      {"HTTP/1.0 and chunked",
       "POST /v1/sites/demo/requests HTTP/1.0\r\n" + kHost + kChunked + "\r\n0\r\n\r\n", kBad},
      {"an upgrade that is not there",
       get(kHost + "Connection: Upgrade\r\nUpgrade: h2c\r\n"),
       {"200"},
       Then::kOpen},
  };
}

void check(Harness& h, const Case& c) {
  CAPTURE(c.what);
  Client client(h.port);
  client.send(c.bytes);
  if (c.answers.empty()) client.finish();  // there is nothing to wait for
  for (const std::string& expected : c.answers) {
    const auto answer = client.receive();
    const std::string problem = answer.problem();
    CHECK(std::to_string(answer.status) + (problem.empty() ? "" : " " + problem) == expected);
  }
  if (c.then == Then::kOpen) {
    client.send(kHealth);
    CHECK(client.receive().status == 200);
  } else {
    CHECK(client.receive().status == 0);  // nothing more is answered
  }
}

}  // namespace

TEST_CASE("hostile request lines") {
  Harness h;
  for (const Case& c : request_lines()) check(h, c);
  CHECK(h.rows() == "0");
}

TEST_CASE("hostile header fields") {
  Harness h;
  for (const Case& c : header_fields()) check(h, c);
  CHECK(h.rows() == "0");
}

TEST_CASE("hostile framing") {
  Harness h;
  for (const Case& c : framing()) check(h, c);
  CHECK(h.rows() == "1");  // one valid request, sent three times
  CHECK(h.log().find("\"route\":\"none\",\"status\":404") != std::string::npos);
}

// A client that is still sending when the connection is reset never sees the answer.
TEST_CASE("who sends a body over the limit may send it all, and learns why it was refused") {
  Harness h;
  const std::string whole(64 * http::kRequestBody, ' ');
  Client client(h.port);
  CHECK(client.send(post(length(whole.size()), whole)));
  const auto answer = client.receive();
  CHECK(answer.status == 413);
  CHECK(answer.problem() == "too-large");
  CHECK(client.closed());
}

TEST_CASE("a header that a client sends byte by byte is the same header") {
  Harness h;
  Client client(h.port);
  for (const char byte : kHealth) client.send({&byte, 1});
  CHECK(client.receive().status == 200);
}
