#include "server-stub/http/header_check.h"

#include "tests/catch.h"

namespace {

using askus::http::check_header;
using askus::http::Limits;

std::string block(const std::string& target, const std::string& fields) {
  return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

const std::string kHost = "Host: a\r\n";

}  // namespace

TEST_CASE("header blocks that two servers could read differently are refused") {
  struct Case {
    std::string block;
    bool allowed;
  };
  const Case cases[] = {
      {block("/", kHost), true},
      {block("/a?b=c%20d", kHost + "X: y\r\nTransfer-Encoding: Chunked\r\n"), true},
      {block("/", kHost + "Content-Length: 5\r\n"), true},
      {block("/", ""), false},
      {block("/", "Host:\r\n"), false},
      {block("/", kHost + "host: b\r\n"), false},
      {block("/", kHost + " folded\r\n"), false},
      {block("/", kHost + "X: y\r\n\tfolded\r\n"), false},
      {block("/", kHost + "X : y\r\n"), false},
      {block("/", kHost + ": y\r\n"), false},
      {block("/", kHost + "no colon\r\n"), false},
      {block("/", kHost + "X: a\nY: b\r\n"), false},
      {block("/", kHost + "X: a\rb\r\n"), false},
      {block("/", kHost + std::string("X: \0\r\n", 6)), false},
      {block("/", kHost + "Transfer-Encoding: gzip\r\n"), false},
      {block("/", kHost + "Transfer-Encoding: gzip, chunked\r\n"), false},
      {block("/", kHost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), false},
      {block("/", kHost + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), false},
      {block("/", kHost + "Content-Length: 5\r\nContent-Length: 5\r\n"), false},
      {block("/", kHost + "Content-Length: +5\r\n"), false},
      {block("/", kHost + "Content-Length: 5, 5\r\n"), false},
      {block("/a b", kHost), false},
      {block("http://a/", kHost), false},
      {block("*", kHost), false},
      {block(std::string("/\x01"), kHost), false},
      {block(std::string("/\0", 2), kHost), false},
      {block("/\x7F", kHost), false},
      {block("/\xD0\xB0", kHost), false},
      {"GET /\r\n" + kHost + "\r\n", false},
      {"\r\nGET / HTTP/1.1\r\n" + kHost + "\r\n", false},
      {"GET / HTTP/1.1\r\nHost: a", false},
      {"", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.block);
    CHECK(check_header(c.block, Limits()).has_value() != c.allowed);
  }
}

TEST_CASE("the number of header fields at its limit") {
  const Limits limits;
  for (const std::size_t fields :
       {limits.header_fields - 1, limits.header_fields, limits.header_fields + 1}) {
    std::string text = kHost;
    for (std::size_t i = 1; i < fields; ++i) text += "X: y\r\n";
    CAPTURE(fields);
    CHECK(check_header(block("/", text), limits).has_value() == (fields > limits.header_fields));
  }
}
