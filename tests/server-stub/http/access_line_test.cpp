// The line of a request, written by hand, is the JSON that it should be.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/http/log.h"
#include "tests/catch.h"

using namespace askus;
using nlohmann::json;

namespace {

std::string line_of(const http::Access& access) {
  std::string text;
  http::Log log([&text](std::string_view line) { text += line; });
  log.access(access);
  return text;
}

}  // namespace

TEST_CASE("a request's line") {
  http::Access access;
  access.id = "0123456789abcdef";
  access.method = "POST";
  access.route = "/v1/sites/{site}/requests";
  access.site = "demo";
  access.status = 503;
  access.problem = "busy";
  access.bytes = 12;
  access.duration = std::chrono::microseconds(3'456);
  const std::string line = line_of(access);
  CHECK(line.back() == '\n');
  const json entry = json::parse(line);
  const std::string time = entry["time"];
  CHECK(time.size() == std::string("2026-01-01T00:00:00.000Z").size());
  CHECK(time.back() == 'Z');
  CHECK(entry == json{{"time", time},
                      {"id", "0123456789abcdef"},
                      {"method", "POST"},
                      {"route", "/v1/sites/{site}/requests"},
                      {"site", "demo"},
                      {"status", 503},
                      {"problem", "busy"},
                      {"bytes", 12},
                      {"us", 3'456}});
}

TEST_CASE("whatever a file is called, its line stays one line of JSON") {
  struct Case {
    std::string path, read;
  };
  const Case cases[] = {{"/a\"b\\c.txt", "/a\"b\\c.txt"},
                        {"/new\nline\x01", "/new\nline\x01"},
                        {"/кабель.txt", "/кабель.txt"},
                        {"/bad\xff.txt", "/bad\xef\xbf\xbd.txt"}};
  for (const Case& c : cases) {
    http::Access access;
    access.method = "GET";
    access.route = http::kFileRoute;
    access.path = c.path;
    const std::string line = line_of(access);
    CAPTURE(line);
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    CHECK(json::parse(line)["path"] == c.read);
  }
}

TEST_CASE("a method that is not HTTP's own is not written") {
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
    http::Access access;
    access.method = method;
    CHECK(json::parse(line_of(access))["method"] == method);
  }
  for (const char* method : {"", "get", "SECRET", "GET\""}) {
    http::Access access;
    access.method = method;
    CHECK(json::parse(line_of(access))["method"] == "?");
  }
}
