#include "server-stub/http/file.h"

#include "tests/catch.h"

namespace {

namespace http = askus::http;

std::shared_ptr<const std::string> bytes(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

http::File sample() {
  return {bytes("0123456789"), bytes("br"), bytes("gz"), "tag", "text/plain", "no-cache", true};
}

http::Response ask(const std::vector<std::pair<std::string, std::string>>& fields,
                   const std::string& method = "GET") {
  http::Request request;
  request.method = method;
  for (const auto& [name, value] : fields) REQUIRE(request.headers.set(name, value).ok());
  return http::answer(sample(), request);
}

}  // namespace

TEST_CASE("a file is answered whole, coded, in part, or not at all") {
  const auto whole = ask({});
  CHECK(whole.status == 200);
  CHECK(whole.body.view() == "0123456789");
  CHECK(whole.headers.get("ETag") == "\"tag\"");
  CHECK(whole.headers.get("Vary") == "Accept-Encoding");
  CHECK(whole.headers.get("Access-Control-Allow-Origin") == "*");
  CHECK(whole.headers.find("Content-Encoding") == nullptr);

  const auto coded = ask({{"Accept-Encoding", "br, gzip"}});
  CHECK(coded.body.view() == "br");
  CHECK(coded.headers.get("Content-Encoding") == "br");
  CHECK(coded.headers.get("ETag") == "\"tag-br\"");

  const auto known = ask({{"Accept-Encoding", "gzip"}, {"If-None-Match", "\"tag-gz\""}});
  CHECK(known.status == 304);
  CHECK(known.body.view().empty());
  CHECK(known.headers.get("ETag") == "\"tag-gz\"");

  const auto part = ask({{"Accept-Encoding", "br"}, {"Range", "bytes=2-4"}});
  CHECK(part.status == 206);
  CHECK(part.body.view() == "234");
  CHECK(part.headers.get("Content-Range") == "bytes 2-4/10");
  CHECK(part.headers.find("Content-Encoding") == nullptr);

  CHECK(ask({{"Range", "bytes=2-4"}, {"If-Range", "\"tag\""}}).status == 206);
  CHECK(ask({{"Range", "bytes=2-4"}, {"If-Range", "\"old\""}}).status == 200);
  CHECK(ask({{"Range", "bytes=2-4"}}, "HEAD").status == 200);

  const auto outside = ask({{"Range", "bytes=10-"}});
  CHECK(outside.status == 416);
  CHECK(outside.headers.get("Content-Range") == "bytes */10");
}
