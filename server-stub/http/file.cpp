#include "server-stub/http/file.h"

#include "server-stub/http/negotiate.h"
#include "server-stub/http/problem.h"

namespace askus::http {
namespace {

struct Chosen {
  std::shared_ptr<const std::string> bytes;
  std::string_view coding;  // for Content-Encoding
  std::string etag;
};

Chosen choose(const File& file, const Request& request, bool wants_range) {
  const Coding coding = wants_range ? Coding::kIdentity
                                    : choose_coding(request.headers.get("Accept-Encoding"),
                                                    file.br != nullptr, file.gz != nullptr);
  switch (coding) {
    case Coding::kBrotli:
      return {file.br, "br", "\"" + file.etag + "-br\""};
    case Coding::kGzip:
      return {file.gz, "gzip", "\"" + file.etag + "-gz\""};
    case Coding::kIdentity:
      break;
  }
  return {file.identity, "", "\"" + file.etag + "\""};
}

}  // namespace

Response answer(const File& file, const Request& request) {
  const std::string* range = request.headers.find("Range");
  const bool wants_range = range != nullptr && request.method == "GET";
  Chosen chosen = choose(file, request, wants_range);

  Response response;
  response.with("ETag", chosen.etag).with("Cache-Control", file.cache);
  if (file.br != nullptr || file.gz != nullptr) response.with("Vary", "Accept-Encoding");
  if (file.any_origin) response.with("Access-Control-Allow-Origin", "*");
  if (etag_matches(request.headers.get("If-None-Match"), chosen.etag)) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", file.type).with("Accept-Ranges", "bytes");
  if (!chosen.coding.empty()) response.with("Content-Encoding", chosen.coding);
  response.body = Body(std::move(chosen.bytes));

  // If-Range with another version's tag: the whole file again.
  const std::string* if_range = request.headers.find("If-Range");
  if (!wants_range || (if_range != nullptr && *if_range != chosen.etag)) return response;
  const std::size_t size = response.body.size;
  const RangeChoice choice = choose_range(*range, size);
  if (choice.kind == RangeKind::kUnsatisfiable)
    return std::move(
        problem(problems::kRange).with("Content-Range", "bytes */" + std::to_string(size)));
  if (choice.kind == RangeKind::kPart) {
    response.status = 206;
    response.body.offset = choice.part.offset;
    response.body.size = choice.part.size;
    response.with("Content-Range", "bytes " + std::to_string(choice.part.offset) + "-" +
                                       std::to_string(choice.part.offset + choice.part.size - 1) +
                                       "/" + std::to_string(size));
  }
  return response;
}

}  // namespace askus::http
